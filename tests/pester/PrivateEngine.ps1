# Starts an engine for one spec file, with an image 'busybox' made of this machine's busybox-static. Dot-source it in
# BeforeAll, and call Stop-SpecEngine in AfterAll.
Import-Module (Join-Path $PSScriptRoot '../../Engine.psd1') -Force

function Start-SpecEngine {
    $root = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
    $null = New-Item -ItemType Directory -Path "$root/rootfs/bin"
    Copy-Item /bin/busybox "$root/rootfs/bin/busybox"
    foreach ($applet in 'sh', 'echo', 'sleep', 'cat', 'true', 'false', 'env') {
        $null = New-Item -ItemType SymbolicLink -Path "$root/rootfs/bin/$applet" -Target busybox
    }

    tar -C "$root/rootfs" -cf "$root/rootfs.tar" .
    $null = Start-Engine -DataRoot "$root/data" -ExecRoot "$root/run"
    $null = Import-ContainerImage "$root/rootfs.tar" -Reference busybox -Change 'CMD ["sh"]', 'ENV PATH=/bin'
    $root
}

function Stop-SpecEngine([string] $Root) {
    Get-Container | Remove-Container -Force
    Stop-Engine
    Remove-Item -Recurse -Force $Root
}
