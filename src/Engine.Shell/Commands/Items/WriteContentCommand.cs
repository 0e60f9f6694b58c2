using System.Collections;
using System.Management.Automation;
using System.Text;
using Microsoft.PowerShell.Commands;

namespace Engine.Shell.Commands.Items;

/// <summary>What Set-Content and Add-Content share: all lines of a pipeline into each of the paths.</summary>
internal abstract class WriteContentCommand : ItemCommand
{
    private readonly List<object?> _values = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LiteralPath", "LP")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object?[]? Value { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    [Parameter]
    [EncodingArgument]
    public Encoding Encoding { get; set; } = EncodingArgumentAttribute.Default;

    /// <summary>Whether what is there stays.</summary>
    protected abstract bool Append { get; }

    protected override void ProcessRecord() => _values.AddRange(Value ?? []);

    protected override void EndProcessing()
    {
        foreach (var path in Path.Where(path => ShouldProcess($"Path: {path}", Append ? "Add Content" : "Set Content")))
        {
            Try(path, () => Write(path));
        }

        if (PassThru)
        {
            WriteObject(_values, enumerateCollection: true);
        }
    }

    private void Write(string path)
    {
        var file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (provider.ImplementingType != typeof(FileSystemProvider))
        {
            WriteToProvider(path);
        }
        else if (AsByteStream)
        {
            using var stream = new FileStream(file, Append ? FileMode.Append : FileMode.Create);
            stream.Write([.. _values.Select(value => LanguagePrimitives.ConvertTo<byte>(value))]);
        }
        else
        {
            using var writer = TextFile.OpenWriter(file, Append, Encoding, Force);
            foreach (var value in _values)
            {
                writer.Write(LanguagePrimitives.ConvertTo<string>(value));
                writer.Write(NoNewline ? "" : Environment.NewLine);
            }
        }
    }

    private void WriteToProvider(string path)
    {
        if (!Append && InvokeProvider.Item.Exists(path))
        {
            InvokeProvider.Content.Clear(path);
        }

        foreach (var writer in InvokeProvider.Content.GetWriter(path))
        {
            using (writer)
            {
                writer.Seek(0, Append ? SeekOrigin.End : SeekOrigin.Begin);
                writer.Write(new ArrayList(_values));
                writer.Close();
            }
        }
    }
}
