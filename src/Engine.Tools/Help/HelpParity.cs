using System.Management.Automation;

namespace Engine.Tools.Help;

/// <summary>Holds pages and cmdlets against each other.</summary>
internal static class HelpParity
{
    private const int LeastExamples = 2;

    /// <summary>One sentence for each thing that one has and the other lacks.</summary>
    public static IEnumerable<string> Check(IReadOnlyList<CmdletInfo> cmdlets, IReadOnlyList<HelpPage> pages)
    {
        foreach (var page in pages.Where(page => !cmdlets.Any(cmdlet => cmdlet.Name == page.Name)))
        {
            yield return $"{page.File}: the module exports no {page.Name}.";
        }

        foreach (var cmdlet in cmdlets)
        {
            var page = pages.FirstOrDefault(candidate => candidate.Name == cmdlet.Name);
            foreach (var fault in page is null ? [$"{cmdlet.Name} has no page."] : Check(cmdlet, page))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> Check(CmdletInfo cmdlet, HelpPage page)
    {
        if (page.Synopsis.Length == 0)
        {
            yield return $"{page.File}: the synopsis is empty.";
        }

        if (page.Description.Count == 0)
        {
            yield return $"{page.File}: the description is empty.";
        }

        if (page.Examples.Count < LeastExamples)
        {
            yield return $"{page.File}: {page.Examples.Count} examples; a page has at least {LeastExamples}.";
        }

        foreach (var name in ModuleCommands.OwnParameters(cmdlet).Where(name => !page.Parameters.ContainsKey(name)))
        {
            yield return $"{page.File}: -{name} is not described.";
        }

        foreach (var name in page.Parameters.Keys.Where(name => !cmdlet.Parameters.ContainsKey(name)))
        {
            yield return $"{page.File}: {cmdlet.Name} has no parameter -{name}.";
        }
    }
}
