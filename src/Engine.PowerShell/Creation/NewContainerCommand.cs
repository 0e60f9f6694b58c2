using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Makes a container, without starting it.</summary>
[Cmdlet(VerbsCommon.New, "Container", SupportsShouldProcess = true)]
[OutputType(typeof(Container))]
public sealed class NewContainerCommand : ContainerCreationCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (EngineConnection engine in Engines)
        {
            if (ShouldProcess(Description, "Create"))
            {
                Try(() => WriteObject(Create(engine, Configure())), Name ?? Image);
            }
        }
    }
}
