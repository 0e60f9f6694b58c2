using System.Globalization;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using Engine.Client;

namespace Engine.Commands;

/// <summary>Finds repositories in a registry's index, or the tags of a repository.</summary>
[Cmdlet(VerbsCommon.Find, "ContainerImage", DefaultParameterSetName = ByTerm)]
[OutputType(typeof(FoundImage))]
public sealed class FindContainerImageCommand : EngineCmdlet
{
    private const string ByTerm = "ByTerm";
    private const string ByTag = "ByTag";

    /// <summary>Words to search for, or <c>registry/words</c>; with -Tag a repository.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string[] Term { get; set; } = [];

    /// <summary>
    /// The most to find for each term: 1 to 100 repositories, by default 25; of tags any number, by default all.
    /// </summary>
    [Parameter]
    [ValidateRange(ValidateRangeKind.Positive)]
    public int? Limit { get; set; }

    /// <summary>
    /// Only what these let through: <c>is-official=true</c>, <c>stars=10</c> (as many or more), or a hashtable.
    /// </summary>
    [Parameter(ParameterSetName = ByTerm)]
    [KeyValueTransformation]
    [ArgumentCompletions("is-official=true", "is-official=false", "stars=")]
    public string[] Filter { get; set; } = [];

    /// <summary>Lists the tags of a repository instead.</summary>
    [Parameter(ParameterSetName = ByTag, Mandatory = true)]
    public SwitchParameter Tag { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string term in Term)
        {
            Try(
                () =>
                {
                    RepositorySearch search = Filtered(new() { Term = term, Limit = Limit ?? 25 });
                    WriteMerged([.. FromAll((engine, stop) => FindAsync(engine, search, stop))
                        .Select(source => (source.Open, (object?)term))]);
                },
                term);
        }
    }

    private async IAsyncEnumerable<FoundImage> FindAsync(
        EngineConnection engine, RepositorySearch search, [EnumeratorCancellation] CancellationToken stop)
    {
        RegistriesClient registries = EngineClients.Of(engine).Registries;
        RegistryCredential? credential = await RegistryCredentials.ForAsync(search.Term, stop).ConfigureAwait(false);
        IAsyncEnumerable<FoundImage> found = Tag
            ? registries.ListTagsAsync(search.Term, credential, stop)
                .Take(Limit ?? int.MaxValue)
                .Select(tag => new FoundImage { Name = $"{search.Term}:{tag}", Tag = tag, Engine = engine })
            : registries.SearchAsync(search with { Credential = credential }, stop);
        await foreach (FoundImage image in found.ConfigureAwait(false))
        {
            yield return image;
        }
    }

    private RepositorySearch Filtered(RepositorySearch search)
    {
        foreach (string filter in Filter)
        {
            string[] parts = filter.Split('=', 2);
            search = (parts[0], parts.ElementAtOrDefault(1)) switch
            {
                ("is-official", { } text) when bool.TryParse(text, out bool official) =>
                    search with { Official = official },
                ("stars", { } text)
                    when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int stars) =>
                    search with { MinimumStars = stars },
                _ => throw new EngineException(
                    EngineErrorCode.InvalidArgument,
                    EngineErrorReason.InvalidFilter,
                    $"'{filter}' is not a filter of a search. Use is-official=true, is-official=false or stars=NUMBER.",
                    filter),
            };
        }

        return search;
    }
}
