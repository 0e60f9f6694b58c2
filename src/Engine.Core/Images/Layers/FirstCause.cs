using System.Runtime.ExceptionServices;

namespace Engine.Core.Images.Layers;

/// <summary>Waits for work that calls itself off as a whole when a part of it fails.</summary>
internal static class FirstCause
{
    /// <summary>
    /// Waits for all of it. A failure is the first part's that failed by itself: the others were only called off
    /// because of it.
    /// </summary>
    public static async Task WhenAllAsync(IReadOnlyList<Task> parts, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(parts).ConfigureAwait(false);
        }
        catch when (!cancellationToken.IsCancellationRequested)
        {
            if (parts.Where(part => part.IsFaulted).Select(part => part.Exception!.InnerException!)
                .FirstOrDefault(error => error is not OperationCanceledException) is { } cause)
            {
                ExceptionDispatchInfo.Throw(cause);
            }

            throw;
        }
    }
}
