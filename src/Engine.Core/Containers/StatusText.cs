using System.Globalization;
using Engine.Core.Containers.Records;

namespace Engine.Core.Containers;

/// <summary>The state of a container as a sentence, in Docker's words.</summary>
internal static class StatusText
{
    public static string Of(ContainerRecord record, DateTimeOffset now) => record.State switch
    {
        ContainerState.Running => $"Up {Age(now - record.StartedAt)}",
        ContainerState.Paused => $"Up {Age(now - record.StartedAt)} (Paused)",
        ContainerState.Restarting => $"Restarting ({record.ExitCode}) {Age(now - record.FinishedAt)} ago",
        ContainerState.Removing => "Removal In Progress",
        ContainerState.Exited => $"Exited ({record.ExitCode}) {Age(now - record.FinishedAt)} ago",
        ContainerState.Dead => "Dead",
        _ => "Created",
    };

    /// <summary>A length of time in the largest unit that says enough.</summary>
    internal static string Age(TimeSpan? elapsed)
    {
        var time = elapsed is { } known && known > TimeSpan.Zero ? known : TimeSpan.Zero;
        return time switch
        {
            { TotalSeconds: < 1 } => "Less than a second",
            { TotalSeconds: < 2 } => "1 second",
            { TotalMinutes: < 1 } => Count(time.TotalSeconds, "seconds"),
            { TotalMinutes: < 2 } => "About a minute",
            { TotalHours: < 1 } => Count(time.TotalMinutes, "minutes"),
            { TotalHours: < 1.5 } => "About an hour",
            { TotalHours: < 48 } => Count(Math.Round(time.TotalHours), "hours"),
            { TotalDays: < 14 } => Count(time.TotalDays, "days"),
            { TotalDays: < 60 } => Count(time.TotalDays / 7, "weeks"),
            { TotalDays: < 730 } => Count(time.TotalDays / 30, "months"),
            _ => Count(time.TotalDays / 365, "years"),
        };
    }

    private static string Count(double number, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)number} {unit}");
}
