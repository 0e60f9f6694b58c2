using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Takes process limits as <c>@{ nofile = 1024; nproc = '64:128' }</c>, <c>nofile=1024:2048</c>, or objects.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UlimitTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is null ? null : Flatten(inputData).ToArray();

    private static IEnumerable<Ulimit> Flatten(object? input) => (input is PSObject wrapped ? wrapped.BaseObject : input) switch
    {
        Ulimit limit => [limit],
        string text => [Parse(text)],
        IDictionary pairs => pairs.Cast<DictionaryEntry>().Select(p => Parse(
            string.Create(CultureInfo.InvariantCulture, $"{p.Key}={(p.Value is PSObject value ? value.BaseObject : p.Value)}"))),
        IEnumerable many => many.Cast<object?>().SelectMany(Flatten),
        object other => throw Invalid(other.ToString()!),
        null => [],
    };

    // docker's form: name=soft[:hard], where one number stands for both.
    private static Ulimit Parse(string text)
    {
        string[] parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
        string[] limits = parts.Length == 2 ? parts[1].Split(':', StringSplitOptions.TrimEntries) : [];
        return limits.Length is 1 or 2 && parts[0].Length > 0
                && TryLimit(limits[0], out long soft) && TryLimit(limits[^1], out long hard)
            ? new Ulimit(parts[0].ToLowerInvariant(), soft, hard)
            : throw Invalid(text);
    }

    private static bool TryLimit(string text, out long limit)
    {
        limit = -1;
        return text.Equals("unlimited", StringComparison.OrdinalIgnoreCase)
            || (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out limit) && limit >= -1);
    }

    private static ArgumentTransformationMetadataException Invalid(string text) => new(
        $"'{text}' is no process limit. Use @{{ nofile = 1024 }}, @{{ nofile = '1024:2048' }} or 'nofile=1024:2048'; -1 or "
            + "'unlimited' is no limit.");
}
