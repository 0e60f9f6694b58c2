using System.Management.Automation;
using Engine.Shell.Hosting;

namespace Engine.Shell.Tests.Fixtures;

/// <summary>A session with the everyday cmdlets, in this process.</summary>
public sealed class EverydaySession : IDisposable
{
    private readonly ShellSession _session = ShellSession.Open(nonInteractive: true);
    private readonly Lock _gate = new();

    /// <summary>What a script writes, as text.</summary>
    internal string Run(string script)
    {
        lock (_gate)
        {
            using var pipeline = _session.CreatePipeline();
            var results = pipeline.AddScript(script, useLocalScope: true).Invoke();
            Assert.True(pipeline.Streams.Error.Count == 0, string.Join('\n', pipeline.Streams.Error));
            return string.Join('\n', results.Select(result => LanguagePrimitives.ConvertTo<string>(result)));
        }
    }

    public void Dispose() => _session.Dispose();
}
