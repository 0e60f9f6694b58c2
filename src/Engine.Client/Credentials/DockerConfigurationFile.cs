using System.Diagnostics;

namespace Engine.Client;

/// <summary>docker's config.json: read whole, replaced in one step, by one writer at a time.</summary>
/// <param name="folder">The directory of the file.</param>
internal sealed class DockerConfigurationFile(string folder)
{
    // A file of credentials has kilobytes; what is larger is not one.
    private const int MaxLength = 4 * 1024 * 1024;

    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromMilliseconds(20);

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder, "config.json");

    /// <summary>What the file says now; nothing when it is not there.</summary>
    public async Task<DockerConfiguration> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(
                Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0,
                useAsync: true);
            if (file.Length > MaxLength)
            {
                throw CredentialFault.File(Path, $"is larger than {MaxLength} bytes");
            }

            using var json = new MemoryStream();
            await file.CopyToAsync(json, cancellationToken).ConfigureAwait(false);
            return DockerConfiguration.Parse(json.ToArray(), Path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return DockerConfiguration.Parse([], Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CredentialFault.File(Path, "cannot be read: " + e.Message, e);
        }
    }

    /// <summary>Changes one host's entry.</summary>
    /// <returns>False when nothing had to be changed.</returns>
    public async Task<bool> ChangeAsync(string host, string? entry, CancellationToken cancellationToken)
    {
        if (entry is null && !File.Exists(Path))
        {
            return false;
        }

        try
        {
            CreateFolder();
            using FileStream held = await LockAsync(cancellationToken).ConfigureAwait(false);
            byte[]? changed = (await ReadAsync(cancellationToken).ConfigureAwait(false)).With(host, entry);
            if (changed is not null)
            {
                Replace(changed);
            }

            return changed is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CredentialFault.File(Path, "cannot be written: " + e.Message, e);
        }
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(
                folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    // A file beside it, which stays: taken away, a new one could be locked while somebody still holds the old one. The
    // lock goes with the process that holds it (flock on Unix, the sharing mode on Windows).
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return Create(Path + ".lock", FileMode.OpenOrCreate);
            }
            catch (IOException e) when (IsHeld(e) && waited.Elapsed < s_longestWait)
            {
                await Task.Delay(s_betweenTries, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // EWOULDBLOCK of flock(2), on Linux and on macOS, and ERROR_SHARING_VIOLATION. A full disk is not worth waiting for.
    private static bool IsHeld(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);

    private void Replace(byte[] json)
    {
        // People keep this file elsewhere and link to it: the link stays.
        bool isLink = new FileInfo(Path).LinkTarget is not null;
        string target = isLink ? File.ResolveLinkTarget(Path, returnFinalTarget: true)!.FullName : Path;
        string written = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream file = Create(written, FileMode.CreateNew))
            {
                file.Write(json);
                file.Flush(flushToDisk: true);
            }

            File.Move(written, target, overwrite: true);
        }
        catch
        {
            File.Delete(written);
            throw;
        }
    }

    private static FileStream Create(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
