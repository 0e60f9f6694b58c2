using static Tmds.Linux.LibC;

namespace Engine.Linux.Accounts;

/// <summary>Whom this process acts for (credentials(7)).</summary>
public static class ProcessIdentity
{
    /// <summary>The effective user.</summary>
    public static uint UserId => geteuid();
}
