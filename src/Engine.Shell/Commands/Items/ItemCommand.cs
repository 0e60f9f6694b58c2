using System.Management.Automation;

namespace Engine.Shell.Commands.Items;

/// <summary>
/// What the cmdlets on a provider's items share: a path with wildcards or a literal one, and errors that name it.
/// </summary>
internal abstract class ItemCommand : PSCmdlet
{
    [Parameter]
    public virtual SwitchParameter Force { get; set; }

    /// <summary>Does the work on one path; what a provider throws becomes that path's own error.</summary>
    protected void Try(string path, Action work)
    {
        try
        {
            work();
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (RuntimeException error)
        {
            WriteError(new ErrorRecord(error.ErrorRecord, error));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            var category = error is UnauthorizedAccessException
                ? ErrorCategory.PermissionDenied
                : ErrorCategory.WriteError;
            WriteError(new ErrorRecord(error, error.GetType().Name, category, path));
        }
    }

    /// <summary>The paths that a pattern stands for, or the literal path itself.</summary>
    protected IReadOnlyList<string> Resolve(string path, bool literal) =>
        literal
            ? [SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)]
            : [.. SessionState.Path.GetResolvedPSPathFromPSPath(path).Select(found => found.Path)];
}
