using Engine.Core.Containers.Records;

namespace Engine.Core.Containers;

/// <summary>Turns what the engine keeps of a container into what users see.</summary>
internal sealed class ContainerView(TimeProvider time)
{
    public Container Of(ContainerRecord record) => new()
    {
        Id = record.Id,
        Name = record.Name,
        Image = record.Image,
        ImageId = record.ImageId,
        State = record.State,
        Status = StatusText.Of(record, time.GetUtcNow()),
        ExitCode = record.ExitCode,
        Error = record.Error,
        OomKilled = record.OomKilled,
        Pid = record.Process?.Pid,
        CreatedAt = record.CreatedAt,
        StartedAt = record.StartedAt,
        FinishedAt = record.FinishedAt,
        RestartCount = record.RestartCount,
        Command = record.CommandLine,
        Configuration = record.Configuration,
    };
}
