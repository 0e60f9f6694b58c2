using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Engine.Shell.Commands.Objects;

namespace Engine.Shell.Commands.Data;

/// <summary>Writes an object, as PowerShell sees it, as JSON.</summary>
internal sealed class JsonDocumentWriter(int depth, bool compress, bool enumsAsStrings)
{
    /// <summary>Something lay deeper than the depth, and was written as its text.</summary>
    public bool Truncated { get; private set; }

    /// <summary>The document's text.</summary>
    public string Write(object? value)
    {
        using var stream = new MemoryStream();
        // Only what JSON itself reserves is escaped, as in the original: this text goes into no HTML page.
        var options = new JsonWriterOptions
        {
            Indented = !compress,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (var writer = new Utf8JsonWriter(stream, options))
        {
            Write(writer, value, 0);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private void Write(Utf8JsonWriter writer, object? value, int level)
    {
        var wrapped = value as PSObject;
        value = wrapped is null or { BaseObject: PSCustomObject } ? value : wrapped.BaseObject;
        if (WriteScalar(writer, value))
        {
            return;
        }

        if (level > depth)
        {
            Truncated = true;
            writer.WriteStringValue(LanguagePrimitives.ConvertTo<string>(value));
            return;
        }

        if (value is not IDictionary && value is IEnumerable many and not PSObject)
        {
            writer.WriteStartArray();
            foreach (var item in many)
            {
                Write(writer, item, level + 1);
            }

            writer.WriteEndArray();
            return;
        }

        writer.WriteStartObject();
        foreach (var (name, property) in ObjectProperties.Of(wrapped ?? PSObject.AsPSObject(value!)))
        {
            writer.WritePropertyName(name);
            Write(writer, property, level + 1);
        }

        writer.WriteEndObject();
    }

    private bool WriteScalar(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null or DBNull:
                writer.WriteNullValue();
                return true;
            case string text:
                writer.WriteStringValue(text);
                return true;
            case bool flag:
                writer.WriteBooleanValue(flag);
                return true;
            case SwitchParameter given:
                writer.WriteBooleanValue(given.IsPresent);
                return true;
            case DateTime time:
                writer.WriteStringValue(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture));
                return true;
            case DateTimeOffset time:
                writer.WriteStringValue(time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture));
                return true;
            case Enum item when enumsAsStrings:
                writer.WriteStringValue(item.ToString());
                return true;
            case Enum item:
                WriteDigits(writer, item.ToString("D"));
                return true;
            case char or Guid or Uri:
                writer.WriteStringValue(value.ToString());
                return true;
            default:
                return WriteNumber(writer, value);
        }
    }

    private static bool WriteNumber(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case double number when double.IsFinite(number):
                // 1 as a double is 1.0, so that it comes back as one.
                var digits = number.ToString("R", CultureInfo.InvariantCulture);
                WriteDigits(writer, digits.AsSpan().IndexOfAny(".E") < 0 ? digits + ".0" : digits);
                return true;
            case float number when float.IsFinite(number):
                writer.WriteNumberValue(number);
                return true;
            case double or float:
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                return true;
            case decimal or BigInteger or sbyte or byte or short or ushort or int or uint or long or ulong:
                WriteDigits(writer, Convert.ToString(value, CultureInfo.InvariantCulture)!);
                return true;
            default:
                return false;
        }
    }

    // A number by its digits, whatever its size. WriteRawValue would do it, but for the indentation that it leaves out.
    private static void WriteDigits(Utf8JsonWriter writer, string digits)
    {
        using var number = JsonDocument.Parse(digits);
        number.RootElement.WriteTo(writer);
    }
}
