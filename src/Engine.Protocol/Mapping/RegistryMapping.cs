using Wire = Engine.Protocol.V1;

namespace Engine.Protocol;

/// <summary>Who asks a registry, and what it has.</summary>
public static class RegistryMapping
{
    /// <summary>A credential for the wire.</summary>
    public static Wire.RegistryCredential ToWire(this RegistryCredential model) => new()
    {
        Username = model.Username,
        Password = model.Password,
        IdentityToken = model.IdentityToken,
        RegistryToken = model.RegistryToken,
    };

    /// <summary>A credential.</summary>
    public static RegistryCredential ToModel(this Wire.RegistryCredential wire) => new()
    {
        Username = wire.Username,
        Password = wire.Password,
        IdentityToken = wire.IdentityToken,
        RegistryToken = wire.RegistryToken,
    };

    /// <summary>What a sign-in came to, for the wire.</summary>
    public static Wire.SignInResponse ToWire(this RegistrySignIn model) =>
        new() { Registry = model.Registry, IdentityToken = model.IdentityToken };

    /// <summary>What a sign-in came to.</summary>
    public static RegistrySignIn ToModel(this Wire.SignInResponse wire) =>
        new() { Registry = wire.Registry, IdentityToken = wire.IdentityToken };

    /// <summary>A search's request.</summary>
    public static Wire.SearchRepositoriesRequest ToWire(this RepositorySearch model)
    {
        var wire = new Wire.SearchRepositoriesRequest
        {
            Term = model.Term,
            Limit = model.Limit,
            Credential = model.Credential?.ToWire(),
        };
        if (model.Official is { } official)
        {
            wire.Official = official;
        }

        if (model.MinimumStars is { } stars)
        {
            wire.MinimumStars = stars;
        }

        return wire;
    }

    /// <summary>What a request searches for.</summary>
    public static RepositorySearch ToModel(this Wire.SearchRepositoriesRequest wire)
    {
        var model = new RepositorySearch
        {
            Term = wire.Term,
            Official = wire.HasOfficial ? wire.Official : null,
            MinimumStars = wire.HasMinimumStars ? wire.MinimumStars : null,
            Credential = wire.Credential?.ToModel(),
        };
        return wire.HasLimit ? model with { Limit = wire.Limit } : model;
    }

    /// <summary>A repository that was found, for the wire. It has no tag.</summary>
    public static Wire.FoundRepository ToWire(this FoundImage model) => new()
    {
        Name = model.Name,
        Description = model.Description,
        Stars = model.Stars,
        Official = model.Official,
    };

    /// <summary>A repository that was found.</summary>
    /// <param name="wire">The message.</param>
    /// <param name="engine">The engine that sent it.</param>
    public static FoundImage ToModel(this Wire.FoundRepository wire, EngineConnection? engine = null) => new()
    {
        Name = wire.Name,
        Description = wire.Description,
        Stars = wire.Stars,
        Official = wire.Official,
        Engine = engine,
    };
}
