using System.Globalization;

namespace Engine.Daemon.Hosting;

/// <summary>
/// The file with the process id, for those who ask for one. It only informs: that one engine has a data root is the
/// business of the data root's own lock.
/// </summary>
internal sealed class PidFile : IDisposable
{
    private readonly string _path;
    private readonly string _content = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes the file, all at once.</summary>
    /// <exception cref="EngineException">InvalidConfiguration: it cannot be written.</exception>
    public PidFile(string path)
    {
        _path = path;
        var half = $"{path}.{_content}.new";
        try
        {
            File.WriteAllText(half, _content + '\n');
            File.SetUnixFileMode(
                half, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            File.Move(half, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidConfiguration,
                $"pidfile: {path} cannot be written: {error.Message}",
                path,
                error);
        }
    }

    /// <summary>Removes the file, unless another process has put its own there.</summary>
    public void Dispose()
    {
        try
        {
            if (File.ReadAllText(_path).Trim() == _content)
            {
                File.Delete(_path);
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // A file that is left behind names a process that is no more: that is for its reader to check, always.
        }
    }
}
