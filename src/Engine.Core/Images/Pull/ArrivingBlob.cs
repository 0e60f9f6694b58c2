using Engine.Core.Images.Content;
using Engine.Core.Images.Import;
using Engine.Oci.Distribution;
using Engine.Oci.Documents;

namespace Engine.Core.Images.Pull;

/// <summary>
/// A blob on its way from a registry: a file of ingest/ that grows, is hashed as it does, and may be read as far as it
/// has come. Its end is only seen when its digest is verified.
/// </summary>
internal sealed class ArrivingBlob : IBlobTarget, IDisposable
{
    private readonly Lock _gate = new();
    private readonly BlobStore _blobs;
    private readonly Descriptor _blob;
    private readonly Action<long> _arrived;
    private TaskCompletionSource _changed = NewSignal();
    private IngestFile _file;
    private int _attempt;
    private bool _whole;
    private Exception? _failure;

    /// <param name="blobs">Where it is kept.</param>
    /// <param name="blob">What it is to be.</param>
    /// <param name="arrived">Told how many bytes are there.</param>
    public ArrivingBlob(BlobStore blobs, Descriptor blob, Action<long> arrived)
    {
        _blobs = blobs;
        _blob = blob;
        _arrived = arrived;
        _file = blobs.NewFile();
    }

    /// <summary>What a reader sees.</summary>
    /// <param name="Length">The bytes that are there.</param>
    /// <param name="IsWhole">True when these are all, and verified.</param>
    /// <param name="Changed">Ends when there is something else to see.</param>
    public readonly record struct Sight(long Length, bool IsWhole, Task Changed);

    public long Length => _file.Length;

    /// <summary>Counts how often the content began anew: what was read of an earlier one is worth nothing.</summary>
    public int Attempt
    {
        get
        {
            lock (_gate)
            {
                return _attempt;
            }
        }
    }

    public ValueTask AppendAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (content.Length > _blob.Size - _file.Length)
        {
            // Known before the digest is, and the disk is not filled by a registry that never ends.
            throw new EngineException(
                EngineErrorCode.Corrupt, EngineErrorReason.DigestMismatch,
                $"The registry sends more of the blob {_blob.Digest} than the {_blob.Size} bytes that its manifest says.",
                _blob.Digest.ToString());
        }

        try
        {
            _file.Append(content.Span);
        }
        catch (Exception error) when (DiskFault.Of(error) is { } full)
        {
            // An error of its own: one of input and output looks like the network's, which is tried again.
            throw full;
        }

        Signal();
        _arrived(_file.Length);
        return ValueTask.CompletedTask;
    }

    public ValueTask RestartAsync(CancellationToken cancellationToken)
    {
        var fresh = _blobs.NewFile();
        IngestFile stale;
        lock (_gate)
        {
            // Another file, so that a reader never sees bytes of both.
            (stale, _file) = (_file, fresh);
            _attempt++;
        }

        stale.Dispose();
        Signal();
        return ValueTask.CompletedTask;
    }

    public bool Verify()
    {
        if (_file.Length != _blob.Size || _file.Digest() != _blob.Digest)
        {
            return false;
        }

        lock (_gate)
        {
            _whole = true;
        }

        Signal();
        return true;
    }

    /// <summary>Gives the verified blob its name. Who needs it holds it already.</summary>
    public void Keep() => _blobs.KeepHeld(_file, _blob.Digest);

    /// <summary>Tells the readers that no more will come.</summary>
    public void Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
        }

        Signal();
    }

    /// <summary>Opens what is there, and tells which attempt it belongs to.</summary>
    public (FileStream Content, int Attempt) OpenRead()
    {
        lock (_gate)
        {
            try
            {
                return (_file.OpenRead(), _attempt);
            }
            catch (FileNotFoundException)
            {
                // It has its name already.
                return (_blobs.OpenRead(_blob.Digest), _attempt);
            }
        }
    }

    /// <summary>Looks at how far an attempt has come.</summary>
    /// <exception cref="BlobRestartedException">The content began anew since.</exception>
    public Sight Look(int attempt)
    {
        lock (_gate)
        {
            return _attempt != attempt ? throw new BlobRestartedException()
                : _failure is not null ? throw new BlobRestartedException(_failure)
                : new Sight(_file.Length, _whole, _changed.Task);
        }
    }

    public void Dispose() => _file.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        TaskCompletionSource before;
        lock (_gate)
        {
            (before, _changed) = (_changed, NewSignal());
        }

        before.SetResult();
    }
}
