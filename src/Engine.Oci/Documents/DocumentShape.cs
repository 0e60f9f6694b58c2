using System.Text.Json;

namespace Engine.Oci.Documents;

/// <summary>
/// Tells what a document is by its keys, since registries and archives send wrong and missing media types. A document
/// that could be read as either is refused: one reader would check the manifest and another run the index
/// (GHSA-mc8v-mgrf-8f4m).
/// </summary>
internal static class DocumentShape
{
    public static DocumentKind Detect(ReadOnlyMemory<byte> raw)
    {
        const string What = "manifest";
        DocumentRules.RequireSize(raw.Length, What, ImageDocuments.MaxManifestSize);
        try
        {
            using JsonDocument json = JsonDocument.Parse(raw);
            JsonElement root = json.RootElement;
            DocumentRules.Require(root.ValueKind == JsonValueKind.Object, What, "it is no JSON object");
            DocumentRules.Require(!root.TryGetProperty("fsLayers", out _), What, "schema 1 is no longer supported");
            bool manifest = root.TryGetProperty("config", out _) || root.TryGetProperty("layers", out _);
            bool index = root.TryGetProperty("manifests", out _);
            DocumentRules.Require(
                manifest != index,
                What,
                manifest ? "it is a manifest and an index at once" : "it is neither a manifest nor an index");
            string? mediaType = root.TryGetProperty("mediaType", out JsonElement type)
                && type.ValueKind == JsonValueKind.String
                ? type.GetString()
                : null;
            bool contradicts = index ? MediaTypes.IsManifest(mediaType) : MediaTypes.IsIndex(mediaType);
            DocumentRules.Require(!contradicts, What, "its media type says that it is something else than its content");
            return index ? DocumentKind.Index : DocumentKind.Manifest;
        }
        catch (JsonException e)
        {
            throw DocumentRules.Invalid(What, e.Message, e);
        }
    }
}
