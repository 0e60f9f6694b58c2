namespace Engine.Core.Images;

/// <summary>A container that was made of an image.</summary>
/// <param name="ContainerId">Its id.</param>
/// <param name="ContainerName">Its name.</param>
/// <param name="Running">True while it has a process: then its image cannot be removed, not even by force.</param>
public sealed record ImageUser(string ContainerId, string ContainerName, bool Running);
