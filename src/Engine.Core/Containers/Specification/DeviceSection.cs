using System.Globalization;
using Engine.Oci.Runtime;

namespace Engine.Core.Containers.Specification;

/// <summary>The parts of a specification that say which device nodes there are, and which may be used.</summary>
internal static class DeviceSection
{
    /// <summary>Docker's rules: nothing, but the harmless ones. The runtime itself adds full, ptmx and pts.</summary>
    private static readonly LinuxDeviceRule[] s_default =
    [
        new() { Allow = false, Access = "rwm" },
        Allow("c", 1, 5, "rwm"),
        Allow("c", 1, 3, "rwm"),
        Allow("c", 1, 9, "rwm"),
        Allow("c", 1, 8, "rwm"),
        Allow("c", 5, 0, "rwm"),
        Allow("c", 5, 1, "rwm"),
        new() { Allow = false, Type = "c", Major = 10, Minor = 229, Access = "rwm" },
    ];

    public static IReadOnlyList<LinuxDevice>? Nodes(SpecificationInput input) => input.Devices.Count == 0
        ? null
        : [.. input.Devices.Select(static device => new LinuxDevice
        {
            Path = device.Path,
            Type = device.Type,
            Major = device.Major,
            Minor = device.Minor,
            FileMode = device.Mode,
            Uid = device.Uid,
            Gid = device.Gid,
        })];

    public static IReadOnlyList<LinuxDeviceRule> Rules(SpecificationInput input)
    {
        if (input.Record.Configuration.Privileged)
        {
            return [new LinuxDeviceRule { Allow = true, Access = "rwm" }];
        }

        return
        [
            .. s_default,
            .. input.Devices.Select(static device => Allow(device.Type, device.Major, device.Minor, device.Access)),
            .. input.Record.Configuration.DeviceCgroupRules.Select(Parse),
        ];
    }

    private static LinuxDeviceRule Allow(string type, long major, long minor, string access) =>
        new() { Allow = true, Type = type, Major = major, Minor = minor, Access = access };

    /// <summary>Reads a rule that the configuration's check has let through, such as <c>c 13:* rwm</c>.</summary>
    private static LinuxDeviceRule Parse(string rule)
    {
        var parts = rule.Split(' ', ':');
        return new LinuxDeviceRule
        {
            Allow = true,
            Type = parts[0],
            Major = Number(parts[1]),
            Minor = Number(parts[2]),
            Access = parts[3],
        };
    }

    // An absent number means all of them (runtime-spec, config-linux.md, "Allowed Device list").
    private static long? Number(string text) => text == "*" ? null : long.Parse(text, CultureInfo.InvariantCulture);
}
