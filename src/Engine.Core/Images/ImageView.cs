using Engine.Core.Images.Records;
using Engine.Oci.Documents;
using Engine.Oci.References;

namespace Engine.Core.Images;

/// <summary>Shows a stored image the way users see it.</summary>
internal sealed class ImageView(IImageUsers users)
{
    public ContainerImage Of(StoredImage image) => new()
    {
        Id = image.Id,
        References = [.. image.References.Select(Familiar).Order(StringComparer.Ordinal)],
        Digests = [.. image.Digests.Select(Familiar).Order(StringComparer.Ordinal)],
        CreatedAt = image.Config.Created,
        Size = image.Size,
        SharedSize = image.SharedSize,
        ManifestDigest = image.Manifest.ToString(),
        Parent = image.Parent,
        Os = image.Config.Os,
        Architecture = image.Config.Architecture,
        Variant = image.Config.Variant ?? "",
        Layers = [.. image.Config.RootFs.DiffIds.Select(id => id.ToString())],
        Configuration = ConfigurationOf(image.Config.Config ?? new ImageExecution()),
        Author = image.Config.Author ?? "",
        Comment = CommentOf(image.Config),
        Containers = users.UsersOf(image.Id).Count,
    };

    /// <summary>A stored reference as people write it.</summary>
    public static string Familiar(string reference) => ImageReference.Parse(reference).Familiar;

    public static ImageConfiguration ConfigurationOf(ImageExecution execution) => new()
    {
        Entrypoint = execution.Entrypoint ?? [],
        Command = execution.Cmd ?? [],
        Environment = execution.Env ?? [],
        User = execution.User ?? "",
        WorkingDirectory = execution.WorkingDir ?? "",
        Labels = execution.Labels ?? new Dictionary<string, string>(),
        ExposedPorts = execution.ExposedPorts ?? [],
        Volumes = execution.Volumes ?? [],
        StopSignal = execution.StopSignal ?? "",
    };

    // As Docker since it dropped the key from the configuration: the last step's comment stands for the image's.
    private static string CommentOf(ImageConfig config) =>
        config.Comment is { Length: > 0 } comment ? comment
        : config.History is { Count: > 0 } history ? history[^1].Comment ?? ""
        : "";
}
