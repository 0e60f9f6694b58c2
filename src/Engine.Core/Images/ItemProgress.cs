namespace Engine.Core.Images;

/// <summary>
/// Tells how far the work on one thing is, a few times a second: the engine reads a gigabyte in that time. What is done
/// to it and its end are always told.
/// </summary>
/// <param name="progress">Whom to tell; null for nobody.</param>
/// <param name="item">What is worked on.</param>
/// <param name="total">The bytes in all; null when unknown.</param>
internal sealed class ItemProgress(IProgress<ImageProgress>? progress, string item, long? total)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private string _told = "";
    private long _last;
    private long _toldAt;

    public void Report(string activity, long current)
    {
        if (progress is null)
        {
            return;
        }

        lock (_gate)
        {
            var now = TimeProvider.System.GetTimestamp();
            if (activity != _told || (current == total && current != _last)
                || TimeProvider.System.GetElapsedTime(_toldAt, now) >= s_interval)
            {
                (_told, _last, _toldAt) = (activity, current, now);
                progress.Report(new ImageProgress(item, activity, current, total));
            }
        }
    }
}
