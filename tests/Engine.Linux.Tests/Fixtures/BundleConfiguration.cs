using System.Text.Json.Nodes;

namespace Engine.Linux.Tests.Fixtures;

/// <summary>The smallest config.json that runs a command.</summary>
internal static class BundleConfiguration
{
    internal static string Write(string rootFileSystem, string cgroup, BundleOptions options)
    {
        JsonArray namespaces = [.. new[] { "pid", "network", "ipc", "uts", "mount" }.Select(type => new JsonObject { ["type"] = type })];
        JsonObject resources = [];
        if (options.MemoryLimit is { } limit)
        {
            resources["memory"] = new JsonObject { ["limit"] = limit, ["swap"] = limit };
        }

        return new JsonObject
        {
            ["ociVersion"] = "1.0.2",
            ["root"] = new JsonObject { ["path"] = rootFileSystem, ["readonly"] = true },
            ["process"] = new JsonObject
            {
                ["args"] = new JsonArray([.. options.Command.Select(word => JsonValue.Create(word))]),
                ["env"] = new JsonArray("PATH=/bin"),
                ["cwd"] = "/",
                ["terminal"] = options.Terminal,
                ["user"] = new JsonObject { ["uid"] = 0, ["gid"] = 0 },
            },
            ["mounts"] = new JsonArray(
                new JsonObject { ["destination"] = "/proc", ["type"] = "proc", ["source"] = "proc" },
                new JsonObject { ["destination"] = "/dev", ["type"] = "tmpfs", ["source"] = "tmpfs" },
                new JsonObject
                {
                    ["destination"] = "/dev/pts",
                    ["type"] = "devpts",
                    ["source"] = "devpts",
                    ["options"] = new JsonArray("newinstance", "ptmxmode=0666", "mode=0620"),
                }),
            ["linux"] = new JsonObject { ["cgroupsPath"] = cgroup, ["namespaces"] = namespaces, ["resources"] = resources },
        }.ToJsonString();
    }
}
