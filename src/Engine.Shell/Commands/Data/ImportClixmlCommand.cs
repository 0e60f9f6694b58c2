using System.Management.Automation;
using System.Xml;
using Engine.Shell.Commands.Items;

namespace Microsoft.PowerShell.Commands;

/// <summary>Import-Clixml: the objects that Export-Clixml wrote.</summary>
[Cmdlet(VerbsData.Import, "Clixml")]
internal sealed class ImportClixmlCommand : ItemCommand
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LiteralPath", "LP")]
    public string[] Path { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            Try(path, () =>
            {
                foreach (var file in SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _))
                {
                    WriteObject(Read(file), enumerateCollection: true);
                }
            });
        }
    }

    private static object Read(string file)
    {
        try
        {
            return PSSerializer.Deserialize(File.ReadAllText(file));
        }
        catch (XmlException error)
        {
            throw new IOException($"'{file}' is no CLIXML document: {error.Message}", error);
        }
    }
}
