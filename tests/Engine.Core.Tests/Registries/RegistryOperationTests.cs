using Engine.Core.Registries;
using Engine.Testing.Registry;

namespace Engine.Core.Tests.Registries;

public sealed class RegistryOperationTests : RegistryOperationTest
{
    private static readonly RegistryCredential s_ann = new() { Username = "ann", Password = "hunter2-s3cret" };

    [Fact]
    public async Task A_credential_that_the_registry_takes_is_good()
    {
        OnlyAnn();
        RegistrySignIn signedIn = await new SignInToRegistry(Client).HandleAsync(Registry.Host, s_ann, Cancel);
        Assert.Equal((Registry.Host, ""), (signedIn.Registry, signedIn.IdentityToken));
    }

    [Fact]
    public async Task A_credential_that_the_registry_refuses_is_not_and_is_not_shown()
    {
        OnlyAnn();
        EngineException error = await FaultAsync(
            () => new SignInToRegistry(Client).HandleAsync(Registry.Host, s_ann with { Password = "wr0ng-s3cret" }, Cancel),
            EngineErrorReason.RegistryUnauthorized);
        Assert.Equal(EngineErrorCode.Unauthenticated, error.Code);
        Assert.DoesNotContain("wr0ng", error.ToString(), StringComparison.Ordinal);
        await FaultAsync(
            () => new SignInToRegistry(Client).HandleAsync(Registry.Host, null, Cancel), EngineErrorReason.RegistryUnauthorized);
    }

    [Fact]
    public async Task Tags_are_listed_of_a_repository_and_of_nothing_else()
    {
        Registry.On("GET", "/v2/app/tags/list", _ => FaultyAnswer.Json("""{"name":"app","tags":["b","a"]}"""));
        var list = new ListRepositoryTags(Client);
        Assert.Equal(["b", "a"], await list.HandleAsync(At("app"), null, Cancel).ToListAsync(Cancel));
        await FaultAsync(() => list.HandleAsync(At("none"), null, Cancel).ToListAsync(Cancel).AsTask(), EngineErrorReason.RepositoryNotFound);
        Assert.Throws<EngineException>(() => list.HandleAsync(At("app:1"), null, Cancel));
    }

    [Fact]
    public async Task A_registry_without_an_index_cannot_be_searched()
    {
        EngineException error = await FaultAsync(
            () => new SearchRepositories(Client).HandleAsync(new RepositorySearch { Term = At("box") }, Cancel).ToListAsync(Cancel).AsTask(),
            EngineErrorReason.RegistryFailed);
        Assert.Equal(EngineErrorCode.NotSupported, error.Code);
    }

    private void OnlyAnn()
    {
        string right = $"Basic {Convert.ToBase64String(Bytes($"{s_ann.Username}:{s_ann.Password}"))}";
        Registry.On("GET", "/v2/", request => request["Authorization"] == right
            ? null
            : FaultyAnswer.Challenge("Basic realm=\"test\""));
    }
}
