using Engine.Integration.Tests.Harness;

// One engine serves all tests that can share one: starting it costs more than most of them.
[assembly: AssemblyFixture(typeof(EngineFixture))]
