using System.Net;
using Engine.Oci.Distribution.Faults;
using Engine.Oci.Distribution.Transport;
using Engine.Oci.References;

namespace Engine.Oci.Distribution;

/// <summary>
/// What is asked of one repository, at the first of its endpoints that can answer it: mirrors get one attempt each, the
/// registry itself as many as the options say.
/// </summary>
internal sealed class RepositoryCalls(
    ImageReference reference,
    RegistryOptions options,
    Attempts attempts,
    Func<CancellationToken, Task<IReadOnlyList<EndpointSession>>> open,
    IRegistryObserver? observer)
{
    private IReadOnlyList<EndpointSession>? _sessions;

    // A mirror that failed is not asked again for the next layer: it would cost its time-out each time.
    private int _first;

    public ImageReference Reference => reference;

    public RegistryOptions Options => options;

    public Attempts Attempts => attempts;

    /// <summary>The repository's part of the path, with what is below it.</summary>
    public string Path(string below) => $"v2/{reference.Path}/{below}";

    /// <summary>How messages call something in the repository.</summary>
    public string Target(string tagOrDigest) =>
        $"{reference.FamiliarRepository}{(tagOrDigest.Contains(':', StringComparison.Ordinal) ? '@' : ':')}{tagOrDigest}";

    /// <summary>Asks, again where that may help, and the next endpoint where the first is a mirror.</summary>
    /// <exception cref="EngineException">The fault of the last endpoint.</exception>
    public Task<T> RunAsync<T>(string what, Func<EndpointSession, Task<T>> work, CancellationToken cancellationToken) =>
        EachAsync(
            (session, isLast) => isLast
                ? attempts.RunAsync(what, () => work(session), cancellationToken)
                : work(session),
            cancellationToken);

    /// <summary>As <see cref="RunAsync"/>, for work that tries again by itself.</summary>
    /// <param name="work">The work; it is told whether no endpoint is left behind this one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<T> EachAsync<T>(Func<EndpointSession, bool, Task<T>> work, CancellationToken cancellationToken)
    {
        IReadOnlyList<EndpointSession> sessions = _sessions ??= await open(cancellationToken).ConfigureAwait(false);
        for (int i = Volatile.Read(ref _first); ; i++)
        {
            bool isLast = i == sessions.Count - 1;
            try
            {
                return await work(sessions[i], isLast).ConfigureAwait(false);
            }
            catch (RegistryFault fault) when (!isLast)
            {
                if (fault.Status != HttpStatusCode.NotFound)
                {
                    observer?.Warning(
                        $"The mirror {sessions[i].Endpoint.Registry} is passed over: {fault.Error.Message}");
                    Volatile.Write(ref _first, i + 1);
                }
            }
            catch (RegistryFault fault)
            {
                throw fault.Error;
            }
        }
    }
}
