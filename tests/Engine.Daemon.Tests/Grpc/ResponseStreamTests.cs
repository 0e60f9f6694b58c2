using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Engine.Daemon.Grpc;

namespace Engine.Daemon.Tests.Grpc;

public sealed class ResponseStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(1000)]
    public async Task Items_that_are_there_travel_together_and_the_last_is_flushed(int count)
    {
        var responses = new KeptResponses<int>();
        await responses.WriteAllAsync(_ => Enumerable.Range(0, count).ToAsyncEnumerable(), item => item, Token);
        Assert.Equal(Enumerable.Range(0, count), responses.Written.Select(written => written.Message));
        Assert.Equal((count + 31) / 32, responses.Written.Count(written => written.Flushed));
        Assert.True(count == 0 || responses.Written[^1].Flushed);
    }

    [Fact]
    public async Task An_item_whose_successor_has_to_be_waited_for_is_not_held_back()
    {
        var source = Channel.CreateUnbounded<int>();
        var responses = new KeptResponses<int>();
        var writing = responses.WriteAllAsync(ct => source.Reader.ReadAllAsync(ct), item => item, Token);
        source.Writer.TryWrite(1);
        Assert.True(SpinWait.SpinUntil(() => responses.Written.Count == 1, TimeSpan.FromSeconds(10)));
        Assert.True(responses.Written[0].Flushed);
        source.Writer.Complete();
        await writing;
    }

    [Fact]
    public async Task A_reader_that_is_gone_ends_the_source()
    {
        var ended = new TaskCompletionSource();
        var responses = new KeptResponses<int> { FailsAt = 1 };
        await Assert.ThrowsAsync<IOException>(() => responses.WriteAllAsync(ct => EndlessAsync(ended, ct), item => item, Token));
        Assert.True(ended.Task.IsCompleted);
    }

    [Fact]
    public async Task A_source_that_fails_is_reported_after_what_it_gave()
    {
        var responses = new KeptResponses<int>();
        await Assert.ThrowsAsync<InvalidDataException>(() => responses.WriteAllAsync(_ => FailingAsync(), item => item, Token));
        Assert.Equal([(1, true)], responses.Written);
    }

    private static async IAsyncEnumerable<int> EndlessAsync(
        TaskCompletionSource ended, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            yield return 1;
            yield return 2;
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            ended.SetResult();
        }
    }

    private static async IAsyncEnumerable<int> FailingAsync()
    {
        yield return 1;
        await Task.Yield();
        throw new InvalidDataException();
    }
}
