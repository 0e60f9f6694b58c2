using System.Globalization;

namespace Engine.Core.Containers.Users;

/// <summary>
/// Finds out who <c>user[:group]</c> is in an image's passwd(5) and group(5) files: Docker's rules. Numbers need no
/// entry; names do.
/// </summary>
internal static class UserLookup
{
    /// <summary>Ids above this are refused, as Docker refuses them: 2^31 - 1.</summary>
    private const uint MaxId = int.MaxValue;

    /// <param name="user">What the container asks for; empty for root.</param>
    /// <param name="additionalGroups">Groups to add, by name or number.</param>
    /// <param name="passwd">The text of /etc/passwd; empty where there is none.</param>
    /// <param name="group">The text of /etc/group; empty where there is none.</param>
    /// <exception cref="EngineException"><see cref="EngineErrorReason.UserNotFound"/>.</exception>
    public static ContainerUser Find(string user, IReadOnlyList<string> additionalGroups, string passwd, string group)
    {
        var separator = user.IndexOf(':', StringComparison.Ordinal);
        var userText = separator < 0 ? user : user[..separator];
        var groupText = separator < 0 ? "" : user[(separator + 1)..];
        if (userText.Length == 0)
        {
            userText = "0";
        }

        var groups = GroupEntry.ReadAll(group).ToList();
        var entry = PasswdEntry.ReadAll(passwd).FirstOrDefault(entry => entry.Name == userText)
            ?? (TryNumber(userText, out var wanted)
                ? PasswdEntry.ReadAll(passwd).FirstOrDefault(entry => entry.Uid == wanted)
                : null);
        uint uid;
        if (entry is not null)
        {
            uid = entry.Uid;
        }
        else if (!TryNumber(userText, out uid))
        {
            throw NotFound("user", userText, "passwd");
        }

        var gid = groupText.Length > 0 ? FindGroup(groupText, groups) : entry?.Gid ?? 0;
        IEnumerable<uint> supplementary = groupText.Length == 0 && entry is not null
            ? groups.Where(candidate => candidate.Members.Contains(entry.Name, StringComparer.Ordinal)).Select(static found => found.Gid)
            : [];
        // The primary group is among them, as Docker has it since CVE-2022-36109: a process that changes its group would
        // otherwise leave a group that files may deny something to.
        return new ContainerUser(
            uid, gid,
            [.. supplementary.Concat(additionalGroups.Select(name => FindGroup(name, groups))).Prepend(gid).Distinct()],
            entry is { Home.Length: > 0 } ? entry.Home : "/");
    }

    private static uint FindGroup(string text, List<GroupEntry> groups) =>
        groups.Find(candidate => candidate.Name == text) is { } byName ? byName.Gid
        : TryNumber(text, out var number) ? number
        : throw NotFound("group", text, "group");

    private static bool TryNumber(string text, out uint number) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= MaxId;

    private static EngineException NotFound(string kind, string name, string file) => new(
        EngineErrorCode.InvalidArgument, EngineErrorReason.UserNotFound,
        $"Unable to find {kind} '{name}': no matching entry in the image's /etc/{file}. Use a number, or a name that is there.",
        name);
}
