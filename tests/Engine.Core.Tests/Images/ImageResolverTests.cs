namespace Engine.Core.Tests.Images;

/// <summary>What people write, and the image that they mean.</summary>
public sealed class ImageResolverTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestImages _images;

    public ImageResolverTests() => _images = new TestImages(_directory["data"]);

    [Fact]
    public async Task An_image_is_found_by_reference_id_and_prefix()
    {
        var image = await Import("docker.io/library/box:1");
        foreach (var text in (string[])["box:1", "library/box:1", "docker.io/box:1", image.Id, image.Id[7..], image.Id[..15], image.Id[7..19], image.Id[7..8]])
        {
            Assert.Equal(image.Id, _images.All.Get.Handle(text).Id);
        }
    }

    [Theory]
    [InlineData("box", EngineErrorReason.ImageNotFound)]
    [InlineData("box:2", EngineErrorReason.ImageNotFound)]
    [InlineData("example.com/box:1", EngineErrorReason.ImageNotFound)]
    [InlineData(
        "sha256:0000000000000000000000000000000000000000000000000000000000000000", EngineErrorReason.ImageNotFound)]
    [InlineData(
        "box@sha256:0000000000000000000000000000000000000000000000000000000000000000", EngineErrorReason.ImageNotFound)]
    [InlineData("BOX", EngineErrorReason.InvalidReference)]
    [InlineData("", EngineErrorReason.InvalidReference)]
    [InlineData("a b", EngineErrorReason.InvalidReference)]
    [InlineData("box:", EngineErrorReason.InvalidReference)]
    public async Task What_names_no_image_says_why(string text, string reason)
    {
        await Import("box:1");
        var error = Assert.Throws<EngineException>(() => _images.All.Get.Handle(text));
        Assert.True(reason == error.Reason, $"Expected {reason}: {error}");
        Assert.Equal(reason, Assert.Throws<EngineException>(() => _images.All.Store.Use(text)).Reason);
    }

    [Fact]
    public async Task A_prefix_of_several_ids_is_ambiguous()
    {
        // Of 17 ids two begin alike.
        var ids = new List<string>();
        for (var i = 0; i < 17; i++)
        {
            ids.Add((await Import($"box:{i}", $"{i}")).Id);
        }

        var digit = ids.GroupBy(id => id[7]).First(group => group.Count() > 1).Key;
        var error = Assert.Throws<EngineException>(() => _images.All.Get.Handle(digit.ToString()));
        Assert.Equal(EngineErrorReason.AmbiguousImageId, error.Reason);
    }

    [Fact]
    public async Task A_name_counts_before_a_prefix_that_looks_like_it()
    {
        var one = await Import("box:1", "1");
        var two = await Import("box:2", "2");
        _images.All.Tag.Handle(two.Id, one.Id[7..19]);
        Assert.Equal(two.Id, _images.All.Get.Handle(one.Id[7..19]).Id);
    }

    [Fact]
    public async Task An_image_in_an_archive_that_has_its_digest_in_its_name_is_found_by_it()
    {
        var layout = new LayoutBuilder().Image("box", "linux/amd64", new TarBuilder().File("f", "1").ToArray());
        var image = Assert.Single(await Import(layout));
        Assert.Empty(image.Digests);

        // The digest of the manifest; a made-up one is not believed.
        var digest = DigestOfManifest(layout);
        image = Assert.Single(await Import(new LayoutBuilder().Image($"example.com/box@{digest}", "linux/amd64", new TarBuilder().File("f", "1").ToArray())));
        Assert.Equal([$"example.com/box@{digest}"], image.Digests);
        Assert.Equal(image.Id, _images.All.Get.Handle($"example.com/box:whatever@{digest}").Id);
        var other = Assert.Single(await Import(new LayoutBuilder().Image($"example.com/box@{digest}", "linux/amd64", new TarBuilder().File("f", "2").ToArray())));
        Assert.Empty(other.Digests);
    }

    [Theory]
    [InlineData("box@sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("scratch")]
    [InlineData("UPPER")]
    public async Task A_tag_that_cannot_be_is_refused(string reference)
    {
        await Import("box");
        var error = Assert.Throws<EngineException>(() => _images.All.Tag.Handle("box", reference));
        Assert.Equal(EngineErrorReason.InvalidReference, error.Reason);
    }

    [Fact]
    public async Task Lists_are_filtered()
    {
        var one = await Import("example.com/a:1", "1");
        var two = await Import("example.com/a:2", "2");
        var three = await Import("example.com/b:1", "3");
        string[] Ids(ImageFilter filter) =>
            [.. _images.All.List.Handle(filter).Select(image => image.Id).Order(StringComparer.Ordinal)];
        string[] Sorted(params ContainerImage[] images) =>
            [.. images.Select(image => image.Id).Order(StringComparer.Ordinal)];

        Assert.Equal(Sorted(one, two, three), Ids(new ImageFilter()));
        Assert.Equal(Sorted(one, two), Ids(new ImageFilter { References = ["example.com/a"] }));
        Assert.Equal(Sorted(two), Ids(new ImageFilter { References = ["example.com/a:2"] }));
        Assert.Equal(Sorted(three), Ids(new ImageFilter { Ids = [three.Id[7..20]] }));
        Assert.Equal(Sorted(one, two, three), Ids(new ImageFilter { Labels = ["platform=linux/amd64"] }));
        Assert.Empty(Ids(new ImageFilter { Labels = ["platform=other"] }));
        Assert.Empty(Ids(new ImageFilter { Dangling = true }));
        foreach (var bad in (ImageFilter[])[new() { References = ["A B"] }, new() { Ids = ["xyz"] }, new() { Before = "nothing" }, new() { Since = "" }])
        {
            Assert.Equal(EngineErrorReason.InvalidFilter, Assert.Throws<EngineException>(() => _images.All.List.Handle(bad)).Reason);
        }
    }

    public void Dispose()
    {
        _images.Dispose();
        _directory.Dispose();
    }

    private static string DigestOfManifest(LayoutBuilder layout)
    {
        using var tar = new System.Formats.Tar.TarReader(new MemoryStream(layout.ToArchive()));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name == "index.json")
            {
                return System.Text.Json.Nodes.JsonNode.Parse(entry.DataStream!)!["manifests"]![0]!["digest"]!.GetValue<string>();
            }
        }

        throw new InvalidOperationException("The layout has no index.");
    }

    private Task<IReadOnlyList<ContainerImage>> Import(LayoutBuilder layout) => _images.All.Import.HandleAsync(
        new MemoryStream(layout.ToArchive()), new ImageImport(), null, TestContext.Current.CancellationToken);

    private async Task<ContainerImage> Import(string name, string content = "content") =>
        Assert.Single(await Import(new LayoutBuilder().Image(name, "linux/amd64", new TarBuilder().File("file", content).ToArray())));
}
