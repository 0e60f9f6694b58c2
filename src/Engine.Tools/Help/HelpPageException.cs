namespace Engine.Tools.Help;

/// <summary>A page is not as the format wants it; the message names the file and the line.</summary>
internal sealed class HelpPageException(string message) : Exception(message);
