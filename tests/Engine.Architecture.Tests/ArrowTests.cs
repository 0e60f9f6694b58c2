using System.Xml.Linq;

namespace Engine.Architecture.Tests;

/// <summary>Which project may know which. Everything here is a decision: a new arrow is a change of the design.</summary>
public sealed class ArrowTests
{
    // Assembly, and the assemblies of this project that it may use.
    public static TheoryData<string, string[]> Arrows => new()
    {
        { "Engine.Model", [] },
        { "Engine.Protocol", ["Engine.Model"] },
        { "Engine.Client", ["Engine.Model", "Engine.Protocol"] },
        { "Engine.PowerShell", ["Engine.Model", "Engine.Client"] },
        { "Engine.Oci", ["Engine.Model"] },
        { "Engine.Linux", ["Engine.Model"] },
        { "Engine.Core", ["Engine.Model", "Engine.Oci", "Engine.Linux"] },
        // Linux: a process has sockets, a mask and groups before it has an engine.
        { "engined", ["Engine.Model", "Engine.Protocol", "Engine.Core", "Engine.Linux"] },
    };

    // The part of an assembly's name that says whose it is, and the assemblies that must not use it.
    public static TheoryData<string, string> Strangers => new()
    {
        { "Engine.Model", "Grpc" }, { "Engine.Model", "Google" }, { "Engine.Model", "Microsoft" },
        { "Engine.Oci", "Grpc" }, { "Engine.Oci", "Google" }, { "Engine.Oci", "Microsoft.AspNetCore" }, { "Engine.Oci", "Tmds" },
        { "Engine.Linux", "Grpc" }, { "Engine.Linux", "Google" }, { "Engine.Linux", "Microsoft.AspNetCore" },
        { "Engine.Core", "Grpc" }, { "Engine.Core", "Google" }, { "Engine.Core", "Microsoft.AspNetCore" },
        { "Engine.Core", "Microsoft.Extensions.Hosting" }, { "Engine.Core", "Tmds" },
        // PowerShell's load context must never see these: they live in the module's own, behind Engine.Client.
        { "Engine.PowerShell", "Grpc" }, { "Engine.PowerShell", "Google" }, { "Engine.PowerShell", "Microsoft.Extensions" },
        { "Engine.PowerShell", "Microsoft.AspNetCore" }, { "Engine.Client", "Microsoft.AspNetCore" },
        { "Engine.Client", "System.Management.Automation" },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void Arrows_run_one_way(string assembly, string[] allowed)
    {
        var used = BuiltAssembly.Read(assembly).References
            .Where(name => name == "engined" || name.StartsWith("Engine.", StringComparison.Ordinal));
        Assert.Empty(used.Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Strangers))]
    public void What_an_assembly_must_not_know_it_does_not_use(string assembly, string stranger) =>
        Assert.DoesNotContain(
            BuiltAssembly.Read(assembly).References,
            name => name == stranger || name.StartsWith($"{stranger}.", StringComparison.Ordinal));

    [Theory]
    [InlineData("Engine.Model")]
    [InlineData("Engine.Protocol")]
    [InlineData("Engine.Client")]
    [InlineData("Engine.PowerShell")]
    [InlineData("Engine.Oci")]
    [InlineData("Engine.Core")]
    [InlineData("engined")]
    public void Only_Engine_Linux_calls_the_kernel(string assembly) =>
        Assert.Empty(BuiltAssembly.Read(assembly).PlatformCalls);

    [Fact]
    public void The_metadata_reader_finds_what_there_is()
    {
        Assert.NotEmpty(BuiltAssembly.Read("Engine.Linux").PlatformCalls);
        Assert.Contains("Engine.Core", BuiltAssembly.Read("engined").References);
    }

    [Fact]
    public void Every_project_of_src_is_in_the_solution_and_has_arrows_or_stands_alone()
    {
        string[] alone = ["Engine.Shell", "Engine.Tools"];
        var known = Arrows.Select(row => row.Data.Item1 == "engined" ? "Engine.Daemon" : row.Data.Item1).Concat(alone).Order();
        var there = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension).Order().ToList();
        Assert.Equal(known, there);

        var solution = XDocument.Load(Path.Combine(Repository.Root, "src", "Engine.slnx"))
            .Descendants("Project").Select(project => Path.GetFileNameWithoutExtension((string)project.Attribute("Path")!)).ToList();
        Assert.Empty(there.Except(solution));
        var tests = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.csproj", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension);
        Assert.Empty(tests.Except(solution));
    }

    [Fact]
    public void Versions_of_packages_stand_in_one_file() =>
        Assert.Empty(
            from folder in new[] { "src", "tests" }
            from project in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories)
            where XDocument.Load(project).Descendants("PackageReference")
                .Any(reference => reference.Attribute("Version") is not null || reference.Element("Version") is not null)
            select Repository.Relative(project));
}
