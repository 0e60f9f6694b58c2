using System.Text.Json;

namespace Engine.Daemon.Configuration;

/// <summary>The limits of containers that set none: name → {Name, Soft, Hard}, as in Docker's daemon.json.</summary>
internal static class UlimitsSetting
{
    // getrlimit(2), without RLIMIT_ and in lower case.
    private static readonly string[] s_names =
    [
        "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio",
        "rttime", "sigpending", "stack",
    ];

    /// <summary>The limits; null after a fault.</summary>
    public static IReadOnlyList<Ulimit>? Ulimits(SettingValue value)
    {
        if (value.Members("an object of limits, each a name and {\"Soft\": …, \"Hard\": …}") is not { } members)
        {
            return null;
        }

        var limits = new List<Ulimit>();
        foreach (var member in members)
        {
            if (!s_names.Contains(member.Name))
            {
                value.Fault(member.Name, $"one of {string.Join(", ", s_names)}");
            }
            else if (limits.Exists(limit => limit.Name == member.Name))
            {
                value.Fault(member.Name, "each limit once");
            }
            else if (Limit(member) is { } limit)
            {
                limits.Add(limit);
            }
            else
            {
                value.Fault(
                    $"{member.Name}: {member.Value.GetRawText()}",
                    "whole numbers Soft and Hard, -1 for no limit, Soft not above Hard, and Name, if at all, as the key");
            }
        }

        return limits.Count == members.Count ? limits : null;
    }

    private static Ulimit? Limit(JsonProperty member)
    {
        if (member.Value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        long? soft = null, hard = null;
        foreach (var part in member.Value.EnumerateObject())
        {
            // Docker's members match whatever their case.
            var known = part.Name.ToUpperInvariant() switch
            {
                "NAME" => part.Value.ValueKind == JsonValueKind.String && part.Value.GetString() == member.Name,
                "SOFT" => (soft = Number(part.Value)) is not null,
                "HARD" => (hard = Number(part.Value)) is not null,
                _ => false,
            };
            if (!known)
            {
                return null;
            }
        }

        hard ??= soft;
        soft ??= hard;
        return soft is { } low && hard is { } high && (high == -1 || (low != -1 && low <= high))
            ? new Ulimit(member.Name, low, high)
            : null;
    }

    private static long? Number(JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var number) && number >= -1 ? number : null;
}
