using System.Globalization;

namespace Engine.Core.Images.Layers;

/// <summary>
/// Tells what happens to one layer. Downloading and unpacking go on at the same time: what is told is the download while
/// there is one.
/// </summary>
internal sealed class LayerProgress(IProgress<ImageProgress>? progress, string item, long total)
{
    private readonly ItemProgress _told = new(progress, item, total);
    private readonly Lock _gate = new();
    private bool _downloading;
    private bool _ended;

    /// <summary>Nothing yet: others come first.</summary>
    public void Waiting() => Tell("Waiting", 0);

    /// <summary>So many bytes have come.</summary>
    public void Downloading(long bytes)
    {
        lock (_gate)
        {
            _downloading = bytes < total;
        }

        Tell("Downloading", bytes);
    }

    /// <summary>It failed and is tried again.</summary>
    public void Retrying(TimeSpan delay, long bytes) => Tell(
        string.Create(CultureInfo.InvariantCulture, $"Retrying in {Math.Max(1, Math.Ceiling(delay.TotalSeconds))} s"),
        bytes);

    /// <summary>So many of the compressed bytes are unpacked.</summary>
    public void Unpacking(long bytes)
    {
        lock (_gate)
        {
            if (_downloading)
            {
                return;
            }
        }

        Tell("Unpacking", bytes);
    }

    /// <summary>So many bytes were sent.</summary>
    public void Pushing(long bytes) => Tell("Pushing", bytes);

    /// <summary>The registry has taken it from another of its repositories.</summary>
    public void Mounted(string repository) => End($"Mounted from {repository}");

    /// <summary>It is where it should be.</summary>
    /// <param name="before">True when it was there before.</param>
    public void Done(bool before) => End(before ? "Already exists" : "Done");

    private void Tell(string activity, long bytes)
    {
        lock (_gate)
        {
            if (!_ended)
            {
                _told.Report(activity, bytes);
            }
        }
    }

    private void End(string activity)
    {
        Tell(activity, total);
        lock (_gate)
        {
            _ended = true;
        }
    }
}
