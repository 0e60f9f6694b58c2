using System.Globalization;

namespace Engine.Core.Images.Layers;

/// <summary>
/// Tells what happens to one layer, a few times a second. Downloading and unpacking go on at the same time: what is
/// told is the download while there is one.
/// </summary>
internal sealed class LayerProgress(IProgress<ImageProgress>? progress, string item, long total)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private bool _downloading;
    private bool _done;
    private string _told = "";
    private long _toldAt;

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

    /// <summary>The download failed and is tried again.</summary>
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

    /// <summary>The layer and its blob are there.</summary>
    /// <param name="before">True when they were there before.</param>
    public void Done(bool before) => End(before ? "Already exists" : "Done");

    private void End(string activity)
    {
        Tell(activity, total);
        lock (_gate)
        {
            _done = true;
        }
    }

    private void Tell(string activity, long bytes)
    {
        lock (_gate)
        {
            var now = TimeProvider.System.GetTimestamp();
            if (progress is null || _done || (activity == _told && bytes < total
                && TimeProvider.System.GetElapsedTime(_toldAt, now) < s_interval))
            {
                return;
            }

            (_told, _toldAt) = (activity, now);
            progress.Report(new ImageProgress(item, activity, bytes, total));
        }
    }
}
