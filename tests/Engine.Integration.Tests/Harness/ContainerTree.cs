namespace Engine.Integration.Tests.Harness;

/// <summary>A script that describes all that a container's root file system holds, and nothing that is mounted.</summary>
internal static class ContainerTree
{
    /// <summary>
    /// Names, kinds, modes, owners, devices and links of all, and of what is no directory also sizes, times and content.
    /// The files of the network are mounted, and the container's own.
    /// </summary>
    public const string Describe =
        "own() { grep -v -e ^/etc/hosts -e ^/etc/hostname -e ^/etc/resolv.conf; }; "
        + "find / -xdev -type d | sort | xargs stat -c '%n %a %u:%g'; "
        + "find / -xdev ! -type d | own | sort | xargs stat -c '%n %F %a %u:%g %s %Y %h %t:%T'; "
        + "find / -xdev -type l | sort | while read l; do echo $l $(readlink $l); done; "
        + "find / -xdev -type f | own | sort | xargs sha256sum";
}
