using System.Management.Automation.Language;

namespace Engine.Shell.Execution;

/// <summary>Standard input as a script's <c>$input</c>.</summary>
internal static class StandardInput
{
    /// <summary>
    /// The lines of a redirected standard input, or null where the script does not take them by <c>$input</c> or a
    /// process
    /// block: to read a pipe that the parent leaves open would be to hang.
    /// </summary>
    public static IEnumerable<object>? For(ScriptBlockAst? script) =>
        Console.IsInputRedirected && script is not null && Takes(script) ? Lines() : null;

    private static bool Takes(ScriptBlockAst script) =>
        script.ProcessBlock is not null
        || script.Find(
            ast => ast is VariableExpressionAst { VariablePath.UserPath: var name }
                && string.Equals(name, "input", StringComparison.OrdinalIgnoreCase),
            searchNestedScriptBlocks: true) is not null;

    private static IEnumerable<object> Lines()
    {
        while (Console.In.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
