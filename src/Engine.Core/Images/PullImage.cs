using System.Diagnostics.CodeAnalysis;
using Engine.Core.Events;
using Engine.Core.Images.Content;
using Engine.Core.Images.Import;
using Engine.Core.Images.Pull;
using Engine.Core.Images.Records;
using Engine.Oci;
using Engine.Oci.Distribution;
using Engine.Oci.Platforms;
using Engine.Oci.References;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

/// <summary>
/// Brings images from a registry. An image is there with all of its content, verified, or it is not there.
/// </summary>
public sealed partial class PullImage
{
    private readonly RegistryClient _registry;
    private readonly ImageFetch _fetch;
    private readonly ImageTable _table;
    private readonly ImageResolver _resolver;
    private readonly ImageView _view;
    private readonly ContentHolds _holds;
    private readonly ContentCollector _collector;
    private readonly EventStream _events;
    private readonly ILogger<PullImage> _logger;

    internal PullImage(
        RegistryClient registry, ImageFetch fetch, ImageTable table, ImageResolver resolver, ImageView view,
        ContentHolds holds, ContentCollector collector, EventStream events, ILogger<PullImage> logger)
    {
        _registry = registry;
        _fetch = fetch;
        _table = table;
        _resolver = resolver;
        _view = view;
        _holds = holds;
        _collector = collector;
        _events = events;
        _logger = logger;
    }

    /// <summary>Pulls an image, or every tag of a repository.</summary>
    /// <param name="pull">What to bring.</param>
    /// <param name="progress">Told how each layer goes, a few times a second; null for nobody.</param>
    /// <param name="warning">Told what the user should read; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work, but for downloads that another pull waits for too.</param>
    /// <returns>The images that are there now. Of all tags, those that could be pulled; the others were told as
    /// warnings.</returns>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.InvalidReference"/>, <see cref="EngineErrorReason.InvalidPlatform"/>,
    /// <see cref="EngineErrorReason.ImageNotFound"/> (with <see cref="PullPolicy.Never"/>),
    /// <see cref="EngineErrorReason.PlatformNotFound"/>, <see cref="EngineErrorReason.ManifestNotFound"/>,
    /// <see cref="EngineErrorReason.InvalidManifest"/>, <see cref="EngineErrorReason.DigestMismatch"/>,
    /// <see cref="EngineErrorReason.InvalidArchive"/>, <see cref="EngineErrorReason.InputTooLarge"/>,
    /// <see cref="EngineErrorReason.DiskFull"/>, <see cref="EngineErrorReason.RegistryUnauthorized"/>,
    /// <see cref="EngineErrorReason.RegistryDenied"/>, <see cref="EngineErrorReason.RegistryUnreachable"/>,
    /// <see cref="EngineErrorReason.RegistryRateLimited"/>, <see cref="EngineErrorReason.RegistryFailed"/>.
    /// </exception>
    public async Task<IReadOnlyList<ContainerImage>> HandleAsync(
        ImagePull pull, IProgress<ImageProgress>? progress, Action<string>? warning,
        CancellationToken cancellationToken)
    {
        var request = PullRequest.Of(pull);
        var warnings = new RegistryWarnings(warning);
        try
        {
            var ids = request.Reference.IsNameOnly
                ? await PullAllAsync(request, warnings, progress, cancellationToken).ConfigureAwait(false)
                : [await PullOneAsync(request, warnings, progress, cancellationToken).ConfigureAwait(false)];
            return [.. ids.Distinct(StringComparer.Ordinal).Select(_table.Find).OfType<StoredImage>()
                .Select(_view.Of)];
        }
        catch (Exception error) when (DiskFault.Of(error) is { } full)
        {
            throw full;
        }
    }

    private async Task<IReadOnlyList<string>> PullAllAsync(
        PullRequest request, RegistryWarnings warnings, IProgress<ImageProgress>? progress,
        CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var failures = new List<EngineException>();
        await foreach (var tag in TagsAsync(request, warnings, cancellationToken).ConfigureAwait(false))
        {
            var one = request with { Reference = request.Reference.WithTag(tag) };
            try
            {
                ids.Add(await PullOneAsync(one, warnings, progress, cancellationToken).ConfigureAwait(false));
            }
            catch (EngineException error) when (IsOneTags(error))
            {
                // Signatures and charts are tags beside the images, and one broken tag is no reason to go without the
                // others.
                TagFailed(_logger, one.Reference.Familiar, error.Message);
                warnings.Warning($"The tag '{tag}' was not pulled: {error.Message}");
                failures.Add(error);
            }
        }

        return ids.Count > 0 ? ids : throw (failures.Count > 0 ? failures[0] : Missing(request.Reference));
    }

    private IAsyncEnumerable<string> TagsAsync(
        PullRequest request, RegistryWarnings warnings, CancellationToken cancellationToken) =>
        request.Policy == PullPolicy.Never
            ? _table.ReferencesOf(request.Reference.Repository)
                .Select(reference => ImageReference.Parse(reference).Tag!).ToAsyncEnumerable()
            : new RemoteRepository(_registry, request.Reference, request.Credential, warnings).Open()
                .ListTagsAsync(cancellationToken);

    private async Task<string> PullOneAsync(
        PullRequest request, RegistryWarnings warnings, IProgress<ImageProgress>? progress,
        CancellationToken cancellationToken)
    {
        var reference = request.Reference;
        if (request.Policy != PullPolicy.Always && TryFind(request, out var there))
        {
            return there.Id;
        }

        if (request.Policy == PullPolicy.Never)
        {
            throw Missing(reference);
        }

        try
        {
            return await FetchAsync(request, warnings, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException error) when (IsAboutContent(error) && error.Target != reference.Familiar)
        {
            // A layer's fault does not know whose layer it is.
            throw new EngineException(
                error.Code, error.Reason, $"'{reference.Familiar}' was not pulled: {error.Message}", reference.Familiar,
                error);
        }
    }

    private async Task<string> FetchAsync(
        PullRequest request, RegistryWarnings warnings, IProgress<ImageProgress>? progress,
        CancellationToken cancellationToken)
    {
        var reference = request.Reference;
        var started = TimeProvider.System.GetTimestamp();
        var repository = new RemoteRepository(_registry, reference, request.Credential, warnings);
        var remote = await new ManifestChoice(
            repository.Open(), reference, request.Platform ?? Platform.Host, cancellationToken).FindAsync()
            .ConfigureAwait(false);
        using var hold = new ContentHold(_holds, _collector);
        var image = await _fetch.RunAsync(
            reference.Familiar, remote, request, repository, hold, progress, cancellationToken).ConfigureAwait(false);

        // From here on it is done: a caller who gives up now finds all of it.
        cancellationToken.ThrowIfCancellationRequested();
        Record(reference, remote.Served, image);
        WarnOfPlatform(request, image, warnings);
        Pulled(
            _logger, reference.Familiar, image.Id, remote.Served.ToString(),
            (long)TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
        _events.PublishImage("pull", reference.Familiar, reference.ToString(), image.Config.Value.Config?.Labels);
        return image.Id;
    }

    /// <summary>Names the image, at once with its rows.</summary>
    private void Record(ImageReference reference, Digest served, NewImage image)
    {
        var digest = reference.WithDigest(served).ToString();
        var references = new Dictionary<string, IReadOnlyList<string>>();
        lock (_holds.Gate)
        {
            if (reference.Digest is null)
            {
                // A tag that moved names nothing of before; one that did not still names what was pulled of the same
                // index for other platforms.
                var before = _table.FindByReference(reference.ToString())
                    .Where(other => other.Id != image.Id && other.Digests.Contains(digest)
                        && other.Config.Platform.Normalized != image.Config.Value.Platform.Normalized);
                references.Add(reference.ToString(), [.. before.Select(other => other.Id), image.Id]);
            }

            _table.Add([image], references, new Dictionary<string, IReadOnlyList<string>> { [digest] = [image.Id] });
        }
    }

    private bool TryFind(PullRequest request, [NotNullWhen(true)] out StoredImage? image)
    {
        image = null;
        try
        {
            image = _resolver.Resolve(request.Reference.ToString(), request.Platform?.ToString());
            return true;
        }
        catch (EngineException error)
            when (error.Reason is EngineErrorReason.ImageNotFound or EngineErrorReason.PlatformNotFound)
        {
            return false;
        }
    }

    private static void WarnOfPlatform(PullRequest request, NewImage image, RegistryWarnings warnings)
    {
        var platform = image.Config.Value.Platform.Normalized;
        if (request.Platform is null && platform.Os.Length > 0
            && PlatformRanking.Rank(Platform.Host, platform) is null)
        {
            warnings.Warning(
                $"The image '{request.Reference.Familiar}' is for {platform}, and this engine's host is "
                + $"{Platform.Host}: its programs do not run here without emulation.");
        }
    }

    // What would be the same with every tag ends the whole pull.
    private static bool IsOneTags(EngineException error) => error.Reason
        is not (EngineErrorReason.DiskFull or EngineErrorReason.RegistryUnreachable
            or EngineErrorReason.RegistryUnauthorized or EngineErrorReason.RegistryDenied
            or EngineErrorReason.RegistryRateLimited);

    private static bool IsAboutContent(EngineException error) => error.Reason
        is EngineErrorReason.InvalidManifest or EngineErrorReason.InvalidArchive or EngineErrorReason.DigestMismatch
            or EngineErrorReason.ArchiveEscapesRoot or EngineErrorReason.InputTooLarge
            or EngineErrorReason.InvalidDigest;

    private static EngineException Missing(ImageReference reference) => new(
        EngineErrorCode.NotFound, EngineErrorReason.ImageNotFound,
        $"No such image: {reference.Familiar}. Pull it with another policy, or import it.", reference.Familiar);
}
