using Engine.Core.Images.Records;
using Microsoft.Extensions.Logging;

namespace Engine.Core.Images;

/// <summary>Lists images, the newest first.</summary>
public sealed partial class ListImages
{
    private readonly ImageTable _table;
    private readonly ImageResolver _resolver;
    private readonly ImageView _view;
    private readonly ILogger<ListImages> _logger;

    internal ListImages(ImageTable table, ImageResolver resolver, ImageView view, ILogger<ListImages> logger)
    {
        _table = table;
        _resolver = resolver;
        _view = view;
        _logger = logger;
    }

    /// <summary>Lists the images that match.</summary>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.InvalidFilter"/>: a filter's value is malformed, or the image of
    /// <see cref="ImageFilter.Before"/> or <see cref="ImageFilter.Since"/> is not there.
    /// </exception>
    public IReadOnlyList<ContainerImage> Handle(ImageFilter filter)
    {
        var matches = ImageMatch.For(filter, _resolver);
        return [.. _table.ReadAll((id, error) => Damaged(_logger, id, error))
            .Where(image => !image.Removed && matches(image))
            .OrderByDescending(image => image.Config.Created ?? DateTimeOffset.MinValue)
            .ThenBy(image => image.Id, StringComparer.Ordinal)
            .Select(_view.Of)];
    }
}
