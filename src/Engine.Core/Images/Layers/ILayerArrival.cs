namespace Engine.Core.Images.Layers;

/// <summary>A layer that is still on its way while it is unpacked.</summary>
internal interface ILayerArrival
{
    /// <summary>Waits until the first of it can be read.</summary>
    Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>Opens it from its beginning; reads wait for what has not come yet.</summary>
    /// <param name="slot">What the reader works with, which reads that wait give up meanwhile.</param>
    /// <param name="cancellationToken">Ends reads that wait.</param>
    Stream OpenRead(UnpackSlot slot, CancellationToken cancellationToken);

    /// <summary>Waits until the layer is whole, verified and kept.</summary>
    /// <param name="attempt">A stream of <see cref="OpenRead"/>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>True when what that stream gave was the layer; false when it came anew since, and must be read again.
    /// </returns>
    /// <exception cref="EngineException">It did not come.</exception>
    Task<bool> SettleAsync(Stream attempt, CancellationToken cancellationToken);
}
