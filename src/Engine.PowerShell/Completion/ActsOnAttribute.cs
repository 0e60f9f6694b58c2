namespace Engine.Commands;

/// <summary>The states of the containers that a cmdlet can act on; completion offers only those.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ActsOnAttribute(params ContainerState[] states) : Attribute
{
    public IReadOnlyList<ContainerState> States => states;
}
