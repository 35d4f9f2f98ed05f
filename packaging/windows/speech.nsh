; What a person reads: a box, or in a silent run a line of UTF-8 on the standard output.

!macro SpeechFunctions un
Function ${un}Say
  ; The text lies on the stack.
  Exch $0
  Push $1
  Push $2
  Push $3
  ${If} ${Silent}
    System::Call 'kernel32::GetStdHandle(i -11) p .r1'
    ${If} $1 P= 0
    ${OrIf} $1 P= -1
      System::Call 'kernel32::AttachConsole(i -1)'
      System::Call 'kernel32::GetStdHandle(i -11) p .r1'
    ${EndIf}
    StrCpy $0 "$0$\r$\n"
    System::Call 'kernel32::WideCharToMultiByte(i 65001, i 0, w r0, i -1, p 0, i 0, p 0, p 0) i .r2'
    System::Alloc $2
    Pop $3
    System::Call 'kernel32::WideCharToMultiByte(i 65001, i 0, w r0, i -1, p r3, i r2, p 0, p 0)'
    IntOp $2 $2 - 1
    System::Call 'kernel32::WriteFile(p r1, p r3, i r2, *i .r2, p 0)'
    System::Free $3
  ${Else}
    MessageBox MB_OK|MB_ICONINFORMATION "$0"
  ${EndIf}
  Pop $3
  Pop $2
  Pop $1
  Pop $0
FunctionEnd
!macroend
!insertmacro SpeechFunctions ""
!insertmacro SpeechFunctions "un."

!macro Refuse un code text
  Push "${text}"
  Call ${un}Say
  SetErrorLevel ${code}
  Quit
!macroend

; The vaults in the folder that Cairn offers; others lie where the person wanted them.
Function un.SayWhereVaultsAre
  StrCpy $R1 ""
  ClearErrors
  FindFirst $R2 $R3 "${VAULTS_FOLDER}\*"
  ${DoUntil} ${Errors}
    ${If} $R3 != "."
    ${AndIf} $R3 != ".."
    ${AndIf} ${FileExists} "${VAULTS_FOLDER}\$R3\vault.hdr"
      StrCpy $R1 "$R1$\r$\n${VAULTS_FOLDER}\$R3"
    ${EndIf}
    ClearErrors
    FindNext $R2 $R3
  ${Loop}
  FindClose $R2
  ${If} $R1 == ""
    Push "$(NoVaults)"
  ${Else}
    Push "$(VaultsLeft)"
  ${EndIf}
  Call un.Say
FunctionEnd
