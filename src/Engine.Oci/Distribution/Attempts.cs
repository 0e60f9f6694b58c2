using Engine.Oci.Distribution.Faults;

namespace Engine.Oci.Distribution;

/// <summary>Tries again what may succeed later.</summary>
internal sealed class Attempts(RegistryOptions options, TimeProvider time, IRegistryObserver? observer)
{
    /// <summary>Does something, as often as the options allow while its faults are transient.</summary>
    public async Task<T> RunAsync<T>(string what, Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (int failed = 0; ;)
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (RegistryFault fault) when (MayRetry(fault, ++failed))
            {
                await WaitAsync(what, fault, failed, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public bool MayRetry(RegistryFault fault, int failed) => fault.IsTransient && failed < options.MaxAttempts;

    public Task WaitAsync(string what, RegistryFault fault, int failed, CancellationToken cancellationToken)
    {
        TimeSpan delay = options.RetryDelay.After(failed, fault.RetryAfter);
        observer?.Retrying(what, delay, fault.Error);
        return Task.Delay(delay, time, cancellationToken);
    }
}
