using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Engine.Commands.Tests;

/// <summary>What holds for every cmdlet: docs/design section 6 and the module's own promises.</summary>
public partial class CmdletConventionTests
{
    private static readonly string[] s_reading =
        [VerbsCommon.Get, VerbsCommon.Find, VerbsLifecycle.Wait, VerbsCommon.Watch, VerbsCommunications.Connect, VerbsCommunications.Disconnect];

    // They make objects in memory, and change nothing.
    private static readonly string[] s_describing = ["New-ContainerMount", "New-ContainerManifest", "Set-ContainerManifest"];

    // These begin or name a connection: there is no engine yet to choose; or they ask none.
    private static readonly string[] s_withoutEngine =
        ["Connect-Engine", "Start-Engine", "Disconnect-ContainerRegistry", .. s_describing];

    // Plurals by nature, and docker's own words.
    private static readonly string[] s_pluralByNature =
        ["Cpus", "CpuShares", "PidsLimit", "NoNewPrivileges", "Uts", "Tmpfs", "Alias", "Os", "AllTags"];

    public static TheoryData<Type> Cmdlets => [.. typeof(EngineModule).Assembly.GetExportedTypes()
        .Where(t => t.GetCustomAttribute<CmdletAttribute>() is not null)];

    [Fact]
    public void The_manifest_exports_every_cmdlet_and_nothing_else()
    {
        using var session = new Session();
        string[] exported = [.. session.Get("(Get-Module Engine).ExportedCommands.Keys").Select(k => k.ToString()).Order()];
        Assert.Equal(Cmdlets.Select(c => NameOf(c.Data)).Order(), exported);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_verb_is_approved(Type cmdlet)
    {
        string verb = cmdlet.GetCustomAttribute<CmdletAttribute>()!.VerbName;
        Type[] approved = [typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic),
            typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity)];
        Assert.Contains(verb, approved.SelectMany(a => a.GetFields()).Select(f => (string)f.GetRawConstantValue()!));
        Assert.Equal($"{NameOf(cmdlet).Replace("-", "", StringComparison.Ordinal)}Command", cmdlet.Name);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void What_changes_something_can_be_asked_what_if(Type cmdlet)
    {
        CmdletAttribute attribute = cmdlet.GetCustomAttribute<CmdletAttribute>()!;
        // To be signed in to a registry is kept beyond the session.
        bool changes = attribute.NounName == "ContainerRegistry"
            || (!s_reading.Contains(attribute.VerbName) && !s_describing.Contains(NameOf(cmdlet)));
        Assert.Equal(changes, attribute.SupportsShouldProcess);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void It_says_what_it_returns(Type cmdlet) => Assert.NotEmpty(cmdlet.GetCustomAttributes<OutputTypeAttribute>());

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_engine_can_be_chosen(Type cmdlet) =>
        Assert.Equal(!s_withoutEngine.Contains(NameOf(cmdlet)), cmdlet.GetProperty("Engine") is not null);

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Parameters_are_singular_words(Type cmdlet)
    {
        foreach (string name in Parameters(cmdlet).Select(p => p.Name))
        {
            Assert.True(char.IsUpper(name[0]), name);
            Assert.True(
                s_pluralByNature.Contains(name) || !name.EndsWith('s') || name.EndsWith("ss", StringComparison.Ordinal), $"{name} is a plural");
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void It_has_a_help_page_of_all_its_parameters_and_no_others(Type cmdlet)
    {
        string path = Path.Combine(ModuleAssembly.Root, "module", "docs", "en-US", $"{NameOf(cmdlet)}.md");
        Assert.True(File.Exists(path), $"{path} is missing");
        string page = File.ReadAllText(path);
        string[] headings = ["SYNOPSIS", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];
        Assert.Equal(headings, SectionHeading().Matches(page).Select(m => m.Groups[1].Value));
        Assert.True(ExampleHeading().Count(page) >= 2, "fewer than two examples");
        string[] documented = [.. ParameterHeading().Matches(page).Select(m => m.Groups[1].Value)];
        Assert.Equal(Parameters(cmdlet).Select(p => p.Name).Order(), documented.Order());
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_examples_are_powershell_that_parses_and_names_parameters_that_exist(Type cmdlet)
    {
        string page = File.ReadAllText(Path.Combine(ModuleAssembly.Root, "module", "docs", "en-US", $"{NameOf(cmdlet)}.md"));
        using var session = new Session();
        foreach (Match example in CodeBlock().Matches(page))
        {
            var ast = System.Management.Automation.Language.Parser.ParseInput(example.Groups[1].Value, out _, out var errors);
            Assert.Empty(errors);
            foreach (var command in ast.FindAll(a => a is System.Management.Automation.Language.CommandAst, true)
                .Cast<System.Management.Automation.Language.CommandAst>()
                .Where(c => Cmdlets.Any(known => NameOf(known.Data) == c.GetCommandName())))
            {
                Type type = Cmdlets.First(known => NameOf(known.Data) == command.GetCommandName()).Data;
                foreach (var parameter in command.CommandElements.TakeWhile(e => e.Extent.Text != "--")
                    .OfType<System.Management.Automation.Language.CommandParameterAst>())
                {
                    Assert.Contains(
                        parameter.ParameterName,
                        Parameters(type).Select(p => p.Name).Concat(Cmdlet.CommonParameters).Concat(Cmdlet.OptionalCommonParameters));
                }
            }
        }
    }

    [Fact]
    public void Every_reason_that_a_help_page_names_exists()
    {
        string[] reasons = [.. typeof(EngineErrorReason).GetFields().Select(f => f.Name)];
        foreach (string path in Directory.GetFiles(Path.Combine(ModuleAssembly.Root, "module", "docs", "en-US"), "*.md"))
        {
            string page = File.ReadAllText(path);
            string notes = page[page.IndexOf("## NOTES", StringComparison.Ordinal)..page.IndexOf("## RELATED", StringComparison.Ordinal)];
            Assert.All(ReasonText().Matches(notes).Select(m => m.Groups[1].Value), r => Assert.Contains(r, reasons));
        }
    }

    private static string NameOf(Type cmdlet)
    {
        CmdletAttribute attribute = cmdlet.GetCustomAttribute<CmdletAttribute>()!;
        return $"{attribute.VerbName}-{attribute.NounName}";
    }

    private static IEnumerable<PropertyInfo> Parameters(Type cmdlet) =>
        cmdlet.GetProperties().Where(p => p.GetCustomAttributes<ParameterAttribute>().Any());

    [GeneratedRegex(@"^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex SectionHeading();

    [GeneratedRegex(@"^### Example \d+: \S", RegexOptions.Multiline)]
    private static partial Regex ExampleHeading();

    [GeneratedRegex(@"^### -(\w+)$", RegexOptions.Multiline)]
    private static partial Regex ParameterHeading();

    [GeneratedRegex(@"^```powershell\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^- `(\w+)`", RegexOptions.Multiline)]
    private static partial Regex ReasonText();
}
