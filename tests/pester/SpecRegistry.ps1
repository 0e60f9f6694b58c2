# A docker-registry on loopback for one spec file. Dot-source it in BeforeAll, and call Stop-SpecRegistry in AfterAll.

function Start-SpecRegistry([string] $Root) {
    # A port of its own: the registry takes any that is free, and says in its log which.
    Set-Content "$Root/registry.yml" @"
version: 0.1
log: { level: info }
storage: { filesystem: { rootdirectory: $Root/registry } }
http: { addr: '127.0.0.1:0' }
"@
    $start = @{ FilePath = '/usr/bin/docker-registry'; ArgumentList = 'serve', "$Root/registry.yml"; PassThru = $true }
    $process = Start-Process @start -RedirectStandardError "$Root/registry.log" -RedirectStandardOutput "$Root/registry.out"
    for ($i = 0; $i -lt 300; $i++) {
        if ((Get-Content "$Root/registry.log" -Raw -ErrorAction Ignore) -match 'listening on (127\.0\.0\.1:\d+)') {
            return [pscustomobject]@{ Address = $Matches[1]; Process = $process }
        }
        Start-Sleep -Milliseconds 100
    }

    Stop-Process $process
    throw "docker-registry did not start: $(Get-Content "$Root/registry.log" -Raw)"
}

function Stop-SpecRegistry($Registry) {
    Stop-Process $Registry.Process
    $Registry.Process.WaitForExit()
}
