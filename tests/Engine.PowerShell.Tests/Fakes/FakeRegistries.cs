using System.Text;
using Engine.Protocol;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Commands.Tests;

internal sealed class FakeRegistries(FakeEngine engine) : Wire.Registries.RegistriesBase
{
    public override async Task<Wire.SignInResponse> SignIn(Wire.SignInRequest request, ServerCallContext context)
    {
        engine.Credential = request.Credential?.ToModel();
        await engine.EnterAsync("SignIn", request.Registry, context.CancellationToken);
        return new Wire.SignInResponse { Registry = request.Registry, IdentityToken = engine.IdentityToken };
    }

    public override async Task SearchRepositories(
        Wire.SearchRepositoriesRequest request,
        IServerStreamWriter<Wire.SearchRepositoriesResponse> responseStream,
        ServerCallContext context)
    {
        engine.Credential = request.Credential?.ToModel();
        string official = request.HasOfficial ? $" official={request.Official}" : "";
        string stars = request.HasMinimumStars ? $" stars={request.MinimumStars}" : "";
        await engine.EnterAsync("Search", $"{request.Term} {request.Limit}{official}{stars}", context.CancellationToken);
        foreach (string name in (string[])["busybox", "team/busybox"])
        {
            await responseStream.WriteAsync(new Wire.SearchRepositoriesResponse
            {
                Repository = new() { Name = name, Description = "a box", Stars = 7, Official = !name.Contains('/', StringComparison.Ordinal) },
            });
        }
    }

    public override async Task ListTags(
        Wire.ListTagsRequest request, IServerStreamWriter<Wire.ListTagsResponse> responseStream, ServerCallContext context)
    {
        engine.Credential = request.Credential?.ToModel();
        await engine.EnterAsync("ListTags", request.Repository, context.CancellationToken);
        await responseStream.WriteAsync(new Wire.ListTagsResponse { Tags = { "1", "2" } });
        await responseStream.WriteAsync(new Wire.ListTagsResponse { Tags = { "latest" } });
    }

    public override async Task<Wire.GetManifestResponse> GetManifest(Wire.GetManifestRequest request, ServerCallContext context)
    {
        engine.Credential = request.Credential?.ToModel();
        await engine.EnterAsync("GetManifest", $"{request.Reference}{(request.Insecure ? " insecure" : "")}", context.CancellationToken);
        var below = new ManifestDescriptor
        {
            Reference = request.Reference,
            MediaType = "application/vnd.oci.image.manifest.v1+json",
            Digest = $"sha256:{new string('b', 64)}",
            Size = 400,
            Platform = new ManifestPlatform { Os = "linux", Architecture = "arm64", Variant = "v8" },
            Contents = [new ManifestContent { MediaType = "config", Digest = $"sha256:{new string('c', 64)}", Size = 7 }],
        };
        return new Wire.GetManifestResponse
        {
            Manifest = new ManifestDescriptor
            {
                Reference = request.Reference,
                MediaType = "application/vnd.oci.image.index.v1+json",
                Digest = $"sha256:{new string('a', 64)}",
                Size = 17,
                Raw = Encoding.UTF8.GetBytes("""{"schemaVersion":2}"""),
                Manifests = [below],
            }.ToWire(),
        };
    }

    public override async Task<Wire.PushManifestListResponse> PushManifestList(
        Wire.PushManifestListRequest request, ServerCallContext context)
    {
        engine.Credential = request.Credential?.ToModel();
        engine.PushedList = request.ToModel();
        await engine.EnterAsync("PushManifestList", request.Reference, context.CancellationToken);
        return new Wire.PushManifestListResponse { Digest = $"sha256:{new string('d', 64)}", Size = 321 };
    }
}
