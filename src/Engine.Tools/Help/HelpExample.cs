namespace Engine.Tools.Help;

/// <summary>An example.</summary>
/// <param name="Title">Without its number.</param>
/// <param name="Code">What one types.</param>
/// <param name="Remarks">Paragraphs, among them what one sees.</param>
internal sealed record HelpExample(string Title, string Code, IReadOnlyList<string> Remarks);
