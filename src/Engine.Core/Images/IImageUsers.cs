namespace Engine.Core.Images;

/// <summary>Tells who uses an image. Answers from memory, at once: it is asked while removals wait.</summary>
public interface IImageUsers
{
    /// <summary>The containers that were made of an image and are still there.</summary>
    /// <param name="imageId">The whole id, with <c>sha256:</c>.</param>
    IReadOnlyList<ImageUser> UsersOf(string imageId);
}
