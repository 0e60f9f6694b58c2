namespace Engine.Oci.Layers;

/// <summary>What an entry of a layer says of the layers below it (image-spec, layer.md, "Whiteouts").</summary>
public enum WhiteOutKind
{
    /// <summary>Nothing: it is an entry like any other.</summary>
    None,

    /// <summary><c>.wh.name</c>: the file or directory of that name in the layers below is gone.</summary>
    Removed,

    /// <summary><c>.wh..wh..opq</c>: all that the layers below have in this directory is gone.</summary>
    Opaque,

    /// <summary>Other names with <c>.wh..wh.</c>: what aufs kept for itself. They are passed over.</summary>
    Ignored,
}
