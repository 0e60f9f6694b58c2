using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Engine.Architecture.Tests;

/// <summary>
/// What Engine.Shell is made of with <c>-p:PowerShellSdk=true</c>, as far as that shows where no feed serves the SDK.
/// </summary>
public sealed class PowerShellSdkTests
{
    private static readonly string s_project = Path.Combine(Repository.Root, "src/Engine.Shell/Engine.Shell.csproj");

    private static readonly string[] s_everyday = ["Commands/", "Formatting/"];

    [Fact]
    public async Task The_sdk_takes_the_place_of_the_bare_engine_and_of_the_everyday_cmdlets()
    {
        JsonNode items = await EvaluateAsync("-p:PowerShellSdk=true");
        string[] packages = Names(items, "PackageReference");
        Assert.Contains("Microsoft.PowerShell.SDK", packages);
        Assert.DoesNotContain("System.Management.Automation", packages);
        Assert.Contains("Microsoft.PowerShell.SDK", Names(items, "PackageVersion"));
        string[] sources = Names(items, "Compile");
        Assert.Contains("Program.cs", sources);
        Assert.DoesNotContain(sources, IsEveryday);
    }

    [Fact]
    public async Task Without_the_sdk_the_everyday_cmdlets_are_there()
    {
        JsonNode items = await EvaluateAsync();
        string[] packages = Names(items, "PackageReference");
        Assert.Contains("System.Management.Automation", packages);
        Assert.DoesNotContain("Microsoft.PowerShell.SDK", packages);
        Assert.Contains(Names(items, "Compile"), IsEveryday);
    }

    private static bool IsEveryday(string source) =>
        s_everyday.Any(folder => source.StartsWith(folder, StringComparison.Ordinal));

    private static string[] Names(JsonNode items, string type) =>
        [.. items["Items"]![type]!.AsArray().Select(item => ((string)item!["Identity"]!).Replace('\\', '/'))];

    private static async Task<JsonNode> EvaluateAsync(params string[] properties)
    {
        string[] arguments =
            ["msbuild", s_project, "-getItem:Compile,PackageReference,PackageVersion", "-nologo", .. properties];
        using var build = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        string output = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(build.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {output}");
        return JsonNode.Parse(output)!;
    }
}
