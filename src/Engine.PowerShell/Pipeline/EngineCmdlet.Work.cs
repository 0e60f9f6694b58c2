using System.Management.Automation;

namespace Engine.Commands;

/// <content>Long work: it tells meanwhile how far it is, and may go on in a job.</content>
public abstract partial class EngineCmdlet
{
    // What a person gives on one line. An engine has limits of its own; a hundred calls that wait for them help nobody.
    private const int WorksAtOnce = 4;

    /// <summary>
    /// Does pieces of work, several side by side, and writes what they yield; a failure is an error about that piece's
    /// target, and ends only it.
    /// </summary>
    private protected void WriteWork<T>(IReadOnlyList<EngineWork<T>> works) => RunReporting(async (pump, reports) =>
    {
        var merge = new StreamMerge<T>([.. works.Select(w => w.Reporting(reports))], pump.Stopped, Limit(works));
        await foreach (StreamMerge<T>.Next next in merge.ReadAsync(pump.Stopped).ConfigureAwait(false))
        {
            await pump.PostAsync(() => Write(next)).ConfigureAwait(false);
        }
    });

    /// <summary>Does pieces of work in a job, which outlives the cmdlet, and writes the job.</summary>
    private protected void WriteJob<T>(IReadOnlyList<EngineWork<T>> works) =>
        WriteJob(EngineJob.Start(MyInvocation.Statement, Location(works.Select(w => w.Engine)), works, Limit(works)));

    /// <summary>Runs work that reports, to its end.</summary>
    private protected void RunReporting(Func<PipelinePump, IWorkReports, Task> work)
    {
        PipelineReports? reports = null;
        try
        {
            PipelinePump.Run(pump => work(pump, reports = new PipelineReports(this, pump)), PipelineStopToken);
        }
        catch (OperationCanceledException) when (PipelineStopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        reports?.WriteLate();
    }

    private static int Limit<T>(IEnumerable<EngineWork<T>> works) =>
        WorksAtOnce * works.Select(w => w.Engine).Distinct().Count();

    private static string Location(IEnumerable<EngineConnection> engines) => string.Join(", ", engines.Distinct());

    private void WriteJob(EngineJob job)
    {
        JobRepository.Add(job);
        WriteObject(job);
    }

    private void Write<T>(StreamMerge<T>.Next next)
    {
        if (next.Error is null)
        {
            WriteObject(next.Item);
        }
        else
        {
            WriteError(ErrorRecords.From(next.Error, next.Target));
        }
    }
}
