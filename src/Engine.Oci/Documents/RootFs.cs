using System.Text.Json.Serialization;

namespace Engine.Oci.Documents;

/// <summary>The layers of an image, by what they unpack to.</summary>
public sealed record RootFs
{
    /// <summary>Always <c>layers</c>.</summary>
    public string Type { get; init; } = "layers";

    /// <summary>The digests of the layers' uncompressed tars, the base first.</summary>
    [JsonPropertyName("diff_ids")]
    public IReadOnlyList<Digest> DiffIds { get; init => field = value ?? []; } = [];
}
