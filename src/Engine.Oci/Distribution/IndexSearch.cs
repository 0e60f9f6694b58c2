using System.Globalization;
using System.Net;
using System.Text.Json;
using Engine.Oci.Distribution.Faults;
using Engine.Oci.Distribution.Transport;
using Engine.Oci.References;

namespace Engine.Oci.Distribution;

/// <summary>
/// Searches a registry's index: version 1 of the API, from before the distribution protocol, which has no search.
/// </summary>
internal sealed class IndexSearch(RepositorySearch search, RegistryOptions options)
{
    private const int MaxLimit = 100;

    // docker.io's index is not where its images are.
    private const string HubIndex = "index.docker.io";

    private readonly (string Registry, string Words) _term = Split(search.Term.Trim());

    /// <summary>The host that has the index.</summary>
    public string Host => _term.Registry == ImageReference.DefaultDomain ? HubIndex : _term.Registry;

    /// <summary>Refuses what no index would understand.</summary>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidReference"/>.</exception>
    public void Check()
    {
        string? fault = search.Limit is < 1 or > MaxLimit
            ? $"the limit must be 1 to {MaxLimit}"
            : search.Term.Contains("://", StringComparison.Ordinal)
                ? "it must be [registry/]words, without http:// or https://"
                : _term.Words.Length == 0 || !ReferenceGrammar.IsDomain(_term.Registry)
                    ? "it must be [registry/]words"
                    : null;
        if (fault is not null)
        {
            throw new EngineException(
                EngineErrorCode.InvalidArgument,
                EngineErrorReason.InvalidReference,
                $"'{Shown.Text(search.Term)}' cannot be searched for: {fault}.",
                Shown.Text(search.Term));
        }
    }

    public async Task<IReadOnlyList<FoundImage>> RunAsync(EndpointSession session, CancellationToken cancellationToken)
    {
        // What is sorted out here has to be there first.
        bool sorts = search.Official is not null || search.MinimumStars is not null;
        string query = string.Create(
            CultureInfo.InvariantCulture,
            $"q={Uri.EscapeDataString(_term.Words)}&n={(sorts ? MaxLimit : search.Limit)}");
        var request = new RegistryRequest(HttpMethod.Get, $"v1/search?{query}", Shown.Text(search.Term))
        {
            Expected = [HttpStatusCode.OK, HttpStatusCode.NotFound],
        };
        using RegistryResponse response = await session.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Status == HttpStatusCode.NotFound)
        {
            throw new EngineException(
                EngineErrorCode.NotSupported,
                EngineErrorReason.RegistryFailed,
                $"The registry {_term.Registry} has no search. Name the repository, or look at the registry's web page.",
                _term.Registry);
        }

        byte[] body = await response.ReadAsync(options.MaxPageBytes, request.Target, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            SearchPage? page = JsonSerializer.Deserialize(body, DistributionJsonContext.Default.SearchPage);
            return [.. (page?.Results ?? []).OfType<SearchResult>().Where(Fits).Take(search.Limit).Select(Found)];
        }
        catch (JsonException)
        {
            throw RegistryFault.Protocol(
                session.Endpoint.Registry, "its search's answer is no JSON of the right form", request.Target);
        }
    }

    // As references: the first part is a registry only if it could be none of Docker Hub's names.
    private static (string Registry, string Words) Split(string term)
    {
        (string registry, string words) = ReferenceParser.SplitDomain(term);
        const string Official = ImageReference.OfficialPrefix;
        return registry == ImageReference.DefaultDomain && words.StartsWith(Official, StringComparison.Ordinal)
            ? (registry, words[Official.Length..])
            : (registry, words);
    }

    private bool Fits(SearchResult result) =>
        !string.IsNullOrEmpty(result.Name)
        && (search.Official is null || search.Official == result.IsOfficial)
        && (search.MinimumStars is null || search.MinimumStars <= result.StarCount);

    private FoundImage Found(SearchResult result)
    {
        string name = Shown.Text(result.Name!);
        bool isWhole = _term.Registry == ImageReference.DefaultDomain
            || name.StartsWith(_term.Registry + "/", StringComparison.Ordinal);
        return new FoundImage
        {
            Name = isWhole ? name : $"{_term.Registry}/{name}",
            Description = Shown.Text(result.Description ?? ""),
            Stars = result.StarCount,
            Official = result.IsOfficial,
        };
    }
}
