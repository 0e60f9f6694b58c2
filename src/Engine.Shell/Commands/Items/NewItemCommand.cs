using System.Management.Automation;
using Engine.Shell.Commands.Items;

namespace Microsoft.PowerShell.Commands;

/// <summary>New-Item: a file, a folder, a link, or what else a provider makes.</summary>
[Cmdlet(VerbsCommon.New, "Item", SupportsShouldProcess = true)]
internal sealed class NewItemCommand : ItemCommand
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [""];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Name { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Type")]
    public string? ItemType { get; set; }

    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Target")]
    public object? Value { get; set; }

    protected override void ProcessRecord()
    {
        if (Name is null && Path is [""])
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException("New-Item needs -Path or -Name."),
                "MissingArgument",
                ErrorCategory.InvalidArgument,
                null));
        }

        foreach (var path in Path)
        {
            var target = Name is null ? path : SessionState.Path.Combine(path, Name);
            var destination = SessionState.Path.GetUnresolvedProviderPathFromPSPath(target);
            if (ShouldProcess($"Destination: {destination}", $"Create {ItemType ?? "File"}"))
            {
                Try(target, () =>
                    WriteObject(
                        InvokeProvider.Item.New([path], Name, ItemType, Value, Force), enumerateCollection: true));
            }
        }
    }
}
