using System.Collections;
using System.Management.Automation;

namespace Engine.Commands;

/// <summary>
/// Takes names, and nothing that merely has a text form: PowerShell would otherwise take a log line that comes down the
/// pipeline for the name that its text happens to be, instead of reading its ContainerId.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NameTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (!IsName(inputData) && !(Unwrap(inputData) is IEnumerable many && many.Cast<object?>().All(IsName)))
        {
            // This cause, and no other, makes the binder go on to the object's properties.
            var cause = new PSInvalidCastException($"'{inputData}' is not a name.");
            throw new ArgumentTransformationMetadataException(cause.Message, cause);
        }

        return inputData;
    }

    // A number is what a name of digits is parsed to.
    private static bool IsName(object? input) => Unwrap(input) is string or ValueType and IConvertible;

    private static object? Unwrap(object? input) => input is PSObject wrapped ? wrapped.BaseObject : input;
}
