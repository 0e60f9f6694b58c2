using System.Security.Cryptography;
using System.Text;
using Engine.Linux.Files;
using Engine.Oci;
using Microsoft.Win32.SafeHandles;

namespace Engine.Core.Images.Content;

/// <summary>A file of ingest/ that is being filled and hashed. Disposed of without a new name, it is gone.</summary>
internal sealed class IngestFile : IDisposable
{
    private const int BufferSize = 1 << 20;

    private readonly RootedDirectory _directory;
    private readonly SafeFileHandle _file;
    private readonly byte[] _name;
    private readonly IncrementalDigest _digest = new();
    private bool _moved;

    private IngestFile(RootedDirectory directory, SafeFileHandle file, string path, byte[] name)
    {
        _directory = directory;
        _file = file;
        Path = path;
        _name = name;
    }

    public string Path { get; }

    public long Length => _digest.Length;

    public static IngestFile Create(string ingestDirectory)
    {
        var name = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var directory = RootedDirectory.Open(ingestDirectory);
        try
        {
            var bytes = Encoding.ASCII.GetBytes(name);
            return new IngestFile(
                directory, directory.CreateFile(bytes), System.IO.Path.Combine(ingestDirectory, name), bytes);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public void Append(ReadOnlySpan<byte> data)
    {
        _file.WriteAt(data, Length);
        _digest.Append(data);
    }

    /// <summary>Writes a stream's content.</summary>
    /// <param name="content">Read to its end.</param>
    /// <param name="progress">Told how many bytes the file has.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task AppendAsync(Stream content, Action<long>? progress, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        int read;
        do
        {
            read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            Append(buffer.AsSpan(0, read));
            progress?.Invoke(Length);
        }
        while (read > 0);
    }

    /// <summary>A stream that appends; closing it leaves the file open.</summary>
    public Stream OpenAppend() => new IngestStream(this);

    /// <summary>The digest of what was written.</summary>
    public Digest Digest() => _digest.Current();

    /// <summary>A reader of what was written, from its beginning.</summary>
    public FileStream OpenRead() => new(Path, new FileStreamOptions
    {
        BufferSize = 0,
        Options = FileOptions.SequentialScan,
        Share = FileShare.ReadWrite | FileShare.Delete,
    });

    /// <summary>Puts the content on the disk, and gives it another name on the same file system.</summary>
    public void MoveTo(string path)
    {
        _file.Flush();
        File.Move(Path, path, overwrite: true);
        _moved = true;
    }

    public void Dispose()
    {
        _digest.Dispose();
        _file.Dispose();
        using (_directory)
        {
            if (!_moved)
            {
                _directory.RemoveFile(_name);
            }
        }
    }
}
