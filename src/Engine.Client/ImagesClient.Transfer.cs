using System.Runtime.CompilerServices;
using Engine.Protocol;
using Grpc.Core;
using Wire = Engine.Protocol.V1;

namespace Engine.Client;

/// <content>Between the engine, registries and files: streams with progress in them.</content>
public sealed partial class ImagesClient
{
    /// <summary>Brings images from a registry, and returns each one that is there then.</summary>
    /// <param name="pull">What.</param>
    /// <param name="progress">Told how far each layer is; from another thread.</param>
    /// <param name="warnings">Told what the registry wants the user to read; from another thread.</param>
    /// <param name="cancellationToken">Ends the pull, unless somebody else waits for the same content.</param>
    public async IAsyncEnumerable<ContainerImage> PullAsync(
        ImagePull pull,
        IProgress<ImageProgress>? progress,
        IProgress<string>? warnings,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using AsyncServerStreamingCall<Wire.PullImageResponse> call =
            _client.PullImage(pull.ToWire(), cancellationToken: cancellationToken);
        await foreach (Wire.PullImageResponse response in
            call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            switch (response.PartCase)
            {
                case Wire.PullImageResponse.PartOneofCase.Image:
                    yield return response.Image.ToModel(_engine);
                    break;
                case Wire.PullImageResponse.PartOneofCase.Progress:
                    progress?.Report(response.Progress.ToModel());
                    break;
                case Wire.PullImageResponse.PartOneofCase.Warning:
                    warnings?.Report(response.Warning);
                    break;
            }
        }
    }

    /// <summary>Sends images to a registry, and returns what each reference came to.</summary>
    /// <param name="push">What.</param>
    /// <param name="progress">Told how far each layer is; from another thread.</param>
    /// <param name="warnings">Told what the registry wants the user to read; from another thread.</param>
    /// <param name="cancellationToken">Ends the push.</param>
    public async IAsyncEnumerable<PushResult> PushAsync(
        ImagePush push,
        IProgress<ImageProgress>? progress,
        IProgress<string>? warnings,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using AsyncServerStreamingCall<Wire.PushImageResponse> call =
            _client.PushImage(push.ToWire(), cancellationToken: cancellationToken);
        await foreach (Wire.PushImageResponse response in
            call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            switch (response.PartCase)
            {
                case Wire.PushImageResponse.PartOneofCase.Pushed:
                    yield return response.Pushed.ToModel(_engine);
                    break;
                case Wire.PushImageResponse.PartOneofCase.Progress:
                    progress?.Report(response.Progress.ToModel());
                    break;
                case Wire.PushImageResponse.PartOneofCase.Warning:
                    warnings?.Report(response.Warning);
                    break;
            }
        }
    }

    /// <summary>
    /// Writes images as one archive, in pieces of at most 1 MiB. The engine reads no faster than the pieces are taken.
    /// An export that fails throws: an archive that was cut off is none.
    /// </summary>
    /// <param name="export">Which images, and how.</param>
    /// <param name="progress">Told how far each layer is; from another thread.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ExportAsync(
        ImageExport export,
        IProgress<ImageProgress>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using AsyncServerStreamingCall<Wire.ExportImagesResponse> call =
            _client.ExportImages(export.ToWire(), cancellationToken: cancellationToken);
        await foreach (Wire.ExportImagesResponse response in
            call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (response.PartCase == Wire.ExportImagesResponse.PartOneofCase.Chunk)
            {
                yield return response.Chunk.Memory;
            }
            else if (response.PartCase == Wire.ExportImagesResponse.PartOneofCase.Progress)
            {
                progress?.Report(response.Progress.ToModel());
            }
        }
    }
}
