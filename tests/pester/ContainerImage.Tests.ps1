#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

Describe 'Images' {
    BeforeAll {
        . $PSScriptRoot/PrivateEngine.ps1
        $root = Start-SpecEngine
    }

    AfterAll { Stop-SpecEngine $root }

    It 'finds an image by reference, by wildcard and by id' {
        $image = Get-ContainerImage busybox
        $image.Repository | Should -Be busybox
        $image.Tag | Should -Be latest
        (Get-ContainerImage busy*).Id | Should -Be $image.Id
        (Get-ContainerImage $image.Id).Id | Should -Be $image.Id
    }

    It 'gives and takes references' {
        (Add-ContainerImageTag busybox mine:1 -PassThru).References | Should -Contain mine:1
        (Remove-ContainerImage mine:1).Untagged | Should -Be mine:1
        Get-ContainerImage mine* | Should -BeNullOrEmpty
    }

    It 'does not remove an image that a container uses' {
        $null = New-Container busybox -Name user
        { Get-ContainerImage busybox | Remove-ContainerImage -ErrorAction Stop } |
            Should -Throw -ErrorId 'ImageInUse,Engine.Commands.RemoveContainerImageCommand'
        Remove-Container user
    }

    It 'refuses what is no archive' {
        $file = Join-Path $root broken.tar
        Set-Content $file 'this is no archive'
        { Import-ContainerImage $file -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidArchive,Engine.Commands.ImportContainerImageCommand'
    }

    It 'is shown with a friendly size' {
        Get-ContainerImage busybox | Out-String -Width 80 | Should -Match 'busybox\s+latest.*[KM]B'
    }
}
