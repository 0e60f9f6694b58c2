using Engine.Linux.Files;
using Engine.Linux.Mounts;

namespace Engine.Linux.Tests.Fixtures;

/// <summary>A directory of the test's own. What is mounted in it is unmounted, and all of it removed, when the test ends.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory() => Path = Directory.CreateTempSubdirectory("engine-linux-").FullName;

    public string Path { get; }

    public string Sub(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        MountPoint.UnmountTree(Path);
        using RootedDirectory parent = RootedDirectory.Open(System.IO.Path.GetDirectoryName(Path)!);
        parent.RemoveTree(System.Text.Encoding.UTF8.GetBytes(System.IO.Path.GetFileName(Path)));
    }
}
