using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Engine.Commands.Tests;

public class ImportTests
{
    private static readonly string[] s_views =
        Directory.GetFiles(Path.Combine(ModuleAssembly.Root, "module", "formats"), "*.ps1xml");

    [Fact]
    public void Importing_again_and_again_exports_the_same()
    {
        using var session = new Session();
        int count = session.Get("Get-Command -Module Engine").Length;
        for (int i = 0; i < 2; i++)
        {
            session.Get($"Import-Module '{ModuleAssembly.Manifest}' -Force");
            Assert.Equal(count, session.Get("Get-Command -Module Engine").Length);
        }

        Assert.Equal(["EngineNotRunning"], session.Run("Get-Container -Engine unix:///nonexistent").ErrorIds);
    }

    [Fact]
    public void Dependencies_live_in_a_context_of_their_own_and_not_in_powershells()
    {
        using var session = new Session();
        session.Get("Get-Command -Module Engine -Syntax");
        session.Run("Get-Container -Engine unix:///nonexistent");
        AssemblyLoadContext own = AssemblyLoadContext.All.Single(c => c.Name == "Engine");
        string?[] isolated = [.. own.Assemblies.Select(a => a.GetName().Name)];
        Assert.Contains("Engine.Client", isolated);
        Assert.Contains("Grpc.Net.Client", isolated);
        Assert.Contains("Google.Protobuf", isolated);
        // The tests themselves bring Engine.Protocol and the server's half of gRPC; what only the module needs is not here.
        string?[] visible = [.. AssemblyLoadContext.Default.Assemblies.Select(a => a.GetName().Name)];
        Assert.DoesNotContain("Engine.Client", visible);
        Assert.DoesNotContain("Grpc.Net.Client", visible);
        Assert.Single(visible, "Engine.Model");
        Assert.Single(visible, "Engine.PowerShell");
    }

    [Fact]
    public void Only_two_assemblies_lie_where_powershell_looks()
    {
        string[] files = [.. Directory.GetFiles(Path.Combine(ModuleAssembly.Root, "module", "bin"), "*.dll").Select(Path.GetFileName).Order()!];
        Assert.Equal(["Engine.Model.dll", "Engine.PowerShell.dll"], files);
    }

    [Fact]
    public void Nothing_that_powershell_reflects_on_mentions_a_dependency()
    {
        string[] allowed = ["Engine.Model", "Engine.PowerShell", "System.Management.Automation"];
        const BindingFlags all = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;
        foreach (Type type in typeof(EngineModule).Assembly.GetExportedTypes())
        {
            IEnumerable<Type> mentioned = type.GetMethods(all)
                .SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType))
                .Concat(type.GetProperties(all).Select(p => p.PropertyType))
                .Concat(type.GetInterfaces())
                .Append(type.BaseType ?? typeof(object));
            foreach (Type other in mentioned.SelectMany(t => t.IsGenericType ? t.GetGenericArguments().Append(t) : [t]))
            {
                string name = other.Assembly.GetName().Name!;
                Assert.True(
                    allowed.Contains(name) || name.StartsWith("System.", StringComparison.Ordinal), $"{type} mentions {other} of {name}");
            }
        }
    }

    [Fact]
    public void Types_can_be_named_in_scripts()
    {
        using var session = new Session();
        Assert.Equal(typeof(Container), session.Get("[Engine.Container]").Single().BaseObject);
        Assert.NotNull(session.Get("'Engine.ContainerMount' -as [type]").Single());
    }

    [Fact]
    public void Views_load_without_errors()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        foreach (string file in s_views)
        {
            state.Formats.Add(new SessionStateFormatEntry(file));
        }

        state.ThrowOnRunspaceOpenError = true;
        using Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        Assert.Equal(RunspaceState.Opened, runspace.RunspaceStateInfo.State);
    }

    [Theory]
    [InlineData(typeof(Container))]
    [InlineData(typeof(ContainerExit))]
    [InlineData(typeof(ContainerImage))]
    [InlineData(typeof(ContainerLogLine))]
    [InlineData(typeof(ImageHistoryEntry))]
    [InlineData(typeof(ImageRemoval))]
    [InlineData(typeof(PrunedItem))]
    [InlineData(typeof(PushResult))]
    [InlineData(typeof(StoreFinding))]
    [InlineData(typeof(EngineConnection))]
    [InlineData(typeof(EngineInfo))]
    [InlineData(typeof(EngineEvent))]
    public void Each_object_and_its_exported_form_have_views_of_properties_that_exist(Type type)
    {
        XElement[] views = [.. s_views.SelectMany(f => XDocument.Load(f).Descendants("View"))
            .Where(v => v.Descendants("TypeName").Any(t => t.Value == type.FullName))];
        Assert.NotEmpty(views);
        foreach (XElement view in views)
        {
            Assert.Contains($"Deserialized.{type.FullName}", view.Descendants("TypeName").Select(t => t.Value));
            Assert.All(view.Descendants("PropertyName"), p => Assert.NotNull(type.GetProperty(p.Value)));
            Assert.All(view.Descendants("ScriptBlock"), script =>
            {
                Assert.NotNull(ScriptBlock.Create(script.Value));
                Assert.All(
                    Regex.Matches(script.Value, @"\$_\.(\w+)\b(?!\()").Select(m => m.Groups[1].Value),
                    name => Assert.NotNull(type.GetProperty(name)));
            });
        }
    }
}
