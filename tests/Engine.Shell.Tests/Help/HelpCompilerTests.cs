using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Engine.Shell.Tests.Fixtures;
using Engine.Tools.Help;

namespace Engine.Shell.Tests.Help;

/// <summary>Pages in, Get-Help out: with this very assembly as the module.</summary>
public sealed class HelpCompilerTests
{
    private const string Page = """
        ---
        title: front matter is skipped
        ---
        # Get-Sample

        ## SYNOPSIS
        Gets a `sample`.

        ## DESCRIPTION
        The first line
        goes on here.

        A second paragraph, see [the site](https://example.org/x).

        ## EXAMPLES

        ### Example 1: The first
        ```powershell
        Get-Sample -Name a
        # not a heading
        ```

        It gives:

        ```text
        a  b
        ```

        ### Example 2: The second
        ```powershell
        'a' | Get-Sample
        ```

        ## PARAMETERS

        ### -Name
        Its name & <more>.

        ### -Kind
        Which kind.

        ### -Loud
        Loudly.

        ## INPUTS

        ### System.String
        A name.

        ## OUTPUTS

        ### System.Int32
        A number.

        ## NOTES
        Noted.

        ## RELATED LINKS
        - [about_Sample](../about/about_Sample.md)
        - [Site](https://example.org)
        """;

    [Fact]
    public void Get_Help_shows_what_the_page_says()
    {
        using var module = new SampleModule(Page);
        Assert.Equal((0, ""), module.Compile(strict: true));
        Assert.Equal("Gets a sample.", module.Ask("(Get-Help Get-Sample).Synopsis"));
        Assert.Equal(
            "The first line goes on here.|A second paragraph, see the site (https://example.org/x).",
                module.Ask("(Get-Help Get-Sample).Description.Text.Trim() -join '|'"));
        Assert.Equal("2", module.Ask("(Get-Help Get-Sample).examples.example.Count"));
        Assert.Equal(
            "Get-Sample -Name a\n# not a heading", module.Ask("(Get-Help Get-Sample).examples.example[0].code"));
        Assert.Equal("Its name & <more>.", module.Ask("(Get-Help Get-Sample -Parameter Name).description.Text"));
        Assert.Equal(
            "true 0 True (ByValue)",
                module.Ask(
                    "Get-Help Get-Sample -Parameter Name | % { \"$($_.required) $($_.position) $($_.pipelineInput)\" }"));
        Assert.Equal("False", module.Ask("(Get-Help Get-Sample -Parameter Loud).defaultValue"));
        Assert.Contains("TOPIC", module.Ask("Get-Help about_Sample"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_told_and_fails_a_strict_run()
    {
        using var module = new SampleModule(
            Page.Replace("### -Kind\nWhich kind.", "### -Other\nWhat?", StringComparison.Ordinal)
            .Replace(
                "### Example 2: The second\n```powershell\n'a' | Get-Sample\n```\n", "", StringComparison.Ordinal));
        var (code, faults) = module.Compile(strict: true);
        Assert.Equal(1, code);
        Assert.Contains("-Kind is not described", faults, StringComparison.Ordinal);
        Assert.Contains("has no parameter -Other", faults, StringComparison.Ordinal);
        Assert.Contains("1 examples", faults, StringComparison.Ordinal);
        Assert.Equal(0, module.Compile(strict: false).Code);
    }

    [Theory]
    [InlineData("## SYNOPSIS", "## Synopsis", "is none of")]
    [InlineData("# Get-Sample", "# Get-Other", "the file's name something else")]
    [InlineData("### Example 1: The first", "### The first", "an example's heading")]
    [InlineData("```powershell", "```", "between ```powershell and ```")]
    [InlineData("### -Name", "### Name", "a parameter is")]
    public void A_page_that_is_not_in_the_format_says_where(string from, string to, string reason)
    {
        var fault = Assert.Throws<HelpPageException>(() => HelpPageReader.Parse(
            "/x/Get-Sample.md", Page.Replace(from, to, StringComparison.Ordinal).Split('\n')));
        Assert.StartsWith("/x/Get-Sample.md(", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    private sealed class SampleModule : IDisposable
    {
        private readonly TemporaryDirectory _folder = new();

        public SampleModule(string page)
        {
            Directory.CreateDirectory(_folder["docs/en-US"]);
            Directory.CreateDirectory(_folder["docs/about"]);
            _folder.Write("docs/en-US/Get-Sample.md", page);
            _folder.Write(
                "docs/about/about_Sample.md",
                    "# about_Sample\n\n## SHORT DESCRIPTION\nA sample.\n\n## LONG DESCRIPTION\n**More**.\n");
            File.Copy(typeof(GetSampleCommand).Assembly.Location, _folder["Sample.dll"]);
            _folder.Write(
                "Sample.psd1",
                    "@{ RootModule = 'Sample.dll'; ModuleVersion = '1.0'; CmdletsToExport = @('Get-Sample') }");
        }

        public (int Code, string Faults) Compile(bool strict)
        {
            using var faults = new StringWriter();
            var code = HelpCompiler.Run(
                new HelpOptions(_folder["Sample.psd1"], _folder["docs"], strict), TextWriter.Null, faults);
            return (code, faults.ToString());
        }

        public string Ask(string script)
        {
            using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
            runspace.Open();
            using var pipeline = PowerShell.Create(runspace);
            pipeline.AddScript($"Import-Module '{_folder["Sample.psd1"]}'").Invoke();
            pipeline.Commands.Clear();
            return string.Join('\n', pipeline.AddScript(script).Invoke()).TrimEnd();
        }

        public void Dispose() => _folder.Dispose();
    }
}
