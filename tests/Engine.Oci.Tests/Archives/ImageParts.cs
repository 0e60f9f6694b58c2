using System.IO.Compression;
using System.Text;
using Engine.Oci.Documents;
using Engine.Oci.Tests.Layers.Tar;

namespace Engine.Oci.Tests.Archives;

/// <summary>The parts of a small image, to be put into archives of all kinds.</summary>
internal sealed record ImageParts(byte[] Layer, byte[] Blob, Document<ImageConfig> Config, Document<ImageManifest> Manifest)
{
    public static ImageParts Make(string content, string architecture = "amd64", bool gzip = false)
    {
        byte[] layer = new RawTar().Entry("file", '0', Encoding.UTF8.GetBytes(content)).End();
        byte[] blob = gzip ? Gzip(layer) : layer;
        Document<ImageConfig> config = ImageDocuments.Write(new ImageConfig
        {
            Architecture = architecture,
            Os = "linux",
            RootFs = new RootFs { DiffIds = [Digest.Compute(layer)] },
        });
        Document<ImageManifest> manifest = ImageDocuments.Write(new ImageManifest
        {
            SchemaVersion = 2,
            MediaType = MediaTypes.OciManifest,
            Config = config.Describe(MediaTypes.OciConfig),
            Layers = [new Descriptor { MediaType = gzip ? MediaTypes.OciLayerGzip : MediaTypes.OciLayer, Digest = Digest.Compute(blob), Size = blob.Length }],
        });
        return new ImageParts(layer, blob, config, manifest);
    }

    public static string BlobName(Digest digest) => digest.ToString().Replace("sha256:", "blobs/sha256/", StringComparison.Ordinal);

    public static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var compressed = new GZipStream(stream, CompressionLevel.Fastest))
        {
            compressed.Write(content);
        }

        return stream.ToArray();
    }

    public static Document<ImageIndex> Index(params Descriptor[] manifests) => ImageDocuments.Write(new ImageIndex { SchemaVersion = 2, Manifests = manifests });

    public Descriptor Describe(string? refName = null, string? containerdName = null)
    {
        var annotations = new Dictionary<string, string>();
        if (refName is not null)
        {
            annotations[MediaTypes.RefNameAnnotation] = refName;
        }

        if (containerdName is not null)
        {
            annotations[MediaTypes.ContainerdNameAnnotation] = containerdName;
        }

        return Manifest.Describe(MediaTypes.OciManifest) with { Annotations = annotations };
    }

    /// <summary>The image's blobs, as a layout has them.</summary>
    public (string Name, byte[] Content)[] Blobs() =>
    [
        (BlobName(Manifest.Digest), Manifest.Raw.ToArray()),
        (BlobName(Config.Digest), Config.Raw.ToArray()),
        (BlobName(Digest.Compute(Blob)), Blob),
    ];
}
