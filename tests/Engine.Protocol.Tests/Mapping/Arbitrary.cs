using System.Reflection;
using System.Text;

namespace Engine.Protocol.Tests;

/// <summary>
/// Objects of the model with every property set, found by reflection: a property that is added to the model and
/// forgotten in the mapping fails the round trip without anyone having to remember this test.
/// </summary>
internal static class Arbitrary
{
    // One for each thread: it keeps what it has found, without a lock, and properties are tried side by side.
    private static readonly ThreadLocal<NullabilityInfoContext> s_nullability = new(static () => new());

    // A type may hold itself (an index of manifests): a third level is enough to see that the mapping goes down.
    private const int DeepestList = 3;

    public static T Create<T>(Random random) => (T)Value(typeof(T), random, 0)!;

    private static object? Value(Type type, Random random, int depth)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return random.Next(3) == 0 ? null : Value(underlying, random, depth);
        }

        if (type.IsEnum)
        {
            Array values = Enum.GetValues(type);
            return values.GetValue(random.Next(values.Length));
        }

        if (type.IsGenericType)
        {
            Type definition = type.GetGenericTypeDefinition();
            if (definition == typeof(IReadOnlyList<>))
            {
                Type item = type.GetGenericArguments()[0];
                Array list = Array.CreateInstance(item, depth < DeepestList ? random.Next(4) : 0);
                for (int i = 0; i < list.Length; i++)
                {
                    list.SetValue(Value(item, random, depth + 1), i);
                }

                return list;
            }

            if (definition == typeof(IReadOnlyDictionary<,>))
            {
                return Enumerable.Range(0, random.Next(4)).ToDictionary(i => $"{i}{Text(random)}", _ => Text(random));
            }
        }

        return type switch
        {
            _ when type == typeof(string) => Text(random),
            _ when type == typeof(bool) => random.Next(2) == 0,
            _ when type == typeof(int) => random.Next(int.MinValue, int.MaxValue),
            _ when type == typeof(long) => random.NextInt64(long.MinValue, long.MaxValue),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(
                random.NextInt64(DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero),
            // Within the 10,000 years that google.protobuf.Duration spans, both signs.
            _ when type == typeof(TimeSpan) => new TimeSpan(random.NextInt64(-3_000_000_000_000_000_000, 3_000_000_000_000_000_000)),
            _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(Text(random))),
            _ => Object(type, random, depth),
        };
    }

    private static object Object(Type type, Random random, int depth)
    {
        ConstructorInfo constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        object instance = constructor.Invoke([.. constructor.GetParameters().Select(p => Value(p.ParameterType, random, depth))]);
        foreach (PropertyInfo property in type.GetProperties().Where(p => !RoundTrip.StaysHere(p)))
        {
            bool mayBeNull = s_nullability.Value!.Create(property).ReadState == NullabilityState.Nullable;
            property.SetValue(instance, mayBeNull && random.Next(3) == 0 ? null : Value(property.PropertyType, random, depth));
        }

        return instance;
    }

    private static string Text(Random random) => random.Next(6) switch
    {
        0 => "",
        1 => "ünï 🚢 日本",
        2 => "a\0b\r\n\t\"'\\",
        3 => new string('x', random.Next(300)),
        _ => $"value-{random.Next(1000)}",
    };
}
