using System.Globalization;
using System.Management.Automation;

namespace Engine.Shell.Commands.Objects;

/// <summary>
/// PowerShell's order of values: nothing first, numbers as numbers, what does not compare by its text.
/// </summary>
internal sealed class ValueComparer(bool caseSensitive) : IComparer<object?>, IEqualityComparer<object?>
{
    public int Compare(object? x, object? y)
    {
        (x, y) = (Bare(x), Bare(y));
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        try
        {
            return LanguagePrimitives.Compare(x, y, !caseSensitive, CultureInfo.CurrentCulture);
        }
        catch (Exception error) when (error is ArgumentException or InvalidCastException)
        {
            return string.Compare(
                Text(x),
                Text(y),
                CultureInfo.CurrentCulture,
                caseSensitive ? CompareOptions.None : CompareOptions.IgnoreCase);
        }
    }

    public new bool Equals(object? x, object? y) => Compare(x, y) == 0;

    public int GetHashCode(object? obj) => string.GetHashCode(
        Text(Bare(obj)), caseSensitive ? StringComparison.CurrentCulture : StringComparison.CurrentCultureIgnoreCase);

    private static object? Bare(object? value) =>
        value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;

    private static string Text(object? value) => LanguagePrimitives.ConvertTo<string>(value) ?? "";
}
