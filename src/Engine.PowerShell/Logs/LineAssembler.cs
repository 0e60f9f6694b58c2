using System.Buffers;
using System.Text;

namespace Engine.Commands;

/// <summary>Puts the pieces of a container's log together to lines of text, each stream apart from the other.</summary>
internal sealed class LineAssembler
{
    // A container that never writes a newline must not fill the memory: a line of this many bytes is cut.
    private const int MaxLineLength = 16 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly ArrayBufferWriter<byte> _error = new();

    /// <summary>Takes a piece.</summary>
    /// <returns>The line that it ended, without its newline; null when it ended none.</returns>
    public string? Add(in ContainerLogEntry entry)
    {
        ArrayBufferWriter<byte> begun = entry.Stream == ContainerStream.Error ? _error : _output;
        if (begun.WrittenCount == 0 && !entry.Partial)
        {
            return Text(entry.Content.Span);
        }

        begun.Write(entry.Content.Span);
        return entry.Partial && begun.WrittenCount < MaxLineLength ? null : Take(begun);
    }

    /// <summary>What was begun and never ended, once the container has.</summary>
    public string? TakeRest(ContainerStream stream)
    {
        ArrayBufferWriter<byte> begun = stream == ContainerStream.Error ? _error : _output;
        return begun.WrittenCount == 0 ? null : Take(begun);
    }

    private static string Take(ArrayBufferWriter<byte> begun)
    {
        string line = Text(begun.WrittenSpan);
        begun.ResetWrittenCount();
        return line;
    }

    // PowerShell takes CR LF for one newline in what native programs write, too.
    private static string Text(ReadOnlySpan<byte> line) =>
        Encoding.UTF8.GetString(line is [.. var text, (byte)'\r'] ? text : line);
}
