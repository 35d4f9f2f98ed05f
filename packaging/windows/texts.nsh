; Every sentence of the installer, in both languages.

LangString WelcomeText ${LANG_ENGLISH} "Cairn is installed for you alone, into $INSTDIR. It needs no administrator rights and no network.$\r$\n$\r$\nVaults and settings of a version that is there already are not touched."
LangString WelcomeText ${LANG_KOREAN} "Cairn을 사용자 한 사람을 위해 $INSTDIR 폴더에 설치합니다. 관리자 권한도 네트워크도 필요하지 않습니다.$\r$\n$\r$\n이미 있는 버전의 보관함과 설정은 건드리지 않습니다."

LangString FinishText ${LANG_ENGLISH} "Cairn ${VERSION} is installed. You find it in the Start menu."
LangString FinishText ${LANG_KOREAN} "Cairn ${VERSION}을(를) 설치했습니다. 시작 메뉴에서 찾을 수 있습니다."

LangString UninstallText ${LANG_ENGLISH} "Cairn's program files will be removed. Vaults and settings stay where they are, in ${DATA_FOLDER} and in folders that you chose yourself."
LangString UninstallText ${LANG_KOREAN} "Cairn의 프로그램 파일을 제거합니다. 보관함과 설정은 ${DATA_FOLDER} 폴더와 직접 고른 폴더에 그대로 남습니다."

LangString Older ${LANG_ENGLISH} "A newer version of Cairn is installed here ($R1; this is ${VERSION}). An older version can't open what a newer one has written, so nothing was changed. To go back all the same, remove the newer version first."
LangString Older ${LANG_KOREAN} "이 컴퓨터에는 더 새로운 버전의 Cairn이 설치되어 있습니다(설치된 버전 $R1, 이 설치 파일 ${VERSION}). 이전 버전은 새 버전이 쓴 내용을 열 수 없으므로 아무것도 바꾸지 않았습니다. 그래도 되돌리려면 새 버전을 먼저 제거하십시오."

LangString Running ${LANG_ENGLISH} "Cairn is running. Lock the vault, close Cairn, then try again."
LangString Running ${LANG_KOREAN} "Cairn이 실행 중입니다. 보관함을 잠그고 Cairn을 닫은 뒤 다시 시도하십시오."

LangString NoRoom ${LANG_ENGLISH} "There is too little room on the disk: $R1 MB are needed in $R3, $R2 MB are free. Nothing was changed."
LangString NoRoom ${LANG_KOREAN} "디스크 공간이 부족합니다. $R3에 $R1 MB가 필요하지만 $R2 MB만 비어 있습니다. 아무것도 바꾸지 않았습니다."

LangString ForeignFolder ${LANG_ENGLISH} "$INSTDIR holds other files. Choose a folder that is empty or not there yet. Nothing was changed."
LangString ForeignFolder ${LANG_KOREAN} "$INSTDIR 폴더에 다른 파일이 있습니다. 비어 있거나 아직 없는 폴더를 고르십시오. 아무것도 바꾸지 않았습니다."

LangString OldWindows ${LANG_ENGLISH} "Cairn needs Windows 10 version 1809 or newer, 64 bit. Nothing was changed."
LangString OldWindows ${LANG_KOREAN} "Cairn에는 64비트 Windows 10 버전 1809 이상이 필요합니다. 아무것도 바꾸지 않았습니다."

LangString Twice ${LANG_ENGLISH} "Cairn is being installed already."
LangString Twice ${LANG_KOREAN} "Cairn을 이미 설치하고 있습니다."

LangString NotSwapped ${LANG_ENGLISH} "Another program holds files in $INSTDIR. The version that was there is still in place. Close other programs, then try again."
LangString NotSwapped ${LANG_KOREAN} "다른 프로그램이 $INSTDIR 폴더의 파일을 사용하고 있습니다. 이전에 설치된 버전은 그대로 있습니다. 다른 프로그램을 닫은 뒤 다시 시도하십시오."

LangString NotWritten ${LANG_ENGLISH} "The program's files couldn't be written; perhaps the disk is full. A version that was there before is unchanged."
LangString NotWritten ${LANG_KOREAN} "프로그램 파일을 쓸 수 없습니다. 디스크가 가득 찼을 수 있습니다. 이전에 설치된 버전은 바뀌지 않았습니다."

LangString VaultsLeft ${LANG_ENGLISH} "Cairn's program files are removed. These vaults were left alone:$R1$\r$\nVaults in other folders that you chose yourself were left alone too. The settings are still in ${DATA_FOLDER}."
LangString VaultsLeft ${LANG_KOREAN} "Cairn의 프로그램 파일을 제거했습니다. 다음 보관함은 그대로 두었습니다:$R1$\r$\n직접 고른 다른 폴더의 보관함도 그대로 두었습니다. 설정은 ${DATA_FOLDER}에 남아 있습니다."

LangString NoVaults ${LANG_ENGLISH} "Cairn's program files are removed. There is no vault in ${VAULTS_FOLDER}; vaults in folders that you chose yourself were left alone."
LangString NoVaults ${LANG_KOREAN} "Cairn의 프로그램 파일을 제거했습니다. ${VAULTS_FOLDER}에는 보관함이 없습니다. 직접 고른 폴더의 보관함은 그대로 두었습니다."

LangString BundleType ${LANG_ENGLISH} "Sealed bundle"
LangString BundleType ${LANG_KOREAN} "봉인된 묶음"
LangString ContactType ${LANG_ENGLISH} "Contact card"
LangString ContactType ${LANG_KOREAN} "연락처 카드"
