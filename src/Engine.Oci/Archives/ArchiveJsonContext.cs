using System.Text.Json.Serialization;

namespace Engine.Oci.Archives;

// The keys of manifest.json begin with capitals, those of the others do not.
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(List<DockerManifestEntry>))]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, string>>))]
[JsonSerializable(typeof(LegacyImage))]
internal sealed partial class ArchiveJsonContext : JsonSerializerContext;
