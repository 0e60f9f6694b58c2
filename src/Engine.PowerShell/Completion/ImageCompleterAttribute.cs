using System.Management.Automation;

namespace Engine.Commands;

/// <summary>Completes references of images that the engine has.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ImageCompleterAttribute : ArgumentCompleterAttribute, IArgumentCompleterFactory
{
    /// <inheritdoc/>
    public IArgumentCompleter Create() => new Completer();

    private sealed class Completer : EngineCompletion
    {
        private protected override async Task<List<Suggestion>> SuggestAsync(
            string command, EngineConnection engine, CancellationToken cancellationToken)
        {
            var found = new List<Suggestion>();
            await foreach (ContainerImage image in EngineClients.Of(engine).Images
                .ListAsync(new ImageFilter { Dangling = false }, cancellationToken).ConfigureAwait(false))
            {
                found.AddRange(image.References.Select(r => new Suggestion(r, image.Id)));
            }

            return found;
        }
    }
}
