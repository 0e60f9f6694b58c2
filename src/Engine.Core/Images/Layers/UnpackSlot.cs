namespace Engine.Core.Images.Layers;

/// <summary>
/// The right to use a processor for unpacking. Who waits for something else lends it to others meanwhile. Disposing of
/// it gives it back.
/// </summary>
internal sealed class UnpackSlot : IDisposable
{
    private readonly SemaphoreSlim _slots;
    private bool _held;

    private UnpackSlot(SemaphoreSlim slots) => _slots = slots;

    public static async Task<UnpackSlot> TakeAsync(SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new UnpackSlot(slots) { _held = true };
    }

    /// <summary>Waits without the slot, then takes one again.</summary>
    public void Without(Action wait, CancellationToken cancellationToken)
    {
        Dispose();
        wait();
        _slots.Wait(cancellationToken);
        _held = true;
    }

    public void Dispose()
    {
        if (_held)
        {
            _held = false;
            _slots.Release();
        }
    }
}
