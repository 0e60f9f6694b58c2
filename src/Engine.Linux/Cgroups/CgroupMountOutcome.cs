namespace Engine.Linux.Cgroups;

/// <summary>What became of a controller that nothing had mounted.</summary>
/// <param name="Controller">Its name.</param>
/// <param name="Failure">Why it could not be mounted; null when it is now.</param>
public sealed record CgroupMountOutcome(string Controller, string? Failure);
