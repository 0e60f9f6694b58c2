namespace Engine.Integration.Tests.Harness;

/// <summary>An engine that the tests of one class have to themselves, and may kill.</summary>
public sealed class OwnEngineFixture : EngineFixture;
