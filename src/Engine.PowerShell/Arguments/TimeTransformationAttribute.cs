using System.Globalization;
using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Takes points in time as DateTimeOffset, DateTime, ISO 8601 text, or a length of time ago (<c>10m</c>, TimeSpan).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            null => null,
            DateTimeOffset time => time,
            DateTime time => new DateTimeOffset(time),
            TimeSpan ago => Ago(ago),
            string text => Parse(text),
            _ when DurationTransformationAttribute.TryRead(inputData, out TimeSpan ago) => Ago(ago),
            object other => throw Invalid(other),
        };

    private static DateTimeOffset Parse(string text)
    {
        // Before the calendar: "10m" is a time ago, and "10:30" is one of today.
        if (!text.Contains(':', StringComparison.Ordinal) && DurationTransformationAttribute.TryParse(text, out TimeSpan ago))
        {
            return Ago(ago);
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset time)
            ? time
            : throw Invalid(text);
    }

    private static DateTimeOffset Ago(TimeSpan ago)
    {
        DateTimeOffset now = TimeProvider.System.GetLocalNow();
        return ago < now - DateTimeOffset.MinValue ? now - ago : DateTimeOffset.MinValue;
    }

    private static ArgumentTransformationMetadataException Invalid(object input) => new(
        $"'{input}' is no point in time. Use a DateTime, text such as '2026-01-31T12:00:00Z', or a time ago such as '10m'.");
}
