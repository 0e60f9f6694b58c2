using System.Text.Json.Nodes;
using Engine.Testing.Registry;

namespace Engine.Core.Tests.Images.Pull;

/// <summary>Registries that lie, cut, stall and attack.</summary>
public sealed class LyingRegistryTests : PullTest
{
    [Fact]
    public async Task A_download_that_is_cut_goes_on_where_it_was()
    {
        var layer = RandomLayer.Tar(8);
        var image = ServedImage.Add(Registry, "app", "1", layer);
        var blob = ServedImage.Compress(layer);
        Registry.Next("GET", "/v2/app/blobs/" + image.Layers[0], new FaultyAnswer { Body = blob, CutAfter = blob.Length / 2 });
        var pulled = Assert.Single(await PullAsync("app:1"));
        Assert.Equal(image.Config, pulled.Id);
        Assert.Contains(Registry.Requests, request => request["Range"]?.StartsWith("bytes=", StringComparison.Ordinal) == true);
        Consistency.Check(Images);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Wrong_content_is_downloaded_and_unpacked_anew(bool sound)
    {
        var layer = RandomLayer.Tar(4, 1);
        var image = ServedImage.Add(Registry, "app", "1", layer);
        var blob = ServedImage.Compress(layer);

        // Either a layer of somebody else's, or what no decoder reads; of the right length.
        var other = sound ? ServedImage.Compress(RandomLayer.Tar(4, 2)) : new byte[blob.Length];
        Array.Resize(ref other, blob.Length);
        Registry.Next("GET", "/v2/app/blobs/" + image.Layers[0], new FaultyAnswer { Body = other });
        var pulled = Assert.Single(await PullAsync("app:1"));
        Assert.Equal([LayoutBuilder.Digest(layer)], pulled.Layers);
        Consistency.Check(Images);
    }

    [Fact]
    public async Task Content_that_stays_wrong_is_refused()
    {
        var image = ServedImage.Add(Registry, "app", "1", RandomLayer.Tar(2), RandomLayer.Tar(2, 2));
        Spoil(image.Layers[1], blob => blob[^1] ^= 1);
        await LeavesNothingAsync(EngineErrorReason.DigestMismatch);
    }

    [Fact]
    public async Task A_layer_with_another_diff_id_is_refused()
    {
        ServedImage.Add(
            Registry, "app", "1", [RandomLayer.Tar(2)],
            config => config["rootfs"]!["diff_ids"] = new JsonArray(LayoutBuilder.Digest([1])), null);
        await LeavesNothingAsync(EngineErrorReason.DigestMismatch);
    }

    [Fact]
    public async Task A_manifest_by_digest_that_is_another_is_refused()
    {
        var image = ServedImage.Add(Registry, "app", "1", RandomLayer.Tar(1));
        var other = ServedImage.Add(Registry, "app", "2", RandomLayer.Tar(1, 2));
        Registry.On("GET", "/v2/app/manifests/" + image.Digest, _ => FaultyAnswer.Redirect("/v2/app/manifests/" + other.Digest));
        await LeavesNothingAsync(EngineErrorReason.DigestMismatch, "app@" + image.Digest);
    }

    [Fact]
    public async Task A_blob_without_end_is_cut_off_at_its_size()
    {
        var image = ServedImage.Add(Registry, "app", "1", RandomLayer.Tar(2));
        Registry.On(
            "GET", "/v2/app/blobs/" + image.Layers[0],
            _ => new FaultyAnswer { Body = new byte[1 << 20], IsEndless = true });
        await LeavesNothingAsync(EngineErrorReason.DigestMismatch);
    }

    [Fact]
    public async Task A_registry_that_stalls_is_given_up()
    {
        var image = ServedImage.Add(Registry, "app", "1", RandomLayer.Tar(2));
        Registry.On(
            "GET", "/v2/app/blobs/" + image.Layers[0],
            request => new FaultyAnswer { Body = Registry.Blob("app", image.Layers[0]), StallAfter = 1000 });
        using var images = Make("stall", null, Impatient with { StallTimeout = TimeSpan.FromMilliseconds(200) });
        await FailsAsync(EngineErrorReason.RegistryUnreachable, () => PullAsync("app:1", images: images));
        images.AssertEmpty();
    }

    [Fact]
    public async Task A_bomb_ends_the_pull_before_all_of_it_has_come()
    {
        var bomb = new byte[64 << 20];
        using var tar = new TarBuilder();
        var layer = tar.Add(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, "zeros")
        {
            DataStream = new MemoryStream(bomb),
        }).ToArray();
        var image = ServedImage.Add(Registry, "app", "1", layer);
        var blob = ServedImage.Compress(layer);
        Registry.On(
            "GET", "/v2/app/blobs/" + image.Layers[0],
            _ => new FaultyAnswer { Body = blob, StallAfter = blob.Length - 1 });
        var options = new EngineOptions { DataRoot = "", ExecRoot = "", MaxLayerBytes = 16 << 20 };
        using var images = Make("bomb", options, Impatient);
        await FailsAsync(EngineErrorReason.InputTooLarge, () => PullAsync("app:1", images: images));
        images.AssertEmpty();
    }

    [Fact]
    public async Task A_layer_of_too_many_entries_is_refused()
    {
        using var tar = new TarBuilder();
        for (var i = 0; i < 200; i++)
        {
            tar.Directory($"d{i}/");
        }

        ServedImage.Add(Registry, "app", "1", tar.ToArray());
        using var images = Make("many", new EngineOptions { DataRoot = "", ExecRoot = "", MaxLayerEntries = 100 }, Impatient);
        await FailsAsync(EngineErrorReason.InputTooLarge, () => PullAsync("app:1", images: images));
        images.AssertEmpty();
    }

    [Fact]
    public async Task Four_megabytes_of_manifest_are_refused()
    {
        var padding = new string('x', 5 << 20);
        ServedImage.Add(
            Registry, "app", "1", [RandomLayer.Tar(1)], null,
            manifest => manifest["annotations"] = new JsonObject { ["padding"] = padding });
        await LeavesNothingAsync(EngineErrorReason.InputTooLarge);
    }

    [Fact]
    public async Task A_configuration_that_claims_to_be_huge_is_not_downloaded()
    {
        var image = ServedImage.Add(
            Registry, "app", "1", [RandomLayer.Tar(1)], null, manifest => manifest["config"]!["size"] = 1L << 40);
        await LeavesNothingAsync(EngineErrorReason.InputTooLarge);
        Assert.Equal(0, Asked(image.Config));
    }

    [Theory]
    [InlineData("size", EngineErrorReason.InvalidManifest)]
    [InlineData("count", EngineErrorReason.InvalidManifest)]
    [InlineData("artifact", EngineErrorReason.InvalidManifest)]
    [InlineData("layer", EngineErrorReason.InvalidManifest)]
    [InlineData("schema1", EngineErrorReason.InvalidManifest)]
    [InlineData("foreign", EngineErrorReason.InvalidManifest)]
    [InlineData("missing", EngineErrorReason.ManifestNotFound)]
    public async Task A_manifest_that_makes_no_image_is_refused_with_a_clear_word(string what, string reason)
    {
        var layer = RandomLayer.Tar(1);
        ServedImage.Add(Registry, "app", what == "missing" ? null : "1", [layer], null, manifest =>
        {
            var layers = manifest["layers"]!.AsArray();
            switch (what)
            {
                case "size":
                    var twice = layers[0]!.DeepClone();
                    twice["size"] = 7;
                    layers.Add(twice);
                    break;
                case "count":
                    layers.Add(layers[0]!.DeepClone());
                    break;
                case "artifact":
                    manifest["config"]!["mediaType"] = "application/vnd.cncf.helm.config.v1+json";
                    break;
                case "layer":
                    layers[0]!["mediaType"] = "application/vnd.in-toto+json";
                    break;
                case "schema1":
                    manifest["fsLayers"] = new JsonArray();
                    break;
                case "foreign":
                    layers[0]!["mediaType"] = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
                    layers[0]!["digest"] = LayoutBuilder.Digest([2]);
                    layers[0]!["urls"] = new JsonArray("https://elsewhere.example/layer");
                    break;
            }
        });
        var error = await LeavesNothingAsync(reason);
        Assert.Contains("app:1", error.Message + error.Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layer_that_is_there_twice_is_downloaded_once_and_unpacked_for_each_place()
    {
        var layer = RandomLayer.Tar(1);
        var image = ServedImage.Add(Registry, "app", "1", layer, RandomLayer.Tar(1, 2), layer);
        var pulled = Assert.Single(await PullAsync("app:1"));
        Assert.Equal(3, pulled.Layers.Count);
        Assert.Equal(1, Asked(image.Layers[0]));
        Assert.Equal(3, Images.Count("layers"));
        Consistency.Check(Images);
    }

    [Fact]
    public async Task An_index_that_leads_to_itself_or_ever_deeper_ends()
    {
        var inner = ServedImage.AddIndex(Registry, "app", null);
        for (var depth = 0; depth < 10; depth++)
        {
            inner = ServedImage.AddIndex(
                Registry, "app", "deep", ServedImage.Entry(inner, null, ServedImage.IndexType));
        }

        await LeavesNothingAsync(EngineErrorReason.InvalidManifest, "app:deep");
        var wide = Enumerable.Range(0, 100).Select(number => ServedImage.Entry(
            ServedImage.AddIndex(Registry, "app", null, ServedImage.Entry(LayoutBuilder.Digest([(byte)number]), "plan9/mips")),
            null, ServedImage.IndexType));
        ServedImage.AddIndex(Registry, "app", "wide", [.. wide]);
        await LeavesNothingAsync(EngineErrorReason.InvalidManifest, "app:wide");
    }

    [Fact]
    public async Task A_disk_that_is_full_is_said_to_be_full_and_keeps_nothing()
    {
        Directory.CreateDirectory(Path("small"));
        Tool.Run("mount", "-t", "tmpfs", "-o", "size=24m", "none", Path("small"));
        try
        {
            using var images = Make("small", null, Impatient);
            ServedImage.Add(Registry, "app", "download", RandomLayer.Tar(40));
            ServedImage.Add(Registry, "app", "unpack", RandomLayer.Tar(7, 1), RandomLayer.Tar(7, 2));
            ServedImage.Add(Registry, "app", "fits", RandomLayer.Tar(2));
            foreach (var name in (string[])["app:download", "app:unpack"])
            {
                await FailsAsync(EngineErrorReason.DiskFull, () => PullAsync(name, images: images));
                images.AssertEmpty();
            }

            Assert.Single(await PullAsync("app:fits", images: images));
            Consistency.Check(images);
        }
        finally
        {
            Tool.Run("umount", Path("small"));
        }
    }

    private void Spoil(string digest, Action<byte[]> spoil)
    {
        byte[] blob = [.. Registry.Blob("app", digest)!];
        spoil(blob);
        Registry.On("GET", "/v2/app/blobs/" + digest, _ => new FaultyAnswer { Body = blob });
    }
}
