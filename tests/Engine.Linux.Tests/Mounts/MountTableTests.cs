using System.Text;
using CsCheck;
using Engine.Linux.Files;
using Engine.Linux.Mounts;

namespace Engine.Linux.Tests.Mounts;

public sealed class MountTableTests
{
    [Fact]
    public void A_line_is_taken_apart()
    {
        MountTable table = MountTable.Parse(
            """
            36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 shared:2 - ext3 /dev/root rw,errors=continue
            37 36 0:5 / /a\040b\011c\012d\134e ro - tmpfs none rw,size=4k

            """u8);

        Assert.Equal(
            new MountEntry(36, 35, new DeviceNumber(98, 0), "/mnt1", "/mnt2", "rw,noatime", "ext3", "/dev/root", "rw,errors=continue"),
            table.Mounts[0]);
        Assert.Equal("/a b\tc\nd\\e", table.Mounts[1].MountPoint);
        Assert.True(table.Mounts[1].HasSuperOption("size=4k"));
    }

    [Fact]
    public void Under_a_place_means_below_it_and_not_beside_it()
    {
        MountTable table = MountTable.Parse(
            """
            1 0 0:1 / / rw - ext4 d rw
            2 1 0:2 / /a rw - tmpfs d rw
            3 1 0:3 / /ab rw - tmpfs d rw
            4 2 0:4 / /a/b rw - tmpfs d rw
            5 2 0:5 / /a rw - tmpfs d rw

            """u8);

        Assert.Equal([2, 4, 5], table.Under("/a").Select(mount => mount.Id));
        Assert.Equal([2, 4, 5], table.Under("/a/").Select(mount => mount.Id));
        Assert.Equal(5, table.Under("/").Count);
        Assert.Equal(5, table.At("/a")?.Id);
    }

    [Fact]
    public void Garbage_is_passed_over() =>
        Gen.String.Sample(text => MountTable.Parse(Encoding.UTF8.GetBytes(text)).Mounts.Count >= 0);

    [Fact]
    public void A_line_cut_anywhere_does_no_harm()
    {
        byte[] line = "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw\n"u8.ToArray();
        for (int length = 0; length <= line.Length; length++)
        {
            Assert.True(MountTable.Parse(line.AsSpan(0, length)).Mounts.Count <= 1);
        }
    }

    [Fact]
    public void The_table_of_this_process_has_a_root() => Assert.NotNull(MountTable.Read().At("/"));
}
