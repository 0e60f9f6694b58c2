using Engine.Core.Registries;
using Engine.Protocol;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Daemon.Grpc;

/// <summary>engine.v1.Registries: forwards to the operations, and nothing else.</summary>
internal sealed class RegistriesService(
    SignInToRegistry signIn, SearchRepositories search, ListRepositoryTags tags, GetRegistryManifest manifest,
    PushManifestList push) : Wire.Registries.RegistriesBase
{
    // A tag has at most 128 characters, so that a message stays below 128 KiB.
    private const int TagsPerMessage = 1000;

    /// <inheritdoc/>
    public override async Task<Wire.SignInResponse> SignIn(Wire.SignInRequest request, ServerCallContext context) =>
        (await signIn.HandleAsync(request.Registry, request.Credential?.ToModel(), context.CancellationToken)).ToWire();

    /// <inheritdoc/>
    public override Task SearchRepositories(
        Wire.SearchRepositoriesRequest request,
        IServerStreamWriter<Wire.SearchRepositoriesResponse> responseStream,
        ServerCallContext context) =>
        responseStream.WriteAllAsync(
            ends => search.HandleAsync(request.ToModel(), ends), found => new() { Repository = found.ToWire() },
            context.CancellationToken);

    /// <inheritdoc/>
    public override Task ListTags(
        Wire.ListTagsRequest request,
        IServerStreamWriter<Wire.ListTagsResponse> responseStream,
        ServerCallContext context) =>
        responseStream.WriteAllAsync(
            ends => tags.HandleAsync(request.Repository, request.Credential?.ToModel(), ends).Chunk(TagsPerMessage),
            some => new() { Tags = { some } },
            context.CancellationToken);

    /// <inheritdoc/>
    public override async Task<Wire.GetManifestResponse> GetManifest(
        Wire.GetManifestRequest request, ServerCallContext context)
    {
        var found = await manifest.HandleAsync(
            request.Reference, request.Insecure, request.Credential?.ToModel(), context.CancellationToken);
        return new() { Manifest = found.ToWire() };
    }

    /// <inheritdoc/>
    public override async Task<Wire.PushManifestListResponse> PushManifestList(
        Wire.PushManifestListRequest request, ServerCallContext context)
    {
        var pushed = await push.HandleAsync(
            request.ToModel(), request.Insecure, request.Credential?.ToModel(), context.CancellationToken);
        return new() { Digest = pushed.Digest, Size = pushed.Size };
    }
}
