using Engine.Core.State;

namespace Engine.Core.Tests.State;

public sealed class EngineDatabaseTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void A_change_that_fails_half_way_leaves_nothing()
    {
        using var database = Open();
        Assert.Throws<InvalidOperationException>(() => database.Write(connection =>
        {
            EngineDatabase.Execute(connection, "INSERT INTO engine VALUES ('k', 'v')");
            throw new InvalidOperationException();
        }));
        Assert.Equal(0L, Count(database));
    }

    [Fact]
    public void What_was_written_is_there_after_opening_again()
    {
        using (var database = Open())
        {
            database.Write(connection => EngineDatabase.Execute(connection, "INSERT INTO engine VALUES ('k', 'v')"));
        }

        using var again = Open();
        Assert.Equal(1L, Count(again));
    }

    [Fact]
    public void The_engine_s_id_stays()
    {
        string id;
        using (var database = Open())
        {
            id = new EngineIdentity(database).Id;
        }

        using var again = Open();
        Assert.Equal(id, new EngineIdentity(again).Id);
        Assert.Matches("^[0-9a-f]{32}$", id);
    }

    [Fact]
    public void Nobody_else_may_read_it()
    {
        using var database = Open();
        database.Write(connection => EngineDatabase.Execute(connection, "INSERT INTO engine VALUES ('k', 'v')"));
        Assert.All(
            Directory.GetFiles(_directory.Path, "engine.db*"),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void A_database_of_a_newer_engine_is_refused()
    {
        using (var database = Open())
        {
            database.Read<object?>(connection =>
            {
                EngineDatabase.Execute(connection, "PRAGMA user_version = 1000");
                return null;
            });
        }

        Assert.Equal(EngineErrorReason.SchemaTooNew, Assert.Throws<EngineException>(Open).Reason);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        var garbage = new byte[8192];
        new Random(1).NextBytes(garbage);
        File.WriteAllBytes(_directory["engine.db"], garbage);
        Assert.Equal(EngineErrorReason.StateCorrupt, Assert.Throws<EngineException>(Open).Reason);
        Assert.Equal(garbage, File.ReadAllBytes(_directory["engine.db"]));
    }

    [Fact]
    public void An_empty_file_becomes_a_database()
    {
        File.WriteAllBytes(_directory["engine.db"], []);
        using var database = Open();
        Assert.Equal(0L, Count(database));
    }

    public void Dispose() => _directory.Dispose();

    private EngineDatabase Open() => EngineDatabase.Open(_directory["engine.db"]);

    private static long Count(EngineDatabase database) => database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM engine";
        return (long)command.ExecuteScalar()!;
    });
}
