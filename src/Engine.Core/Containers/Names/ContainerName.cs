using System.Text.RegularExpressions;

namespace Engine.Core.Containers.Names;

/// <summary>The rule for containers' names, which is Docker's: <c>[a-zA-Z0-9][a-zA-Z0-9_.-]+</c>.</summary>
internal static partial class ContainerName
{
    /// <summary>The name without the leading slash that Docker's clients may write.</summary>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.InvalidContainerName"/>.</exception>
    public static string Parse(string name)
    {
        var bare = name.StartsWith('/') ? name[1..] : name;
        return Rule().IsMatch(bare)
            ? bare
            : throw new EngineException(
                EngineErrorCode.InvalidArgument, EngineErrorReason.InvalidContainerName,
                $"'{Shorten(name)}' is no name for a container: it takes two characters or more, letters, digits, '_', '.' and '-', and begins with a letter or a digit (at most {MaxLength} characters).",
                Shorten(name));
    }

    /// <summary>File names and host names bound it in practice; Docker has no limit of its own.</summary>
    private const int MaxLength = 255;

    private static string Shorten(string name) => name.Length <= 64 ? name : name[..64] + "…";

    [GeneratedRegex(@"\A[a-zA-Z0-9][a-zA-Z0-9_.-]{1,254}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rule();
}
