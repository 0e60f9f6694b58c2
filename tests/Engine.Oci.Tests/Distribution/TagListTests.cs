using Engine.Testing.Registry;

namespace Engine.Oci.Tests.Distribution;

public sealed class TagListTests : DistributionTest
{
    private const string Path = "/v2/app/tags/list";

    private async Task<List<string>> ListAsync() => await Open().ListTagsAsync(Cancel).ToListAsync(Cancel);

    [Fact]
    public async Task Pages_follow_each_other()
    {
        Registry.On("GET", Path, request => request.Query.Contains("last=b", StringComparison.Ordinal)
            ? FaultyAnswer.Json("""{"tags":["c"]}""")
            : FaultyAnswer.Json("""{"tags":["a","b"]}""", ("Link", $"<{Path}?n=2&last=b>; rel=\"next\"")));
        Assert.Equal(["a", "b", "c"], await ListAsync());
    }

    [Fact]
    public async Task A_repository_without_tags_has_none()
    {
        Registry.On("GET", Path, _ => FaultyAnswer.Json("""{"name":"app","tags":null}"""));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task What_is_no_tag_is_left_out()
    {
        Registry.On("GET", Path, _ => FaultyAnswer.Json("""{"tags":["good","../evil","",null,"also.good"]}"""));
        Assert.Equal(["good", "also.good"], await ListAsync());
    }

    [Fact]
    public async Task Pages_that_go_in_a_circle_end()
    {
        Registry.On("GET", Path, _ => FaultyAnswer.Json("""{"tags":["a"]}""", ("Link", $"<{Path}?again>; rel=\"next\"")));
        Assert.Equal(["a", "a"], await ListAsync());
    }

    [Fact]
    public async Task A_page_at_another_host_is_not_asked_for()
    {
        await using var other = FaultyRegistry.Start();
        Registry.On("GET", Path, _ => FaultyAnswer.Json("""{"tags":["a"]}""", ("Link", $"<{other.Url}{Path}>; rel=\"next\"")));
        Assert.Equal(["a"], await ListAsync());
        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData("{\"tags\":7}", EngineErrorReason.RegistryFailed)]
    [InlineData("<html>", EngineErrorReason.RegistryFailed)]
    public async Task A_list_of_another_form_is_a_failure_of_the_registry(string body, string reason)
    {
        Registry.On("GET", Path, _ => FaultyAnswer.Json(body));
        await FaultAsync(ListAsync, reason);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_named() =>
        await FaultAsync(ListAsync, EngineErrorReason.RepositoryNotFound);
}
