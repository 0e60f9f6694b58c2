using Microsoft.Data.Sqlite;

namespace Engine.Core.State;

/// <summary>
/// The engine's metadata: one SQLite file, one connection, one transaction a change. A transaction that has returned
/// survives a power cut (write-ahead log, synchronous FULL); one takes about 0.15 ms, so callers do not wait on threads.
/// </summary>
public sealed class EngineDatabase : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly DiskReserve _reserve;

    private EngineDatabase(SqliteConnection connection, DiskReserve reserve)
    {
        _connection = connection;
        _reserve = reserve;
    }

    /// <summary>Opens the database, makes it if it is not there, and brings its schema up to date.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="EngineException">
    /// <see cref="EngineErrorReason.SchemaTooNew"/>, or a code of <see cref="EngineErrorCode.Corrupt"/> for a file that
    /// is no such database.
    /// </exception>
    public static EngineDatabase Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            // The connection lives as long as the engine; a pool would keep the file open after Dispose.
            Pooling = false,
        }.ToString());
        var reserve = new DiskReserve(path + ".reserve");
        try
        {
            // It holds containers' environments, where people put secrets. SQLite gives its log and index the same mode.
            using (File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite))
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            // SQLite needs a little room to open at all.
            reserve.Release();
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
            SchemaMigrator.Migrate(connection, path);
            reserve.Keep();
            return new EngineDatabase(connection, reserve);
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw Translate(error, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            connection.Dispose();
            throw CannotWrite(error, path);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs a query.</summary>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        lock (_gate)
        {
            try
            {
                return query(_connection);
            }
            catch (SqliteException error)
            {
                throw Translate(error, _connection.DataSource);
            }
        }
    }

    /// <summary>Runs a change as one transaction: all of it happens, or nothing.</summary>
    public T Write<T>(Func<SqliteConnection, T> change)
    {
        lock (_gate)
        {
            try
            {
                var result = Commit(change);
                _reserve.Keep();
                return result;
            }
            catch (SqliteException error)
            {
                throw Translate(error, _connection.DataSource);
            }
        }
    }

    /// <summary>
    /// Runs a change that must be possible on a full disk too, because it records what has happened already or leads to
    /// there being room again. It uses the room that is set aside for such changes.
    /// </summary>
    public void WriteInReserve(Action<SqliteConnection> change)
    {
        lock (_gate)
        {
            try
            {
                Write(change);
            }
            catch (EngineException full) when (full.Reason == EngineErrorReason.DiskFull && _reserve.Release())
            {
                Write(change);
            }
        }
    }

    /// <summary>Runs a change as one transaction: all of it happens, or nothing.</summary>
    public void Write(Action<SqliteConnection> change) => Write<object?>(connection =>
    {
        change(connection);
        return null;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    private T Commit<T>(Func<SqliteConnection, T> change)
    {
        using var transaction = _connection.BeginTransaction();
        var result = change(_connection);
        transaction.Commit();
        return result;
    }

    internal static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static EngineException Translate(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        // https://www.sqlite.org/rescode.html: 13 SQLITE_FULL, 11 SQLITE_CORRUPT, 26 SQLITE_NOTADB, 8 SQLITE_READONLY,
        // 14 SQLITE_CANTOPEN.
        13 => new(
            EngineErrorCode.LimitExceeded, EngineErrorReason.DiskFull,
            $"The disk of '{path}' is full: the change was not made. Free some space and try again.", path, error),
        11 or 26 => new(
            EngineErrorCode.Corrupt, EngineErrorReason.StateCorrupt,
            $"'{path}' is damaged or no database of the engine ({error.Message}). Restore it, or move it away to begin anew.",
            path, error),
        8 or 14 => CannotWrite(error, path),
        _ => new(
            EngineErrorCode.Internal, EngineErrorReason.Internal, $"The database '{path}' failed: {error.Message}",
            path, error),
    };

    private static EngineException CannotWrite(Exception error, string path) => new(
        EngineErrorCode.PermissionDenied, EngineErrorReason.PermissionDenied,
        $"The engine cannot write to '{path}' ({error.Message}).", path, error);
}
