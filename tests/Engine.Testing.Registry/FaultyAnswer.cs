using System.Text;

namespace Engine.Testing.Registry;

/// <summary>An answer, as right or as wrong as a test wants it.</summary>
public sealed record FaultyAnswer
{
    public int Status { get; init; } = 200;

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What Content-Length says; null for the truth.</summary>
    public long? SaidLength { get; init; }

    /// <summary>No Content-Length: the body ends with the connection.</summary>
    public bool UntilClose { get; init; }

    /// <summary>The connection is reset after so many bytes of the body.</summary>
    public int? CutAfter { get; init; }

    /// <summary>After so many bytes of the body nothing more comes, and the connection stays.</summary>
    public int? StallAfter { get; init; }

    /// <summary>The body is sent over and over, until the client has enough.</summary>
    public bool IsEndless { get; init; }

    public static FaultyAnswer Text(int status, string body, params (string Name, string Value)[] headers) =>
        new() { Status = status, Body = Encoding.UTF8.GetBytes(body), Headers = headers };

    public static FaultyAnswer Json(string body, params (string Name, string Value)[] headers) =>
        Text(200, body, [("Content-Type", "application/json"), .. headers]);

    /// <summary>An error as the distribution specification has it.</summary>
    public static FaultyAnswer Error(int status, string code, string message, params (string Name, string Value)[] headers) =>
        Text(status, $$"""{"errors":[{"code":"{{code}}","message":"{{message}}"}]}""", headers);

    public static FaultyAnswer Redirect(string location, int status = 307) => Text(status, "", ("Location", location));

    /// <summary>Asks who is there.</summary>
    public static FaultyAnswer Challenge(params string[] challenges) =>
        Error(401, "UNAUTHORIZED", "authentication required", [.. challenges.Select(c => ("WWW-Authenticate", c))]);
}
