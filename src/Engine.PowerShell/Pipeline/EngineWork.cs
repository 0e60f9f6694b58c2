namespace Engine.Commands;

/// <summary>A piece of work on an engine that yields objects and tells meanwhile how far it is.</summary>
/// <param name="Engine">Where it goes on.</param>
/// <param name="Target">The object that its errors are about.</param>
/// <param name="Open">Begins it.</param>
internal sealed record EngineWork<T>(
    EngineConnection Engine, object? Target, Func<IWorkReports, CancellationToken, IAsyncEnumerable<T>> Open)
{
    /// <summary>The stream of what it yields.</summary>
    public (Func<CancellationToken, IAsyncEnumerable<T>> Open, object? Target) Reporting(IWorkReports reports) =>
        (stop => Open(reports, stop), Target);
}
