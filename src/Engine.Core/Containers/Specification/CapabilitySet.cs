namespace Engine.Core.Containers.Specification;

/// <summary>Works out which capabilities a container gets.</summary>
internal static class CapabilitySet
{
    /// <summary>
    /// The default ones, with those to add and without those to drop. ALL among those to add gives all but the dropped;
    /// ALL among those to drop gives only the added. Never more than <paramref name="available"/>: the engine cannot
    /// give away what it does not have (capabilities(7), the bounding set).
    /// </summary>
    public static IReadOnlyList<string> Of(ContainerConfiguration configuration, IReadOnlySet<string> available)
    {
        var add = Names(configuration.CapabilitiesToAdd);
        var drop = Names(configuration.CapabilitiesToDrop);
        IEnumerable<string> granted = configuration.Privileged || add.Contains(CapabilityNames.AllWord)
            ? CapabilityNames.All
            : drop.Contains(CapabilityNames.AllWord) ? [] : CapabilityNames.Default;
        var set = granted.Where(name => !drop.Contains(name)).ToHashSet(StringComparer.Ordinal);
        set.UnionWith(add.Where(static name => name != CapabilityNames.AllWord));
        return [.. CapabilityNames.All.Where(name => set.Contains(name) && available.Contains(name))];
    }

    private static HashSet<string> Names(IReadOnlyList<string> written) =>
        written.Select(static text => CapabilityNames.TryParse(text, out var name) ? name : text)
            .ToHashSet(StringComparer.Ordinal);
}
