using System.Text;
using Engine.Protocol.V1;
using Google.Protobuf.Reflection;

namespace Engine.Architecture.Tests;

/// <summary>
/// The contract engine.v1 as a text that is committed. A change that breaks clients shows in review: a number that moved,
/// a field that vanished, a call that takes something else.
/// </summary>
public sealed class ProtocolSnapshotTests
{
    private const string UpdateVariable = "ENGINE_UPDATE_SNAPSHOTS";

    private static readonly string s_path = Path.Combine(Repository.Root, "src", "Engine.Protocol", "engine.v1.snapshot.txt");

    [Fact]
    public async Task The_contract_is_the_one_that_was_committed()
    {
        var actual = Describe(ContainersReflection.Descriptor, ImagesReflection.Descriptor, SystemReflection.Descriptor);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            await File.WriteAllTextAsync(s_path, actual, TestContext.Current.CancellationToken);
        }

        var committed = File.Exists(s_path) ? await File.ReadAllTextAsync(s_path, TestContext.Current.CancellationToken) : "";
        Assert.True(
            committed == actual,
            $"""
            engine.v1 is not what {Repository.Relative(s_path)} says. If the change is meant, and breaks no client that is
            out there, run this test once with {UpdateVariable}=1 and commit the file. The first difference:
            {FirstDifference(committed, actual)}
            """);
    }

    private static string Describe(params ReadOnlySpan<FileDescriptor> files)
    {
        var text = new StringBuilder();
        foreach (var file in files)
        {
            foreach (var service in file.Services)
            {
                text.Append($"service {service.FullName}\n");
                foreach (var method in service.Methods)
                {
                    text.Append($"  rpc {method.Name}({Stream(method.IsClientStreaming)}{method.InputType.FullName}) ")
                        .Append($"returns ({Stream(method.IsServerStreaming)}{method.OutputType.FullName})\n");
                }
            }

            foreach (var message in file.MessageTypes)
            {
                Describe(text, message);
            }

            foreach (var enumeration in file.EnumTypes)
            {
                Describe(text, enumeration);
            }
        }

        return text.ToString();
    }

    private static void Describe(StringBuilder text, MessageDescriptor message)
    {
        text.Append($"message {message.FullName}\n");
        foreach (var field in message.Fields.InFieldNumberOrder())
        {
            var oneof = field.RealContainingOneof is { } group ? $" oneof {group.Name}" : "";
            text.Append($"  {field.FieldNumber} {Kind(field)} {field.Name}{oneof}\n");
        }

        foreach (var range in message.ToProto().ReservedRange)
        {
            text.Append($"  reserved {range.Start} to {range.End - 1}\n");
        }

        foreach (var enumeration in message.EnumTypes)
        {
            Describe(text, enumeration);
        }

        foreach (var nested in message.NestedTypes.Where(type => type.GetOptions()?.MapEntry != true))
        {
            Describe(text, nested);
        }
    }

    private static void Describe(StringBuilder text, EnumDescriptor enumeration)
    {
        text.Append($"enum {enumeration.FullName}\n");
        foreach (var value in enumeration.Values)
        {
            text.Append($"  {value.Number} {value.Name}\n");
        }
    }

    private static string Kind(FieldDescriptor field)
    {
        if (field.IsMap)
        {
            return $"map<{Type(field.MessageType.FindFieldByNumber(1))}, {Type(field.MessageType.FindFieldByNumber(2))}>";
        }

        var presence = field.IsRepeated ? "repeated " : field.HasPresence && field.FieldType != FieldType.Message ? "optional " : "";
        return presence + Type(field);
    }

    private static string Type(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.FullName,
        FieldType.Enum => field.EnumType.FullName,
        _ => field.FieldType.ToString().ToLowerInvariant(),
    };

    private static string Stream(bool streams) => streams ? "stream " : "";

    private static string FirstDifference(string committed, string actual)
    {
        string[] before = committed.Split('\n'), after = actual.Split('\n');
        var line = 0;
        while (line < Math.Min(before.Length, after.Length) && before[line] == after[line])
        {
            line++;
        }

        return $"line {line + 1}: committed '{before.ElementAtOrDefault(line)}', now '{after.ElementAtOrDefault(line)}'";
    }
}
