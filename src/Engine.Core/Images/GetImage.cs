namespace Engine.Core.Images;

/// <summary>Tells everything about one image.</summary>
public sealed class GetImage
{
    private readonly ImageResolver _resolver;
    private readonly ImageView _view;

    internal GetImage(ImageResolver resolver, ImageView view)
    {
        _resolver = resolver;
        _view = view;
    }

    /// <summary>Finds an image.</summary>
    /// <param name="reference">A reference, an id, or a prefix of an id.</param>
    /// <param name="platform">As <c>os/arch[/variant]</c>, of which compatible ones will do; null for what suits this
    /// host best.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.ImageNotFound"/>, <see cref="EngineErrorReason.AmbiguousImageId"/>,
    /// <see cref="EngineErrorReason.PlatformNotFound"/>, <see cref="EngineErrorReason.InvalidReference"/>.
    /// </exception>
    public ContainerImage Handle(string reference, string? platform = null) =>
        _view.Of(_resolver.Resolve(reference, platform));
}
