using System.Text;
using Engine.Linux.Processes;

namespace Engine.Linux.Runtime;

/// <summary>Asks a program for its version.</summary>
internal static class ProgramVersion
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>
    /// "crun version 1.8.1", "runc version 1.1.5+ds1", "conmon version 2.1.6": the last word of the first line.
    /// </summary>
    /// <exception cref="EngineException">The program does not run (RuntimeNotFound).</exception>
    internal static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            ChildProcessResult result = await ChildProcess.RunAsync(
                new ChildProcessOptions { FileName = path, Arguments = ["--version"] }, s_limit, cancellationToken: cancellationToken).ConfigureAwait(false);
            string? version = FirstLine(result.Output).Split(' ', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
            return result.Status.IsSuccess && version is not null
                ? version
                : throw NotRunning(path, $"'--version' ended with code {result.Status.Code}. {result.ErrorText}", null);
        }
        catch (LinuxException exception)
        {
            throw NotRunning(path, exception.Message, exception);
        }
    }

    private static string FirstLine(byte[] output) => Encoding.UTF8.GetString(output).Split('\n')[0].Trim();

    private static EngineException NotRunning(string path, string why, Exception? cause) =>
        new(EngineErrorCode.NotSupported, EngineErrorReason.RuntimeNotFound,
            $"The program '{path}' cannot be run: {why.TrimEnd()} Reinstall it, or name another one in the configuration.", path, cause);
}
