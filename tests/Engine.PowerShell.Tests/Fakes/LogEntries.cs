using System.Text;

namespace Engine.Commands.Tests;

internal static class LogEntries
{
    public static ContainerLogEntry Entry(string text, ContainerStream stream = ContainerStream.Output, bool partial = false) =>
        new(DateTimeOffset.UnixEpoch, stream, Encoding.UTF8.GetBytes(text), partial);

    public static IEnumerable<ContainerLogEntry> Lines(params string[] lines) => lines.Select(l => Entry(l));
}
