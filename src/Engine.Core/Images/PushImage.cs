using Engine.Core.Events;
using Engine.Core.Images.Content;
using Engine.Core.Images.Import;
using Engine.Core.Images.Push;
using Engine.Core.Images.Records;
using Engine.Oci.Platforms;
using Engine.Oci.References;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

/// <summary>Sends images to the registry that their references name, byte for byte as they came.</summary>
public sealed partial class PushImage
{
    private readonly PushPlanner _planner;
    private readonly ImageUpload _upload;
    private readonly ImageTable _table;
    private readonly BlobStore _blobs;
    private readonly ContentHolds _holds;
    private readonly ContentCollector _collector;
    private readonly EventStream _events;
    private readonly ILogger<PushImage> _logger;

    internal PushImage(
        PushPlanner planner, ImageUpload upload, ImageTable table, BlobStore blobs, ContentHolds holds,
        ContentCollector collector, EventStream events, ILogger<PushImage> logger)
    {
        _planner = planner;
        _upload = upload;
        _table = table;
        _blobs = blobs;
        _holds = holds;
        _collector = collector;
        _events = events;
        _logger = logger;
    }

    /// <summary>Pushes a reference, or all those of a repository that are here.</summary>
    /// <param name="push">What to send.</param>
    /// <param name="progress">Told how each blob goes, a few times a second; null for nobody.</param>
    /// <param name="warning">Told what the user should read; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work; what was sent whole stays at the registry.</param>
    /// <returns>What each reference came to, in the order of the tags.</returns>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.InvalidReference"/>, <see cref="EngineErrorReason.InvalidPlatform"/>,
    /// <see cref="EngineErrorReason.ImageNotFound"/>, <see cref="EngineErrorReason.PlatformNotFound"/>,
    /// <see cref="EngineErrorReason.ContentMissing"/>, <see cref="EngineErrorReason.RegistryUnauthorized"/>,
    /// <see cref="EngineErrorReason.RegistryDenied"/>, <see cref="EngineErrorReason.RegistryUnreachable"/>,
    /// <see cref="EngineErrorReason.RegistryRateLimited"/>, <see cref="EngineErrorReason.RegistryFailed"/>.
    /// </exception>
    public async Task<IReadOnlyList<PushResult>> HandleAsync(
        ImagePush push, IProgress<ImageProgress>? progress, Action<string>? warning,
        CancellationToken cancellationToken)
    {
        var request = PushRequest.Of(push);
        var warnings = new RegistryWarnings(warning);
        using var hold = new ContentHold(_holds, _collector);
        try
        {
            // All that will be sent is known to be here before anything is sent.
            var plans = Plan(request, hold);
            var results = new List<PushResult>();
            foreach (var plan in plans)
            {
                await _upload.RunAsync(plan, request.Credential, warnings, progress, cancellationToken)
                    .ConfigureAwait(false);
                Record(plan, hold);
                results.Add(new PushResult
                {
                    Reference = plan.Reference.Familiar,
                    Digest = plan.Top.Digest.ToString(),
                    Size = plan.Size,
                });
            }

            return results;
        }
        catch (Exception error) when (DiskFault.Of(error) is { } full)
        {
            throw full;
        }
    }

    private List<PushPlan> Plan(PushRequest request, ContentHold hold)
    {
        var references = request.Reference.Tag is not null
            ? [request.Reference]
            : _table.ReferencesOf(request.Reference.Repository).Select(text => ImageReference.Parse(text)).ToList();
        return references.Count > 0
            ? references.ConvertAll(reference => Plan(reference, request.Platform, hold))
            : throw NotFound(request.Reference);
    }

    private PushPlan Plan(ImageReference reference, Platform? platform, ContentHold hold)
    {
        IReadOnlyList<StoredImage> images;
        lock (_holds.Gate)
        {
            images = _table.FindByReference(reference.ToString());
            foreach (var blob in images.SelectMany(image => _table.BlobsOf(image.Id)))
            {
                // A removal meanwhile takes away the name, and the content when this is done.
                hold.AddBlob(Oci.Digest.Parse(blob));
            }
        }

        if (images.Count == 0)
        {
            throw NotFound(reference);
        }

        if (platform is null)
        {
            return _planner.Plan(reference, images, whole: true);
        }

        return PlatformRanking.TryChoose(
            platform, images, image => image.Config.Platform, out var chosen, strict: true)
            ? _planner.Plan(reference, [chosen!], whole: false)
            : throw ImageErrors.NoSuchPlatform(
                reference.Familiar, platform, images.Select(image => image.Config.Platform));
    }

    /// <summary>Remembers what the registry has, and the index that was made for it.</summary>
    private void Record(PushPlan plan, ContentHold hold)
    {
        var top = plan.Top;
        if (!_blobs.Contains(top.Digest))
        {
            _blobs.Put(top.Raw, hold);
        }

        _table.AddPushed(
            plan.Reference.WithDigest(top.Digest).ToString(), top.Digest, [.. plan.Images.Select(image => image.Id)]);
        Pushed(_logger, plan.Reference.Familiar, top.Digest.ToString(), plan.Size);
        _events.PublishImage(
            "push", plan.Reference.Familiar, plan.Reference.ToString(), plan.Images[0].Config.Config?.Labels);
    }

    private static EngineException NotFound(ImageReference reference) => new(
        EngineErrorCode.NotFound, EngineErrorReason.ImageNotFound,
        $"No such image: {reference.Familiar}. Give an image this reference first.", reference.Familiar);
}
