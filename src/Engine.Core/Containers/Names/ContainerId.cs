using System.Security.Cryptography;

namespace Engine.Core.Containers.Names;

/// <summary>Makes ids of containers.</summary>
internal static class ContainerId
{
    /// <summary>
    /// 64 random hexadecimal digits. Ids whose first twelve are all decimal are passed over, as Docker does: the short
    /// id becomes a host name, which some programs would take for a number.
    /// </summary>
    public static string New()
    {
        while (true)
        {
            var id = RandomNumberGenerator.GetHexString(64, lowercase: true);
            if (id.AsSpan(0, 12).ContainsAnyExceptInRange('0', '9'))
            {
                return id;
            }
        }
    }
}
