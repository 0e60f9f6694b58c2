using System.Collections.Concurrent;
using Engine.Oci.Distribution;

namespace Engine.Oci.Tests.Distribution;

internal sealed class RecordingObserver : IRegistryObserver
{
    private readonly TaskCompletionSource _retried = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<string> Warnings { get; } = [];

    public ConcurrentQueue<(string What, TimeSpan Delay, string Cause)> Retries { get; } = [];

    /// <summary>Ends with the first retry.</summary>
    public Task Retried => _retried.Task;

    public void Warning(string text) => Warnings.Enqueue(text);

    public void Retrying(string what, TimeSpan delay, Exception cause)
    {
        Retries.Enqueue((what, delay, cause.Message));
        _retried.TrySetResult();
    }
}
