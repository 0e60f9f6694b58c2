using System.Diagnostics;
using System.Text.Json;

namespace Engine.Client.Tests;

public class CredentialStoreTests
{
    private static readonly RegistryCredential s_ann = new() { Username = "ann", Password = "p:ä\"\\wörd" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("registry.example:5000", "registry.example:5000")]
    [InlineData("https://Registry.Example/v2/", "registry.example")]
    [InlineData("", "https://index.docker.io/v1/")]
    [InlineData("index.docker.io", "https://index.docker.io/v1/")]
    public async Task What_is_saved_is_found_under_dockers_key(string registry, string key)
    {
        using var folder = new CredentialFolder();
        RegistrySession session = await folder.Store().SaveAsync(registry, s_ann, Cancel);
        Assert.Equal(folder.ConfigurationFile, session.Store);
        Assert.Equal(s_ann, await folder.Store().FindAsync(registry, Cancel));
        using var json = JsonDocument.Parse(folder.Text);
        Assert.Equal(key, json.RootElement.GetProperty("auths").EnumerateObject().Single().Name);
    }

    [Fact]
    public async Task The_file_and_its_directory_are_the_users_alone()
    {
        using var folder = new CredentialFolder();
        await folder.Store().SaveAsync("a.example", s_ann, Cancel);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.ConfigurationFile));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
    }

    [Fact]
    public async Task A_file_that_others_could_read_is_closed_when_a_secret_comes_in()
    {
        using var folder = new CredentialFolder("{}");
        File.SetUnixFileMode(folder.ConfigurationFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await folder.Store().SaveAsync("a.example", s_ann, Cancel);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.ConfigurationFile));
    }

    [Fact]
    public async Task An_identity_token_is_kept_instead_of_the_password()
    {
        using var folder = new CredentialFolder();
        await folder.Store().SaveAsync("a.example", s_ann with { IdentityToken = "refresh" }, Cancel);
        Assert.Equal(
            new RegistryCredential { Username = "ann", IdentityToken = "refresh" },
            await folder.Store().FindAsync("a.example", Cancel));
    }

    [Theory]
    [InlineData("https://index.docker.io/v1/", "docker.io")]
    [InlineData("http://old.example/v1/", "old.example")]
    [InlineData("https://old.example:443", "old.example:443")]
    public async Task Old_spellings_of_a_host_are_found_and_erased(string key, string registry)
    {
        using var folder = new CredentialFolder("{\"auths\":{\"" + key + "\":{\"auth\":\"YW5uOnB3\"}}}");
        Assert.Equal(
            new RegistryCredential { Username = "ann", Password = "pw" }, await folder.Store().FindAsync(registry, Cancel));
        Assert.True(await folder.Store().EraseAsync(registry, Cancel));
        Assert.Null(await folder.Store().FindAsync(registry, Cancel));
        Assert.False(await folder.Store().EraseAsync(registry, Cancel));
    }

    [Fact]
    public async Task A_credential_of_one_host_is_not_given_to_another()
    {
        using var folder = new CredentialFolder("""{"auths":{"a.example":{"auth":"YW5uOnB3"}}}""");
        foreach (string other in (string[])["b.example", "a.example:5000", "x.a.example", "a.example.evil", "docker.io"])
        {
            Assert.Null(await folder.Store().FindAsync(other, Cancel));
        }
    }

    [Fact]
    public async Task The_environment_wins_over_the_file()
    {
        using var folder = new CredentialFolder("""{"auths":{"a.example":{"auth":"YW5uOnB3"},"b.example":{"auth":"YW5uOnB3"}}}""");
        CredentialStore store = folder.Store("""{"auths":{"a.example":{"auth":"Ym9iOnB3"}}}""");
        Assert.Equal("bob", (await store.FindAsync("a.example", Cancel))?.Username);
        Assert.Equal("ann", (await store.FindAsync("b.example", Cancel))?.Username);
        Assert.Equal(
            ["a.example bob DOCKER_AUTH_CONFIG", $"b.example ann {folder.ConfigurationFile}"],
            (await store.ListAsync(Cancel)).Select(s => $"{s.Registry} {s.Username} {s.Store}"));
    }

    [Fact]
    public async Task Nothing_there_is_nothing_known_and_nothing_made()
    {
        using var folder = new CredentialFolder();
        Assert.Null(await folder.Store().FindAsync("a.example", Cancel));
        Assert.Empty(await folder.Store().ListAsync(Cancel));
        Assert.False(await folder.Store().EraseAsync("a.example", Cancel));
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public async Task A_link_to_the_file_stays_a_link()
    {
        using var folder = new CredentialFolder("{}");
        string real = Path.Combine(folder.Programs, "real.json");
        File.Move(folder.ConfigurationFile, real);
        File.CreateSymbolicLink(folder.ConfigurationFile, real);
        await folder.Store().SaveAsync("a.example", s_ann, Cancel);
        Assert.Equal(real, File.ResolveLinkTarget(folder.ConfigurationFile, returnFinalTarget: true)?.FullName);
        Assert.Equal(s_ann, await folder.Store().FindAsync("a.example", Cancel));
    }

    [Fact]
    public async Task Writers_at_once_lose_nothing()
    {
        using var folder = new CredentialFolder("""{"psFormat":"x"}""");
        string[] hosts = [.. Enumerable.Range(0, 40).Select(i => $"r{i:00}.example")];
        await Parallel.ForEachAsync(
            hosts,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel },
            async (host, stop) => await folder.Store().SaveAsync(host, s_ann, stop));
        Assert.Equal(hosts, (await folder.Store().ListAsync(Cancel)).Select(s => s.Registry));
        Assert.Equal(["config.json", "config.json.lock"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("{\"auths\":{\"a.example\":{\"auth\":\"c2VjcmV0")]
    [InlineData("secret")]
    [InlineData("[\"secret\"]")]
    [InlineData("{\"auths\":\"secret\"}")]
    [InlineData("{\"auths\":{\"a.example\":\"secret\"}}")]
    [InlineData("{\"auths\":{\"a.example\":{\"auth\":\"secret!\"}}}")]
    [InlineData("{\"auths\":{\"a.example\":{\"auth\":\"c2VjcmV0\"}}}")]
    [InlineData("{\"credsStore\":\"../secret\"}")]
    [InlineData("{\"credHelpers\":{\"a.example\":[\"secret\"]}}")]
    public async Task A_malformed_file_is_an_error_that_does_not_quote_it(string text)
    {
        using var folder = new CredentialFolder(text);
        EngineException error = await Assert.ThrowsAsync<EngineException>(() => folder.Store().FindAsync("a.example", Cancel));
        Assert.Equal(EngineErrorReason.CredentialStoreFailed, error.Reason);
        Assert.Contains(folder.ConfigurationFile, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(text, folder.Text);
    }

    [Fact]
    public async Task What_stands_where_a_host_should_is_not_shown()
    {
        using var folder = new CredentialFolder();
        EngineException error = await Assert.ThrowsAsync<EngineException>(
            () => folder.Store().SaveAsync("https://ann:hunter2@a.example", s_ann, Cancel));
        Assert.Equal(EngineErrorReason.InvalidReference, error.Reason);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_told_at_once()
    {
        using var folder = new CredentialFolder("{}");
        var store = new CredentialStore(
            Path.Combine(folder.ConfigurationFile, "docker"), environment: "", searchPath: "", TimeSpan.FromSeconds(30));
        var watch = Stopwatch.StartNew();
        EngineException error = await Assert.ThrowsAsync<EngineException>(() => store.SaveAsync("a.example", s_ann, Cancel));
        Assert.Equal(EngineErrorReason.CredentialStoreFailed, error.Reason);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_lock_that_somebody_holds_is_waited_for()
    {
        using var folder = new CredentialFolder("{}");
        Task<RegistrySession> saving;
        using (new FileStream(folder.ConfigurationFile + ".lock", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            saving = folder.Store().SaveAsync("a.example", s_ann, Cancel);
            await Assert.ThrowsAsync<TimeoutException>(() => saving.WaitAsync(TimeSpan.FromMilliseconds(200), Cancel));
            Assert.Equal("{}", folder.Text);
        }

        await saving;
        Assert.Equal(s_ann, await folder.Store().FindAsync("a.example", Cancel));
    }

    [Theory]
    [InlineData("busybox", "docker.io")]
    [InlineData("team/app:1", "docker.io")]
    [InlineData("docker.io/library/busybox", "docker.io")]
    [InlineData("localhost/app", "localhost")]
    [InlineData("localhost:5000/app", "localhost:5000")]
    [InlineData("quay.io/team/app@sha256:00", "quay.io")]
    [InlineData("[::1]:5000/app", "[::1]:5000")]
    public void The_registry_of_a_reference_is_the_one_that_docker_means(string reference, string host) =>
        Assert.Equal(host, RegistryHost.OfReference(reference));
}
