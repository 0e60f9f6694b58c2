using System.Collections;
using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Takes engines as connections, names of connections of this session, or addresses.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EngineTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        null => null,
        PSObject { BaseObject: not PSCustomObject } wrapped => Transform(engineIntrinsics, wrapped.BaseObject),
        string or EngineConnection or Uri or PSObject => new[] { One(inputData) },
        IEnumerable many => many.Cast<object?>().Select(One).ToArray(),
        _ => throw NotAnEngine(inputData),
    };

    private static EngineConnection One(object? input) => input switch
    {
        PSObject { BaseObject: not PSCustomObject } wrapped => One(wrapped.BaseObject),
        EngineConnection connection => connection,
        Uri uri => Find(uri.OriginalString),
        string text => Find(text),
        // A connection that went through Export-Clixml or remoting has only its properties left.
        PSObject exported when exported.Properties["Uri"]?.Value is { } uri => Find(uri.ToString()!),
        _ => throw NotAnEngine(input),
    };

    private static EngineConnection Find(string text)
    {
        try
        {
            return EngineSession.Current.Find(text);
        }
        catch (EngineException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    private static ArgumentTransformationMetadataException NotAnEngine(object? input) =>
        new($"'{input}' is neither a connection nor the name or address of one.");
}
