namespace Engine.Commands;

/// <summary>A container that a cmdlet is to work on.</summary>
/// <param name="Engine">Where it is.</param>
/// <param name="Reference">What the engine is asked for: the id of an object, else what the user gave.</param>
/// <param name="Display">What people call it.</param>
/// <param name="Target">What errors about it point to: the object or the name that the user gave.</param>
internal sealed record ContainerTarget(EngineConnection Engine, string Reference, string Display, object Target);
