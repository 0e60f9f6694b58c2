using System.Diagnostics;
using System.Formats.Tar;
using System.Text;
using Engine.Client;

namespace Engine.Integration.Tests.Harness;

/// <summary>The image that most tests run: a static busybox, its applets, and a few users and groups.</summary>
internal static class BusyboxImage
{
    public const string Reference = "busybox:test";

    public const string Passwd =
        "root:x:0:0:root:/root:/bin/sh\n"
        + "alice:x:1000:1000::/home/alice:/bin/sh\n"
        + "bob:x:1001:1001::/home/bob:/bin/sh\n"
        + "1234:x:4321:50::/:/bin/sh\n";

    public const string Group =
        "root:x:0:\nalice:x:1000:\nbob:x:1001:\nstaff:x:50:alice\nwheel:x:10:root,alice,bob\nvideo:x:44:\n";

    private const UnixFileMode Open755 = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly Lazy<byte[]> s_archive = new(Build);

    public static byte[] Archive => s_archive.Value;

    public static async Task<ContainerImage> ImportAsync(EngineClient client, CancellationToken cancellationToken)
    {
        using var archive = new MemoryStream(Archive, writable: false);
        var import = new ImageImport
        {
            References = [Reference],
            Changes = ["CMD [\"sh\"]", "ENV FROM_IMAGE=yes", "LABEL from=image"],
        };
        return await ImageArchives.ImportOneAsync(client, archive, import, cancellationToken);
    }

    /// <summary>Writes an entry of a tar.</summary>
    public static void Add(
        TarWriter tar, TarEntryType type, string name, UnixFileMode mode, string? content = null, int user = 0)
    {
        var entry = new PaxTarEntry(type, name) { Mode = mode, Uid = user, Gid = user };
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
        {
            entry.LinkName = content!;
        }
        else if (content is not null)
        {
            entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        }

        tar.WriteEntry(entry);
    }

    private static byte[] Build()
    {
        using var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (string directory in
                (string[])["bin", "dev", "etc", "home", "proc", "sys", "usr", "usr/bin", "var"])
            {
                Add(tar, TarEntryType.Directory, directory, Open755);
            }

            Add(tar, TarEntryType.Directory, "root",
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Add(tar, TarEntryType.Directory, "tmp",
                Open755 | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite | UnixFileMode.StickyBit);
            Add(tar, TarEntryType.Directory, "home/alice", Open755, user: 1000);
            Add(tar, TarEntryType.RegularFile, "etc/passwd", Open755, Passwd);
            Add(tar, TarEntryType.RegularFile, "etc/group", Open755, Group);
            Add(tar, TarEntryType.RegularFile, "etc/data", UnixFileMode.UserRead, "not a program");
            var busybox = new PaxTarEntry(TarEntryType.RegularFile, "bin/busybox") { Mode = Open755 };
            using FileStream program = File.OpenRead("/bin/busybox");
            busybox.DataStream = program;
            tar.WriteEntry(busybox);
            foreach (string applet in Applets().Where(static a => a != "busybox"))
            {
                Add(tar, TarEntryType.SymbolicLink, $"bin/{applet}", Open755, "busybox");
            }
        }

        return archive.ToArray();
    }

    private static string[] Applets()
    {
        using Process list =
            Process.Start(new ProcessStartInfo("/bin/busybox", "--list") { RedirectStandardOutput = true })!;
        string[] applets = list.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        list.WaitForExit();
        return applets;
    }
}
