using System.Runtime.CompilerServices;
using System.Text.Json;
using Engine.Oci.Distribution.Faults;
using Engine.Oci.Distribution.Transport;
using Engine.Oci.References;

namespace Engine.Oci.Distribution;

/// <summary>Lists the tags of a repository, page by page (distribution-spec, "Listing Tags").</summary>
internal sealed class TagList(RepositoryCalls calls)
{
    // More than any repository has; less than a registry that makes pages up would send.
    private const int MaxTags = 1_000_000;

    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(
            HttpMethod.Get, calls.Path("tags/list?n=1000"), calls.Reference.FamiliarRepository)
        {
            Missing = EngineErrorReason.RepositoryNotFound,
        };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int listed = 0;
        do
        {
            (IReadOnlyList<string?> tags, Uri? next) = await calls.RunAsync(
                "list of tags", session => PageAsync(session, request, cancellationToken), cancellationToken)
                    .ConfigureAwait(false);
            foreach (string? tag in tags)
            {
                if (++listed > MaxTags)
                {
                    throw new EngineException(
                        EngineErrorCode.LimitExceeded,
                        EngineErrorReason.InputTooLarge,
                        $"The repository '{request.Target}' lists more than {MaxTags} tags.",
                        request.Target);
                }

                // What is no tag can be asked for by nobody, and may be meant to look like something else.
                if (ReferenceGrammar.IsTag(tag))
                {
                    yield return tag!;
                }
            }

            // The same page twice would go on for ever.
            request = request with { Address = next is not null && seen.Add(next.AbsoluteUri) ? next : null };
        }
        while (request.Address is not null);
    }

    private async Task<(IReadOnlyList<string?> Tags, Uri? Next)> PageAsync(
        EndpointSession session, RegistryRequest request, CancellationToken cancellationToken)
    {
        using RegistryResponse response = await session.SendAsync(request, cancellationToken).ConfigureAwait(false);
        byte[] body = await response.ReadAsync(calls.Options.MaxPageBytes, request.Target, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            TagPage? page = JsonSerializer.Deserialize(body, DistributionJsonContext.Default.TagPage);
            return (page?.Tags ?? [], Next(response));
        }
        catch (JsonException)
        {
            throw RegistryFault.Protocol(
                session.Endpoint.Registry, "its list of tags is no JSON of the right form", request.Target);
        }
    }

    // RFC 8288: <address>; rel="next". A page at another host would be somebody else's.
    private static Uri? Next(RegistryResponse response)
    {
        foreach (string link in response.Headers("Link"))
        {
            int end = link.IndexOf('>', StringComparison.Ordinal);
            if (link.StartsWith('<') && end > 0 && link.AsSpan(end).Contains("next", StringComparison.OrdinalIgnoreCase)
                && ResponseAddress.TryResolve(link[1..end], response.Address, out Uri? next)
                && response.Endpoint.IsOwn(next))
            {
                return next;
            }
        }

        return null;
    }
}
