using System.Security.Cryptography.X509Certificates;
using Engine.Oci.Distribution;
using Engine.Oci.Documents;
using Engine.Oci.References;
using Engine.Testing.Registry;

namespace Engine.Oci.Tests.Distribution;

/// <summary>
/// The same against Debian's docker-registry: that the faulty one is not merely as mistaken as the client.
/// </summary>
public sealed class DockerRegistryTests : DistributionTest
{
    private static readonly byte[] s_layer = [.. Enumerable.Range(0, 5_000_000).Select(i => (byte)(i * 41 >> 5))];

    private static void Require() =>
        Assert.SkipUnless(DockerRegistry.IsInstalled, "docker-registry or htpasswd is not installed.");

    private RepositoryClient At(
        DockerRegistry registry, string path, RegistryCredential? credential = null, RegistryOptions? options = null) =>
        Client(options).Open(ImageReference.Parse($"{registry.Host}/{path}"), credential, RepositoryAccess.Push, Observer);

    private static Task UploadAsync(RepositoryClient repository, byte[] content) => repository.UploadBlobAsync(
        Digest.Compute(content), content.Length, () => new MemoryStream(content, writable: false), null, Cancel);

    private static async Task<Document<ImageManifest>> PushAsync(RepositoryClient repository, string tag)
    {
        byte[] config = Bytes("{}");
        await UploadAsync(repository, config);
        await UploadAsync(repository, s_layer);
        Document<ImageManifest> manifest = ImageDocuments.Write(new ImageManifest
        {
            SchemaVersion = 2,
            MediaType = MediaTypes.OciManifest,
            Config = new Descriptor { MediaType = MediaTypes.OciConfig, Digest = Digest.Compute(config), Size = config.Length },
            Layers = [new Descriptor { MediaType = MediaTypes.OciLayer, Digest = Digest.Compute(s_layer), Size = s_layer.Length }],
        });
        Assert.Equal(manifest.Digest, await repository.PutManifestAsync(tag, MediaTypes.OciManifest, manifest.Raw, Cancel));
        return manifest;
    }

    private static async Task PullAsync(RepositoryClient repository, string tag, Document<ImageManifest> pushed)
    {
        RegistryDocument document = await repository.GetManifestAsync(tag, Cancel);
        Assert.Equal(pushed.Raw.ToArray(), document.Raw.ToArray());
        Assert.Equal(pushed.Digest, (await repository.FindManifestAsync(tag, Cancel))!.Digest);
        Descriptor layer = Assert.Single(pushed.Value.Layers);
        var target = new MemoryBlob(layer.Digest, s_layer[..1_000_000]);
        await repository.DownloadBlobAsync(layer, target, Cancel);
        Assert.Equal(0, target.Restarts);
    }

    [Theory]
    [InlineData(512L * 1024 * 1024)]
    [InlineData(0L)]
    public async Task What_is_pushed_is_pulled_again_in_one_piece_and_in_chunks(long threshold)
    {
        Require();
        await using DockerRegistry registry = await DockerRegistry.StartAsync();
        RepositoryClient repository = At(
            registry, "a/b", options: Options with { ChunkedUploadThreshold = threshold, UploadChunkBytes = 1024 * 1024 });
        await PullAsync(repository, "v1", await PushAsync(repository, "v1"));
        Assert.Empty(Observer.Retries);
    }

    [Fact]
    public async Task A_blob_is_mounted_from_another_repository()
    {
        Require();
        await using DockerRegistry registry = await DockerRegistry.StartAsync();
        await UploadAsync(At(registry, "base"), s_layer);
        RepositoryClient app = At(registry, "app");
        var digest = Digest.Compute(s_layer);
        Assert.False(await app.HasBlobAsync(digest, Cancel));
        Assert.True(await app.MountBlobAsync(digest, "base", Cancel));
        Assert.True(await app.HasBlobAsync(digest, Cancel));
        Assert.False(await app.MountBlobAsync(Digest.Compute([1]), "base", Cancel));
    }

    [Fact]
    public async Task All_tags_of_a_repository_are_listed()
    {
        Require();
        await using DockerRegistry registry = await DockerRegistry.StartAsync();
        RepositoryClient repository = At(registry, "app");
        Document<ImageManifest> manifest = await PushAsync(repository, "t0");
        for (int i = 1; i < 25; i++)
        {
            await repository.PutManifestAsync($"t{i}", MediaTypes.OciManifest, manifest.Raw, Cancel);
        }

        Assert.Equal(
            Enumerable.Range(0, 25).Select(i => $"t{i}").ToHashSet(),
            await repository.ListTagsAsync(Cancel).ToHashSetAsync(cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_password_is_needed_and_checked()
    {
        Require();
        await using DockerRegistry registry = await DockerRegistry.StartAsync(user: "jane", password: "s3cr3t-word");
        RepositoryClient repository = At(registry, "app", Credential());
        await PullAsync(repository, "v1", await PushAsync(repository, "v1"));
        Assert.Null(await Client().SignInAsync(registry.Host, Credential(), Cancel));
        await FaultAsync(
            () => Client().SignInAsync(registry.Host, Credential(password: "wrong"), Cancel),
            EngineErrorReason.RegistryUnauthorized);
        await FaultAsync(
            () => At(registry, "app").GetManifestAsync("v1", Cancel), EngineErrorReason.RegistryUnauthorized);
    }

    [Fact]
    public async Task A_token_server_says_who_may_pull_push_and_mount()
    {
        Require();
        await using var tokens = new TokenAuthority("jane", "s3cr3t-word");
        await using DockerRegistry registry = await DockerRegistry.StartAsync(tokens: tokens);
        RepositoryClient jane = At(registry, "app", Credential());
        Document<ImageManifest> pushed = await PushAsync(jane, "v1");
        Assert.True(await At(registry, "copy", Credential()).MountBlobAsync(Digest.Compute(s_layer), "app", Cancel));

        RepositoryClient anybody = At(registry, "app");
        await PullAsync(anybody, "v1", pushed);
        await FaultAsync(() => UploadAsync(anybody, [1, 2, 3]), EngineErrorReason.RegistryUnauthorized);
        await FaultAsync(
            () => UploadAsync(At(registry, "app", Credential(password: "wrong")), [1, 2, 3]),
            EngineErrorReason.RegistryUnauthorized);

        string? identity = await Client().SignInAsync(registry.Host, Credential(), Cancel);
        var credential = new RegistryCredential { IdentityToken = identity! };
        await UploadAsync(At(registry, "app", credential), [1, 2, 3]);
        Assert.Contains(tokens.Asked, request => request.Method == "POST");
        await FaultAsync(
            () => UploadAsync(At(registry, "app", new RegistryCredential { IdentityToken = "made-up" }), [1, 2, 3]),
            EngineErrorReason.RegistryUnauthorized);
    }

    [Fact]
    public async Task What_is_not_there_is_told_apart()
    {
        Require();
        await using DockerRegistry registry = await DockerRegistry.StartAsync();
        RepositoryClient repository = At(registry, "app");
        await FaultAsync(() => repository.GetManifestAsync("v1", Cancel), EngineErrorReason.ManifestNotFound);
        await FaultAsync(
            async () => await repository.ListTagsAsync(Cancel).ToListAsync(Cancel),
            EngineErrorReason.RepositoryNotFound);
        Assert.Null(await repository.FindManifestAsync("v1", Cancel));
    }

    [Fact]
    public async Task A_private_authority_is_trusted_where_certs_d_says_so_and_nowhere_else()
    {
        Require();
        using var authority = new PrivateAuthority();
        using X509Certificate2 certificate = authority.Server("registry.example");
        await using DockerRegistry registry = await DockerRegistry.StartAsync(certificate);
        int port = int.Parse(registry.Host.Split(':')[1], null);
        await using var proxy = new TunnelingProxy(new Dictionary<string, int> { ["registry.example:5000"] = port });
        using var directory = new ScratchDirectory();
        RegistryOptions options = Options with { HttpsProxy = $"http://{proxy.Host}", CertificateDirectories = [directory.Path] };
        var reference = ImageReference.Parse("registry.example:5000/app");

        await FaultAsync(
            () => Client(options).Open(reference, null, RepositoryAccess.Push).GetManifestAsync("v1", Cancel),
            EngineErrorReason.RegistryUnreachable);

        string place = Directory.CreateDirectory(directory["registry.example:5000"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(place, "ca.crt"), authority.Pem, Cancel);
        RepositoryClient repository = Client(options).Open(reference, null, RepositoryAccess.Push, Observer);
        await PullAsync(repository, "v1", await PushAsync(repository, "v1"));
    }
}
