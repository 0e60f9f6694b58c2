using CsCheck;
using Engine.Core.Images.Derive;
using Engine.Core.Images.Layers;
using Engine.Linux.Files;
using Engine.Oci.Documents;
using Engine.Oci.Layers.Tar;
using Microsoft.Extensions.Logging.Abstractions;

namespace Engine.Core.Tests.Images;

/// <summary>
/// What was done to files upon an image, made a layer and unpacked again, shows the same tree: whatever was deleted,
/// replaced, renamed and linked.
/// </summary>
public sealed class DerivedLayerTests : IDisposable
{
    private static readonly string[] s_paths =
        ["a", "b", "c", "a/x", "a/y", "a/x/p", "b/x", "b/y", "b/y/q", "c/z", "d", "d/e", "d/e/f"];

    private static readonly Gen<string> s_path = Gen.Int[0, s_paths.Length - 1].Select(index => s_paths[index]);

    private static readonly Gen<string> s_deed = Gen.Select(s_path, s_path, Gen.Int[0, 11]).Select((one, two, deed) => deed switch
    {
        // Writing to a fifo waits for a reader, for ever.
        0 or 1 => $"mkdir -p $(dirname {one}); [ -p {one} ] && rm {one}; echo {one}{two} > {one}",
        2 or 3 => $"rm -rf {one}",
        4 => $"mkdir -p {one}",
        5 => $"rm -rf {one}; mkdir -p {one}; echo new > {one}/{two[^1..]}",
        6 => $"rm -rf {one}; echo file > {one}",
        7 => $"mv {one} {two}",
        8 => $"ln {one} {two}",
        9 => $"ln -s {two} {one}",
        10 => $"chmod 2711 {one}; chown 12:34 {one}; setfattr -n user.k -v {two} {one}",
        _ => $"mkfifo {one}; mknod {two} c 1 7",
    });

    private readonly TemporaryDirectory _directory = new();
    private readonly TestImages _images;

    public DerivedLayerTests() => _images = new TestImages(_directory["data"]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_tree_is_the_same_after_any_deeds() =>
        await Gen.Select(s_deed.Array[0, 12], s_deed.Array[1, 12]).SampleAsync(
            async (before, after) =>
            {
                var parent = await ImportAsync(before);
                await CheckAsync(parent, after);
            }, iter: 40, threads: 1);

    [Fact]
    public async Task Deletions_replacements_and_marks_of_every_kind_are_kept()
    {
        var parent = await ImportAsync(
        [
            "mkdir -p d/sub o/old gone; echo 1 > d/sub/f; echo 1 > o/old/f; echo 1 > f; echo 1 > gone/f; echo 1 > h; ln h h2",
        ]);
        await CheckAsync(parent,
        [
            "rm f; mkdir f; echo 2 > f/in", "rm -rf d; echo file > d", "rm -rf o; mkdir o; echo new > o/new",
            "rm -rf gone", "ln h h3; echo 3 >> h2", "chmod 1777 .",
            "echo cap > cap; chmod 4755 cap; setfattr -n trusted.mine -v 1 cap; mknod dev b 7 9",
        ]);
    }

    [Fact]
    public async Task Without_a_change_the_new_image_has_the_layers_of_the_old_one()
    {
        var parent = await ImportAsync(["echo 1 > f"]);
        var image = await _images.All.Store.DeriveAsync(
            parent.Id, (_, _) => Task.FromResult(false), new DerivedStep
            {
                Execution = new ImageExecution { Cmd = ["sh"] },
                CreatedBy = "sh -c x",
                Author = "me",
                Comment = "nothing",
                Reference = "docker.io/library/derived:1",
            }, Cancel);
        Assert.NotEqual(parent.Id, image.Id);
        Assert.Equal(parent.Layers, image.Layers);
        Assert.Equal((parent.Id, "me", "nothing"), (image.Parent, image.Author, image.Comment));
        Assert.Equal(["derived:1"], image.References);
        var history = _images.All.History.Handle(image.Id);
        Assert.Equal((image.Id, "sh -c x", 0L, null), (history[0].Id, history[0].CreatedBy, history[0].Size, history[0].Layer));
        Assert.Equal(("", parent.Layers[0]), (history[1].Id, history[1].Layer));
        Assert.Equal(2, history.Count);
    }

    [Theory]
    [InlineData(ArchiveCompression.Gzip, "1F8B", "application/vnd.oci.image.layer.v1.tar+gzip")]
    [InlineData(ArchiveCompression.Zstd, "28B52FFD", "application/vnd.oci.image.layer.v1.tar+zstd")]
    public async Task A_layer_is_compressed_as_the_configuration_says(
        ArchiveCompression compression, string magic, string mediaType)
    {
        using var images = new TestImages(_directory["other"], new EngineOptions
        {
            DataRoot = "", ExecRoot = "", LayerCompression = compression,
        });
        var parent = await images.ImportLayers("one", "base");
        using var container = new TemporaryDirectory();
        Tool.Shell($"mkdir {container["upper"]}; echo new > {container["upper"]}/file");
        var image = await images.All.Store.DeriveAsync(
            parent.Id, (layer, ct) => WriteAsync(container["upper"], layer, ct),
            new DerivedStep { Execution = new ImageExecution() }, Cancel);

        string Blob(string digest) => Path.Combine(images.Directories.Blobs, digest["sha256:".Length..]);
        var manifest = ImageDocuments.ReadManifest(await File.ReadAllBytesAsync(Blob(image.ManifestDigest), Cancel)).Value;
        Assert.Equal(mediaType, manifest.Layers[^1].MediaType);
        var head = (await File.ReadAllBytesAsync(Blob(manifest.Layers[^1].Digest.ToString()), Cancel))[..(magic.Length / 2)];
        Assert.Equal(magic, Convert.ToHexString(head));
        using var lease = images.All.Store.Use(image.Id);
        Assert.Equal("new\n", await File.ReadAllTextAsync(Path.Combine(lease.LowerDirectories[0], "file"), Cancel));
    }

    [Fact]
    public async Task A_layer_that_fails_half_way_leaves_nothing()
    {
        var parent = await ImportAsync(["echo 1 > f"]);
        var before = _images.Content();
        await Assert.ThrowsAsync<InvalidDataException>(() => _images.All.Store.DeriveAsync(
            parent.Id,
            async (layer, ct) =>
            {
                await layer.WriteAsync(new byte[10_000_000], ct);
                throw new InvalidDataException();
            },
            new DerivedStep { Execution = new ImageExecution() }, Cancel));
        using var ends = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _images.All.Store.DeriveAsync(
            parent.Id,
            async (layer, ct) =>
            {
                await layer.WriteAsync(new byte[10_000_000], ct);
                await ends.CancelAsync();
                await layer.WriteAsync(new byte[10_000_000], ct);
                return true;
            },
            new DerivedStep { Execution = new ImageExecution() }, ends.Token));
        Assert.Equal(before, _images.Content());
        Assert.Equal(1, _images.Count("images"));
    }

    public void Dispose()
    {
        _images.Dispose();
        _directory.Dispose();
    }

    private async Task<ContainerImage> ImportAsync(IEnumerable<string> deeds)
    {
        Tool.Shell($"rm -rf {_directory["base"]}; mkdir {_directory["base"]}; cd {_directory["base"]}; {Script(deeds)}"
            + $"tar --numeric-owner --xattrs --xattrs-include='*' --format=pax -cf {_directory["base.tar"]} .");
        return Assert.Single(await _images.Import(_directory["base.tar"]));
    }

    private async Task CheckAsync(ContainerImage parent, IEnumerable<string> deeds)
    {
        using var lease = _images.All.Store.Use(parent.Id);
        using var container = new OverlayMountPoint(lease.LowerDirectories);
        Tool.Shell($"chmod 755 {container.Upper}; cd {container.Path}; {Script(deeds)}");
        var image = await _images.All.Store.DeriveAsync(
            parent.Id, (layer, ct) => WriteAsync(container.Upper, layer, ct),
            new DerivedStep { Execution = new ImageExecution() }, Cancel);
        using var derived = _images.All.Store.Use(image.Id);
        using var again = new OverlayMountPoint(derived.LowerDirectories);
        Tool.Shell($"chmod --reference={derived.LowerDirectories[0]} {again.Path}");
        Assert.Equal(Describe(container.Path), Describe(again.Path));
    }

    private static async Task<bool> WriteAsync(string upper, Stream layer, CancellationToken cancellationToken)
    {
        using var root = RootedDirectory.Open(upper);
        var tar = new TarWriter(layer);
        await new TreeArchiver(root, tar, new TreeForm { IsLayer = true }, NullLogger.Instance).RunAsync(cancellationToken);
        await tar.FinishAsync(cancellationToken);
        return true;
    }

    private static string Script(IEnumerable<string> deeds) =>
        string.Concat(deeds.Select(deed => $"( {deed} ) 2>/dev/null || true; "));

    // A directory's time and size may differ: what the overlay merges has those of the upper one.
    private static string Describe(string root) => Tool.Shell(
        $$"""
        cd {{root}}
        find . -mindepth 1 -type d -printf '%P %y %m %U:%G %T@\n' | sort
        find . -maxdepth 0 -printf '%P %y %m %U:%G\n'
        find . ! -type d -printf '%P %y %m %U:%G %T@ %s %n %l\n' | sort
        find . \( -type b -o -type c \) -exec stat -c '%n %t:%T' {} + | sort
        find . -type f -print0 | sort -z | xargs -0 -r sha256sum
        getfattr -R -h -d -m - -e hex . | sort
        """);
}
