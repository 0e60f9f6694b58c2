using System.Text.Json.Serialization;
using Engine.Oci.Distribution.Authentication;
using Engine.Oci.Distribution.Faults;

namespace Engine.Oci.Distribution;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(TokenBody))]
[JsonSerializable(typeof(TagPage))]
[JsonSerializable(typeof(SearchPage))]
internal sealed partial class DistributionJsonContext : JsonSerializerContext;
