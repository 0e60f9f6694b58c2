using System.Text;
using Engine.Core.Containers.Records;

namespace Engine.Core.Containers.Lifecycle;

/// <summary>
/// Writes what a container sees as /etc/hostname, /etc/hosts and /etc/resolv.conf. They are the engine's files, mounted
/// writable: the image's own stay as they are, and what the container writes to them is not in its layer.
/// </summary>
internal static class NetworkFiles
{
    /// <summary>Docker's lines for a container of its own network namespace.</summary>
    private const string Hosts =
        "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::\tip6-localnet\nff00::\tip6-mcastprefix\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n";

    /// <summary>Writes the files into the bundle; returns them by where they go in the container.</summary>
    public static IReadOnlyDictionary<string, string> Write(ContainerRecord record, string bundle)
    {
        var configuration = record.Configuration;
        var onHost = configuration.NetworkMode == "host";
        var hostname = configuration.Hostname is { Length: > 0 } name ? name
            : onHost || configuration.UtsMode == "host" ? Environment.MachineName
            : record.Id[..12];
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("hostname", hostname + "\n");
        Add("hosts", onHost ? ReadHost("/etc/hosts") ?? Hosts : Hosts);
        // Without a network there is nobody to ask: an empty file, so that the image's own does not mislead.
        Add("resolv.conf", onHost ? ReadHost("/etc/resolv.conf") ?? "" : "");
        return files;

        void Add(string file, string content)
        {
            var path = Path.Combine(bundle, file);
            BundleDirectory.WritePublic(path, Encoding.UTF8.GetBytes(content));
            files["/etc/" + file] = path;
        }
    }

    private static string? ReadHost(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
