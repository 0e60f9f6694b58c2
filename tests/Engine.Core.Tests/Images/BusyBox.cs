namespace Engine.Core.Tests.Images;

/// <summary>A root file system of busybox alone: small, and it runs.</summary>
internal static class BusyBox
{
    /// <summary>Writes its tar, and gives the path back.</summary>
    public static string Tar(string path)
    {
        var root = path + ".root";
        Tool.Shell(
            $"""
            mkdir -p {root}/bin {root}/tmp {root}/etc {root}/proc {root}/dev
            chmod 1777 {root}/tmp
            cp /bin/busybox {root}/bin/busybox
            ln -s busybox {root}/bin/sh
            echo 'root:x:0:0:root:/:/bin/sh' > {root}/etc/passwd
            tar --numeric-owner -C {root} -cf {path} .
            """);
        return path;
    }
}
