using System.Runtime.CompilerServices;
using Engine.Protocol;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Client;

/// <summary>
/// An engine's images. <c>image</c> is a reference, an id, or a prefix of an id that only one image has. What each call
/// can fail with is in the contract, <c>engine/v1/images.proto</c>.
/// </summary>
public sealed partial class ImagesClient
{
    private readonly Wire.Images.ImagesClient _client;
    private readonly EngineConnection _engine;

    internal ImagesClient(CallInvoker invoker, EngineConnection engine)
    {
        _client = new Wire.Images.ImagesClient(invoker);
        _engine = engine;
    }

    /// <summary>Sends an archive, and returns the images that are there for it. Reads no faster than the engine stores.</summary>
    /// <param name="archive">The archive, from where it stands to its end. It stays open.</param>
    /// <param name="import">What to make of it.</param>
    /// <param name="length">How many bytes it has, where that is known; for the progress only.</param>
    /// <param name="progress">Told how far the engine has come; from another thread.</param>
    /// <param name="cancellationToken">Ends the import; nothing of it stays.</param>
    public async IAsyncEnumerable<ContainerImage> ImportAsync(
        Stream archive,
        ImageImport import,
        long? length,
        IProgress<ImageProgress>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var upload = new ImageUpload(_client, cancellationToken);
        await using ConfiguredAsyncDisposable ended = upload.ConfigureAwait(false);
        upload.Begin(archive, import.ToWire(length));
        await foreach (Wire.ImportImageResponse response in upload.ReceiveAsync().ConfigureAwait(false))
        {
            if (response.PartCase == Wire.ImportImageResponse.PartOneofCase.Image)
            {
                yield return response.Image.ToModel(_engine);
            }
            else if (response.PartCase == Wire.ImportImageResponse.PartOneofCase.Progress)
            {
                progress?.Report(response.Progress.ToModel());
            }
        }
    }

    /// <summary>Lists images, the newest first.</summary>
    public async IAsyncEnumerable<ContainerImage> ListAsync(
        ImageFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new Wire.ListImagesRequest { Filter = filter.ToWire() };
        using AsyncServerStreamingCall<Wire.ListImagesResponse> call =
            _client.ListImages(request, cancellationToken: cancellationToken);
        await foreach (Wire.ListImagesResponse response in
            call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return response.Image.ToModel(_engine);
        }
    }

    /// <summary>Everything about one image.</summary>
    /// <param name="image">Which.</param>
    /// <param name="platform"><c>os/arch[/variant]</c>; null for the host's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ContainerImage> GetAsync(string image, string? platform, CancellationToken cancellationToken)
    {
        var request = new Wire.GetImageRequest { Image = image };
        if (platform is not null)
        {
            request.Platform = platform;
        }

        return (await _client.GetImageAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false))
            .Image.ToModel(_engine);
    }

    /// <summary>Gives an image another reference, which is taken from the image that had it.</summary>
    public async Task TagAsync(string image, string reference, CancellationToken cancellationToken)
    {
        var request = new Wire.TagImageRequest { Image = image, Reference = reference };
        await _client.TagImageAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a reference away, and the image itself with the last one.</summary>
    /// <param name="image">Which.</param>
    /// <param name="force">Also an image with several references, by its id.</param>
    /// <param name="noPrune">Keeps the images below it that nothing else names.</param>
    /// <param name="platform">Of a reference to images of several platforms, only this one; null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ImageRemoval> RemoveAsync(
        string image, bool force, bool noPrune, string? platform, CancellationToken cancellationToken)
    {
        var request = new Wire.RemoveImageRequest { Image = image, Force = force, NoPrune = noPrune };
        if (platform is not null)
        {
            request.Platform = platform;
        }

        return (await _client.RemoveImageAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false))
            .ToModel(_engine);
    }

    /// <inheritdoc cref="RemoveAsync(string, bool, bool, string?, CancellationToken)"/>
    public Task<ImageRemoval> RemoveAsync(string image, bool force, CancellationToken cancellationToken) =>
        RemoveAsync(image, force, noPrune: false, platform: null, cancellationToken);

    /// <summary>Makes an image of what a container has changed.</summary>
    public async Task<ContainerImage> CommitAsync(ImageCommit commit, CancellationToken cancellationToken) =>
        (await _client.CommitContainerAsync(commit.ToWire(), cancellationToken: cancellationToken).ConfigureAwait(false))
            .Image.ToModel(_engine);

    /// <summary>The steps that an image was made in, the last first.</summary>
    /// <param name="image">Which.</param>
    /// <param name="platform"><c>os/arch[/variant]</c>; null for the host's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<ImageHistoryEntry>> GetHistoryAsync(
        string image, string? platform, CancellationToken cancellationToken)
    {
        var request = new Wire.GetImageHistoryRequest { Image = image };
        if (platform is not null)
        {
            request.Platform = platform;
        }

        Wire.GetImageHistoryResponse response =
            await _client.GetImageHistoryAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
        return [.. response.Entries.Select(e => e.ToModel(_engine))];
    }

    /// <summary>
    /// Removes images that no container uses, and tells each thing that went, or that would with a dry run.
    /// </summary>
    public async IAsyncEnumerable<PrunedItem> PruneAsync(
        ImagePrune prune, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using AsyncServerStreamingCall<Wire.PruneImagesResponse> call =
            _client.PruneImages(prune.ToWire(), cancellationToken: cancellationToken);
        await foreach (Wire.PruneImagesResponse response in
            call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return response.Item.ToModel(_engine);
        }
    }
}
