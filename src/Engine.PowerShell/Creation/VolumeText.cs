namespace Engine.Commands;

/// <summary>Reads docker's <c>-v</c> strings: <c>source:target[:options]</c>.</summary>
internal static class VolumeText
{
    private static readonly Dictionary<string, MountPropagation> s_propagations = new(StringComparer.Ordinal)
    {
        ["private"] = MountPropagation.Private,
        ["rprivate"] = MountPropagation.RecursivePrivate,
        ["slave"] = MountPropagation.Slave,
        ["rslave"] = MountPropagation.RecursiveSlave,
        ["shared"] = MountPropagation.Shared,
        ["rshared"] = MountPropagation.RecursiveShared,
    };

    /// <summary>A bind mount.</summary>
    /// <param name="text">The string.</param>
    /// <param name="localSource">Makes a path of this machine, such as <c>./src</c>, absolute.</param>
    /// <exception cref="EngineException">InvalidContainerConfiguration.</exception>
    public static ContainerMount Parse(string text, Func<string, string> localSource)
    {
        string[] parts = text.Split(':');
        if (parts.Length is < 2 or > 3 || parts[0].Length == 0 || !parts[1].StartsWith('/'))
        {
            throw Invalid(text, "use source:target[:options] with an absolute target, in quotes where it holds a comma");
        }

        string source = localSource(parts[0]);
        if (!source.StartsWith('/'))
        {
            throw Invalid(
                text, $"'{source}' is the name of a volume, which this version does not have; use an absolute path or ./{source}");
        }

        var mount = new ContainerMount
        {
            Type = ContainerMountType.Bind,
            Source = source,
            Target = parts[1],
            CreateSource = true,
        };
        return parts.Length == 2 ? mount : parts[2].Split(',').Aggregate(mount, (m, option) => Apply(m, option, text));
    }

    private static ContainerMount Apply(ContainerMount mount, string option, string text) => option switch
    {
        "ro" or "readonly" => mount with { ReadOnly = true },
        "rw" => mount with { ReadOnly = false },
        "bind" => mount with { NonRecursive = true },
        "rbind" => mount with { NonRecursive = false },
        // Labels of SELinux: docker ignores them where SELinux is off.
        "z" or "Z" => mount,
        _ when s_propagations.TryGetValue(option, out MountPropagation propagation) =>
            mount with { Propagation = propagation },
        _ => throw Invalid(text, $"'{option}' is not an option of a bind mount"),
    };

    private static EngineException Invalid(string text, string why) => new(
        EngineErrorCode.InvalidArgument,
        EngineErrorReason.InvalidContainerConfiguration,
        $"-Volume '{text}' is malformed: {why}.",
        text);
}
