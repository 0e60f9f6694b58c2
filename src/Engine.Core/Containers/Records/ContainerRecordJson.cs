using System.Text.Json;
using System.Text.Json.Serialization;

namespace Engine.Core.Containers.Records;

/// <summary>Turns records into the JSON that the database keeps, and back, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ContainerRecord))]
internal sealed partial class ContainerRecordJson : JsonSerializerContext
{
    public static string Write(ContainerRecord record) => JsonSerializer.Serialize(record, Default.ContainerRecord);

    public static ContainerRecord Read(string document) =>
        JsonSerializer.Deserialize(document, Default.ContainerRecord) ?? throw new JsonException("The record is null.");
}
