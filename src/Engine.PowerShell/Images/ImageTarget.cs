namespace Engine.Commands;

/// <summary>An image that a cmdlet is to work on.</summary>
/// <param name="Engine">Where it is.</param>
/// <param name="Reference">What the engine is asked for: the id of an object, else what the user gave.</param>
/// <param name="Display">What people call it.</param>
/// <param name="Target">What errors about it point to.</param>
internal sealed record ImageTarget(EngineConnection Engine, string Reference, string Display, object Target);
