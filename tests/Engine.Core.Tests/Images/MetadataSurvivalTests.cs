using System.Net.Sockets;
using Engine.Core.Images.Layers;
using Engine.Linux.Files;
using Engine.Oci.Layers.Tar;
using Microsoft.Extensions.Logging.Abstractions;

namespace Engine.Core.Tests.Images;

/// <summary>What GNU tar writes of a file system, and unpacks again, must come out of a layer the same.</summary>
public sealed class MetadataSurvivalTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestImages _images;

    public MetadataSurvivalTests() => _images = new TestImages(_directory["data"]);

    [Theory]
    [InlineData("--format=pax --xattrs --xattrs-include=* --sparse --sparse-version=1.0")]
    [InlineData("--format=pax --xattrs --xattrs-include=* --sparse --sparse-version=0.1")]
    [InlineData("--format=pax --xattrs --xattrs-include=* --sparse --sparse-version=0.0")]
    [InlineData("--format=gnu --sparse")]
    [InlineData("--format=ustar --exclude=./deep/n* --exclude=./empty --exclude=./bin/owned --exclude=./link")]
    public async Task A_layer_is_what_gnu_tar_would_have_unpacked(string options)
    {
        var source = MakeTree();
        var tar = _directory["layer.tar"];
        Tool.Shell($"tar --numeric-owner {options} -C {source} -cf {tar} .");
        var reference = _directory["reference"];
        Tool.Shell($"mkdir {reference}; tar --numeric-owner --xattrs --xattrs-include='*' -C {reference} -xpf {tar}");

        var image = Assert.Single(await _images.Import(tar));
        using var lease = _images.All.Store.Use(image.Id);
        var layer = lease.LowerDirectories[0];
        Assert.Equal(Describe(reference), Describe(layer));
        Assert.Equal(Tool.Shell($"cd {reference}; find . -type f -print0 | sort -z | xargs -0 sha256sum"), Tool.Shell($"cd {layer}; find . -type f -print0 | sort -z | xargs -0 sha256sum"));
    }

    [Fact]
    public async Task What_the_engine_writes_of_a_tree_unpacks_as_that_tree()
    {
        var source = MakeTree();
        // Holes are written as zeros, and sockets not at all.
        File.Delete(Path.Combine(source, "sparse"));
        File.Delete(Path.Combine(source, "hole"));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(source, "socket")));
        var tar = _directory["layer.tar"];
        await using (var file = File.Create(tar))
        {
            using var root = RootedDirectory.Open(source);
            var writer = new TarWriter(file);
            var tree = new TreeArchiver(root, writer, TreeForm.RootFileSystem, NullLogger.Instance);
            await tree.RunAsync(TestContext.Current.CancellationToken);
            await writer.FinishAsync(TestContext.Current.CancellationToken);
        }

        File.Delete(Path.Combine(source, "socket"));
        var image = Assert.Single(await _images.Import(tar));
        using var lease = _images.All.Store.Use(image.Id);
        var layer = lease.LowerDirectories[0];
        Assert.Equal(WithoutRootTime(Describe(source)), WithoutRootTime(Describe(layer)));
        Assert.Equal(Hashes(source), Hashes(layer));

        static string Hashes(string tree) =>
            Tool.Shell($"cd {tree}; find . -type f -print0 | sort -z | xargs -0 sha256sum");

        static string WithoutRootTime(string described) => string.Join(
            '\n', described.Split('\n').Where(line => !line.StartsWith(" d ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Everything_that_matters_is_really_there()
    {
        // The comparison above would also hold if the source had lost something.
        var tar = _directory["layer.tar"];
        Tool.Shell(
            $"tar --numeric-owner --format=pax --xattrs --xattrs-include='*' --sparse -C {MakeTree()} -cf {tar} .");
        var image = Assert.Single(await _images.Import(tar));
        using var lease = _images.All.Store.Use(image.Id);
        var layer = lease.LowerDirectories[0];
        string Stat(string format, string name) => Tool.Run("stat", "-c", format, Path.Combine(layer, name)).Trim();

        Assert.Equal("4755 0:0", Stat("%a %u:%g", "bin/setuid"));
        Assert.Equal("2755", Stat("%a", "setgid"));
        Assert.Equal("1777", Stat("%a", "tmp"));
        Assert.Equal("123456:4000000000", Stat("%u:%g", "bin/owned"));
        Assert.Equal("1000000000.123456789", Stat("%.9Y", "bin/owned"));
        Assert.Equal("1100000000.987654321", Stat("%.9Y", "setgid"));
        Assert.Equal("1200000000.000000001", Stat("%.9Y", "link"));
        Assert.Equal("3", Stat("%h", "hard1"));
        Assert.Equal(Stat("%i", "hard1"), Stat("%i", "bin/hard2"));
        Assert.Equal("character special file 1:3", Stat("%F %Hr:%Lr", "dev/null"));
        Assert.Equal("block special file 259:70000", Stat("%F %Hr:%Lr", "dev/disk"));
        Assert.Equal("fifo", Stat("%F", "dev/pipe"));
        Assert.Contains(
            "cap_net_raw=ep", Tool.Run("/usr/sbin/getcap", Path.Combine(layer, "bin/ping")), StringComparison.Ordinal);
        Assert.Contains("user.binary=0x00ff0a3d0d", Tool.Run("getfattr", "--absolute-names", "-e", "hex", "-n", "user.binary", Path.Combine(layer, "bin/owned")), StringComparison.Ordinal);
        Assert.Equal((64L << 20).ToString(System.Globalization.CultureInfo.InvariantCulture), Stat("%s", "sparse"));
        Assert.True(int.Parse(Stat("%b", "sparse"), System.Globalization.CultureInfo.InvariantCulture) < 1000, $"The sparse file takes {Stat("%b", "sparse")} blocks.");
    }

    public void Dispose()
    {
        _images.Dispose();
        _directory.Dispose();
    }

    private static string Describe(string root) => Tool.Shell(
        $$"""
        cd {{root}}
        find . -printf '%P %y %m %U:%G %T@ %s %n %l\n' | sort
        find . \( -type b -o -type c \) -exec stat -c '%n %t:%T' {} + | sort
        find . -type f -printf '%P %b\n' | sort | awk '{ print $1, ($2 > 1000) }'
        find . -print0 | LC_ALL=C sort -z | xargs -0 getfattr -h -d -m - -e hex
        find . -links +1 -type f -printf '%i %P\n' | sort | awk '{ if ($1 != last) group++; last = $1; print group, $2 }' | sort -k2 | awk '{ if (!($1 in names)) names[$1] = ++count; print names[$1], $2 }'
        """);

    private string MakeTree()
    {
        var root = _directory["source"];
        Tool.Shell(
            $"""
            mkdir -p {root}/bin {root}/dev {root}/tmp {root}/setgid {root}/deep/a/b/c
            cd {root}
            chmod 1777 tmp
            echo setuid > bin/setuid; chmod 4755 bin/setuid
            echo owned > bin/owned; chown 123456:4000000000 bin/owned
            printf '\000\377\n=\r' > ../value; setfattr -n user.binary -v 0x00ff0a3d0d bin/owned
            setfattr -n trusted.kept -v yes deep
            setfattr -n user.empty bin/owned
            cp /bin/busybox bin/ping; /usr/sbin/setcap cap_net_raw+ep bin/ping
            echo hard > hard1; ln hard1 bin/hard2; ln hard1 deep/a/b/c/hard3
            ln -s bin/owned link; ln link bin/link2; ln -s /nowhere/at/all dangling
            mknod dev/null c 1 3; chmod 666 dev/null; mknod dev/disk b 259 70000; mkfifo -m 600 dev/pipe
            truncate -s 64M sparse; printf start | dd of=sparse conv=notrunc status=none; printf middle | dd of=sparse bs=1M seek=33 conv=notrunc status=none
            truncate -s 1M hole; : > empty
            printf x > "$(printf 'sp ace\tand n\303\244me')"
            printf long > deep/{new string('n', 200)}
            touch -h -d @1000000000.123456789 bin/owned
            touch -h -d @1200000000.000000001 link
            touch -d @-5000.5 empty
            touch -d @1100000000.987654321 setgid
            chmod 2755 setgid
            touch -d @1100000000.987654321 setgid
            touch -d @900000000.5 .
            """);
        return root;
    }
}
