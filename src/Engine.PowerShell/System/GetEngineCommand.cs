using System.Management.Automation;
using System.Reflection;

namespace Engine.Commands;

/// <summary>Shows what engines are, run on, and hold.</summary>
[Cmdlet(VerbsCommon.Get, "Engine")]
[OutputType(typeof(EngineInfo))]
public sealed class GetEngineCommand : EngineCmdlet
{
    private static readonly string s_moduleVersion =
        typeof(GetEngineCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteFromAll(InfoAsync);

    private static async IAsyncEnumerable<EngineInfo> InfoAsync(
        EngineConnection engine, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        EngineInfo info = await EngineClients.Of(engine).System.GetInfoAsync(stop).ConfigureAwait(false);
        yield return info with { ModuleVersion = s_moduleVersion };
    }
}
