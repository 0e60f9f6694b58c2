using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Engine.Commands;

/// <summary>
/// What all completers share: they ask the engine that the command line names, and give up, without a word, when it
/// has not answered by the time a person would notice.
/// </summary>
public abstract class EngineCompletion : IArgumentCompleter
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMilliseconds(300);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string typed = wordToComplete.Trim('\'', '"');
        var pattern = WildcardPattern.Get($"{typed}*", WildcardOptions.IgnoreCase);
        return [.. Ask(commandName, fakeBoundParameters)
            .Where(c => pattern.IsMatch(c.Text))
            .DistinctBy(c => c.Text)
            .Select(c => new CompletionResult(c.Text, c.Text, CompletionResultType.ParameterValue, c.ToolTip))];
    }

    /// <summary>Everything that could stand there, whatever has been typed.</summary>
    private protected abstract Task<List<Suggestion>> SuggestAsync(
        string command, EngineConnection engine, CancellationToken cancellationToken);

    private List<Suggestion> Ask(string command, IDictionary boundParameters)
    {
        try
        {
            EngineConnection engine = boundParameters[nameof(EngineCmdlet.Engine)] switch
            {
                EngineConnection connection => connection,
                string text => EngineSession.Current.Find(text),
                _ => EngineSession.Current.Connection,
            };
            using var deadline = new CancellationTokenSource(s_deadline);
            Task<List<Suggestion>> work = Task.Run(() => SuggestAsync(command, engine, deadline.Token));
            return work.Wait(s_deadline) ? work.Result : [];
        }
        catch (Exception e) when (e is EngineException or AggregateException or OperationCanceledException)
        {
            // No engine, no right to ask it, or too slow: a prompt that stays silent is better than one that complains.
            return [];
        }
    }

    /// <summary>A value, and what is shown beside it.</summary>
    private protected readonly record struct Suggestion(string Text, string ToolTip);
}
