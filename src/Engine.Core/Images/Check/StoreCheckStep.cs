namespace Engine.Core.Images.Check;

/// <summary>What a check of the store tells next: one of the two.</summary>
/// <param name="Progress">What is looked at now.</param>
/// <param name="Finding">What is wrong.</param>
public sealed record StoreCheckStep(StoreCheckProgress? Progress, StoreFinding? Finding);
