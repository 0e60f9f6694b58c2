using Engine.Testing.Registry;

namespace Engine.Oci.Tests.Distribution;

public sealed class IndexSearchTests : DistributionTest
{
    private const string Path = "/v1/search";

    private async Task<List<FoundImage>> SearchAsync(RepositorySearch search) =>
        await Client().SearchAsync(search, Cancel).ToListAsync(Cancel);

    private RepositorySearch Term(string words = "some words") => new() { Term = $"{Registry.Host}/{words}" };

    private void Has(string results) =>
        Registry.On("GET", Path, _ => FaultyAnswer.Json($$"""{"num_results":9,"results":[{{results}}]}"""));

    [Fact]
    public async Task What_is_found_comes_as_the_index_orders_it()
    {
        Has("""
            {"name":"b/x","description":"of \u001b[31mx","star_count":7,"is_official":true,"is_automated":false},
            {"name":"a"},null
            """);
        List<FoundImage> found = await SearchAsync(Term() with { Limit = 3 });
        Assert.Equal([$"{Registry.Host}/b/x", $"{Registry.Host}/a"], found.Select(image => image.Name));
        Assert.Equal(("of ?[31mx", 7, true), (found[0].Description, found[0].Stars, found[0].Official));
        Assert.Equal("q=some%20words&n=3", Assert.Single(Registry.Requests, request => request.Path == Path).Query);
    }

    [Fact]
    public async Task Filters_are_applied_before_the_limit()
    {
        Has("""{"name":"a","star_count":1},{"name":"b","star_count":5},{"name":"c","star_count":9,"is_official":true}""");
        Assert.EndsWith("/c", Assert.Single(await SearchAsync(Term() with { MinimumStars = 5, Official = true, Limit = 1 })).Name);
        Assert.EndsWith("/b", Assert.Single(await SearchAsync(Term() with { MinimumStars = 5, Official = false, Limit = 1 })).Name);
    }

    [Fact]
    public async Task A_registry_without_an_index_says_that_there_is_none()
    {
        Registry.On("GET", Path, _ => FaultyAnswer.Text(404, "nothing here"));
        var fault = await Assert.ThrowsAsync<EngineException>(() => SearchAsync(Term()));
        Assert.Equal(EngineErrorCode.NotSupported, fault.Code);
    }

    [Theory]
    [InlineData("http://example.com/x", 25)]
    [InlineData("", 25)]
    [InlineData("words", 0)]
    [InlineData("words", 101)]
    public async Task A_search_that_means_nothing_is_not_sent(string term, int limit) =>
        await FaultAsync(
            () => SearchAsync(new RepositorySearch { Term = term, Limit = limit }), EngineErrorReason.InvalidReference);
}
