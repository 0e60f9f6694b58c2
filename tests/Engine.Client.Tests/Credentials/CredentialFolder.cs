namespace Engine.Client.Tests;

/// <summary>A directory of docker's configuration, and one of programs, that a test has for itself.</summary>
internal sealed class CredentialFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("engine-test-");

    public CredentialFolder(string? configuration = null)
    {
        Directory.CreateDirectory(Programs);
        if (configuration is not null)
        {
            Directory.CreateDirectory(Path);
            File.WriteAllText(ConfigurationFile, configuration);
        }
    }

    public string Path => System.IO.Path.Combine(_root.FullName, "docker");

    public string Programs => System.IO.Path.Combine(_root.FullName, "bin");

    public string ConfigurationFile => System.IO.Path.Combine(Path, "config.json");

    public string Text => File.ReadAllText(ConfigurationFile);

    public CredentialStore Store(string environment = "", TimeSpan? helperLimit = null) => new(
        Path, environment, $"relative:{Programs}:/usr/bin:/bin", helperLimit ?? TimeSpan.FromSeconds(30));

    /// <summary>A program, of which <c>$1</c> is the verb and <c>$DIR</c> a directory of its own.</summary>
    public void AddHelper(string name, string script)
    {
        string program = System.IO.Path.Combine(Programs, "docker-credential-" + name);
        File.WriteAllText(program, $"#!/bin/sh\nDIR='{_root.FullName}'\n{script}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A helper that keeps one credential in a file, as the real ones keep many in a key ring.</summary>
    public void AddKeeper(string name) => AddHelper(name, """
        case "$1" in
        store) cat > "$DIR/kept";;
        get) key=$(cat); grep -qF "\"$key\"" "$DIR/kept" 2>/dev/null && cat "$DIR/kept" || { echo 'credentials not found in native keychain'; exit 1; };;
        erase) cat > /dev/null; rm "$DIR/kept";;
        list) [ -f "$DIR/kept" ] && sed 's/.*"ServerURL":\("[^"]*"\).*"Username":\("[^"]*"\).*/{\1:\2}/' "$DIR/kept" || echo '{}';;
        esac
        """);

    public string Kept => File.ReadAllText(System.IO.Path.Combine(_root.FullName, "kept"));

    public void Dispose() => _root.Delete(recursive: true);
}
