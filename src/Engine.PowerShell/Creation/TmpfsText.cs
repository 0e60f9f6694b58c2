using System.Globalization;
using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Reads docker's <c>--tmpfs</c> strings: <c>/path[:options]</c>.</summary>
internal static class TmpfsText
{
    /// <summary>A tmpfs mount.</summary>
    /// <exception cref="EngineException">InvalidContainerConfiguration.</exception>
    public static ContainerMount Parse(string text)
    {
        string[] parts = text.Split(':', 2);
        if (!parts[0].StartsWith('/'))
        {
            throw Invalid(text, "use /path[:options], in quotes where it holds a comma.");
        }

        var mount = new ContainerMount { Type = ContainerMountType.Tmpfs, Target = parts[0] };
        return parts.Length == 1
            ? mount
            : parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Aggregate(mount, (m, option) => Apply(m, option, text));
    }

    private static ContainerMount Apply(ContainerMount mount, string option, string text) => option.Split('=', 2) switch
    {
        ["ro"] => mount with { ReadOnly = true },
        ["rw"] => mount with { ReadOnly = false },
        ["size", var size] => mount with { TmpfsSize = Size(size, text) },
        ["mode", var mode] => mount with { TmpfsMode = Mode(mode, text) },
        _ => mount with { TmpfsOptions = [.. mount.TmpfsOptions, option] },
    };

    private static long Size(string size, string text)
    {
        try
        {
            return SizeTransformationAttribute.Parse(size);
        }
        catch (ArgumentTransformationMetadataException e)
        {
            throw Invalid(text, e.Message);
        }
    }

    private static int Mode(string mode, string text) =>
        mode.Length is > 0 and <= 5 && mode.All(c => c is >= '0' and <= '7') && Convert.ToInt32(mode, 8) is <= 0xFFF and var bits
            ? bits
            : throw Invalid(text, string.Create(CultureInfo.InvariantCulture, $"'{mode}' is no mode; use octal digits such as 1777"));

    private static EngineException Invalid(string text, string why) => new(
        EngineErrorCode.InvalidArgument,
        EngineErrorReason.InvalidContainerConfiguration,
        $"-Tmpfs '{text}' is malformed: {why}",
        text);
}
