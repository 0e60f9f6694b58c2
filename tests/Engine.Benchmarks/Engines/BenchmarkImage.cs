using System.Formats.Tar;

namespace Engine.Benchmarks.Engines;

/// <summary>The same root file system for every engine: a static busybox.</summary>
internal static class BenchmarkImage
{
    public const string Reference = "bench:latest";

    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public static byte[] RootFileSystem()
    {
        using var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (string directory in (string[])["bin", "dev", "etc", "proc", "sys", "tmp"])
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, directory) { Mode = Executable });
            }

            using FileStream busybox = File.OpenRead("/bin/busybox");
            tar.WriteEntry(
                new PaxTarEntry(TarEntryType.RegularFile, "bin/busybox") { Mode = Executable, DataStream = busybox });
            foreach (string applet in (string[])["true", "sleep", "sh"])
            {
                tar.WriteEntry(
                    new PaxTarEntry(
                        TarEntryType.SymbolicLink, $"bin/{applet}")
                    { LinkName = "busybox", Mode = Executable });
            }
        }

        return archive.ToArray();
    }
}
