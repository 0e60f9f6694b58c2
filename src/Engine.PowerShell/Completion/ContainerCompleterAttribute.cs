using System.Management.Automation;
using System.Reflection;

namespace Engine.Commands;

/// <summary>Completes names of containers: those that the cmdlet can act on.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ContainerCompleterAttribute : ArgumentCompleterAttribute, IArgumentCompleterFactory
{
    private static readonly Lazy<Dictionary<string, IReadOnlyList<ContainerState>>> s_states = new(() =>
        typeof(ContainerCompleterAttribute).Assembly.GetTypes()
            .Select(t => (
                Cmdlet: t.GetCustomAttribute<CmdletAttribute>(), States: t.GetCustomAttribute<ActsOnAttribute>()?.States))
            .Where(c => c.Cmdlet is not null && c.States is not null)
            .ToDictionary(
                c => $"{c.Cmdlet!.VerbName}-{c.Cmdlet.NounName}", c => c.States!, StringComparer.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public IArgumentCompleter Create() => new Completer();

    private sealed class Completer : EngineCompletion
    {
        private protected override async Task<List<Suggestion>> SuggestAsync(
            string command, EngineConnection engine, CancellationToken cancellationToken)
        {
            var filter = new ContainerFilter { States = s_states.Value.GetValueOrDefault(command, []) };
            var found = new List<Suggestion>();
            await foreach (Container container in EngineClients.Of(engine).Containers
                .ListAsync(filter, cancellationToken).ConfigureAwait(false))
            {
                found.Add(new Suggestion(container.Name, $"{container.Image}, {container.Status}"));
            }

            return found;
        }
    }
}
