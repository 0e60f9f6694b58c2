using System.Collections.Concurrent;
using Engine.Oci.Archives;

namespace Engine.Oci.Tests.Archives;

/// <summary>A content-addressed store in memory.</summary>
internal sealed class MemorySpool : IArchiveSpool
{
    private readonly ConcurrentDictionary<Digest, byte[]> _files = new();

    public byte[] this[Digest digest] => _files[digest];

    public int Count => _files.Count;

    public async ValueTask<SpooledFile> AddAsync(Stream content, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        await content.CopyToAsync(memory, cancellationToken);
        byte[] bytes = memory.ToArray();
        var digest = Digest.Compute(bytes);
        _files[digest] = bytes;
        return new SpooledFile(digest, bytes.Length);
    }

    public ValueTask<Stream> OpenAsync(SpooledFile file, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Stream>(new MemoryStream(_files[file.Digest]));
}
