using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CsCheck;
using Google.Protobuf;

namespace Engine.Protocol.Tests;

/// <summary>Model → message → bytes → message → model, compared property by property.</summary>
internal static class RoundTrip
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutWhatStaysHere } },
    };

    // Which engine an object came from, and which module asked, is knowledge of the client alone; what is computed from
    // other properties does not travel either.
    public static bool StaysHere(PropertyInfo property) =>
        !property.CanWrite || property.PropertyType == typeof(EngineConnection) || property.Name == nameof(EngineInfo.ModuleVersion);

    public static void Check<TModel, TWire>(
        Func<TModel, TWire> toWire, Func<TWire, TModel> toModel, Func<TModel, TModel>? travelling = null)
        where TWire : IMessage<TWire>, new() =>
        Gen.Int.Select(seed => Arbitrary.Create<TModel>(new Random(seed))).Select(travelling ?? (m => m)).Sample(
            model =>
            {
                var parser = new MessageParser<TWire>(() => new TWire());
                TModel back = toModel(parser.ParseFrom(toWire(model).ToByteArray()));
                Assert.Equal(Describe(model), Describe(back));
            },
            iter: 500,
            print: Describe);

    private static string Describe<T>(T model) => JsonSerializer.Serialize(model, s_options);

    private static void LeaveOutWhatStaysHere(JsonTypeInfo info)
    {
        foreach (JsonPropertyInfo property in info.Properties.Where(
            p => p.AttributeProvider is PropertyInfo declared && StaysHere(declared)).ToArray())
        {
            info.Properties.Remove(property);
        }
    }
}
