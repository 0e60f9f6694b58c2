namespace Engine.Tools.Help;

/// <summary>What the help compiler works on.</summary>
/// <param name="Manifest">The module's manifest; the module itself must be built.</param>
/// <param name="Docs">The folder with a folder for each culture, and one named about.</param>
/// <param name="Strict">What is missing fails the run instead of being told.</param>
internal sealed record HelpOptions(string Manifest, string Docs, bool Strict)
{
    /// <summary>Reads the command line; null when it is wrong.</summary>
    public static HelpOptions? Parse(IReadOnlyList<string> arguments)
    {
        string? manifest = null, docs = null;
        var strict = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--strict":
                    strict = true;
                    break;
                case "--manifest" when value is not null:
                    manifest = value;
                    i++;
                    break;
                case "--docs" when value is not null:
                    docs = value;
                    i++;
                    break;
                default:
                    return null;
            }
        }

        return manifest is null
            || docs is null ? null : new HelpOptions(Path.GetFullPath(manifest), Path.GetFullPath(docs), strict);
    }
}
