using System.Runtime.ExceptionServices;

namespace Engine.Oci.Compression;

/// <summary>
/// Hands filled buffers from one thread to another, in order, through a ring of a fixed number of them: the faster side
/// waits for the slower one, and memory stays the same however large the content is.
/// </summary>
internal sealed class BufferHandOff : IDisposable
{
    private const int Buffers = 8;
    private const int BufferSize = 256 * 1024;

    private readonly (byte[] Bytes, int Count)[] _ring = new (byte[], int)[Buffers];
    private readonly SemaphoreSlim _free = new(Buffers);
    private readonly SemaphoreSlim _filled = new(0);
    private int _writeAt;
    private int _readAt;
    private long _published;
    private long _taken;
    private volatile Exception? _failure;

    /// <summary>Waits for a buffer to fill. The writing side.</summary>
    public byte[] Rent(CancellationToken cancellationToken)
    {
        _free.Wait(cancellationToken);
        return _ring[_writeAt].Bytes ??= GC.AllocateUninitializedArray<byte>(BufferSize);
    }

    /// <summary>Hands on the buffer that was rented last; no bytes mean the end. The writing side.</summary>
    public void Publish(int count)
    {
        _ring[_writeAt].Count = count;
        _writeAt = (_writeAt + 1) % Buffers;
        _published++;
        _filled.Release();
    }

    /// <summary>
    /// Ends with a failure, which the reading side meets after all that was handed on before. The writing side.
    /// </summary>
    public void Fail(Exception failure)
    {
        _failure = failure;
        _filled.Release();
    }

    /// <summary>Waits for the next filled buffer; empty at the end. The reading side.</summary>
    public ReadOnlyMemory<byte> Take(CancellationToken cancellationToken)
    {
        _filled.Wait(cancellationToken);
        if (_failure is not null && _taken == _published)
        {
            // Nothing is published after a failure, so the count stands still. Whoever reads again meets it again.
            _filled.Release();
            ExceptionDispatchInfo.Throw(_failure);
        }

        _taken++;
        (byte[] bytes, int count) = _ring[_readAt];
        return bytes.AsMemory(0, count);
    }

    /// <summary>Gives back the buffer that was taken last. The reading side.</summary>
    public void Return()
    {
        _readAt = (_readAt + 1) % Buffers;
        _free.Release();
    }

    public void Dispose()
    {
        _free.Dispose();
        _filled.Dispose();
    }
}
