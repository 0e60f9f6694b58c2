using System.Runtime.CompilerServices;
using Engine.Protocol;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Client;

/// <summary>
/// Registries, as an engine reaches them. The engine keeps no credential: each call brings its own, or none. What each
/// call can fail with is in the contract, <c>engine/v1/registries.proto</c>.
/// </summary>
public sealed class RegistriesClient
{
    private readonly Wire.Registries.RegistriesClient _client;
    private readonly EngineConnection _engine;

    internal RegistriesClient(CallInvoker invoker, EngineConnection engine)
    {
        _client = new Wire.Registries.RegistriesClient(invoker);
        _engine = engine;
    }

    /// <summary>Checks a credential against a registry.</summary>
    /// <param name="registry">The registry's host, with its port; empty for docker.io.</param>
    /// <param name="credential">The credential; null to see whether the registry lets anybody in.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<RegistrySignIn> SignInAsync(
        string registry, RegistryCredential? credential, CancellationToken cancellationToken)
    {
        var request = new Wire.SignInRequest { Registry = registry, Credential = credential?.ToWire() };
        return (await _client.SignInAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false))
            .ToModel();
    }

    /// <summary>Searches a registry's index.</summary>
    public async IAsyncEnumerable<FoundImage> SearchAsync(
        RepositorySearch search, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using AsyncServerStreamingCall<Wire.SearchRepositoriesResponse> call =
            _client.SearchRepositories(search.ToWire(), cancellationToken: cancellationToken);
        await foreach (Wire.SearchRepositoriesResponse response in
            call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return response.Repository.ToModel(_engine);
        }
    }

    /// <summary>The tags of a repository, as its registry orders them.</summary>
    /// <param name="repository">A reference without a tag.</param>
    /// <param name="credential">Who asks; null for anybody.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async IAsyncEnumerable<string> ListTagsAsync(
        string repository, RegistryCredential? credential, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new Wire.ListTagsRequest { Repository = repository, Credential = credential?.ToWire() };
        using AsyncServerStreamingCall<Wire.ListTagsResponse> call =
            _client.ListTags(request, cancellationToken: cancellationToken);
        await foreach (Wire.ListTagsResponse response in
            call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (string tag in response.Tags)
            {
                yield return tag;
            }
        }
    }

    /// <summary>A manifest, or an index with the manifests below it.</summary>
    /// <param name="reference">Which.</param>
    /// <param name="insecure">Plain HTTP or an unknown certificate will do for this call.</param>
    /// <param name="credential">Who asks; null for anybody.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ManifestDescriptor> GetManifestAsync(
        string reference, bool insecure, RegistryCredential? credential, CancellationToken cancellationToken)
    {
        var request = new Wire.GetManifestRequest
        {
            Reference = reference,
            Insecure = insecure,
            Credential = credential?.ToWire(),
        };
        return (await _client.GetManifestAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false))
            .Manifest.ToModel(_engine);
    }

    /// <summary>Pushes a list of manifests that the registry has already.</summary>
    /// <param name="list">What it is called, and what is in it.</param>
    /// <param name="insecure">Plain HTTP or an unknown certificate will do for this call.</param>
    /// <param name="credential">Who pushes; null for anybody.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The list's digest, and its own size in bytes.</returns>
    public async Task<PushResult> PushManifestListAsync(
        ManifestList list, bool insecure, RegistryCredential? credential, CancellationToken cancellationToken)
    {
        Wire.PushManifestListResponse response = await _client
            .PushManifestListAsync(list.ToWire(insecure, credential), cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return new() { Reference = list.Reference, Digest = response.Digest, Size = response.Size, Engine = _engine };
    }
}
