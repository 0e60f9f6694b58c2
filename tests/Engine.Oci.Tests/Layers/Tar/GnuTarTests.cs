using System.Security.Cryptography;
using Engine.Oci.Layers.Tar;

namespace Engine.Oci.Tests.Layers.Tar;

/// <summary>What GNU tar writes of a real tree, in each of its formats.</summary>
public sealed class GnuTarTests
{
    private static readonly string s_long = string.Join('/', Enumerable.Repeat(new string('d', 60), 5));

    [Theory]
    [InlineData("gnu")]
    [InlineData("oldgnu")]
    [InlineData("pax")]
    [InlineData("posix")]
    public void Long_names_links_pipes_and_modes_survive(string format)
    {
        Tool.Require("tar", "mkfifo");
        using ScratchDirectory scratch = new();
        Directory.CreateDirectory(scratch[s_long]);
        File.WriteAllText(scratch[s_long + "/file"], "content");
        File.CreateSymbolicLink(scratch["symlink"], "../" + s_long + "/nowhere");
        Tool.Run("ln", [scratch[s_long + "/file"], scratch["hard"]]);
        Tool.Run("mkfifo", [scratch["fifo"]]);
        File.SetUnixFileMode(scratch[s_long + "/file"], (UnixFileMode)0xbed);
        File.SetLastWriteTimeUtc(scratch[s_long + "/file"], new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc).AddTicks(1234567));
        byte[] archive = Tool.Run("tar", ["-c", "--format", format, "--sort=name", "--owner=4000000", "--group=u:12", "."], scratch.Path);

        List<ReadEntry> entries = ReadEntry.All(archive);
        ReadEntry file = entries.Single(e => e.Entry.Type == TarEntryType.File && e.Content.Length > 0);
        Assert.Equal("content", System.Text.Encoding.UTF8.GetString(file.Content));
        Assert.Equal((0xbed, 4_000_000u, 12u), (file.Entry.Mode, file.Entry.Uid, file.Entry.Gid));
        Assert.Equal(981173106, file.Entry.ModifiedSeconds);
        Assert.Equal(format is "pax" or "posix" ? 123_456_700 : 0, file.Entry.ModifiedNanoseconds);
        ReadEntry hard = entries.Single(e => e.Entry.Type == TarEntryType.HardLink);
        Assert.Equal(new HashSet<string> { "./hard", "./" + s_long + "/file" }, [hard.Name, file.Name]);
        Assert.Equal(file.Name, hard.LinkName);
        Assert.Equal("../" + s_long + "/nowhere", entries.Single(e => e.Entry.Type == TarEntryType.SymbolicLink).LinkName);
        Assert.Single(entries, e => e.Entry.Type == TarEntryType.Fifo);
        Assert.Equal(6, entries.Count(e => e.Entry.Type == TarEntryType.Directory));
    }

    [Theory]
    [InlineData("gnu", null)]
    [InlineData("oldgnu", null)]
    [InlineData("pax", "0.0")]
    [InlineData("pax", "0.1")]
    [InlineData("pax", "1.0")]
    public void Sparse_files_survive(string format, string? version)
    {
        Tool.Require("tar");
        using ScratchDirectory scratch = new();
        using (FileStream file = File.Create(scratch["sparse"]))
        {
            // More parts than a header (4) and an extension (21) hold, and a hole at the end.
            for (int part = 0; part < 60; part++)
            {
                file.Position = (long)part * 128 * 1024;
                file.Write(RandomNumberGenerator.GetBytes(3000));
            }

            file.SetLength(10_000_000);
        }

        File.WriteAllText(scratch["z"], "after");
        string[] option = version is null ? [] : ["--sparse-version=" + version];
        byte[] archive = Tool.Run("tar", ["-c", "--sparse", "--format", format, .. option, "sparse", "z"], scratch.Path);

        List<ReadEntry> entries = ReadEntry.All(archive);
        Assert.Equal(["sparse", "z"], entries.Select(e => e.Name));
        Assert.InRange(entries[0].Entry.StoredSize, 60 * 3000, 5_000_000);
        Assert.Equal(60, entries[0].Entry.Segments!.Count);
        Assert.Equal(SHA256.HashData(File.ReadAllBytes(scratch["sparse"])), SHA256.HashData(entries[0].Content));
        Assert.Equal("after", System.Text.Encoding.UTF8.GetString(entries[1].Content));
    }

    [Fact]
    public void Device_nodes_with_large_numbers_survive()
    {
        Tool.Require("tar", "mknod");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root makes device nodes.");
        using ScratchDirectory scratch = new();
        Tool.Run("mknod", [scratch["char"], "c", "400", "70000"]);
        Tool.Run("mknod", [scratch["block"], "b", "8", "300"]);
        List<ReadEntry> entries = ReadEntry.All(Tool.Run("tar", ["-c", "block", "char"], scratch.Path));
        Assert.Equal(
            [(TarEntryType.BlockDevice, 8u, 300u), (TarEntryType.CharacterDevice, 400u, 70000u)],
            entries.Select(e => (e.Entry.Type, e.Entry.DeviceMajor, e.Entry.DeviceMinor)));
    }

    [Fact]
    public void Extended_attributes_survive()
    {
        Tool.Require("tar", "setfattr");
        using ScratchDirectory scratch = new();
        File.WriteAllText(scratch["f"], "x");
        try
        {
            Tool.Run("setfattr", ["-n", "user.bin", "-v", "0x000a3dff", scratch["f"]]);
        }
        catch (Xunit.Sdk.TrueException)
        {
            Assert.Skip("the file system has no user attributes.");
        }

        ReadEntry entry = Assert.Single(ReadEntry.All(Tool.Run("tar", ["-c", "--xattrs", "f"], scratch.Path)));
        Assert.Equal("000A3DFF", entry.Xattr("user.bin"));
    }
}
