using System.Text;
using Engine.Oci.Documents;
using Engine.Oci.Layers;

namespace Engine.Oci.Tests.Documents;

public sealed class ImageDocumentsTests
{
    private const string Hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Blob = $$"""{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"sha256:{{Hex}}","size":7}""";

    [Fact]
    public void A_manifest_keeps_its_bytes_and_their_digest()
    {
        byte[] raw = Encoding.UTF8.GetBytes($$"""{ "schemaVersion": 2, "unknown": [1], "config": {{Blob}}, "layers": [ {{Blob}} ] }""");
        Document<ImageManifest> manifest = ImageDocuments.ReadManifest(raw);
        Assert.Equal(Digest.Compute(raw), manifest.Digest);
        Assert.Equal(raw, manifest.Raw.ToArray());
        Assert.Equal(7, Assert.Single(manifest.Value.Layers).Size);
        Assert.Equal(DocumentKind.Manifest, ImageDocuments.Detect(raw));
    }

    [Fact]
    public void An_index_has_platforms_and_annotations()
    {
        Document<ImageIndex> index = ImageDocuments.ReadIndex(Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2,"manifests":[{"mediaType":"{{MediaTypes.OciManifest}}","digest":"sha256:{{Hex}}","size":1,
             "platform":{"architecture":"arm","os":"linux","variant":"v7","os.version":"1" },
             "annotations":{"org.opencontainers.image.ref.name":"latest"} } ] }
            """));
        Descriptor entry = Assert.Single(index.Value.Manifests);
        Assert.Equal("linux(1)/arm/v7", entry.Platform!.ToString());
        Assert.Equal("latest", entry.Annotation(MediaTypes.RefNameAnnotation));
        Assert.Null(entry.Annotation("other"));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("[]", "no object")]
    [InlineData("{}", "neither")]
    [InlineData("""{"schemaVersion":2,"config":BLOB,"layers":[],"manifests":[]}""", "both")]
    [InlineData("""{"schemaVersion":2,"config":BLOB,"layers":[],"mediaType":"application/vnd.oci.image.index.v1+json"}""", "contradiction")]
    [InlineData("""{"schemaVersion":2,"config":BLOB,"config":BLOB,"layers":[]}""", "twice")]
    [InlineData("""{"schemaVersion":1,"config":BLOB,"layers":[]}""", "schema")]
    [InlineData("""{"schemaVersion":1,"fsLayers":[]}""", "schema 1")]
    [InlineData("""{"schemaVersion":2,"config":BLOB,"layers":null}""", "null layers")]
    [InlineData("""{"schemaVersion":2,"config":BLOB,"layers":[null]}""", "null layer")]
    [InlineData("""{"schemaVersion":2,"config":null,"layers":[]}""", "null config")]
    [InlineData("""{"schemaVersion":2,"layers":[]}""", "no config")]
    [InlineData("""{"schemaVersion":2,"config":{"digest":"sha256:abc","size":1},"layers":[]}""", "bad digest")]
    [InlineData("""{"schemaVersion":2,"config":{"digest":null,"size":1},"layers":[]}""", "null digest")]
    [InlineData("""{"schemaVersion":2,"config":{"digest":"sha256:HEX","size":-1},"layers":[]}""", "negative")]
    [InlineData("""{"schemaVersion":2,"config":{"digest":"sha256:HEX","size":1e30},"layers":[]}""", "overflow")]
    [InlineData("""{"schemaVersion":2,"config":{"digest":"sha256:HEX","size":1,"data":"AAAA"},"layers":[]}""", "data")]
    [InlineData("""{"schemaVersion":2,"config":BLOB,"layers":[""", "cut")]
    public void A_manifest_that_is_not_sound_is_refused(string json, string why)
    {
        byte[] raw = Encoding.UTF8.GetBytes(json.Replace("BLOB", Blob, StringComparison.Ordinal).Replace("HEX", Hex, StringComparison.Ordinal));
        EngineException error = Assert.Throws<EngineException>(() => ImageDocuments.ReadManifest(raw));
        Assert.True(error.Reason == EngineErrorReason.InvalidManifest, $"{why}: {error.Message}");
        Assert.Equal(EngineErrorCode.Corrupt, error.Code);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        byte[] raw = Encoding.UTF8.GetBytes("{\"config\":" + new string('[', 100_000));
        Assert.Equal(EngineErrorReason.InvalidManifest, Assert.Throws<EngineException>(() => ImageDocuments.ReadManifest(raw)).Reason);
    }

    [Fact]
    public void A_manifest_over_four_MiB_is_refused()
    {
        byte[] raw = new byte[ImageDocuments.MaxManifestSize + 1];
        Assert.Equal(EngineErrorReason.InputTooLarge, Assert.Throws<EngineException>(() => ImageDocuments.ReadManifest(raw)).Reason);
    }

    [Fact]
    public void What_is_written_reads_the_same()
    {
        var blob = new Descriptor { MediaType = MediaTypes.OciLayerGzip, Digest = Digest.Compute([1]), Size = 1 };
        Document<ImageManifest> written = ImageDocuments.Write(
            new ImageManifest { SchemaVersion = 2, MediaType = MediaTypes.OciManifest, Config = blob, Layers = [blob] });
        Document<ImageManifest> read = ImageDocuments.ReadManifest(written.Raw);
        Assert.Equal(written.Digest, read.Digest);
        Assert.Equal(written.Value.Layers, read.Value.Layers);
        Assert.Contains("tar+gzip", Encoding.UTF8.GetString(written.Raw.Span), StringComparison.Ordinal);
        Assert.Equal(written.Raw.Length, written.Describe(MediaTypes.OciManifest).Size);
    }

    [Fact]
    public void A_chain_id_is_built_from_the_base_up()
    {
        Digest a = Digest.Compute([1]), b = Digest.Compute([2]);
        IReadOnlyList<Digest> chain = ChainId.Compute([a, b]);
        Assert.Equal([a, Digest.Compute(Encoding.ASCII.GetBytes($"{a} {b}"))], chain);
        Assert.Equal(chain[1], ChainId.Next(a, b));
        Assert.Empty(ChainId.Compute([]));
    }
}
