namespace Engine.Daemon.Hosting;

/// <summary>Ends the calls that are marked <see cref="EndsAtDrainAttribute"/> when the engine stops, for every service alike.</summary>
internal sealed class WatchingCalls(RequestDelegate next, IHostApplicationLifetime application)
{
    /// <summary>Runs a request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<EndsAtDrainAttribute>() is null)
        {
            await next(context);
            return;
        }

        // gRPC hands RequestAborted to the call as its cancellation token.
        var connectionAborted = context.RequestAborted;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(connectionAborted, application.ApplicationStopping);
        context.RequestAborted = ends.Token;
        try
        {
            await next(context);
        }
        finally
        {
            context.RequestAborted = connectionAborted;
        }
    }
}
