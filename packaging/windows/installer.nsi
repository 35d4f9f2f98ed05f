; The installer for Windows: for one person, without administrator rights.
;
; make_installer.py gives: VERSION, OUTPUT, PAYLOAD (a generated list of files), PAYLOAD_KB (what they need on the
; disk), ICON, and optionally SIDE (a picture), SIGN_UNINSTALLER (a command; %1 is the file) and FAST (packed quickly).
;
; A new version is unpacked beside the old one (Cairn.new) and takes its place by two renames. A full disk
; or a power cut before them leaves the old version as it was; between them, the next start puts it back.

Target amd64-unicode
Unicode true
!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
; The files' own times would make the same payload another installer.
SetDateSave off
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS all
CRCCheck force
; A silent run would pass over a file that can't be written, and end well.
AllowSkipFiles off

!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include MUI2.nsh

!define APP_ID "app.cairn.Cairn"
!define WINDOW_EXE "cairn-desktop.exe"
!define COMMAND_EXE "cairn.exe"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP_ID}"
!define CLASSES "Software\Classes"
; As platformdirs names them (cairn.paths): the folders that no installer touches.
!define DATA_FOLDER "$LOCALAPPDATA\cairn"
!define VAULTS_FOLDER "$LOCALAPPDATA\cairn\vaults"

; What a silent run answers with, besides 0 (done), 1 (the person stopped it) and 2 (a file couldn't be written).
!define REFUSED_OLDER 10
!define REFUSED_RUNNING 11
!define REFUSED_ROOM 12
!define REFUSED_FOLDER 13
!define REFUSED_WINDOWS 14
!define REFUSED_SWAP 15
!define REFUSED_TWICE 16

Name "Cairn"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\Cairn"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
ShowInstDetails nevershow
ShowUninstDetails show
BrandingText " "
!ifdef SIGN_UNINSTALLER
  !uninstfinalize '${SIGN_UNINSTALLER}' = 0
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!ifdef SIDE
  !define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!endif
!define MUI_WELCOMEPAGE_TEXT "$(WelcomeText)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW_EXE}"
!define MUI_FINISHPAGE_TEXT "$(FinishText)"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(UninstallText)"
!define MUI_CUSTOMFUNCTION_GUIINIT Checks
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Korean"
!include texts.nsh

VIProductVersion "${VERSION_FOUR}"
!macro Describe language
  VIAddVersionKey /LANG=${language} "ProductName" "Cairn"
  VIAddVersionKey /LANG=${language} "FileDescription" "Cairn ${VERSION}"
  VIAddVersionKey /LANG=${language} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${language} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${language} "LegalCopyright" "Apache-2.0"
!macroend
!insertmacro Describe 1033
!insertmacro Describe 1042

!include speech.nsh
!include checks.nsh
!include swap.nsh
!include filetypes.nsh

Function .onInit
  SetShellVarContext current
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/LANG=" $R1
  ${IfNot} ${Errors}
    StrCpy $LANGUAGE $R1
  ${EndIf}
  ClearErrors
FunctionEnd

; Not in .onInit: there the language that was asked for does not speak yet.
Function Checks
  Call RefuseTwice
  Call RefuseWindows
  Call PutOldBack
  Call RefuseFolder
  Call RefuseOlder
  Call RefuseRunning
  Call RefuseRoom
FunctionEnd

Section "Cairn"
  ${If} ${Silent}
    Call Checks
  ${EndIf}
  RMDir /r "$INSTDIR.new"
  !include "${PAYLOAD}"
  WriteUninstaller "$INSTDIR.new\uninstall.exe"
  WriteINIStr "$INSTDIR.new\cairn.ini" "Cairn" "Version" "${VERSION}"
  Call Swap

  ; The link starts the program in this folder.
  SetOutPath "$INSTDIR"
  CreateShortcut "$SMPROGRAMS\Cairn.lnk" "$INSTDIR\${WINDOW_EXE}"
  Call AddFileTypes

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "Cairn"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${WINDOW_EXE},0"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "Cairn"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Language" "$LANGUAGE"
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${PAYLOAD_KB}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

; A file that couldn't be written, most often because the disk is full: the old version is untouched.
Function .onInstFailed
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR.new"
  Push "$(NotWritten)"
  Call Say
FunctionEnd

Function un.onInit
  SetShellVarContext current
  ReadRegStr $R0 HKCU "${UNINSTALL_KEY}" "Language"
  ${If} $R0 != ""
    StrCpy $LANGUAGE $R0
  ${EndIf}
  ClearErrors
FunctionEnd

Section "Uninstall"
  Call un.RefuseRunning
  SetOutPath "$TEMP"
  ; File by file: what somebody put among the program's files stays.
  !include "${PAYLOAD}.remove"
  Delete "$INSTDIR\cairn.ini"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Cairn.lnk"
  Call un.RemoveFileTypes
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  Call un.SayWhereVaultsAre
SectionEnd
