using System.Management.Automation;

namespace Engine.Commands;

public sealed partial class InvokeContainerCommand
{
    private LineAssembler _lines = new();

    private ValueTask Receive(PipelinePump pump, ContainerLogEntry entry)
    {
        if (entry.Stream == ContainerStream.Output && AsByteStream)
        {
            return pump.PostAsync(() => WriteBytes(entry));
        }

        return _lines.Add(entry) is { } line ? pump.PostAsync(() => WriteLine(line, entry.Stream)) : ValueTask.CompletedTask;
    }

    // The last line of a program that does not end it.
    private void WriteRest()
    {
        foreach (ContainerStream stream in Enum.GetValues<ContainerStream>())
        {
            if (_lines.TakeRest(stream) is { } rest)
            {
                WriteLine(rest, stream);
            }
        }
    }

    private void WriteBytes(ContainerLogEntry entry)
    {
        WriteObject(entry.Content.ToArray(), enumerateCollection: true);
        if (!entry.Partial)
        {
            WriteObject((byte)'\n');
        }
    }

    private void WriteLine(string line, ContainerStream stream)
    {
        if (stream == ContainerStream.Output || StandardError == StandardErrorDestination.Output)
        {
            WriteObject(line);
        }
        else if (StandardError == StandardErrorDestination.Host)
        {
            // PSHOST is what makes Write-Host's records shown whatever $InformationPreference says.
            WriteInformation(new HostInformationMessage { Message = line }, ["PSHOST", "stderr"]);
        }
        else if (StandardError == StandardErrorDestination.Error)
        {
            WriteError(ErrorRecords.From(
                new EngineException(EngineErrorCode.Conflict, EngineErrorReason.ContainerStandardError, line), Name ?? Image));
        }
    }
}
