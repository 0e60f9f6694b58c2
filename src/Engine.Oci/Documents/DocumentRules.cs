using System.Globalization;

namespace Engine.Oci.Documents;

/// <summary>What documents from outside must keep to, beyond being JSON of the right form.</summary>
internal static class DocumentRules
{
    // Docker refuses more than 125 at unpacking and overlay more than 500 at mounting; a list of millions is an attack.
    private const int MaxLayers = 1000;

    // An index for a few dozen platforms has a few hundred entries; a layout's index.json has one for each tag.
    private const int MaxManifests = 10_000;

    public static void Check(ImageManifest manifest)
    {
        const string What = "manifest";
        Require(manifest.SchemaVersion == 2, What, "its schemaVersion is not 2");
        Require(manifest.Layers is not null, What, "its layers are null");
        Require(manifest.Layers!.Count <= MaxLayers, What, $"it has more than {MaxLayers} layers");
        Check(manifest.Config, What);
        foreach (Descriptor layer in manifest.Layers)
        {
            Check(layer, What);
        }
    }

    public static void Check(ImageIndex index)
    {
        const string What = "index";
        Require(index.SchemaVersion == 2, What, "its schemaVersion is not 2");
        Require(index.Manifests is not null, What, "its manifests are null");
        Require(index.Manifests!.Count <= MaxManifests, What, $"it has more than {MaxManifests} manifests");
        foreach (Descriptor manifest in index.Manifests)
        {
            Check(manifest, What);
        }
    }

    public static void Check(ImageConfig config)
    {
        const string What = "image configuration";
        Require(config.RootFs is not null, What, "its rootfs is null");
        Require(
            config.RootFs!.Type == "layers",
            What,
            $"its rootfs has the type '{Shown.Text(config.RootFs.Type ?? "")}', not 'layers'");
        Require(config.RootFs.DiffIds.Count <= MaxLayers, What, $"it has more than {MaxLayers} layers");
        Require(config.RootFs.DiffIds.All(static id => id is not null), What, "a diff_id is null");
        Require(config.History?.All(static entry => entry is not null) ?? true, What, "a history entry is null");

        // As Docker: histories may be missing or short (tools drop them), but may not name layers that are not there.
        int made = config.History?.Count(static entry => !entry.EmptyLayer) ?? 0;
        Require(made <= config.RootFs.DiffIds.Count, What, "its history has more layers than its rootfs");
    }

    public static void RequireSize(long size, string what, int limit)
    {
        if (size > limit)
        {
            throw new EngineException(
                EngineErrorCode.LimitExceeded,
                EngineErrorReason.InputTooLarge,
                string.Create(CultureInfo.InvariantCulture, $"The {what} has {size} bytes; at most {limit} are read."));
        }
    }

    public static void Require(bool holds, string what, string fault)
    {
        if (!holds)
        {
            throw Invalid(what, fault);
        }
    }

    public static EngineException Invalid(string what, string fault, Exception? inner = null) =>
        new(EngineErrorCode.Corrupt, EngineErrorReason.InvalidManifest, $"The {what} is not valid: {fault.TrimEnd('.')}.", null, inner);

    private static void Check(Descriptor? descriptor, string what)
    {
        Require(descriptor is not null, what, "a descriptor is null");
        Require(descriptor!.Digest is not null, what, "a descriptor's digest is null");
        Require(descriptor.Size >= 0, what, $"the size of {descriptor.Digest} is negative");
        Require(
            descriptor.Data is null || descriptor.Data.Length == descriptor.Size,
            what,
            $"the data of {descriptor.Digest} has another size than it says");
    }
}
