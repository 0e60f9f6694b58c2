using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Engine.Oci.Documents;

/// <summary>
/// Reads and writes manifests, indexes and configurations. Whatever is read comes from outside, and is checked.
/// </summary>
public static class ImageDocuments
{
    /// <summary>
    /// The most bytes that a manifest or index may have: what registries must accept (distribution-spec).
    /// </summary>
    public const int MaxManifestSize = 4 * 1024 * 1024;

    /// <summary>The most bytes that a configuration may have; long histories make it larger than a manifest.</summary>
    public const int MaxConfigSize = 8 * 1024 * 1024;

    // '+' and '<' are written as they are, as Docker's own documents have them; the files are never part of a web page.
    private static readonly OciJsonContext s_writing =
        new(new JsonSerializerOptions(OciJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Tells a manifest from an index by what it contains.</summary>
    /// <param name="raw">The document's bytes.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidManifest"/>: neither, or both at
    /// once.</exception>
    public static DocumentKind Detect(ReadOnlyMemory<byte> raw) => DocumentShape.Detect(raw);

    /// <summary>Reads a manifest.</summary>
    /// <param name="raw">The document's bytes; they are kept.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidManifest"/> or
    /// <see cref="EngineErrorReason.InputTooLarge"/>.</exception>
    public static Document<ImageManifest> ReadManifest(ReadOnlyMemory<byte> raw)
    {
        DocumentRules.Require(Detect(raw) == DocumentKind.Manifest, "manifest", "it is an index, not a manifest");
        Document<ImageManifest> document = Read(raw, "manifest", MaxManifestSize, OciJsonContext.Default.ImageManifest);
        DocumentRules.Check(document.Value);
        return document;
    }

    /// <summary>Reads an index.</summary>
    /// <param name="raw">The document's bytes; they are kept.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidManifest"/> or
    /// <see cref="EngineErrorReason.InputTooLarge"/>.</exception>
    public static Document<ImageIndex> ReadIndex(ReadOnlyMemory<byte> raw)
    {
        DocumentRules.Require(Detect(raw) == DocumentKind.Index, "index", "it is a manifest, not an index");
        Document<ImageIndex> document = Read(raw, "index", MaxManifestSize, OciJsonContext.Default.ImageIndex);
        DocumentRules.Check(document.Value);
        return document;
    }

    /// <summary>Reads an image's configuration.</summary>
    /// <param name="raw">The document's bytes; they are kept.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidManifest"/> or
    /// <see cref="EngineErrorReason.InputTooLarge"/>.</exception>
    public static Document<ImageConfig> ReadConfig(ReadOnlyMemory<byte> raw)
    {
        Document<ImageConfig> document = Read(raw, "image configuration", MaxConfigSize, OciJsonContext.Default.ImageConfig);
        DocumentRules.Check(document.Value);
        return document;
    }

    /// <summary>Writes a manifest.</summary>
    /// <param name="manifest">What it says.</param>
    public static Document<ImageManifest> Write(ImageManifest manifest) => Write(manifest, s_writing.ImageManifest);

    /// <summary>Writes an index.</summary>
    /// <param name="index">What it says.</param>
    public static Document<ImageIndex> Write(ImageIndex index) => Write(index, s_writing.ImageIndex);

    /// <summary>Writes an image's configuration.</summary>
    /// <param name="config">What it says.</param>
    public static Document<ImageConfig> Write(ImageConfig config) => Write(config, s_writing.ImageConfig);

    private static Document<T> Write<T>(T value, JsonTypeInfo<T> type) =>
        new(value, JsonSerializer.SerializeToUtf8Bytes(value, type));

    private static Document<T> Read<T>(ReadOnlyMemory<byte> raw, string what, int limit, JsonTypeInfo<T> type)
    {
        DocumentRules.RequireSize(raw.Length, what, limit);
        try
        {
            return JsonSerializer.Deserialize(raw.Span, type) is { } value
                ? new Document<T>(value, raw)
                : throw DocumentRules.Invalid(what, "it is null");
        }
        catch (JsonException e)
        {
            throw DocumentRules.Invalid(what, e.Message, e);
        }
    }
}
