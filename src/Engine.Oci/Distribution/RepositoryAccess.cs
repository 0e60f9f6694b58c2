namespace Engine.Oci.Distribution;

/// <summary>
/// What is going to be done with a repository: what a token is asked for, and whether mirrors will do.
/// </summary>
public enum RepositoryAccess
{
    /// <summary>Reading.</summary>
    Pull,

    /// <summary>Reading and writing, at the registry itself.</summary>
    Push,
}
