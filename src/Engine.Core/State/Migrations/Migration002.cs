namespace Engine.Core.State.Migrations;

/// <summary>Images remember what they were made of.</summary>
internal static class Migration002
{
    public const string Sql = """
        -- The image that this one was made of on this engine. Not a foreign key: the parent may go first, as layers are
        -- kept by image_layers.
        ALTER TABLE images ADD COLUMN parent TEXT;
        CREATE INDEX images_by_parent ON images (parent) WHERE parent IS NOT NULL;
        """;
}
