using System.Net.Sockets;
using Engine.Oci.Distribution.Transport;

namespace Engine.Oci.Distribution.Faults;

/// <summary>What it means that an exchange ended without an answer, or in the middle of one.</summary>
internal static class TransportFault
{
    /// <summary>Whether it is one of these failures.</summary>
    public static bool Is(Exception exception, CancellationToken caller) =>
        exception is HttpRequestException or IOException
        || (exception is OperationCanceledException && !caller.IsCancellationRequested);

    public static RegistryFault From(Exception exception, RegistryEndpoint endpoint, Uri address, bool stalled)
    {
        if (stalled)
        {
            return Fault("does not answer any more: nothing came or went for too long", isTransient: true);
        }

        return exception switch
        {
            // The connect timeout; a caller's own cancellation never gets here.
            OperationCanceledException => Fault(
                "does not answer: connecting took too long", endpoint.HasAnswered, connect: true),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } name => Fault(
                "is not known: its name does not resolve",
                name.InnerException is SocketException { SocketErrorCode: SocketError.TryAgain },
                connect: true),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => Fault(
                $"cannot be connected to: {Words(exception)}", endpoint.HasAnswered, connect: true),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } tls => Fault(
                $"offers no connection that can be trusted: {Words(tls.InnerException ?? tls)}",
                isTransient: false,
                connect: true,
                "If it is the right one, put the certificate of its authority into "
                + $"/etc/engine/certs.d/{endpoint.Registry}/ca.crt"),
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => Fault(
                "cannot be reached through the proxy: the proxy refuses",
                isTransient: false,
                advice: "Check the proxy settings"),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => Fault(
                "sends headers that are too long", isTransient: false, advice: "Ask its owner"),
            _ => Fault($"broke the connection off: {Words(exception)}", isTransient: true),
        };

        RegistryFault Fault(
            string fault,
            bool isTransient,
            bool connect = false,
            string advice = "Check the name, the network and the proxy settings") =>
            new(new EngineException(
                EngineErrorCode.Unavailable,
                EngineErrorReason.RegistryUnreachable,
                $"The registry {Name()} {fault}. {advice}.",
                endpoint.Registry,
                exception))
            {
                IsTransient = isTransient,
                IsConnectFailure = connect && endpoint.IsRegistry(address),
            };

        // A storage or a token server that the registry sent us to has another name, and the fault is there.
        string Name() => endpoint.IsRegistry(address)
            ? endpoint.Registry
            : $"{endpoint.Registry} sends to {Shown.Text(address.Authority)}, which";
    }

    private static string Words(Exception exception) => Shown.Text(exception.Message).TrimEnd('.');
}
