namespace Engine.Core.Images;

/// <summary>Reports progress in steps that are worth a message: the engine reads a gigabyte a second.</summary>
internal sealed class ImportProgress(IProgress<ImageProgress>? progress, string item, string activity, long? total)
{
    private const long Step = 4L << 20;
    private long _reported = -Step;

    public void Report(long current)
    {
        if (progress is not null && (current - _reported >= Step || current == total))
        {
            _reported = current;
            progress.Report(new ImageProgress(item, activity, current, total));
        }
    }
}
