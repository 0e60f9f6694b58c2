using Engine.Core.Images.Content;
using Engine.Core.Images.Layers;
using Engine.Oci.Distribution;
using Engine.Oci.Documents;

namespace Engine.Core.Images.Pull;

/// <summary>One download of a blob, for everybody who waits for it.</summary>
internal sealed class BlobDownload : IRegistryObserver, IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<RegistryWarnings> _observers = [];
    private readonly List<LayerProgress> _progress = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BlobDownload(BlobStore blobs, Descriptor blob, RemoteRepository source)
    {
        Source = source;
        Blob = blob;
        Content = new ArrivingBlob(blobs, blob, Arrived);
    }

    /// <summary>Where it comes from.</summary>
    public RemoteRepository Source { get; }

    public Descriptor Blob { get; }

    public ArrivingBlob Content { get; }

    /// <summary>How many wait for it; guarded by <see cref="BlobDownloads"/>.</summary>
    public int Users { get; set; }

    /// <summary>Ends when the download has begun, or failed.</summary>
    public Task HasBegun => _begun.Task;

    /// <summary>Ends when all of it is there and verified, or failed.</summary>
    public Task HasArrived => _arrived.Task;

    /// <summary>Ends when it is kept under its name; tells the failure.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Begins, when there is room among all the engine's downloads.</summary>
    public void Start(SemaphoreSlim slots) => Completion = Task.Run(() => RunAsync(slots));

    public void Watch(LayerProgress progress, RegistryWarnings observer)
    {
        lock (_gate)
        {
            _progress.Add(progress);
            _observers.Add(observer);
        }
    }

    public void Unwatch(LayerProgress progress, RegistryWarnings observer)
    {
        lock (_gate)
        {
            _progress.Remove(progress);
            _observers.Remove(observer);
        }
    }

    /// <summary>Stops it, and waits until nothing of it is left.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Completion.ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default).ConfigureAwait(false);
        Dispose();
    }

    void IRegistryObserver.Warning(string text)
    {
        foreach (var observer in Copy(_observers))
        {
            observer.Warning(text);
        }
    }

    void IRegistryObserver.Retrying(string what, TimeSpan delay, Exception cause)
    {
        foreach (var progress in Copy(_progress))
        {
            progress.Retrying(delay, Content.Length);
        }
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(SemaphoreSlim slots)
    {
        using (Content)
        {
            try
            {
                await slots.WaitAsync(_stop.Token).ConfigureAwait(false);
                try
                {
                    _begun.TrySetResult();
                    await Source.Open(this).DownloadBlobAsync(Blob, Content, _stop.Token).ConfigureAwait(false);
                }
                finally
                {
                    slots.Release();
                }

                _arrived.TrySetResult();
                Content.Keep();
            }
            catch (Exception error)
            {
                Content.Fail(error);
                throw;
            }
            finally
            {
                // Whoever waits for these looks at the completion next.
                _begun.TrySetResult();
                _arrived.TrySetResult();
            }
        }
    }

    private void Arrived(long bytes)
    {
        foreach (var progress in Copy(_progress))
        {
            progress.Downloading(bytes);
        }
    }

    private T[] Copy<T>(List<T> list)
    {
        lock (_gate)
        {
            return [.. list];
        }
    }
}
