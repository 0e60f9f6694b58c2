namespace Microsoft.PowerShell.Commands;

/// <summary>
/// What Write-Error wraps a plain message in. Its name is in every error id and category of such errors, so it keeps
/// the original's.
/// </summary>
internal sealed class WriteErrorException(string message) : SystemException(message);
