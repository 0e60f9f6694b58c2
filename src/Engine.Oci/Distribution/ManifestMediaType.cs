using System.Text.Json;
using Engine.Oci.Documents;

namespace Engine.Oci.Distribution;

/// <summary>
/// What a manifest is: by its own word, by the header it came with, and by its content. Old registries send any header,
/// so it counts only where it is one of the known types; where two of the three contradict each other, somebody is
/// being made to run what nobody checked.
/// </summary>
internal static class ManifestMediaType
{
    private const string Schema1 = "application/vnd.docker.distribution.manifest.v1";

    /// <summary>The types that are asked for.</summary>
    public static IReadOnlyList<string> Accepted { get; } =
        [MediaTypes.OciIndex, MediaTypes.OciManifest, MediaTypes.DockerManifestList, MediaTypes.DockerManifest];

    /// <summary>The type, one of the four.</summary>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidManifest"/>.</exception>
    public static string Of(string header, ReadOnlyMemory<byte> raw)
    {
        if (header.StartsWith(Schema1, StringComparison.Ordinal))
        {
            throw DocumentRules.Invalid(
                "manifest",
                "it is of Docker's schema 1, which is no longer supported; its owner has to push the image again with a "
                + "client that is not older than 2017");
        }

        bool isIndex = ImageDocuments.Detect(raw) == DocumentKind.Index;
        string own = Own(raw);
        string usual = isIndex ? MediaTypes.OciIndex : MediaTypes.OciManifest;
        string type = IsKnown(own) ? own : IsKnown(header) ? header : usual;
        DocumentRules.Require(
            MediaTypes.IsIndex(type) == isIndex && (!IsKnown(header) || MediaTypes.IsIndex(header) == isIndex),
            "manifest",
            "the registry says that it is something else than its content");
        return type;
    }

    private static bool IsKnown(string type) => MediaTypes.IsIndex(type) || MediaTypes.IsManifest(type);

    private static string Own(ReadOnlyMemory<byte> raw)
    {
        using JsonDocument json = JsonDocument.Parse(raw);
        return json.RootElement.TryGetProperty("mediaType", out JsonElement type)
            && type.ValueKind == JsonValueKind.String
            ? type.GetString()!
            : "";
    }
}
