using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Engine.Commands;

/// <summary>Completes names and addresses of this session's connections.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EngineCompleterAttribute : ArgumentCompleterAttribute, IArgumentCompleterFactory
{
    /// <inheritdoc/>
    public IArgumentCompleter Create() => new Completer();

    private sealed class Completer : IArgumentCompleter
    {
        public IEnumerable<CompletionResult> CompleteArgument(
            string commandName,
            string parameterName,
            string wordToComplete,
            CommandAst commandAst,
            IDictionary fakeBoundParameters) =>
            [.. EngineSession.Current.Connections
                .Where(c => c.ToString().StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
                .Select(c => new CompletionResult(
                    c.ToString(), c.ToString(), CompletionResultType.ParameterValue, c.Uri.ToString()))];
    }
}
