using System.Text.Json;
using System.Text.Json.Serialization;

namespace Engine.Oci.Documents;

/// <summary>A digest in a document is its text; anything else makes the document invalid.</summary>
internal sealed class DigestJsonConverter : JsonConverter<Digest>
{
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return Digest.TryParse(text, out Digest? digest, out string? fault)
            ? digest
            : throw new JsonException($"'{Shown.Text(text ?? "")}' is not a digest: {fault}");
    }

    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
