using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace Engine.Commands;

/// <summary>Takes sizes as bytes, or as text with docker's suffixes: <c>512m</c>, <c>1.5g</c>, <c>64KiB</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class SizeTransformationAttribute : ArgumentTransformationAttribute
{
    private const string Suffixes = "kmgtp";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text ? Parse(text) : inputData;

    /// <summary>The bytes that a text stands for. All suffixes are powers of 1024, as Docker's are.</summary>
    internal static long Parse(string text)
    {
        Match match = SizeText().Match(text);
        if (!match.Success)
        {
            throw Invalid(text);
        }

        decimal factor = 1;
        if (match.Groups["suffix"].Value.ToLowerInvariant() is { Length: > 0 } suffix)
        {
            for (int i = Suffixes.IndexOf(suffix[0], StringComparison.Ordinal); i >= 0; i--)
            {
                factor *= 1024;
            }
        }

        try
        {
            return (long)(decimal.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) * factor);
        }
        catch (OverflowException)
        {
            throw Invalid(text);
        }
    }

    private static ArgumentTransformationMetadataException Invalid(string text) => new(
        $"'{text}' is no size. Use bytes, PowerShell's 512MB, or text such as '512m', '1.5g' or '64KiB'.");

    [GeneratedRegex(@"^\s*(?<number>-?\d{1,28}(\.\d{1,10})?)\s*((?<suffix>[kmgtp])i?b?|b)?\s*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex SizeText();
}
