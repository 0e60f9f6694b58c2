namespace Engine.Commands;

/// <summary>
/// A file that is written whole or not at all: under a name of its own beside its place, and renamed at the end.
/// </summary>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string? _temporary;
    private readonly bool _replace;
    private readonly FileStream _file;

    private OutputFile(string path, string? temporary, bool replace, FileStream file)
    {
        _path = path;
        _temporary = temporary;
        _replace = replace;
        _file = file;
    }

    /// <summary>Begins to write.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="noClobber">Leaves alone what is there already.</param>
    /// <param name="force">
    /// Replaces even a file that may only be read, and what <paramref name="noClobber"/> protects.
    /// </param>
    /// <exception cref="EngineException">
    /// FileExists, FileNotWritable, FileNotFound: its directory is not there.
    /// </exception>
    public static OutputFile Create(string path, bool noClobber, bool force)
    {
        Check(path, noClobber, force);
        // Who writes to a link means the file behind it, which a rename would cut off from it.
        string? linked = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null;
        string target = linked ?? path;
        try
        {
            if (IsDevice(target))
            {
                return new OutputFile(target, null, true, Open(target, FileMode.Open));
            }

            string temporary = Path.Combine(
                Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
            return new OutputFile(target, temporary, !noClobber || force, Open(temporary, FileMode.CreateNew));
        }
        catch (DirectoryNotFoundException e)
        {
            throw new EngineException(
                EngineErrorCode.NotFound,
                EngineErrorReason.FileNotFound,
                $"'{path}' cannot be written: directory '{Path.GetDirectoryName(target)}' is not there.",
                path,
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, e);
        }
    }

    /// <summary>Writes all pieces, and puts the file in its place.</summary>
    /// <param name="pieces">What to write.</param>
    /// <param name="written">Told how many bytes are written.</param>
    /// <param name="stop">Ends it; nothing of the file stays.</param>
    public async Task WriteAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> pieces, Action<long> written, CancellationToken stop)
    {
        long count = 0;
        await foreach (ReadOnlyMemory<byte> piece in pieces.WithCancellation(stop).ConfigureAwait(false))
        {
            await AttemptAsync(() => _file.WriteAsync(piece, stop)).ConfigureAwait(false);
            written(count += piece.Length);
        }

        await AttemptAsync(Finish).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync().ConfigureAwait(false);
        // Gone, if it has been renamed.
        if (_temporary is not null)
        {
            File.Delete(_temporary);
        }
    }

    private static void Check(string path, bool noClobber, bool force)
    {
        if (Directory.Exists(path))
        {
            throw Exists(path, "it is a directory. Name a file in it");
        }

        if (File.Exists(path) && noClobber && !force)
        {
            throw Exists(
                path, "there is such a file already. Leave out -NoClobber to replace it, or give another path");
        }

        if (File.Exists(path) && !force && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
        {
            throw Exists(path, "there is such a file, which may only be read. Use -Force to replace it");
        }
    }

    // /dev/null, /dev/stdout: to rename a file over one would end it for everybody.
    private static bool IsDevice(string path) =>
        OperatingSystem.IsLinux() && path.StartsWith("/dev/", StringComparison.Ordinal)
            && File.Exists(path) && new FileInfo(path).Length == 0;

    private static FileStream Open(string path, FileMode mode) => new(path, new FileStreamOptions
    {
        Mode = mode,
        Access = FileAccess.Write,
        // It is renamed while it is open.
        Share = FileShare.Read | FileShare.Delete,
        Options = FileOptions.Asynchronous,
        BufferSize = 0,
    });

    private ValueTask Finish()
    {
        if (_temporary is not null)
        {
            // Else a power cut could leave the name without the content.
            RandomAccess.FlushToDisk(_file.SafeFileHandle);
            File.Move(_temporary, _path, _replace);
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask AttemptAsync(Func<ValueTask> write)
    {
        try
        {
            await write().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(_path, e);
        }
    }

    private static EngineException NotWritable(string path, Exception e) => new(
        EngineErrorCode.Unavailable,
        EngineErrorReason.FileNotWritable,
        $"'{path}' cannot be written: {e.Message}",
        path,
        e);

    private static EngineException Exists(string path, string why) => new(
        EngineErrorCode.AlreadyExists, EngineErrorReason.FileExists, $"'{path}' is not written: {why}.", path);
}
