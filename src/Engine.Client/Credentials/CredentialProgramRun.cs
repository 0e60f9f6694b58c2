using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Engine.Client;

/// <summary>
/// One run of a credential helper. What it is told goes through its standard input alone: the command line of a process
/// can be read by every user of the machine.
/// </summary>
internal sealed class CredentialProgramRun : IDisposable
{
    // An answer is one small object; a list has one line for each registry.
    private const int MaxOutput = 1024 * 1024;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _name;
    private readonly Process _process;

    private CredentialProgramRun(string name, Process process) => (_name, _process) = (name, process);

    /// <summary>Runs a helper to its end.</summary>
    /// <param name="name">Its name, for errors.</param>
    /// <param name="program">Its path.</param>
    /// <param name="verb">What it is to do.</param>
    /// <param name="input">What it is told.</param>
    /// <param name="limit">How long it may take. It may have to ask the user.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EngineException">CredentialStoreFailed: it cannot be started, takes too long or writes too
    /// much.</exception>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string name, string program, string verb, string input, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var run = new CredentialProgramRun(name, Start(name, program, verb));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ended.CancelAfter(limit);
        try
        {
            return await run.TalkAsync(input, ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw CredentialFault.Helper(
                name, $"did not answer to '{verb}' within {limit.TotalSeconds} s", EngineErrorCode.Timeout);
        }
    }

    public void Dispose()
    {
        try
        {
            // Whatever it has started goes with it; after its own end there is nothing to kill.
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended meanwhile.
        }

        _process.Dispose();
    }

    private static Process Start(string name, string program, string verb)
    {
        var start = new ProcessStartInfo(program, [verb])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = s_utf8,
            StandardOutputEncoding = s_utf8,
            CreateNoWindow = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw CredentialFault.Helper(name, $"cannot be started: {e.Message}");
        }
    }

    private async Task<(int ExitCode, string Output)> TalkAsync(string input, CancellationToken cancellationToken)
    {
        // What it says beside its answer is for nobody here, and must not stop it either.
        Task ignored = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
        Task<string> output = ReadAsync(cancellationToken);
        try
        {
            await _process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken).ConfigureAwait(false);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without having read all: its exit code and its answer say why.
        }

        string text = await output.ConfigureAwait(false);
        await ignored.ConfigureAwait(false);
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return (_process.ExitCode, text);
    }

    private async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        char[] buffer = new char[4096];
        while (await _process.StandardOutput.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)
            is > 0 and int count)
        {
            if (text.Append(buffer, 0, count).Length > MaxOutput)
            {
                throw CredentialFault.Helper(_name, $"wrote more than {MaxOutput} characters");
            }
        }

        return text.ToString();
    }
}
