using Engine.Oci.Distribution.Transport;

namespace Engine.Oci.Tests.Distribution.Transport;

/// <summary>An administrator who adds or renews a certificate need not restart the engine.</summary>
public sealed class RegistryCertificatesStampTests : IDisposable
{
    private const string Registry = "registry.test:5000";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("engine-certs-");

    private string Stamp => RegistryCertificates.Stamp([_root.FullName], Registry);

    [Fact]
    public void It_is_another_one_after_any_change_of_a_file_and_the_same_without_one()
    {
        string directory = Path.Combine(_root.FullName, Registry);
        string file = Path.Combine(directory, "ca.crt");
        var seen = new List<string> { Stamp };
        Directory.CreateDirectory(directory);
        Assert.Equal(seen[0], Stamp);
        File.WriteAllText(file, "one");
        seen.Add(Stamp);
        File.WriteAllText(file, "longer");
        seen.Add(Stamp);
        File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        seen.Add(Stamp);
        File.WriteAllText(Path.Combine(directory, "second.crt"), "two");
        seen.Add(Stamp);
        Assert.Equal(seen[^1], Stamp);
        Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Another_registry_s_files_do_not_count()
    {
        string before = Stamp;
        Directory.CreateDirectory(Path.Combine(_root.FullName, "other.test"));
        File.WriteAllText(Path.Combine(_root.FullName, "other.test", "ca.crt"), "other");
        Assert.Equal(before, Stamp);
    }

    public void Dispose() => _root.Delete(recursive: true);
}
