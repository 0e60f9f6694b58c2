namespace Engine.Shell.Formatting;

/// <summary>A way to show objects, from a parameter or from a format file.</summary>
/// <param name="Fields">The columns, or the lines.</param>
internal sealed record View(IReadOnlyList<ViewField> Fields)
{
    /// <summary>What the objects are grouped by, or null.</summary>
    public ViewField? GroupBy { get; init; }

    /// <summary>A table without its header.</summary>
    public bool HideTableHeaders { get; init; }

    /// <summary>Long text goes on in further rows.</summary>
    public bool Wrap { get; init; }
}
