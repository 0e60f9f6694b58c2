#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    # Debian: docker-registry.
    $noRegistry = -not (Test-Path /usr/bin/docker-registry)
}

Describe 'Images between engines, registries and files' {
    BeforeAll {
        . $PSScriptRoot/PrivateEngine.ps1
        $root = Start-SpecEngine
    }

    AfterAll { Stop-SpecEngine $root }

    Context 'with a registry' -Skip:$noRegistry {
        BeforeAll {
            . $PSScriptRoot/SpecRegistry.ps1
            $registry = Start-SpecRegistry $root
        }

        AfterAll { Stop-SpecRegistry $registry }

        It 'sends an image, and brings the same one back' {
            $image = Add-ContainerImageTag busybox "$($registry.Address)/team/box:1" -PassThru
            $pushed = Publish-ContainerImage "$($registry.Address)/team/box:1"
            $pushed.Digest | Should -Match '^sha256:[0-9a-f]{64}$'
            $null = Remove-ContainerImage "$($registry.Address)/team/box:1"
            (Install-ContainerImage "$($registry.Address)/team/box@$($pushed.Digest)").Id | Should -Be $image.Id
        }

        It 'brings what a run needs and is not here, but not when it may not' {
            $reference = "$($registry.Address)/run:1"
            Add-ContainerImageTag busybox $reference
            $null = Publish-ContainerImage $reference
            $null = Remove-ContainerImage $reference
            { New-Container $reference -Pull Never -ErrorAction Stop } |
                Should -Throw -ErrorId 'ImageNotFound,Engine.Commands.NewContainerCommand'
            Invoke-Container $reference -- echo pulled | Should -Be pulled
        }

        It 'tells what a registry does not have' {
            { Install-ContainerImage "$($registry.Address)/nope" -ErrorAction Stop } |
                Should -Throw -ErrorId 'ManifestNotFound,Engine.Commands.InstallContainerImageCommand'
        }

        It 'works behind the prompt' {
            Add-ContainerImageTag busybox "$($registry.Address)/job:1"
            (Publish-ContainerImage "$($registry.Address)/job:1" -AsJob | Receive-Job -Wait -AutoRemoveJob).Reference |
                Should -Be "$($registry.Address)/job:1"
        }
    }

    It 'makes an image of a container, with its steps' {
        Invoke-Container busybox -Name prepared -Keep -- sh -c 'echo hello > /greeting'
        $image = ConvertTo-ContainerImage prepared greeter:1 -Message why -Change 'CMD ["cat", "/greeting"]'
        $image.Tag | Should -Be 1
        Invoke-Container greeter:1 | Should -Be hello
        $steps = $image | Get-ContainerImageHistory
        $steps.Count | Should -Be 2
        $steps[0].Comment | Should -Be why
        $steps | Out-String -Width 100 | Should -Match 'Created\s+Size\s+CreatedBy'
    }

    It 'writes one archive of all that the pipeline brings, and reads it again' {
        Add-ContainerImageTag busybox twice:1
        $file = 'busybox', 'twice:1' | Export-ContainerImage -Path "$root/both.tar.gz" -Compression Gzip
        $file | Should -BeOfType IO.FileInfo
        $null = Remove-ContainerImage twice:1
        (Import-ContainerImage $file).References | Should -Contain twice:1
        { Export-ContainerImage busybox $file -NoClobber -ErrorAction Stop } |
            Should -Throw -ErrorId 'FileExists,Engine.Commands.ExportContainerImageCommand'
    }

    It 'hands the bytes of a container to another program' {
        $null = New-Container busybox -Name bytes
        Export-Container bytes -AsByteStream | tar --list | Should -Contain 'bin/busybox'
    }

    It 'says what a prune would take, and takes that' {
        $null = New-Container busybox -Name user
        $null = Import-ContainerImage "$root/rootfs.tar" -Reference idle:1 -Message idle
        Invoke-Prune -All -WhatIf | Should -BeNullOrEmpty
        Get-ContainerImage idle:1 | Should -Not -BeNullOrEmpty
        $gone = Invoke-Prune -All -Force
        $gone.Name | Should -Contain idle:1
        $gone.Name | Should -Not -Contain busybox:latest
    }

    It 'finds nothing wrong' {
        Test-EngineStore | Should -BeNullOrEmpty
    }
}
