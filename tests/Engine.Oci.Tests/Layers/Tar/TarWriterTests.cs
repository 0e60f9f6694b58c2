using System.Text;
using Engine.Oci.Layers.Tar;

namespace Engine.Oci.Tests.Layers.Tar;

/// <summary>What our writer writes, GNU tar unpacks as it was meant.</summary>
public sealed class TarWriterTests
{
    private static readonly string s_long = string.Concat(Enumerable.Repeat("directory-0123456789/", 12)) + "file-é";

    [Fact]
    public void Gnu_tar_unpacks_names_owners_modes_times_links_nodes_and_attributes()
    {
        Tool.Require("tar", "getfattr", "stat");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Owners and device nodes need root.");
        using var scratch = new ScratchDirectory();
        byte[] value = [0, 1, (byte)'\n', (byte)'=', 0xff, 0];
        byte[] text = "content"u8.ToArray();
        byte[] archive = Written.Archive(
        [
            (Written.Entry(TarEntryType.Directory, "d/", 0x5ED /* 02755 */) with { Uid = 3_000_000, Gid = 12 }, []),
            (Written.Entry(TarEntryType.File, "d/file", 0x9ED /* 04755 */, text.Length) with
            {
                Uid = 7,
                Gid = 4_000_000,
                ModifiedSeconds = 1_700_000_000,
                ModifiedNanoseconds = 123_456_789,
                Xattrs = [new TarXattr("user.a=b%c"u8.ToArray(), value), new TarXattr("user.empty"u8.ToArray(), default)],
            }, text),
            (Written.Entry(TarEntryType.HardLink, "d/hard") with { LinkName = "d/file"u8.ToArray() }, []),
            (Written.Entry(TarEntryType.SymbolicLink, "d/soft", 0x1FF) with { LinkName = Encoding.UTF8.GetBytes("/" + s_long) }, []),
            (Written.Entry(TarEntryType.CharacterDevice, "d/null", 0x1B6) with { DeviceMajor = 1, DeviceMinor = 70_000 }, []),
            (Written.Entry(TarEntryType.Fifo, "d/fifo", 0x180), []),
            (Written.Entry(TarEntryType.File, s_long, 0x100, text.Length) with { ModifiedSeconds = -2, ModifiedNanoseconds = 500_000_000 }, text),
        ]);
        Tool.Run("tar", ["-xp", "--numeric-owner", "--xattrs", "--xattrs-include=*", "-C", scratch.Path], input: archive);
        string stat = Encoding.UTF8.GetString(Tool.Run(
            "stat", ["--format=%n %f %u:%g %h %s %.9Y %t:%T", "d", "d/file", "d/hard", "d/null", "d/fifo", s_long], scratch.Path));
        Assert.Equal(
            [
                "d 45ed 3000000:12", "d/file 89ed 7:4000000 2 7 1700000000.123456789 0:0",
                "d/hard 89ed 7:4000000 2 7 1700000000.123456789 0:0", "d/null 21b6 0:0 1 0 0.000000000 1:11170",
                "d/fifo 1180 0:0 1 0 0.000000000 0:0", s_long + " 8100 0:0 1 7 -1.500000000 0:0",
            ],
            stat.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.StartsWith("d ", StringComparison.Ordinal) ? string.Join(' ', line.Split(' ')[..3]) : line));
        Assert.Equal("/" + s_long, File.ResolveLinkTarget(scratch["d/soft"], returnFinalTarget: false)!.FullName);
        Assert.Equal("content", File.ReadAllText(scratch[s_long]));
        string attributes = Encoding.UTF8.GetString(
            Tool.Run("getfattr", ["--dump", "--encoding=hex", "--match=-", "d/file"], scratch.Path));
        Assert.Contains("user.a\\075b%c=0x00010a3dff00", attributes);
        Assert.Contains("user.empty", attributes);
    }

    [Fact]
    public void Gnu_tar_lists_a_file_of_more_than_eight_gibibytes_with_its_size()
    {
        Tool.Require("tar");
        const long size = 9L << 30;
        using var stream = new MemoryStream();
        var begun = new TarWriter(stream).BeginAsync(
            Written.Entry(TarEntryType.File, "large") with { Size = size }, TestContext.Current.CancellationToken);
        Assert.True(begun.IsCompletedSuccessfully);
        using var header = new MemoryStream(stream.ToArray());
        Assert.Equal(size, new TarReader(header).Next()!.Size);
        string listed = Encoding.UTF8.GetString(Tool.Run(
            "sh", ["-c", "tar -tv --numeric-owner 2>/dev/null | head -1"], input: stream.ToArray()));
        Assert.Contains(" 9663676416 ", listed);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_a_name_too()
    {
        Tool.Require("tar");
        using var scratch = new ScratchDirectory();
        byte[] name = [.. Enumerable.Repeat((byte)0xfe, 130), (byte)'\n', 0x80];
        Tool.Run(
            "tar", ["-x", "-C", scratch.Path],
            input: Written.Archive([(Written.Entry(TarEntryType.File, "n") with { Name = name }, [])]));
        // Deleted here: .NET cannot name it.
        byte[] listed = Tool.Run("find", [".", "-type", "f", "-print0", "-delete"], scratch.Path);
        Assert.Equal([.. "./"u8, .. name, 0], listed);
    }

    [Fact]
    public async Task Content_that_is_not_of_the_size_that_was_said_is_refused()
    {
        var writer = new TarWriter(Stream.Null);
        await writer.BeginAsync(Written.Entry(TarEntryType.File, "f", size: 3), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ArgumentException>(async () => await writer.WriteAsync(new byte[4], TestContext.Current.CancellationToken));
        await writer.WriteAsync(new byte[2], TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer.FinishAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await writer.BeginAsync(Written.Entry(TarEntryType.File, "g"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_entry_that_no_archive_can_have_is_refused()
    {
        var writer = new TarWriter(Stream.Null);
        foreach (TarEntry entry in (TarEntry[])
            [
                Written.Entry(TarEntryType.File, ""), Written.Entry(TarEntryType.File, "a\0b"),
                Written.Entry(TarEntryType.Other, "o"), Written.Entry(TarEntryType.File, "n", size: -1),
                Written.Entry(TarEntryType.SymbolicLink, "l") with { LinkName = "a\0"u8.ToArray() },
            ])
        {
            await Assert.ThrowsAsync<ArgumentException>(
                async () => await writer.BeginAsync(entry, TestContext.Current.CancellationToken));
        }
    }
}
