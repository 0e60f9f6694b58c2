using System.Globalization;
using System.Management.Automation;
using System.Xml.Linq;

namespace Engine.Tools.Help;

/// <summary>Writes MAML, the XML that Get-Help reads.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace s_items = "http://msh";

    /// <summary>The help of all cmdlets that have a page.</summary>
    public static XDocument Write(IEnumerable<(CmdletInfo Cmdlet, HelpPage Page)> commands) => new(
        new XElement(s_items + "helpItems", new XAttribute("schema", "maml"),
            commands.Select(command => Command(command.Cmdlet, command.Page))));

    private static XElement Command(CmdletInfo cmdlet, HelpPage page) => new(
        s_command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", s_maml),
        new XAttribute(XNamespace.Xmlns + "command", s_command),
        new XAttribute(XNamespace.Xmlns + "dev", s_dev),
        new XElement(s_command + "details",
            new XElement(s_command + "name", cmdlet.Name),
            new XElement(s_command + "verb", cmdlet.Verb),
            new XElement(s_command + "noun", cmdlet.Noun),
            new XElement(s_maml + "description", Paragraphs([page.Synopsis]))),
        new XElement(s_maml + "description", Paragraphs(page.Description)),
        new XElement(s_command + "syntax", cmdlet.ParameterSets
            .OrderByDescending(set => set.IsDefault).Select(set => SyntaxItem(cmdlet, set, page))),
        new XElement(s_command + "parameters", Merged(cmdlet).Select(parameter => Parameter(parameter, page))),
        Types("inputTypes", "inputType", page.Inputs),
        Types("returnValues", "returnValue", page.Outputs),
        new XElement(s_maml + "alertSet", new XElement(s_maml + "alert", Paragraphs(page.Notes))),
        new XElement(s_command + "examples", page.Examples.Select(Example)),
        new XElement(s_maml + "relatedLinks", page.Links.Select(link => new XElement(
            s_maml + "navigationLink", new XElement(s_maml + "linkText", link.Text),
                new XElement(s_maml + "uri", link.Uri)))));

    private static XElement SyntaxItem(CmdletInfo cmdlet, CommandParameterSetInfo set, HelpPage page) => new(
        s_command + "syntaxItem",
        new XElement(s_maml + "name", cmdlet.Name),
        set.Parameters.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
            .OrderBy(parameter => parameter.Position < 0 ? int.MaxValue : parameter.Position)
            .ThenByDescending(parameter => parameter.IsMandatory)
            .Select(parameter => Parameter(parameter, page)));

    // A parameter of several sets: as the first set that has it has it, the default set first.
    private static IEnumerable<CommandParameterInfo> Merged(CmdletInfo cmdlet) => cmdlet.ParameterSets
        .OrderByDescending(set => set.IsDefault)
        .SelectMany(set => set.Parameters)
        .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
        .DistinctBy(parameter => parameter.Name)
        .OrderBy(parameter => parameter.Name, StringComparer.Ordinal);

    private static XElement Parameter(CommandParameterInfo parameter, HelpPage page)
    {
        var isSwitch = parameter.ParameterType == typeof(SwitchParameter);
        var type = TypeName(parameter.ParameterType);
        var values = parameter.Attributes.OfType<ValidateSetAttribute>().SelectMany(set => set.ValidValues).ToList();
        return new XElement(
            s_command + "parameter",
            new XAttribute("required", parameter.IsMandatory ? "true" : "false"),
            new XAttribute("variableLength", parameter.ParameterType.IsArray ? "true" : "false"),
            new XAttribute("globbing", parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any()
                ? "true"
                : "false"),
            new XAttribute("pipelineInput", PipelineInput(parameter)),
            new XAttribute("position", parameter.Position < 0
                ? "named"
                : parameter.Position.ToString(CultureInfo.InvariantCulture)),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(s_maml + "name", parameter.Name),
            new XElement(s_maml + "Description", Paragraphs(TextOf(parameter.Name, page))),
            values.Count == 0 ? null : new XElement(s_command + "parameterValueGroup",
                values.Select(value =>
                    new XElement(s_command + "parameterValue", new XAttribute("required", "false"), value))),
            isSwitch
                || values.Count > 0
                    ? null
                    : new XElement(s_command + "parameterValue", new XAttribute("required", "true"), type),
            new XElement(s_dev + "type", new XElement(s_maml + "name", type), new XElement(s_maml + "uri")),
            new XElement(s_dev + "defaultValue", DefaultOf(parameter, isSwitch)));
    }

    private static IReadOnlyList<string> TextOf(string parameter, HelpPage page) =>
        page.Parameters.TryGetValue(parameter, out var text) ? text : parameter switch
        {
            "WhatIf" => ["Shows what would happen. Nothing is done."],
            "Confirm" => ["Asks before each change."],
            _ => [],
        };

    private static string DefaultOf(CommandParameterInfo parameter, bool isSwitch) =>
        parameter.Attributes.OfType<PSDefaultValueAttribute>().FirstOrDefault() is { } given
            ? given.Help ?? Convert.ToString(given.Value, CultureInfo.InvariantCulture) ?? "None"
            : isSwitch ? "False" : "None";

    private static string PipelineInput(CommandParameterInfo parameter)
    {
        var ways = new List<string>();
        if (parameter.ValueFromPipeline)
        {
            ways.Add("ByValue");
        }

        if (parameter.ValueFromPipelineByPropertyName)
        {
            ways.Add("ByPropertyName");
        }

        return ways.Count == 0 ? "False" : $"True ({string.Join(", ", ways)})";
    }

    private static string TypeName(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? TypeName(inner) : type switch
        {
            { IsArray: true } => TypeName(type.GetElementType()!) + "[]",
            _ => type.Name,
        };

    private static XElement Types(
        string list, string item, IReadOnlyList<(string Type, IReadOnlyList<string> Text)> types) => new(
        s_command + list,
        types.Select(type => new XElement(
            s_command + item,
            new XElement(s_dev + "type", new XElement(s_maml + "name", type.Type)),
            new XElement(s_maml + "description", Paragraphs(type.Text)))));

    private static XElement Example(HelpExample example, int index) => new(
        s_command + "example",
        new XElement(
            s_maml + "title",
                string.Create(CultureInfo.InvariantCulture, $"---- Example {index + 1}: {example.Title} ----")),
        new XElement(s_maml + "introduction", new XElement(s_maml + "para", "PS> ")),
        new XElement(s_dev + "code", example.Code),
        // Get-Help's view runs two examples into one another where there are no remarks at all.
        new XElement(s_dev + "remarks", Paragraphs(example.Remarks.Count == 0 ? [""] : example.Remarks)));

    private static IEnumerable<XElement> Paragraphs(IReadOnlyList<string> texts) =>
        texts.Select(text => new XElement(s_maml + "para", text));
}
