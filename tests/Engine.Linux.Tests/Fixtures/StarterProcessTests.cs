namespace Engine.Linux.Tests.Fixtures;

public sealed class StarterProcessTests
{
    /// <summary>Never part of a run: only <see cref="StarterProcess"/> asks for it, in a process of its own.</summary>
    [Fact(Explicit = true)]
    public Task Start_a_container_and_wait() => StarterProcess.StartAndWaitAsync(TestContext.Current.CancellationToken);
}
