namespace Engine.Commands;

/// <summary>
/// Work that runs side by side and is finished in the order it was begun: output and errors of a pipeline come in the
/// order of its input.
/// </summary>
/// <param name="limit">How much may run at once.</param>
internal sealed class OrderedWork(int limit)
{
    private readonly Queue<(Task Task, Action<Task> Finish)> _begun = new();

    /// <summary>Begins a piece of work, after as many others have ended as it takes to keep the limit.</summary>
    public void Begin<T>(Func<Task<T>> work, Action<Task<T>> finish)
    {
        while (_begun.Count >= limit)
        {
            FinishFirst();
        }

        _begun.Enqueue((Task.Run(work), task => finish((Task<T>)task)));
        while (_begun.Count > 0 && _begun.Peek().Task.IsCompleted)
        {
            FinishFirst();
        }
    }

    /// <summary>Waits for everything that was begun.</summary>
    public void FinishAll()
    {
        while (_begun.Count > 0)
        {
            FinishFirst();
        }
    }

    private void FinishFirst()
    {
        (Task task, Action<Task> finish) = _begun.Dequeue();
        // Not Wait: a failure belongs to the one who finishes it.
        Task.WhenAny(task).GetAwaiter().GetResult();
        finish(task);
    }
}
