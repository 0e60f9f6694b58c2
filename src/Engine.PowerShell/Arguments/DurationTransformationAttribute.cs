using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace Engine.Commands;

/// <summary>Takes lengths of time as TimeSpan, seconds, <c>1m30s</c> or <c>00:01:30</c>; -1 is for ever.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            null => null,
            TimeSpan time => time,
            _ when TryRead(inputData, out TimeSpan time) => time,
            object other => throw Invalid(other),
        };

    /// <summary>Reads a length of time from a number of seconds or a text.</summary>
    internal static bool TryRead(object? input, out TimeSpan time)
    {
        time = default;
        object? value = input is PSObject wrapped ? wrapped.BaseObject : input;
        if (value is not IConvertible convertible || value is bool or char or DateTime)
        {
            return false;
        }

        // As it was typed, first: to PowerShell, 30s is a short and 1d a decimal. Its own conversion of a number to
        // TimeSpan would count ticks.
        return TryParse(LanguagePrimitives.ConvertTo<string>(input), out time)
            || (value is not string && TryFromSeconds(convertible.ToDouble(CultureInfo.InvariantCulture), out time));
    }

    /// <summary>Reads a length of time.</summary>
    internal static bool TryParse(string text, out TimeSpan time)
    {
        text = text.Trim();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds))
        {
            return TryFromSeconds(seconds, out time);
        }

        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out time);
        }

        Match match = UnitText().Match(text);
        time = TimeSpan.Zero;
        if (!match.Success || text.Length == 0)
        {
            return false;
        }

        double total = Part("d") * 86400 + Part("h") * 3600 + Part("m") * 60 + Part("s") + Part("ms") / 1000;
        return TryFromSeconds(total, out time);

        double Part(string unit) => match.Groups[unit] is { Success: true } group
            ? double.Parse(group.ValueSpan, CultureInfo.InvariantCulture)
            : 0;
    }

    private static bool TryFromSeconds(double seconds, out TimeSpan time)
    {
        bool valid = Math.Abs(seconds) <= TimeSpan.MaxValue.TotalSeconds / 2;
        time = seconds switch
        {
            -1 => Timeout.InfiniteTimeSpan,
            _ when valid => TimeSpan.FromSeconds(seconds),
            _ => TimeSpan.Zero,
        };
        return valid;
    }

    private static ArgumentTransformationMetadataException Invalid(object input) => new(
        $"'{input}' is no length of time. Use seconds, text such as '30s', '1m30s' or '00:01:30', or a TimeSpan.");

    [GeneratedRegex(
        @"^((?<d>\d+(\.\d+)?)d)?((?<h>\d+(\.\d+)?)h)?((?<m>\d+(\.\d+)?)m(?!s))?((?<s>\d+(\.\d+)?)s)?((?<ms>\d+(\.\d+)?)ms)?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex UnitText();
}
