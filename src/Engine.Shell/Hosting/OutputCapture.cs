using System.Text;

namespace Engine.Shell.Hosting;

/// <summary>Text that would have gone to the console, in lines.</summary>
internal sealed class OutputCapture(int width, Action<OutputCapture> ended) : IDisposable
{
    private readonly StringBuilder _text = new();

    /// <summary>The width that the text is formatted for, in columns.</summary>
    public int Width { get; } = width;

    /// <summary>Adds text, and a line's end if asked.</summary>
    public void Write(string text, bool newLine)
    {
        _text.Append(text);
        if (newLine)
        {
            _text.Append(Environment.NewLine);
        }
    }

    /// <summary>Takes what was written since the last call.</summary>
    public string Take()
    {
        var text = _text.ToString();
        _text.Clear();
        return text;
    }

    public void Dispose() => ended(this);
}
