using System.Net;
using Engine.Oci.Distribution.Authentication;
using Engine.Oci.Distribution.Transport;

namespace Engine.Oci.Distribution.Faults;

/// <summary>What an answer other than the expected one means.</summary>
internal static class ResponseFault
{
    public static async Task<RegistryFault> ReadAsync(
        RegistryResponse response,
        RegistryRequest request,
        RegistrySecrets secrets,
        CancellationToken cancellationToken)
    {
        ErrorText text = ErrorText.Read(
            await response.ReadStartAsync(cancellationToken).ConfigureAwait(false), secrets.All);
        string registry = response.Endpoint.Registry;
        string said = text.Words.Length > 0 ? $" It says: {text.Words}." : "";
        (EngineErrorCode code, string reason, string message) = response.Status switch
        {
            HttpStatusCode.Unauthorized when secrets.Who is { } who && !IsScope(response) => (
                EngineErrorCode.Unauthenticated,
                EngineErrorReason.RegistryUnauthorized,
                $"The registry {registry} does not accept the {who} for '{request.Target}'.{said} Check that it may do this, "
                + "and sign in again with Connect-ContainerRegistry."),
            HttpStatusCode.Unauthorized when secrets.Who is null => (
                EngineErrorCode.Unauthenticated,
                EngineErrorReason.RegistryUnauthorized,
                $"The registry {registry} does not let just anybody at '{request.Target}', or has no such repository."
                + $"{said} Check the name, or sign in with Connect-ContainerRegistry."),
            HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => (
                EngineErrorCode.PermissionDenied,
                EngineErrorReason.RegistryDenied,
                $"The registry {registry} does not allow this for '{request.Target}'.{said} Ask its owner for access, or "
                + "sign in as somebody else with Connect-ContainerRegistry."),
            HttpStatusCode.TooManyRequests => (
                EngineErrorCode.LimitExceeded,
                EngineErrorReason.RegistryRateLimited,
                $"The registry {registry} answers that too much was asked of it.{said} Wait, or sign in with "
                + "Connect-ContainerRegistry if that gives more."),
            HttpStatusCode.NotFound when text.Codes.Contains("NAME_UNKNOWN") => (
                EngineErrorCode.NotFound,
                EngineErrorReason.RepositoryNotFound,
                $"The registry {registry} has no repository for '{request.Target}'.{said} Check the name."),
            HttpStatusCode.NotFound => (
                EngineErrorCode.NotFound,
                request.Missing,
                $"The registry {registry} does not have '{request.Target}'.{said} Check the name, the tag and the digest."),
            _ => (
                EngineErrorCode.Unavailable,
                EngineErrorReason.RegistryFailed,
                $"The registry {registry} answers '{request.Target}' with {Describe(response.Status)}.{said}"
                + (IsTransient(response.Status) ? " Try again later." : "")),
        };
        return new RegistryFault(new EngineException(code, reason, message, request.Target))
        {
            IsTransient = IsTransient(response.Status),
            Status = response.Status,
            RetryAfter = response.RetryAfter,
        };
    }

    // RFC 6750 section 3.1: we are known, and may not do this.
    private static bool IsScope(RegistryResponse response) =>
        ChallengeParser.Choose(response.Headers("WWW-Authenticate")) is { IsBearer: true } challenge
        && challenge.Parameters.GetValueOrDefault("error") == "insufficient_scope";

    /// <summary>
    /// The status as a person reads it; its words are ours, since the registry may have written anything.
    /// </summary>
    public static string Describe(HttpStatusCode status) =>
        Enum.IsDefined(status) ? $"{(int)status} ({status})" : $"{(int)status}";

    public static bool IsTransient(HttpStatusCode status) => status
        is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
