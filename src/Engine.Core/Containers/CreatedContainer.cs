namespace Engine.Core.Containers;

/// <summary>What the creation of a container came to.</summary>
/// <param name="Container">The container.</param>
/// <param name="Warnings">What was accepted, and does not work on this host as it was asked for.</param>
public sealed record CreatedContainer(Container Container, IReadOnlyList<string> Warnings);
