using System.Management.Automation;
using System.Text;

namespace Engine.Shell.Commands.Items;

/// <summary>Takes PowerShell's names of encodings, a code page's name, or an Encoding.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EncodingArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>PowerShell's default: UTF-8 without a byte order mark.</summary>
    public static Encoding Default { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is not string name ? value : name.ToLowerInvariant() switch
        {
            "utf8" or "utf8nobom" or "default" => Default,
            "utf8bom" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
            "ascii" => Encoding.ASCII,
            "unicode" or "utf16" => Encoding.Unicode,
            "bigendianunicode" => Encoding.BigEndianUnicode,
            "utf32" => Encoding.UTF32,
            "bigendianutf32" => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
            "latin1" => Encoding.Latin1,
            _ => Encoding.GetEncoding(name),
        };
    }
}
