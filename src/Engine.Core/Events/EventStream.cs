namespace Engine.Core.Events;

/// <summary>
/// Hands each event to everyone who watches, and remembers the last ones for those who come late. Publishing never
/// waits: a watcher that falls more than <see cref="EventSubscription.Capacity"/> events behind is cut off, and told.
/// </summary>
public sealed class EventStream(TimeProvider time)
{
    /// <summary>How many past events are remembered, as many as Docker remembers.</summary>
    public const int Remembered = 256;

    private readonly Lock _gate = new();
    private readonly Queue<EngineEvent> _past = new(Remembered);
    private readonly List<EventSubscription> _subscriptions = [];

    /// <summary>Publishes an event of now.</summary>
    public void Publish(
        EngineEventType type, string action, string id, string name,
        IReadOnlyDictionary<string, string>? attributes = null)
    {
        lock (_gate)
        {
            // The time is taken under the lock: the order of events is the order of their times.
            var happened = new EngineEvent
            {
                Time = time.GetUtcNow(),
                Type = type,
                Action = action,
                Id = id,
                Name = name,
                Attributes = attributes ?? new Dictionary<string, string>(),
            };
            if (_past.Count == Remembered)
            {
                _past.Dequeue();
            }

            _past.Enqueue(happened);
            foreach (var subscription in _subscriptions)
            {
                subscription.Offer(happened);
            }
        }
    }

    internal EventSubscription Subscribe(EventQuery query)
    {
        var subscription = new EventSubscription(this, query, time);
        lock (_gate)
        {
            if (query.Since is not null)
            {
                foreach (var past in _past)
                {
                    subscription.Offer(past);
                }
            }

            _subscriptions.Add(subscription);
        }

        return subscription;
    }

    internal void Remove(EventSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
        }
    }
}
