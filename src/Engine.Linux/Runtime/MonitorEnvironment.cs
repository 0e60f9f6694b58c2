using System.Globalization;

namespace Engine.Linux.Runtime;

/// <summary>
/// conmon's environment, which it passes on to the runtime: only what they need, so that secrets of the engine's own
/// environment do not stay readable in a process for each container.
/// </summary>
internal static class MonitorEnvironment
{
    // The last two: where a rootless runtime reaches systemd and keeps its state.
    private static readonly string[] s_passedOn = ["HOME", "PATH", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"];

    internal static IReadOnlyList<string> Create(int syncDescriptor)
    {
        List<string> environment =
        [
            "_OCI_SYNCPIPE=" + syncDescriptor.ToString(CultureInfo.InvariantCulture),

            // conmon stamps log lines with the local time, with its offset: in UTC a change of the clocks cannot show.
            "TZ=UTC",
        ];
        environment.AddRange(
            from name in s_passedOn
            let value = Environment.GetEnvironmentVariable(name)
            where value is not null
            select $"{name}={value}");
        return environment;
    }
}
