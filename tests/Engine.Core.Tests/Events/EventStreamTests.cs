using Engine.Core.Events;
using Microsoft.Extensions.Time.Testing;

namespace Engine.Core.Tests.Events;

public sealed class EventStreamTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly EventStream _stream;
    private readonly WatchEvents _watch;

    public EventStreamTests()
    {
        _stream = new EventStream(_time);
        _watch = new WatchEvents(_stream);
    }

    [Fact]
    public async Task A_watch_sees_what_happens_after_it_began_and_nothing_before()
    {
        Publish("a", "start");
        using var watch = _watch.Begin(new EventQuery());
        Publish("b", "start");
        Assert.Equal("b", (await FirstAsync(watch)).Id);
    }

    [Fact]
    public async Task The_past_is_replayed_as_far_as_it_is_remembered()
    {
        var begin = _time.GetUtcNow();
        for (var i = 0; i < EventStream.Remembered + 10; i++)
        {
            Publish($"{i}", "start");
        }

        using var watch = _watch.Begin(new EventQuery { Since = begin, Until = begin });
        var events = await AllAsync(watch);
        Assert.Equal(EventStream.Remembered, events.Count);
        Assert.Equal("10", events[0].Id);
    }

    [Fact]
    public async Task Filters_narrow_each_other()
    {
        using var watch = _watch.Begin(new EventQuery
        {
            Types = [EngineEventType.Container],
            Actions = ["die"],
            Objects = ["abc"],
            Labels = ["tier=web"],
        });
        Publish("abcd", "start", "tier", "web");
        Publish("xyz", "die", "tier", "web");
        Publish("abcd", "die", "tier", "db");
        _stream.Publish(EngineEventType.Image, "die", "abcd", "");
        Publish("abcd", "die", "tier", "web");
        var seen = await FirstAsync(watch);
        Assert.Equal(("abcd", "die", "web"), (seen.Id, seen.Action, seen.Attributes["tier"]));
    }

    [Fact]
    public async Task A_watcher_that_does_not_keep_up_is_told()
    {
        using var watch = _watch.Begin(new EventQuery());
        for (var i = 0; i <= EventSubscription.Capacity; i++)
        {
            Publish("x", "start");
        }

        var error = await Assert.ThrowsAsync<EngineException>(() => AllAsync(watch));
        Assert.Equal(EngineErrorReason.EventsMissed, error.Reason);
    }

    [Fact]
    public async Task A_watch_ends_at_its_end()
    {
        using var watch = _watch.Begin(new EventQuery { Until = _time.GetUtcNow().AddSeconds(5) });
        Publish("in", "start");
        var all = AllAsync(watch);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Single(await all.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void An_end_before_the_beginning_is_refused()
    {
        var error = Assert.Throws<EngineException>(() => _watch.Begin(
            new EventQuery { Since = _time.GetUtcNow(), Until = _time.GetUtcNow().AddSeconds(-1) }));
        Assert.Equal(EngineErrorReason.InvalidFilter, error.Reason);
    }

    private void Publish(string id, string action, string? label = null, string? value = null) => _stream.Publish(
        EngineEventType.Container, action, id, "name-" + id,
        label is null ? null : new Dictionary<string, string> { [label] = value! });

    private static async Task<EngineEvent> FirstAsync(EventSubscription watch)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await foreach (var seen in watch.ReadAllAsync(limit.Token))
        {
            return seen;
        }

        throw new InvalidOperationException("The watch ended without an event.");
    }

    private static async Task<List<EngineEvent>> AllAsync(EventSubscription watch)
    {
        var events = new List<EngineEvent>();
        await foreach (var seen in watch.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            events.Add(seen);
        }

        return events;
    }
}
