using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace Engine.Shell.Hosting;

/// <summary>Asks for one field's value: what PowerShell does for a mandatory parameter that was not given.</summary>
internal sealed class FieldPrompt(ShellUserInterface ui, FieldDescription field)
{
    private readonly Type _type =
        LanguagePrimitives.TryConvertTo<Type>(field.ParameterTypeFullName, out var type) ? type : typeof(string);

    /// <summary>Asks until the answer converts to the field's type.</summary>
    public object? Ask()
    {
        if (_type.IsArray || (typeof(IList).IsAssignableFrom(_type) && _type != typeof(string)))
        {
            return AskMany();
        }

        return AskOne($"{field.Name}: ", _type);
    }

    // One line an element; an empty one ends the list.
    private ArrayList AskMany()
    {
        var values = new ArrayList();
        var element = _type.GetElementType() ?? typeof(object);
        while (AskOne(
            string.Create(CultureInfo.InvariantCulture, $"{field.Name}[{values.Count}]: "), element) is { } value
            && value as string != "")
        {
            values.Add(value);
        }

        return values;
    }

    private object? AskOne(string prompt, Type type)
    {
        if (type == typeof(PSCredential))
        {
            return ui.PromptForCredential(field.Name, "", "", "");
        }

        while (true)
        {
            ui.Write(prompt);
            if (type == typeof(SecureString))
            {
                return ui.ReadLineAsSecureString();
            }

            var answer = ui.ReadLine();
            if (answer == "!?" && !string.IsNullOrEmpty(field.HelpMessage))
            {
                ui.WriteLine(field.HelpMessage);
                continue;
            }

            if (answer.Length == 0)
            {
                return "";
            }

            if (LanguagePrimitives.TryConvertTo(answer, type, CultureInfo.InvariantCulture, out var value))
            {
                return value;
            }

            ui.WriteErrorLine($"'{answer}' is no {type.Name}.");
        }
    }
}
