; A stand-in for the program in rehearsals: writes down how it was started, and with --wait stays until
; a file appears. make_installer.py gives OUTPUT and VERSION.
Target amd64-unicode
Unicode true
RequestExecutionLevel user
SilentInstall silent
SetDateSave off
SetCompress off
Name "stub"
OutFile "${OUTPUT}"
!include FileFunc.nsh
!include LogicLib.nsh
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1033 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "FileDescription" "stub"
VIAddVersionKey /LANG=1033 "LegalCopyright" ""

Section
  ${GetParameters} $0
  FileOpen $1 "$TEMP\cairn-started.txt" w
  FileWriteUTF16LE $1 "${VERSION} $0"
  FileClose $1
  ${If} $0 == "--wait"
    ${DoUntil} ${FileExists} "$TEMP\cairn-go.txt"
      Sleep 100
    ${Loop}
  ${EndIf}
SectionEnd
