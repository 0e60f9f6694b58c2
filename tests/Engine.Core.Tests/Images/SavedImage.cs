namespace Engine.Core.Tests.Images;

/// <summary>
/// An image of two layers, made by umoci: the second deletes, replaces and adds to what the first has.
/// </summary>
internal static class SavedImage
{
    /// <summary>
    /// Makes an OCI layout in a directory; the image is called <c>latest</c> there. Gives the directory back.
    /// </summary>
    public static string Layout(string directory)
    {
        foreach (var tool in (string[])["umoci", "skopeo"])
        {
            Assert.SkipUnless(File.Exists("/usr/bin/" + tool), $"{tool} is not installed.");
        }

        var layout = Path.Combine(directory, "layout");
        var bundle = Path.Combine(directory, "bundle");
        Tool.Shell(
            $"""
            mkdir -p {directory}; cd {directory}
            umoci init --layout {layout}; umoci new --image {layout}:latest
            umoci unpack --image {layout}:latest {bundle}
            cd {bundle}/rootfs
            mkdir -p bin etc/kept etc/gone etc/replaced/below tmp dev
            chmod 1777 tmp
            cp /bin/busybox bin/busybox; ln -s busybox bin/sh
            echo one > etc/kept/first; echo one > etc/gone/file; echo one > etc/file; echo one > etc/replaced/old
            echo one > etc/to-directory
            umoci repack --image {layout}:latest {bundle}; rm -rf {bundle}
            umoci unpack --image {layout}:latest {bundle}
            cd {bundle}/rootfs
            echo two > etc/kept/second; rm -rf etc/gone; rm etc/file
            rm -rf etc/replaced; mkdir etc/replaced; echo two > etc/replaced/new
            rm etc/to-directory; mkdir etc/to-directory; echo two > etc/to-directory/inside
            umoci repack --image {layout}:latest {bundle}; rm -rf {bundle}
            umoci config --image {layout}:latest --config.cmd sh --config.env KEY=value --author tester
            """);
        return layout;
    }

    public static string Archive(string layout, string path)
    {
        Tool.Shell($"tar -C {layout} -cf {path} .");
        return path;
    }
}
