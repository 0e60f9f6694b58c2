using Google.Protobuf.WellKnownTypes;

namespace Engine.Protocol;

/// <summary>Points and lengths of time. What the well-known types forbid is an error of the sender, not a crash.</summary>
public static class TimeMapping
{
    // google.protobuf.Duration spans 10,000 years either way; TimeSpan reaches further. Engine means "for ever" there.
    private const long MaxDurationSeconds = 315_576_000_000;

    /// <summary>A point in time for the wire.</summary>
    public static Timestamp ToWire(this DateTimeOffset time) => Timestamp.FromDateTimeOffset(time);

    /// <summary>A point in time that may be absent.</summary>
    public static Timestamp? ToWire(this DateTimeOffset? time) => time is { } value ? value.ToWire() : null;

    /// <summary>A length of time, cut to the 10,000 years that the wire can hold.</summary>
    public static Duration ToWire(this TimeSpan time)
    {
        long seconds = Math.Clamp(time.Ticks / TimeSpan.TicksPerSecond, -MaxDurationSeconds, MaxDurationSeconds);
        bool cut = Math.Abs(seconds) == MaxDurationSeconds;
        return new Duration
        {
            Seconds = seconds,
            Nanos = cut ? 0 : (int)(time.Ticks % TimeSpan.TicksPerSecond) * (int)TimeSpan.NanosecondsPerTick,
        };
    }

    /// <summary>A length of time that may be absent.</summary>
    public static Duration? ToWire(this TimeSpan? time) => time is { } value ? value.ToWire() : null;

    /// <summary>A point in time, in UTC; the earliest there is when the sender left it out.</summary>
    /// <exception cref="EngineException">InvalidMessage: it is outside the years 1 to 9999.</exception>
    public static DateTimeOffset ToModel(this Timestamp? time) => time.ToOptionalModel() ?? DateTimeOffset.MinValue;

    /// <summary>A point in time, in UTC, or null.</summary>
    /// <exception cref="EngineException">InvalidMessage: it is outside the years 1 to 9999.</exception>
    public static DateTimeOffset? ToOptionalModel(this Timestamp? time)
    {
        try
        {
            return time?.ToDateTimeOffset();
        }
        catch (InvalidOperationException e)
        {
            throw Invalid($"The time {time!.Seconds} s, {time.Nanos} ns is outside the years 1 to 9999.", e);
        }
    }

    /// <summary>A length of time, or null.</summary>
    /// <exception cref="EngineException">InvalidMessage: it is outside 10,000 years, or its parts have different signs.</exception>
    public static TimeSpan? ToOptionalModel(this Duration? time)
    {
        try
        {
            return time?.ToTimeSpan();
        }
        catch (InvalidOperationException e)
        {
            throw Invalid($"The duration {time!.Seconds} s, {time.Nanos} ns is not a valid one.", e);
        }
    }

    private static EngineException Invalid(string message, Exception cause) =>
        new(EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidMessage, message, innerException: cause);
}
