<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>AboutGroup</name>
    <message>
        <source>About this build</source>
        <translation>이 프로그램 정보</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>사용 허가</translation>
    </message>
    <message>
        <source>This vault</source>
        <translation>이 보관함</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>만든 날</translation>
    </message>
    <message>
        <source>Runs from</source>
        <translation>실행 위치</translation>
    </message>
    <message>
        <source>Test this build</source>
        <translation>점검하기</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>자체 점검</translation>
    </message>
    <message>
        <source>What it can do</source>
        <translation>할 수 있는 것</translation>
    </message>
    <message>
        <source>What it can&apos;t do</source>
        <translation>할 수 없는 것</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>함께 쓰인 구성 요소</translation>
    </message>
    <message>
        <source>run from source</source>
        <translation>소스에서 실행</translation>
    </message>
    <message>
        <source>installed as a Python package</source>
        <translation>Python 패키지로 설치됨</translation>
    </message>
    <message>
        <source>portable, not installed</source>
        <translation>휴대용, 설치하지 않음</translation>
    </message>
    <message>
        <source>packaged, from a folder</source>
        <translation>폴더에서 실행하는 묶음</translation>
    </message>
    <message>
        <source>installed ({kind})</source>
        <translation>설치됨({kind})</translation>
    </message>
    <message>
        <source>Encrypts with</source>
        <translation>암호화</translation>
    </message>
    <message>
        <source>Keys for updates</source>
        <translation>업데이트 열쇠</translation>
    </message>
    <message>
        <source>Tries the encryption, the decoders, a whole round trip and a second from the microphone, in this very program. Nothing of it is kept.</source>
        <translation>바로 이 프로그램에서 암호화, 파일 풀기, 처음부터 끝까지의 전달, 마이크 소리 1초를 시험합니다. 아무것도 남기지 않습니다.</translation>
    </message>
    <message>
        <source>Licences…</source>
        <translation>라이선스…</translation>
    </message>
    <message>
        <source>Made by many</source>
        <translation>함께 만든 것</translation>
    </message>
    <message>
        <source>The parts that Cairn is made of, and the licence of each.</source>
        <translation>Cairn을 이루는 부품과 각각의 라이선스입니다.</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>글로 복사</translation>
    </message>
    <message>
        <source>For whoever helps you</source>
        <translation>도와주는 사람에게</translation>
    </message>
    <message>
        <source>Versions and the results of the self-test, without names and without the place of the vault.</source>
        <translation>버전과 자체 점검 결과입니다. 이름과 보관함의 위치는 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>none: this copy can&apos;t verify an update</source>
        <translation>없음: 이 사본은 업데이트를 확인할 수 없습니다</translation>
    </message>
    <message>
        <source>Keep interviews, notes and files encrypted on this laptop, with every version.</source>
        <translation>면담과 메모, 파일을 모든 판과 함께 이 노트북에 암호화해 보관합니다.</translation>
    </message>
    <message>
        <source>Record a conversation, every second encrypted on the disk within one second.</source>
        <translation>대화를 녹음하고, 말한 내용을 1초 안에 암호화해 디스크에 저장합니다.</translation>
    </message>
    <message>
        <source>Show pictures, PDF, text and sound without a readable copy on the disk.</source>
        <translation>읽을 수 있는 사본을 디스크에 남기지 않고 그림, PDF, 글, 소리를 보여 줍니다.</translation>
    </message>
    <message>
        <source>Seal bundles that withstand quantum computers, and that open with stock tools.</source>
        <translation>양자 컴퓨터에도 견디도록 묶음을 봉인하며, 묶음은 일반 도구로도 열립니다.</translation>
    </message>
    <message>
        <source>Hold back what the person did not agree to share.</source>
        <translation>본인이 공유에 동의하지 않은 것은 내보내지 않습니다.</translation>
    </message>
    <message>
        <source>Show HEIC photographs, as newer phones take them.</source>
        <translation>요즘 휴대전화가 찍는 HEIC 사진을 보여 줍니다.</translation>
    </message>
    <message>
        <source>Play AAC and Apple Lossless, as phones record them.</source>
        <translation>휴대전화가 녹음하는 AAC와 Apple Lossless를 재생합니다.</translation>
    </message>
    <message>
        <source>Lock the vault when this computer locks its screen or goes to sleep.</source>
        <translation>컴퓨터가 화면을 잠그거나 절전할 때 보관함을 잠급니다.</translation>
    </message>
    <message>
        <source>Keep its window out of pictures of the screen.</source>
        <translation>화면 캡처에 창이 나오지 않게 합니다.</translation>
    </message>
    <message>
        <source>Keep people, events and forms: not in this version.</source>
        <translation>인물, 사건, 서식을 관리하는 일은 이 버전에서 할 수 없습니다.</translation>
    </message>
    <message>
        <source>Use a network. There is no code for it.</source>
        <translation>네트워크를 쓰지 않습니다. 그런 코드가 없습니다.</translation>
    </message>
    <message>
        <source>Protect from a laptop that is watched, or from somebody who has your passphrase.</source>
        <translation>감시당하는 노트북이나 암호 문구를 아는 사람은 막지 못합니다.</translation>
    </message>
    <message>
        <source>Remove every trace from a solid-state disk.</source>
        <translation>SSD에 남은 흔적을 모두 없애지는 못합니다.</translation>
    </message>
    <message>
        <source>Hide that there is a vault.</source>
        <translation>보관함이 있다는 사실을 숨기지 못합니다.</translation>
    </message>
    <message>
        <source>Keep its memory from being swapped to the disk: encrypt the whole disk.</source>
        <translation>메모리가 디스크로 옮겨지는 것을 막지 못합니다. 디스크 전체를 암호화하십시오.</translation>
    </message>
    <message>
        <source>Keep its window out of pictures of the screen: this system has no way to.</source>
        <translation>화면 캡처에 창이 나오는 것을 막지 못합니다. 이 시스템에는 그럴 방법이 없습니다.</translation>
    </message>
    <message>
        <source>Hear when this computer locks its screen. The vault locks after its own time all the same.</source>
        <translation>컴퓨터가 화면을 잠그는 것을 알지 못합니다. 그래도 보관함은 정한 시간이 지나면 잠깁니다.</translation>
    </message>
    <message>
        <source>Show HEIC photographs: this build has no decoder for them.</source>
        <translation>HEIC 사진을 보여 주지 못합니다. 이 프로그램에는 그것을 푸는 부품이 없습니다.</translation>
    </message>
    <message>
        <source>Play AAC and Apple Lossless: this build has no decoder for them.</source>
        <translation>AAC와 Apple Lossless를 재생하지 못합니다. 이 프로그램에는 그것을 푸는 부품이 없습니다.</translation>
    </message>
    <message>
        <source>Copied. Put it into a message to whoever helps you.</source>
        <translation>복사했습니다. 도와주는 사람에게 보내는 글에 붙여 넣으십시오.</translation>
    </message>
</context>
<context>
    <name>AccountTab</name>
    <message>
        <source>W-017</source>
        <translation>W-017</translation>
    </message>
    <message>
        <source>winter 2009?</source>
        <translation>2009년 겨울쯤</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>요약</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>진술</translation>
    </message>
    <message>
        <source>In the person&apos;s own words.</source>
        <translation>말한 그대로 적습니다.</translation>
    </message>
    <message>
        <source>A code name protects the person better than a name.</source>
        <translation>이름보다 부호가 그 사람을 더 잘 지킵니다.</translation>
    </message>
    <message>
        <source>Code name</source>
        <translation>부호</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>As it was told. Uncertain is fine.</source>
        <translation>들은 그대로 적습니다. 확실하지 않아도 됩니다.</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>장소</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Separated by commas.</source>
        <translation>쉼표로 나눕니다.</translation>
    </message>
    <message>
        <source>People present</source>
        <translation>자리에 있던 사람</translation>
    </message>
</context>
<context>
    <name>ActCard</name>
    <message>
        <source>Add act</source>
        <translation>행위 추가</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Remove this act</source>
        <translation>이 행위 빼기</translation>
    </message>
    <message>
        <source>More about this act</source>
        <translation>이 행위에 대해 더</translation>
    </message>
    <message>
        <source>By whom</source>
        <translation>누가</translation>
    </message>
    <message>
        <source>How it is known</source>
        <translation>어떻게 아는가</translation>
    </message>
    <message>
        <source>What belongs to some acts only</source>
        <translation>일부 행위에만 있는 것</translation>
    </message>
    <message>
        <source>What</source>
        <translation>무엇</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>무엇을 당했는가</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>누구에게</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>어디</translation>
    </message>
    <message>
        <source>When</source>
        <translation>언제</translation>
    </message>
    <message>
        <source>How known</source>
        <translation>아는 근거</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>접어 두기</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>누구</translation>
    </message>
    <message>
        <source>Add one more</source>
        <translation>하나 더 추가</translation>
    </message>
    <message>
        <source>Remove this one</source>
        <translation>이것 빼기</translation>
    </message>
    <message>
        <source>New act</source>
        <translation>새 행위</translation>
    </message>
    <message>
        <source>Act {code}</source>
        <translation>행위 {code}</translation>
    </message>
    <message>
        <source>Save act</source>
        <translation>행위 저장</translation>
    </message>
</context>
<context>
    <name>ActsList</name>
    <message>
        <source>Acts</source>
        <translation>행위</translation>
    </message>
    <message>
        <source>What was done to whom will stand here. Choose the words that say so, then press Enter.</source>
        <translation>누가 무엇을 당했는지 여기에 놓입니다. 그것을 말하는 낱말을 고르고 Enter를 누르십시오.</translation>
    </message>
    <message>
        <source>Acts: {count}</source>
        <translation>행위: {count}</translation>
    </message>
    <message>
        <source>Passages: {count}</source>
        <translation>인용: {count}</translation>
    </message>
    <message>
        <source>hidden until all are done: {count}</source>
        <translation>모두 마칠 때까지 숨김: {count}</translation>
    </message>
    <message>
        <source>The words “{quote}” stand no longer where they stood.</source>
        <translation>“{quote}”라는 말이 있던 자리에 없습니다.</translation>
    </message>
    <message>
        <source>The words “{quote}” were changed.</source>
        <translation>“{quote}”라는 말이 바뀌었습니다.</translation>
    </message>
    <message>
        <source>Passages that wait: {count}.</source>
        <translation>기다리는 인용: {count}.</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>More to look at: {count}.</source>
        <translation>더 볼 것: {count}.</translation>
    </message>
    <message>
        <source>Nobody said what was done</source>
        <translation>무엇인지 아직 없음</translation>
    </message>
    <message>
        <source>to nobody yet</source>
        <translation>누구인지 아직 없음</translation>
    </message>
</context>
<context>
    <name>AddPassphrase</name>
    <message>
        <source>The other person types it on the first screen, like you type yours. Both of you can read and change everything.</source>
        <translation>상대도 첫 화면에서 자기 암호 문구를 입력합니다. 두 사람 모두 모든 내용을 읽고 바꿀 수 있습니다.</translation>
    </message>
    <message>
        <source>Whose is it?</source>
        <translation>누구의 것입니까?</translation>
    </message>
    <message>
        <source>A name or code, seen only in this list.</source>
        <translation>이 목록에만 보이는 이름이나 부호입니다.</translation>
    </message>
    <message>
        <source>Add a passphrase</source>
        <translation>암호 문구 추가</translation>
    </message>
    <message>
        <source>Add this passphrase</source>
        <translation>이 암호 문구 추가</translation>
    </message>
    <message>
        <source>Adding the passphrase. This takes a moment.</source>
        <translation>암호 문구를 추가하고 있습니다. 잠시 걸립니다.</translation>
    </message>
    <message>
        <source>“{label}” can open this vault now.</source>
        <translation>이제 ‘{label}’ 암호 문구로 이 보관함을 열 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>Alerts</name>
    <message>
        <source>Write down consent</source>
        <translation>동의 기록하기</translation>
    </message>
    <message>
        <source>The recording has stopped. What was recorded is kept. {why}</source>
        <translation>녹음이 멈추었습니다. 녹음된 부분은 보관했습니다. {why}</translation>
    </message>
    <message>
        <source>The microphone is gone. Connect it again: the recording goes on by itself.</source>
        <translation>마이크가 빠졌습니다. 다시 연결하면 녹음이 저절로 이어집니다.</translation>
    </message>
    <message numerus="yes">
        <source>No sound for %n seconds. Is the microphone on?</source>
        <translation>
            <numerusform>%n초 동안 소리가 없습니다. 마이크가 켜져 있습니까?</numerusform>
        </translation>
    </message>
    <message>
        <source>The sound is too loud and is being cut. Move the microphone away.</source>
        <translation>소리가 너무 커서 잘립니다. 마이크를 멀리 두십시오.</translation>
    </message>
    <message numerus="yes">
        <source>Sound for %n more minutes fits on this disk.</source>
        <translation>
            <numerusform>이 디스크에 앞으로 %n분 더 녹음할 수 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>No consent is written down yet. It may also be spoken on the recording.</source>
        <translation>아직 기록한 동의가 없습니다. 녹음 중에 말로 받아도 됩니다.</translation>
    </message>
    <message>
        <source>An hour has passed. Offer a break.</source>
        <translation>한 시간이 지났습니다. 쉬자고 권하십시오.</translation>
    </message>
</context>
<context>
    <name>Asked</name>
    <message>
        <source>Take the filter away: {words}</source>
        <translation>거르기 풀기: {words}</translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>BackupGroup</name>
    <message>
        <source>Backup</source>
        <translation>백업</translation>
    </message>
    <message>
        <source>On a disk or stick that you keep elsewhere. A backup is encrypted like the vault, and opens with the same passphrase and the same recovery words.</source>
        <translation>다른 곳에 두는 디스크나 USB에 백업하십시오. 백업은 보관함처럼 암호화되며 같은 암호 문구와 복구 단어로 열립니다.</translation>
    </message>
    <message>
        <source>Back up again</source>
        <translation>다시 백업</translation>
    </message>
    <message>
        <source>Check a backup…</source>
        <translation>백업 검사…</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>폴더 고르기…</translation>
    </message>
    <message>
        <source>Last backup</source>
        <translation>마지막 백업</translation>
    </message>
    <message>
        <source>Not made yet.</source>
        <translation>아직 없습니다.</translation>
    </message>
    <message>
        <source>Back up to a folder</source>
        <translation>폴더에 백업</translation>
    </message>
    <message>
        <source>Later backups into the same folder add only what is new.</source>
        <translation>같은 폴더에 다시 백업하면 새로운 것만 더합니다.</translation>
    </message>
    <message>
        <source>Check a backup</source>
        <translation>백업 검사</translation>
    </message>
    <message>
        <source>Reads everything in it and compares it with its list. Nothing is changed.</source>
        <translation>안에 있는 것을 모두 읽고 목록과 비교합니다. 아무것도 바꾸지 않습니다.</translation>
    </message>
    <message>
        <source>{moment}, in {folder}</source>
        <translation>{moment}, {folder}</translation>
    </message>
    <message>
        <source>Choose a folder for the backup</source>
        <translation>백업할 폴더 고르기</translation>
    </message>
    <message>
        <source>Back up here</source>
        <translation>여기에 백업</translation>
    </message>
    <message>
        <source>Choose the backup to check</source>
        <translation>검사할 백업 고르기</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>검사</translation>
    </message>
    <message>
        <source>Backing up and reading back</source>
        <translation>백업하고 다시 읽어 확인하는 중</translation>
    </message>
    <message>
        <source>Reading the backup</source>
        <translation>백업 읽는 중</translation>
    </message>
    <message>
        <source>A backup is being made or checked.</source>
        <translation>백업하거나 백업을 검사하고 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n files copied</source>
        <translation>
            <numerusform>파일 %n개 복사</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were there already</source>
        <translation>
            <numerusform>이미 있던 것 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them read again</source>
        <translation>
            <numerusform>그중 %n개를 다시 읽음</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n no longer matched and were copied again</source>
        <translation>
            <numerusform>더는 맞지 않는 %n개를 다시 복사함</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removed that were erased here</source>
        <translation>
            <numerusform>여기에서 지운 %n개 제거</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} in all</source>
        <translation>모두 {size}</translation>
    </message>
    <message>
        <source>every file read back since {moment}</source>
        <translation>모든 파일을 {moment} 이후에 다시 읽어 확인함</translation>
    </message>
    <message>
        <source>the custody log does not tell of it, because nothing can be written in this vault now</source>
        <translation>지금은 이 보관함에 쓸 수 없어 보관 기록에 남지 않았습니다</translation>
    </message>
    <message numerus="yes">
        <source>The backup was made, but %n files are not whole.</source>
        <translation>
            <numerusform>백업했지만 온전하지 않은 파일이 %n개 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>The backup is complete. What was copied has been read back.</source>
        <translation>백업을 마쳤습니다. 복사한 내용을 다시 읽어 확인했습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n problems were found in this backup.</source>
        <translation>
            <numerusform>이 백업에서 문제 %n건을 찾았습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Back up again: what no longer matches is then copied anew. Keep another backup, too.</source>
        <translation>다시 백업하십시오. 더는 맞지 않는 것을 새로 복사합니다. 다른 백업도 따로 두십시오.</translation>
    </message>
    <message>
        <source>Everything in it was read: the backup of {moment}.</source>
        <translation>{moment}의 백업을 모두 읽었습니다.</translation>
    </message>
    <message>
        <source>This backup is whole.</source>
        <translation>이 백업은 온전합니다.</translation>
    </message>
    <message>
        <source>What was read so far says nothing of the rest.</source>
        <translation>지금까지 읽은 것으로 나머지를 알 수는 없습니다.</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>검사를 멈췄습니다.</translation>
    </message>
    <message>
        <source>The backup was not checked.</source>
        <translation>백업을 검사하지 못했습니다.</translation>
    </message>
    <message>
        <source>An earlier backup in this folder is still whole.</source>
        <translation>이 폴더의 이전 백업은 온전합니다.</translation>
    </message>
    <message>
        <source>The backup was stopped.</source>
        <translation>백업을 멈추었습니다.</translation>
    </message>
    <message>
        <source>No backup was made.</source>
        <translation>백업을 만들지 않았습니다.</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close this message</source>
        <translation>이 알림 닫기</translation>
    </message>
</context>
<context>
    <name>Before</name>
    <message>
        <source>A first account was taken and stopped there, so that the person need not tell it twice. Go on only if those it was referred to agree.</source>
        <translation>첫 진술만 받고 멈추었습니다. 같은 이야기를 두 번 하지 않게 하기 위해서입니다. 연계한 곳이 동의할 때만 이어 가십시오.</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Take a first account only: who, what kind of facts, when and where. Then stop and refer.</source>
        <translation>첫 진술만 받습니다. 누구인지, 어떤 사실인지, 언제 어디서인지 묻고, 멈추어 연계하십시오.</translation>
    </message>
    <message>
        <source>Nothing is written yet about how this interview came about.</source>
        <translation>이 면담이 어떻게 이루어졌는지 아직 적지 않았습니다.</translation>
    </message>
    <message>
        <source>Prepare</source>
        <translation>준비</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Family</source>
        <translation>가족</translation>
    </message>
</context>
<context>
    <name>ChangeKey</name>
    <message>
        <source>Passphrase of this vault</source>
        <translation>이 보관함의 암호 문구</translation>
    </message>
    <message>
        <source>The database is encrypted anew under a new key. Your passphrase stays, the key left to an office is renewed, other passphrases are dropped, and you get new recovery words.</source>
        <translation>데이터베이스를 새 열쇠로 새로 암호화합니다. 내 암호 문구는 그대로이고, 사무소에 맡긴 열쇠는 새로 바뀌며, 다른 암호 문구는 없어지고, 새 복구 단어를 받습니다.</translation>
    </message>
    <message>
        <source>Somebody who copied the folder before keeps that copy, and can open it with what opened it then. Make a new backup afterwards and destroy the old ones.</source>
        <translation>전에 폴더를 복사한 사람은 그 사본을 그때의 방법으로 열 수 있습니다. 바꾼 뒤에 새로 백업하고 예전 백업은 없애십시오.</translation>
    </message>
    <message>
        <source>Change the vault key</source>
        <translation>보관함 열쇠 바꾸기</translation>
    </message>
    <message>
        <source>Nothing else can be done meanwhile. If the power fails, the vault opens as before.</source>
        <translation>그동안 다른 일은 할 수 없습니다. 전원이 꺼져도 보관함은 이전처럼 열립니다.</translation>
    </message>
    <message>
        <source>Waiting until other work is done</source>
        <translation>다른 작업이 끝나기를 기다리는 중</translation>
    </message>
    <message>
        <source>Encrypting the database anew</source>
        <translation>데이터베이스를 새로 암호화하는 중</translation>
    </message>
</context>
<context>
    <name>ChangePassphrase</name>
    <message>
        <source>Passphrase now</source>
        <translation>지금 암호 문구</translation>
    </message>
    <message>
        <source>Change the passphrase</source>
        <translation>암호 문구 바꾸기</translation>
    </message>
    <message>
        <source>Changing the passphrase. This takes a moment.</source>
        <translation>암호 문구를 바꾸고 있습니다. 잠시 걸립니다.</translation>
    </message>
    <message>
        <source>The passphrase is changed. From now on only the new one opens the vault.</source>
        <translation>암호 문구를 바꾸었습니다. 이제 새 암호 문구로만 보관함이 열립니다.</translation>
    </message>
</context>
<context>
    <name>ChoiceBand</name>
    <message>
        <source>Choose none</source>
        <translation>모두 고르지 않기</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n건 고름</numerusform>
        </translation>
    </message>
    <message>
        <source>{chosen}, {count} of them not shown</source>
        <translation>{chosen}, 그 가운데 {count}건은 보이지 않음</translation>
    </message>
    <message>
        <source>Choose all {count}</source>
        <translation>{count}건 모두 고르기</translation>
    </message>
    <message numerus="yes">
        <source>Seal bundle of %n…</source>
        <translation>
            <numerusform>면담 %n건을 묶음으로 봉인…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <source>Not asked</source>
        <translation>묻지 않음</translation>
    </message>
    <message>
        <source>not known here ({code})</source>
        <translation>여기서 모르는 값 ({code})</translation>
    </message>
</context>
<context>
    <name>Choose</name>
    <message>
        <source>Kind of file</source>
        <translation>파일 종류</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Folder:</source>
        <translation>폴더:</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>이름:</translation>
    </message>
    <message>
        <source>Kind of file:</source>
        <translation>파일 종류:</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>앞으로</translation>
    </message>
    <message>
        <source>To the folder above</source>
        <translation>위 폴더로</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>새 폴더</translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>Close Cairn now?</source>
        <translation>지금 Cairn을 닫으시겠습니까?</translation>
    </message>
    <message>
        <source>Close all the same</source>
        <translation>그래도 닫기</translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation>여기에 머무르기</translation>
    </message>
    <message>
        <source>Closing stops it. What is half done is taken back, and you are told what became of it.</source>
        <translation>닫으면 멈춥니다. 하다 만 것은 되돌리고, 어떻게 되었는지 알려 드립니다.</translation>
    </message>
    <message>
        <source>Stop it and close</source>
        <translation>멈추고 닫기</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속하기</translation>
    </message>
    <message>
        <source>It was finished before it could be stopped: all of it is done.</source>
        <translation>멈추기 전에 모두 끝났습니다.</translation>
    </message>
    <message>
        <source>It was stopped. Nothing half done is left.</source>
        <translation>멈췄습니다. 하다 만 것은 남지 않았습니다.</translation>
    </message>
    <message>
        <source>It failed before it could be stopped. Nothing half done is left.</source>
        <translation>멈추기 전에 실패했습니다. 하다 만 것은 남지 않았습니다.</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>어떻게 되었는지</translation>
    </message>
    <message>
        <source>Close Cairn</source>
        <translation>Cairn 닫기</translation>
    </message>
</context>
<context>
    <name>Code</name>
    <message>
        <source>{code}, name shut</source>
        <translation>{code}, 이름 닫힘</translation>
    </message>
</context>
<context>
    <name>Coding</name>
    <message>
        <source>Add: {name}</source>
        <translation>추가: {name}</translation>
    </message>
    <message>
        <source>Remove: {name}</source>
        <translation>빼기: {name}</translation>
    </message>
</context>
<context>
    <name>CodingTab</name>
    <message>
        <source>Text to code</source>
        <translation>부호를 붙일 글</translation>
    </message>
    <message>
        <source>Words to code</source>
        <translation>부호를 붙일 말</translation>
    </message>
    <message>
        <source>Code blind</source>
        <translation>서로 안 보고 표시</translation>
    </message>
    <message>
        <source>What others mark is hidden until all have said that they are done.</source>
        <translation>모두 마쳤다고 할 때까지 다른 사람이 표시한 것은 보이지 않습니다.</translation>
    </message>
    <message>
        <source>I am done</source>
        <translation>마쳤음</translation>
    </message>
    <message>
        <source>There are no words yet. What is told under Account can be coded here.</source>
        <translation>아직 글이 없습니다. 진술 탭에 적은 말에 여기서 부호를 붙입니다.</translation>
    </message>
    <message>
        <source>New act</source>
        <translation>새 행위</translation>
    </message>
    <message>
        <source>The last term again</source>
        <translation>방금 쓴 용어 다시</translation>
    </message>
    <message>
        <source>Cite for this act</source>
        <translation>이 행위의 근거로 인용</translation>
    </message>
    <message>
        <source>Alt+W word · Alt+S sentence · Alt+P paragraph · Enter new act · Ctrl+R the last term again</source>
        <translation>Alt+W 낱말 · Alt+S 문장 · Alt+P 문단 · Enter 새 행위 · Ctrl+R 방금 쓴 용어 다시</translation>
    </message>
    <message>
        <source>Hidden while the coding is blind: {names}</source>
        <translation>서로 보지 않는 동안 숨김: {names}</translation>
    </message>
    <message>
        <source>Act saved</source>
        <translation>행위를 저장했습니다</translation>
    </message>
    <message>
        <source>The act is saved.</source>
        <translation>행위를 저장했습니다.</translation>
    </message>
    <message>
        <source>Kept as a draft</source>
        <translation>초안으로 보관했습니다</translation>
    </message>
    <message>
        <source>What you typed is kept as a draft.</source>
        <translation>입력한 내용을 초안으로 보관했습니다.</translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation>이어서 쓰기</translation>
    </message>
    <message>
        <source>The act is removed. Its passages stay.</source>
        <translation>행위를 뺐습니다. 인용은 남아 있습니다.</translation>
    </message>
    <message>
        <source>These words speak of it now.</source>
        <translation>이 말이 이제 그 근거입니다.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>되돌렸습니다</translation>
    </message>
</context>
<context>
    <name>CompareWords</name>
    <message>
        <source>Ask {name} to read out the 12 words of their card, in person or over the phone, and type what you hear. The words are not shown here: only hearing them from the other side proves anything.</source>
        <translation>‘{name}’에게 직접 만나거나 전화로 카드의 확인 단어 12개를 읽어 달라고 하고, 들은 대로 입력하십시오. 단어는 여기에 나오지 않습니다. 상대에게서 직접 들어야만 증명이 됩니다.</translation>
    </message>
    <message>
        <source>Compare the words</source>
        <translation>단어 맞춰 보기</translation>
    </message>
    <message>
        <source>Type all 12 words first. {count} are still missing.</source>
        <translation>먼저 12개 단어를 모두 입력하십시오. 아직 {count}개가 비어 있습니다.</translation>
    </message>
</context>
<context>
    <name>ConsentStep</name>
    <message>
        <source>Only what stays</source>
        <translation>남는 것만</translation>
    </message>
    <message>
        <source>What leaves, and what stays</source>
        <translation>나가는 것과 남는 것</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>모두 보기</translation>
    </message>
    <message>
        <source>Not every file was looked at. Some may tell more than they show.</source>
        <translation>모든 파일을 살펴보지는 못했습니다. 보이는 것보다 더 많은 내용이 든 파일이 있을 수 있습니다.</translation>
    </message>
    <message>
        <source>{files} more</source>
        <translation>그 밖에 {files}</translation>
    </message>
    <message>
        <source>A copy for sharing holds only the content. Make it under Files, or of a recording a listening copy, and hold the original back here.</source>
        <translation>공유용 사본에는 내용만 들어 있습니다. ‘파일’에서 사본을 만들고(녹음은 듣기용 사본), 여기에서 원본을 남기십시오.</translation>
    </message>
    <message>
        <source>Of some of these files Cairn can&apos;t make such a copy. Hold back what shall not leave.</source>
        <translation>이 가운데 일부는 Cairn이 그런 사본을 만들 수 없습니다. 나가면 안 되는 것은 남기십시오.</translation>
    </message>
    <message>
        <source>In the bundle for {names}</source>
        <translation>{names}에게 가는 묶음</translation>
    </message>
    <message>
        <source>No bundle for {names}</source>
        <translation>{names}에게 가는 묶음 없음</translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) hold something that was said off the record, and stay here.</source>
        <translation>
            <numerusform>녹음 %n건에 제외한 부분이 있어 이곳에 남습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>What can leave instead is a copy without those words. It names the original by its SHA-256.</source>
        <translation>대신 제외한 부분이 없는 사본을 내보낼 수 있습니다. 사본은 원본의 SHA-256을 밝힙니다.</translation>
    </message>
    <message>
        <source>Make the copies</source>
        <translation>사본 만들기</translation>
    </message>
    <message>
        <source>Words of a recording are typed but not saved as a version: {titles}</source>
        <translation>입력했지만 판으로 저장하지 않은 녹취록이 있습니다: {titles}</translation>
    </message>
    <message>
        <source>Only what is saved can leave. Without saving, these words stay here.</source>
        <translation>저장한 내용만 밖으로 나갈 수 있습니다. 저장하지 않으면 이 내용은 여기에 남습니다.</translation>
    </message>
    <message>
        <source>Save them and go on</source>
        <translation>저장하고 계속</translation>
    </message>
    <message>
        <source>A correction is typed but not saved: {titles}</source>
        <translation>고친 내용을 쓰고 아직 저장하지 않았습니다: {titles}</translation>
    </message>
    <message>
        <source>It needs a reason. Without saving, it stays here, and what was saved before leaves.</source>
        <translation>저장하려면 이유가 필요합니다. 저장하지 않으면 이곳에 남고, 그전에 저장한 판이 나갑니다.</translation>
    </message>
    <message>
        <source>Save the correction and include it…</source>
        <translation>고친 내용을 저장하고 포함…</translation>
    </message>
    <message>
        <source>Typed but not saved as a version: {titles}</source>
        <translation>입력했지만 판으로 저장하지 않은 면담: {titles}</translation>
    </message>
    <message>
        <source>Save it and include it</source>
        <translation>판으로 저장하고 함께 보내기</translation>
    </message>
</context>
<context>
    <name>ConsentTab</name>
    <message>
        <source>Nothing</source>
        <translation>아무것도 안 함</translation>
    </message>
    <message>
        <source>Nothing may be kept. The interview is to be erased.</source>
        <translation>보관하지 않습니다. 면담을 지워야 합니다.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>보관</translation>
    </message>
    <message>
        <source>Kept encrypted on this laptop. Nothing leaves it.</source>
        <translation>이 노트북에 암호화해 보관합니다. 밖으로 나가지 않습니다.</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>공유</translation>
    </message>
    <message>
        <source>May leave in a sealed bundle, to those chosen below.</source>
        <translation>아래에서 고른 사람에게 봉인한 묶음으로 보낼 수 있습니다.</translation>
    </message>
    <message>
        <source>Any contact whose words were compared</source>
        <translation>확인 단어를 맞춰 본 모든 연락처</translation>
    </message>
    <message>
        <source>Only these contacts:</source>
        <translation>다음 연락처만:</translation>
    </message>
    <message>
        <source>There are no contacts yet. Add them under Contacts.</source>
        <translation>아직 연락처가 없습니다. ‘연락처’에서 추가하십시오.</translation>
    </message>
    <message>
        <source>How it was given</source>
        <translation>동의한 방식</translation>
    </message>
    <message>
        <source>Record this consent</source>
        <translation>이 동의 기록</translation>
    </message>
    <message>
        <source>What did the person agree to?</source>
        <translation>무엇에 동의했습니까?</translation>
    </message>
    <message>
        <source>When, in which words, in whose presence. What the person wants left out.</source>
        <translation>언제, 어떤 말로, 누가 있는 자리에서 동의했는지, 빼 달라고 한 내용은 무엇인지 적습니다.</translation>
    </message>
    <message>
        <source>Not asked yet. Until the person has agreed to share, nothing of this interview can leave the vault.</source>
        <translation>아직 묻지 않았습니다. 공유에 동의하기 전에는 이 면담의 어떤 내용도 보관함 밖으로 나갈 수 없습니다.</translation>
    </message>
    <message>
        <source>Different consents stand side by side. The most restrictive holds until they are settled under History.</source>
        <translation>서로 다른 동의가 나란히 있습니다. ‘이력’에서 정리할 때까지 가장 제한하는 쪽을 따릅니다.</translation>
    </message>
    <message>
        <source>Agreed in detail. One of the choices below would take its place:</source>
        <translation>자세히 정한 동의입니다. 아래에서 하나를 골라 기록하면 그것이 대신합니다:</translation>
    </message>
    <message>
        <source>Consent recorded</source>
        <translation>동의 기록됨</translation>
    </message>
</context>
<context>
    <name>Console</name>
    <message>
        <source>Time recorded</source>
        <translation>녹음한 시간</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>잠시 멈춤</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>끝내기</translation>
    </message>
    <message>
        <source>Sound recorded so far</source>
        <translation>지금까지 녹음한 소리</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>휴식</translation>
    </message>
    <message>
        <source>Distress</source>
        <translation>힘들어함</translation>
    </message>
    <message>
        <source>Off the record</source>
        <translation>비공개</translation>
    </message>
    <message>
        <source>Why? Tea, a telephone call, a child … (optional)</source>
        <translation>이유: 차, 전화, 아이 … (적지 않아도 됩니다)</translation>
    </message>
    <message>
        <source>Reason of the pause</source>
        <translation>멈춘 이유</translation>
    </message>
    <message>
        <source>Record it, and leave it out of everything that leaves</source>
        <translation>녹음하고 제외</translation>
    </message>
    <message>
        <source>Record nothing instead</source>
        <translation>녹음하지 않음</translation>
    </message>
    <message>
        <source>listening…</source>
        <translation>듣는 중…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>On the record</source>
        <translation>비공개 끝내기</translation>
    </message>
    <message>
        <source>recording, {level}</source>
        <translation>녹음 중, {level}</translation>
    </message>
    <message>
        <source>off the record: recorded, and left out of everything that leaves</source>
        <translation>비공개: 녹음하되 밖으로 나가는 모든 것에서 제외합니다</translation>
    </message>
    <message>
        <source>off the record: nothing is recorded</source>
        <translation>비공개: 아무것도 녹음하지 않습니다</translation>
    </message>
    <message>
        <source>paused: nothing is recorded</source>
        <translation>잠시 멈춤: 아무것도 녹음하지 않습니다</translation>
    </message>
    <message>
        <source>waiting for the microphone</source>
        <translation>마이크를 기다리는 중</translation>
    </message>
    <message>
        <source>being saved</source>
        <translation>저장하는 중</translation>
    </message>
    <message>
        <source>too loud</source>
        <translation>너무 큼</translation>
    </message>
    <message>
        <source>no sound</source>
        <translation>소리 없음</translation>
    </message>
    <message>
        <source>quiet</source>
        <translation>작음</translation>
    </message>
    <message>
        <source>level good</source>
        <translation>적당함</translation>
    </message>
</context>
<context>
    <name>ContactPane</name>
    <message>
        <source>Revoke this contact…</source>
        <translation>이 연락처의 신뢰 철회…</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>Card made</source>
        <translation>카드를 만든 날</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>기한</translation>
    </message>
    <message>
        <source>does not expire</source>
        <translation>기한 없음</translation>
    </message>
    <message>
        <source>Words compared</source>
        <translation>단어를 맞춰 본 때</translation>
    </message>
    <message>
        <source>Revoked because</source>
        <translation>철회한 이유</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>지문</translation>
    </message>
    <message>
        <source>{before}; on the newer card {after}</source>
        <translation>{before} (새 카드에는 {after})</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>A newer card says otherwise</source>
        <translation>새 카드에 다르게 적혀 있습니다</translation>
    </message>
    <message>
        <source>It is signed with the keys of this contact. The words are over these keys alone, and prove nothing about name, role or end. Ask this contact by voice before you accept it.</source>
        <translation>이 연락처의 열쇠로 서명된 카드입니다. 확인 단어는 열쇠만 증명할 뿐 이름, 역할, 기한은 증명하지 않습니다. 받아들이기 전에 직접 목소리로 물어보십시오.</translation>
    </message>
    <message>
        <source>Accept the change</source>
        <translation>변경 받아들이기</translation>
    </message>
    <message>
        <source>Decline the change</source>
        <translation>변경 거절하기</translation>
    </message>
    <message>
        <source>The change is declined: {name} stays as it was.</source>
        <translation>변경을 거절했습니다. {name} 연락처는 그대로입니다.</translation>
    </message>
    <message>
        <source>The change is accepted: {name} · {role} · {end}.</source>
        <translation>변경을 받아들였습니다: {name} · {role} · {end}.</translation>
    </message>
    <message>
        <source>The 12 words of this card</source>
        <translation>이 카드의 확인 단어 12개</translation>
    </message>
    <message>
        <source>No bundle can be sealed to this card any more, and nothing from it is taken in. This can&apos;t be undone: to trust them again, they need a new card.</source>
        <translation>이 카드로는 더 이상 묶음을 봉인해 보낼 수 없고, 이 카드에서 온 것도 받아들이지 않습니다. 되돌릴 수 없습니다. 다시 믿으려면 상대가 새 카드를 만들어야 합니다.</translation>
    </message>
    <message>
        <source>Revoke {name}?</source>
        <translation>‘{name}’의 신뢰를 철회하시겠습니까?</translation>
    </message>
    <message>
        <source>Revoke this contact</source>
        <translation>신뢰 철회</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Kept in the custody log.</source>
        <translation>보관 기록에 남습니다.</translation>
    </message>
</context>
<context>
    <name>Contacts</name>
    <message>
        <source>verified</source>
        <translation>확인됨</translation>
    </message>
    <message>
        <source>not compared</source>
        <translation>맞춰 보지 않음</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>기한 지남</translation>
    </message>
    <message>
        <source>revoked</source>
        <translation>철회됨</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>현장</translation>
    </message>
    <message>
        <source>Office</source>
        <translation>사무소</translation>
    </message>
    <message>
        <source>The 12 words were compared. You can seal bundles to this contact and take in theirs.</source>
        <translation>확인 단어 12개를 맞춰 보았습니다. 이 연락처에게 묶음을 봉인해 보내고, 이 연락처가 보낸 묶음을 받아들일 수 있습니다.</translation>
    </message>
    <message>
        <source>Nobody has compared the words yet, so nobody knows whose card this is.</source>
        <translation>아직 확인 단어를 맞춰 보지 않아 누구의 카드인지 알 수 없습니다.</translation>
    </message>
    <message>
        <source>This card has expired. Ask for a new one and add it here.</source>
        <translation>카드의 기한이 지났습니다. 새 카드를 받아 여기에 추가하십시오.</translation>
    </message>
    <message>
        <source>Revoked for good. No bundle is sealed to this card, and nothing from it is taken in.</source>
        <translation>신뢰를 완전히 철회했습니다. 이 카드로는 묶음을 봉인해 보내지 않고, 이 카드에서 온 것도 받아들이지 않습니다.</translation>
    </message>
</context>
<context>
    <name>ContactsScreen</name>
    <message>
        <source>Add a card…</source>
        <translation>카드 추가…</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>연락처</translation>
    </message>
    <message>
        <source>The cards of offices and colleagues will be here.</source>
        <translation>사무소와 동료의 카드가 여기에 모입니다.</translation>
    </message>
    <message>
        <source>Drop a .contact file here, or choose one.</source>
        <translation>.contact 파일을 끌어다 놓거나 고르십시오.</translation>
    </message>
    <message>
        <source>All contacts</source>
        <translation>모든 연락처</translation>
    </message>
    <message>
        <source>Your own card</source>
        <translation>내 카드</translation>
    </message>
    <message>
        <source>newer card</source>
        <translation>새 카드</translation>
    </message>
    <message>
        <source>The words fit: {name} is verified.</source>
        <translation>단어가 맞습니다. ‘{name}’ 연락처를 확인했습니다.</translation>
    </message>
    <message>
        <source>Contact cards (*.{ending})</source>
        <translation>연락처 카드 (*.{ending})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>Add a contact&apos;s card</source>
        <translation>연락처 카드 추가</translation>
    </message>
    <message>
        <source>Add card</source>
        <translation>카드 추가</translation>
    </message>
    <message>
        <source>This card of {name} says otherwise than the one that is here. Nothing is changed yet.</source>
        <translation>{name}의 이 카드에는 이곳에 있는 카드와 다르게 적혀 있습니다. 아직 바뀐 것은 없습니다.</translation>
    </message>
    <message>
        <source>The card of {name} is added. Compare its words now, or later.</source>
        <translation>‘{name}’ 카드를 추가했습니다. 확인 단어는 지금 또는 나중에 맞춰 보십시오.</translation>
    </message>
</context>
<context>
    <name>ConversationTab</name>
    <message>
        <source>Record again…</source>
        <translation>다시 녹음…</translation>
    </message>
    <message>
        <source>Back to the recordings</source>
        <translation>녹음 목록으로</translation>
    </message>
    <message>
        <source>Stop the recording?</source>
        <translation>녹음을 끝내시겠습니까?</translation>
    </message>
    <message>
        <source>It is closed as it is. You can record again afterwards; that is a recording of its own.</source>
        <translation>지금 상태로 마무리합니다. 그 뒤에 다시 녹음할 수 있으며, 그것은 별도의 녹음이 됩니다.</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>녹음 끝내기</translation>
    </message>
    <message>
        <source>Go on recording</source>
        <translation>계속 녹음</translation>
    </message>
    <message>
        <source>This interview is finalised. What is recorded now belongs to a new interview.</source>
        <translation>확정된 면담입니다. 이제부터의 녹음은 새 면담에서 하십시오.</translation>
    </message>
    <message>
        <source>This interview comes from another device. Record in an interview of your own.</source>
        <translation>다른 기기에서 온 면담입니다. 직접 만든 면담에서 녹음하십시오.</translation>
    </message>
    <message>
        <source>Go to the recording</source>
        <translation>녹음으로 가기</translation>
    </message>
    <message>
        <source>Another conversation is being recorded.</source>
        <translation>다른 대화를 녹음하고 있습니다.</translation>
    </message>
    <message>
        <source>It belongs to another vault. Open that one to stop it.</source>
        <translation>다른 보관함의 녹음입니다. 끝내려면 그 보관함을 여십시오.</translation>
    </message>
    <message>
        <source>{time} not recorded</source>
        <translation>{time} 동안 녹음하지 않음</translation>
    </message>
    <message>
        <source>{time}, left out of everything that leaves</source>
        <translation>{time}, 밖으로 나가는 모든 것에서 제외</translation>
    </message>
</context>
<context>
    <name>CustodyScreen</name>
    <message>
        <source>Check now</source>
        <translation>지금 확인</translation>
    </message>
    <message>
        <source>Check everything</source>
        <translation>모두 확인</translation>
    </message>
    <message>
        <source>Reads the database, every file and the log. May take a while.</source>
        <translation>데이터베이스와 모든 파일, 보관 기록을 읽습니다. 시간이 걸릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Entries of the custody log</source>
        <translation>보관 기록의 항목</translation>
    </message>
    <message>
        <source>Custody</source>
        <translation>보관 기록</translation>
    </message>
    <message>
        <source>Whatever happens in this vault is written down here. One fingerprint stands for all the lines, so nothing can be changed or taken out unnoticed.</source>
        <translation>이 보관함에서 일어난 일은 모두 여기에 남습니다. 지문 하나가 모든 줄을 나타내므로, 몰래 바꾸거나 뺄 수 없습니다.</translation>
    </message>
    <message>
        <source>How the log works</source>
        <translation>기록의 원리</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Write these words into a paper notebook at the end of a day. A log that was put back to an older state ends in other words.</source>
        <translation>하루를 마칠 때 이 단어를 종이 공책에 적어 두십시오. 이전 상태로 되돌린 기록은 끝의 단어가 다릅니다.</translation>
    </message>
    <message>
        <source>The log&apos;s end in 12 words</source>
        <translation>기록의 끝을 나타내는 단어 12개</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>항목</translation>
    </message>
    <message>
        <source>newest first</source>
        <translation>최신순</translation>
    </message>
    <message>
        <source>not checked yet</source>
        <translation>아직 확인하지 않음</translation>
    </message>
    <message>
        <source>never on this vault</source>
        <translation>아직 한 적 없음</translation>
    </message>
    <message numerus="yes">
        <source>%n problems</source>
        <translation>
            <numerusform>문제 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>whole</source>
        <translation>온전함</translation>
    </message>
    <message>
        <source>Last check</source>
        <translation>마지막 확인</translation>
    </message>
    <message>
        <source>the whole vault</source>
        <translation>보관함 전체</translation>
    </message>
    <message>
        <source>the log</source>
        <translation>보관 기록</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>확인한 것</translation>
    </message>
    <message>
        <source>Since then</source>
        <translation>그 뒤로</translation>
    </message>
    <message numerus="yes">
        <source>%n new entries</source>
        <translation>
            <numerusform>새 항목 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking everything</source>
        <translation>모두 확인하는 중</translation>
    </message>
    <message>
        <source>Checking the log</source>
        <translation>보관 기록을 확인하는 중</translation>
    </message>
    <message>
        <source>The check was stopped before its end. It says nothing about the vault.</source>
        <translation>확인을 도중에 멈추었습니다. 보관함이 온전한지는 알 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>Dates</name>
    <message>
        <source>d MMM yyyy, HH:mm</source>
        <translation>yyyy. M. d. HH:mm</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy. M. d.</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>yyyy년 M월 d일</translation>
    </message>
</context>
<context>
    <name>DeskView</name>
    <message>
        <source>Office vault “{label}”</source>
        <translation>사무소 보관함 ‘{label}’</translation>
    </message>
    <message>
        <source>Field vault “{label}”</source>
        <translation>현장 보관함 ‘{label}’</translation>
    </message>
    <message>
        <source>Practice vault. Everything here is made up. Don&apos;t write anything real in it.</source>
        <translation>연습용 보관함입니다. 여기 있는 내용은 모두 지어낸 것입니다. 실제 내용은 적지 마십시오.</translation>
    </message>
    <message>
        <source>This vault does not fit its custody log. What you see may be an older state. “Check now” under Custody says where it breaks.</source>
        <translation>이 보관함은 보관 기록과 맞지 않습니다. 보이는 내용이 예전 상태일 수 있습니다. 보관 기록의 ‘지금 확인’이 어디서 끊어졌는지 알려 줍니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n received bundle(s) wait for you to decide</source>
        <translation>
            <numerusform>받은 묶음 %n개가 결정을 기다립니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Nobody has typed the recovery words of this vault back. Without them on paper, a forgotten passphrase is the end of it.</source>
        <translation>이 보관함의 복구 단어를 아무도 다시 입력하지 않았습니다. 종이에 적어 둔 단어가 없으면 암호 문구를 잊었을 때 다시 열 수 없습니다.</translation>
    </message>
    <message>
        <source>See to it</source>
        <translation>확인하기</translation>
    </message>
    <message>
        <source>What is recorded belongs to another vault. Open that one to stop it.</source>
        <translation>다른 보관함의 녹음이 진행되고 있습니다. 끝내려면 그 보관함을 여십시오.</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>The interview in short</source>
        <translation>면담 요약</translation>
    </message>
    <message>
        <source>Open to read</source>
        <translation>열어서 읽기</translation>
    </message>
    <message>
        <source>Open to write</source>
        <translation>열어서 쓰기</translation>
    </message>
    <message>
        <source>Choose an interview to see what it is.</source>
        <translation>면담을 고르면 어떤 면담인지 보입니다.</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>이름 없음</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) here wait for you to settle them.</source>
        <translation>
            <numerusform>정리해 주기를 기다리는 것이 %n개 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Look at both</source>
        <translation>둘 다 보기</translation>
    </message>
    <message>
        <source>Nobody has written down what was agreed to.</source>
        <translation>무엇에 동의했는지 적은 사람이 없습니다.</translation>
    </message>
    <message>
        <source>Consent, as it was written down</source>
        <translation>적어 둔 동의</translation>
    </message>
    <message>
        <source>{count}, names protected</source>
        <translation>{count}명, 이름 보호됨</translation>
    </message>
    <message>
        <source>People</source>
        <translation>사람</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>녹음</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>시작한 때</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>바뀐 때</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>묶음</translation>
    </message>
</context>
<context>
    <name>DocumentPane</name>
    <message>
        <source>The first words of this document, without its layout and pictures.</source>
        <translation>문서 앞부분의 글입니다. 모양과 그림은 없습니다.</translation>
    </message>
    <message>
        <source>The words of this document, without its layout and pictures.</source>
        <translation>문서의 글입니다. 모양과 그림은 없습니다.</translation>
    </message>
</context>
<context>
    <name>EditPage</name>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Leave as it was</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>Back to the picture</source>
        <translation>그림으로 돌아가기</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Kept as a draft</source>
        <translation>초안으로 보관했습니다</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>저장했습니다</translation>
    </message>
</context>
<context>
    <name>Entries</name>
    <message>
        <source>What this entry told was erased</source>
        <translation>이 항목의 내용은 지웠습니다</translation>
    </message>
    <message>
        <source>The line stays, so that the log can be checked.</source>
        <translation>기록을 확인할 수 있도록 줄은 남습니다.</translation>
    </message>
</context>
<context>
    <name>Exchange</name>
    <message numerus="yes">
        <source>%n interview(s)</source>
        <translation>
            <numerusform>면담 %n건</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>파일 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>메모 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s)</source>
        <translation>
            <numerusform>녹음 %n건</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n transcript(s)</source>
        <translation>
            <numerusform>녹취록 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>Without a title</source>
        <translation>이름 없음</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} 외 {count}</translation>
    </message>
    <message numerus="yes">
        <source>Seal bundle of %n…</source>
        <translation>
            <numerusform>면담 %n건을 묶음으로 봉인…</numerusform>
        </translation>
    </message>
    <message>
        <source>Take in all of it</source>
        <translation>모두 받아들이기</translation>
    </message>
    <message numerus="yes">
        <source>Take in %n interview(s)</source>
        <translation>
            <numerusform>면담 %n건 받아들이기</numerusform>
        </translation>
    </message>
    <message>
        <source>Bundles (*.{ending})</source>
        <translation>묶음 (*.{ending})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
</context>
<context>
    <name>ExchangeScreen</name>
    <message>
        <source>Open a bundle</source>
        <translation>묶음 열기</translation>
    </message>
    <message>
        <source>Open bundle</source>
        <translation>묶음 열기</translation>
    </message>
</context>
<context>
    <name>Explained</name>
    <message>
        <source>not known here ({id})</source>
        <translation>여기서는 모름 ({id})</translation>
    </message>
    <message>
        <source>It is kept as it is. A newer version, or another office, may know it.</source>
        <translation>그대로 둡니다. 더 새로운 버전이나 다른 사무소는 알 수 있습니다.</translation>
    </message>
    <message>
        <source>Retired: no longer offered, shown where it was used.</source>
        <translation>쓰지 않는 용어입니다. 더 내놓지 않지만 이미 쓴 곳에는 보입니다.</translation>
    </message>
    <message>
        <source>Needs review: no practitioner has looked at this term yet.</source>
        <translation>검토 필요: 실무자가 아직 이 용어를 보지 않았습니다.</translation>
    </message>
    <message>
        <source>To ask: {doubt}</source>
        <translation>물어볼 것: {doubt}</translation>
    </message>
    <message>
        <source>{what} (that is: {term})</source>
        <translation>{what} (해당 항목: {term})</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>뜻</translation>
    </message>
    <message>
        <source>What is in</source>
        <translation>들어가는 것</translation>
    </message>
    <message>
        <source>What is out</source>
        <translation>들어가지 않는 것</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>예</translation>
    </message>
    <message>
        <source>How to count</source>
        <translation>세는 법</translation>
    </message>
    <message>
        <source>Official names</source>
        <translation>공식 이름</translation>
    </message>
    <message>
        <source>Also said</source>
        <translation>달리 부르는 말</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>덧붙임</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>DOCX, for a word processor</source>
        <translation>DOCX, 문서 편집용</translation>
    </message>
    <message>
        <source>WebVTT, for a player</source>
        <translation>WebVTT, 재생 프로그램용</translation>
    </message>
    <message>
        <source>The words as they were said</source>
        <translation>말한 그대로</translation>
    </message>
    <message>
        <source>The words and the translation</source>
        <translation>말한 그대로와 번역</translation>
    </message>
    <message>
        <source>The translation alone</source>
        <translation>번역만</translation>
    </message>
    <message>
        <source>The file is readable by anyone who finds it. The custody log keeps that it was made.</source>
        <translation>파일은 손에 넣은 누구나 읽을 수 있습니다. 파일을 만든 사실은 보관 기록에 남습니다.</translation>
    </message>
    <message>
        <source>What was typed since the last version is not in it.</source>
        <translation>마지막 판 이후에 입력한 글은 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Copy the transcript out of the vault?</source>
        <translation>녹취록을 보관함 밖으로 복사하시겠습니까?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Choose where…</source>
        <translation>저장할 곳 고르기…</translation>
    </message>
    <message>
        <source>Copy the transcript to</source>
        <translation>복사할 곳</translation>
    </message>
    <message>
        <source>Copy it here</source>
        <translation>여기에 복사</translation>
    </message>
    <message>
        <source>Transcript copied out</source>
        <translation>녹취록을 밖으로 복사함</translation>
    </message>
    <message>
        <source>A transcript is being copied out.</source>
        <translation>녹취록을 밖으로 복사하고 있습니다.</translation>
    </message>
</context>
<context>
    <name>FileOpener</name>
    <message>
        <source>Cairn opens one file at a time. This is the first; open the others after it.</source>
        <translation>Cairn은 파일을 하나씩 엽니다. 이것은 첫 번째 파일입니다. 나머지는 그 다음에 여십시오.</translation>
    </message>
    <message>
        <source>“{name}” waits until you open a vault of your own.</source>
        <translation>‘{name}’은(는) 본인의 보관함을 열 때까지 기다립니다.</translation>
    </message>
    <message>
        <source>Add card</source>
        <translation>카드 추가</translation>
    </message>
    <message>
        <source>Add this contact card?</source>
        <translation>이 연락처 카드를 추가할까요?</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>그만두기</translation>
    </message>
    <message>
        <source>End this first, or leave it; then open “{name}” again.</source>
        <translation>먼저 이 일을 끝내거나 그만두고 나서 ‘{name}’을(를) 다시 여십시오.</translation>
    </message>
</context>
<context>
    <name>FileViewer</name>
    <message>
        <source>Copy out…</source>
        <translation>밖으로 복사…</translation>
    </message>
    <message>
        <source>Copy this file out of the vault</source>
        <translation>이 파일을 보관함 밖으로 복사</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>여는 중…</translation>
    </message>
    <message>
        <source>Choose a file to see it here.</source>
        <translation>파일을 고르면 여기에 보입니다.</translation>
    </message>
    <message>
        <source>{type} · {size}</source>
        <translation>{type} · {size}</translation>
    </message>
    <message>
        <source>Cairn keeps this file but can&apos;t show it.
{type}, {size}</source>
        <translation>보관하고 있지만 Cairn에서 볼 수 없는 형식입니다.
{type}, {size}</translation>
    </message>
</context>
<context>
    <name>FilesTab</name>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>파일 추가…</translation>
    </message>
    <message>
        <source>Rename this file</source>
        <translation>이 파일의 이름 바꾸기</translation>
    </message>
    <message>
        <source>Remove this file</source>
        <translation>이 파일 빼기</translation>
    </message>
    <message>
        <source>Bring this file back</source>
        <translation>이 파일 되돌려 놓기</translation>
    </message>
    <message>
        <source>Copy this file out of the vault</source>
        <translation>이 파일을 보관함 밖으로 복사</translation>
    </message>
    <message>
        <source>Photographs, documents and sound will be listed here.</source>
        <translation>사진, 문서, 소리 파일이 여기에 모입니다.</translation>
    </message>
    <message>
        <source>Drag files in, paste them or choose them. Cairn keeps an encrypted copy and never changes it. The file that you took it from stays where it was.</source>
        <translation>파일을 끌어다 놓거나 붙여 넣거나 고르십시오. Cairn은 암호화한 사본을 보관하고 바꾸지 않습니다. 가져온 파일은 있던 자리에 그대로 남습니다.</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>뺌</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>내용 없음</translation>
    </message>
    <message>
        <source>Let go to add the files to this interview.</source>
        <translation>놓으면 이 면담에 파일을 추가합니다.</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>붙여 넣은 그림</translation>
    </message>
    <message>
        <source>There is no file and no picture on the clipboard.</source>
        <translation>클립보드에 파일이나 그림이 없습니다.</translation>
    </message>
    <message>
        <source>Choose files to add</source>
        <translation>추가할 파일 고르기</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>파일 추가</translation>
    </message>
    <message>
        <source>Add files to a finalised interview</source>
        <translation>확정된 면담에 파일 추가</translation>
    </message>
    <message>
        <source>The finalised version stays as it is. Say why the files are needed.</source>
        <translation>확정된 판은 그대로 남습니다. 파일이 필요한 이유를 적으십시오.</translation>
    </message>
    <message numerus="yes">
        <source>Add %n file(s)</source>
        <translation>
            <numerusform>파일 %n개 추가</numerusform>
        </translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
    <message numerus="yes">
        <source>Adding %n file(s)</source>
        <translation>
            <numerusform>파일 %n개를 추가하는 중</numerusform>
        </translation>
    </message>
    <message>
        <source>Make a copy for sharing?</source>
        <translation>공유용 사본을 만드시겠습니까?</translation>
    </message>
    <message>
        <source>The original stays as it is. The copy holds only its pages or its sound.</source>
        <translation>원본은 그대로 남습니다. 사본에는 쪽이나 소리만 들어갑니다.</translation>
    </message>
    <message>
        <source>Make copy</source>
        <translation>사본 만들기</translation>
    </message>
    <message>
        <source>Making a copy for sharing</source>
        <translation>공유용 사본을 만드는 중</translation>
    </message>
    <message>
        <source>Copy made</source>
        <translation>사본을 만듦</translation>
    </message>
    <message>
        <source>Rename the file</source>
        <translation>파일 이름 바꾸기</translation>
    </message>
    <message>
        <source>Rename file</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <source>It no longer leaves with bundles. You can bring it back; its bytes stay in the vault.</source>
        <translation>앞으로 묶음에 담기지 않습니다. 내용은 보관함에 남으므로 되돌려 놓을 수 있습니다.</translation>
    </message>
    <message>
        <source>Remove file</source>
        <translation>파일 빼기</translation>
    </message>
    <message>
        <source>Bring the file back?</source>
        <translation>파일을 되돌려 놓으시겠습니까?</translation>
    </message>
    <message>
        <source>Copy the file out of the vault?</source>
        <translation>파일을 보관함 밖으로 복사하시겠습니까?</translation>
    </message>
    <message>
        <source>The copy is readable by anyone who finds it. The custody log keeps that it was made.</source>
        <translation>사본은 손에 넣은 누구나 읽을 수 있습니다. 사본을 만든 사실은 보관 기록에 남습니다.</translation>
    </message>
    <message>
        <source>Copy the file to</source>
        <translation>복사할 곳</translation>
    </message>
    <message>
        <source>File copied out</source>
        <translation>파일을 밖으로 복사함</translation>
    </message>
</context>
<context>
    <name>FilmPane</name>
    <message>
        <source>Cairn plays the sound of this film and does not show its pictures. Copy it out to see them.</source>
        <translation>이 동영상은 소리만 재생하고 화면은 보여 주지 않습니다. 화면을 보려면 밖으로 복사하십시오.</translation>
    </message>
</context>
<context>
    <name>Filter</name>
    <message>
        <source>In a bundle</source>
        <translation>묶음에 있음</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>바뀐 때</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>시작한 때</translation>
    </message>
    <message>
        <source>Told</source>
        <translation>이야기한 때</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>장소</translation>
    </message>
    <message>
        <source>Code name</source>
        <translation>부호</translation>
    </message>
    <message>
        <source>From</source>
        <translation>보낸 사람</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>오래된 것부터</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>최근 것부터</translation>
    </message>
    <message>
        <source>Drafts first</source>
        <translation>초안부터</translation>
    </message>
    <message>
        <source>Finalised first</source>
        <translation>확정된 것부터</translation>
    </message>
    <message>
        <source>From A to Z</source>
        <translation>가나다순</translation>
    </message>
    <message>
        <source>From Z to A</source>
        <translation>가나다 역순</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>초안</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>저장됨</translation>
    </message>
    <message>
        <source>Finalised</source>
        <translation>확정됨</translation>
    </message>
    <message>
        <source>Waits for you</source>
        <translation>정리를 기다림</translation>
    </message>
    <message>
        <source>Changed, not saved</source>
        <translation>바뀜, 저장 안 됨</translation>
    </message>
    <message>
        <source>In no bundle</source>
        <translation>묶음에 없음</translation>
    </message>
    <message>
        <source>Protected names</source>
        <translation>보호된 이름 있음</translation>
    </message>
    <message>
        <source>No protected names</source>
        <translation>보호된 이름 없음</translation>
    </message>
    <message>
        <source>From: {names}</source>
        <translation>보낸 쪽: {names}</translation>
    </message>
    <message>
        <source>Since {day}</source>
        <translation>{day}부터</translation>
    </message>
    <message>
        <source>Until {day}</source>
        <translation>{day}까지</translation>
    </message>
    <message>
        <source>Without doubt</source>
        <translation>의심의 여지 없음</translation>
    </message>
    <message>
        <source>{name} ({count})</source>
        <translation>{name} ({count})</translation>
    </message>
    <message numerus="yes">
        <source>Show %n</source>
        <translation>
            <numerusform>%n건 보기</numerusform>
        </translation>
    </message>
    <message>
        <source>saved</source>
        <translation>저장됨</translation>
    </message>
</context>
<context>
    <name>FilterSheet</name>
    <message>
        <source>Something waits for you to settle it</source>
        <translation>정리해 주기를 기다리는 것이 있음</translation>
    </message>
    <message>
        <source>Changed, and not saved as a version</source>
        <translation>고친 뒤 판으로 저장하지 않음</translation>
    </message>
    <message>
        <source>In a bundle</source>
        <translation>묶음에 있음</translation>
    </message>
    <message>
        <source>In a bundle or not</source>
        <translation>묶음에 있든 없든</translation>
    </message>
    <message>
        <source>In a bundle sealed here</source>
        <translation>여기서 봉인한 묶음에 있음</translation>
    </message>
    <message>
        <source>In no bundle</source>
        <translation>묶음에 없음</translation>
    </message>
    <message>
        <source>Protected names</source>
        <translation>보호된 이름 있음</translation>
    </message>
    <message>
        <source>With protected names or without</source>
        <translation>보호된 이름이 있든 없든</translation>
    </message>
    <message>
        <source>With protected names</source>
        <translation>보호된 이름이 있음</translation>
    </message>
    <message>
        <source>Without protected names</source>
        <translation>보호된 이름이 없음</translation>
    </message>
    <message>
        <source>2031, 2031-03-14, spring 2031</source>
        <translation>2031, 2031-03-14, 2031년 봄</translation>
    </message>
    <message>
        <source>Type it so that it means one time: 2031, 2031-03-14, spring 2031.</source>
        <translation>한 가지 뜻이 되게 쓰십시오: 2031, 2031-03-14, 2031년 봄.</translation>
    </message>
    <message>
        <source>Told since</source>
        <translation>이때부터 이야기함</translation>
    </message>
    <message>
        <source>Told until</source>
        <translation>이때까지 이야기함</translation>
    </message>
    <message>
        <source>Only where the date leaves no doubt about it</source>
        <translation>날짜에 의심의 여지가 없는 것만</translation>
    </message>
    <message>
        <source>From</source>
        <translation>보낸 사람</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Show only some interviews</source>
        <translation>일부 면담만 보기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>모두 보기</translation>
    </message>
    <message>
        <source>Show interviews</source>
        <translation>면담 보기</translation>
    </message>
</context>
<context>
    <name>FindStrip</name>
    <message>
        <source>Find in this text</source>
        <translation>이 글에서 찾기</translation>
    </message>
    <message>
        <source>Place before</source>
        <translation>이전 곳</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>다음 곳</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>마침</translation>
    </message>
    <message>
        <source>Place {place} of {count}</source>
        <translation>{count}곳 가운데 {place}번째</translation>
    </message>
    <message>
        <source>Not in this text</source>
        <translation>이 글에는 없음</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>그 밖에 %n건 더 있습니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fingerprint</name>
    <message>
        <source>QR code of the fingerprint</source>
        <translation>지문의 QR 코드</translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Choose a folder</source>
        <translation>폴더 고르기</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>고르기</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>고르기…</translation>
    </message>
</context>
<context>
    <name>Heading</name>
    <message>
        <source>Save version</source>
        <translation>판 저장</translation>
    </message>
    <message>
        <source>Finalise interview</source>
        <translation>면담 확정</translation>
    </message>
    <message>
        <source>Correct…</source>
        <translation>고치기…</translation>
    </message>
    <message>
        <source>Leave as it was</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>목록으로</translation>
    </message>
    <message>
        <source>More for this interview</source>
        <translation>이 면담의 다른 작업</translation>
    </message>
    <message>
        <source>Undo everything since the last version…</source>
        <translation>마지막 판 이후 모두 되돌리기…</translation>
    </message>
    <message>
        <source>Erase this interview…</source>
        <translation>이 면담 지우기…</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>이름 없음</translation>
    </message>
    <message>
        <source>changed, not saved</source>
        <translation>바뀜, 저장 안 됨</translation>
    </message>
    <message>
        <source>finalised</source>
        <translation>확정됨</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>초안</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>저장됨</translation>
    </message>
    <message>
        <source>Save correction…</source>
        <translation>고친 판 저장…</translation>
    </message>
    <message>
        <source>Another device has written something different. Both are kept until you settle it.</source>
        <translation>다른 기기가 다르게 적었습니다. 정리할 때까지 둘 다 보관합니다.</translation>
    </message>
    <message>
        <source>Look at both</source>
        <translation>둘 다 보기</translation>
    </message>
    <message>
        <source>The person agreed to nothing. Nothing of this may be kept.</source>
        <translation>이 사람은 어떤 것에도 동의하지 않았습니다. 이 면담은 보관할 수 없습니다.</translation>
    </message>
    <message>
        <source>You are correcting a finalised interview. What you change is a draft until you save the correction with its reason; the finalised version stays beside it.</source>
        <translation>확정된 면담을 고치고 있습니다. 이유와 함께 저장할 때까지 바꾼 내용은 초안입니다. 확정된 판은 그 옆에 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Taken in from {device}, finalised. It can only be read until you correct it.</source>
        <translation>{device}에서 들여온 확정된 면담입니다. 고치기를 시작할 때까지 읽기만 할 수 있습니다.</translation>
    </message>
    <message>
        <source>Taken in from {device}. A change here is a version of your own and needs a reason.</source>
        <translation>{device}에서 받아들인 면담입니다. 여기에서 고치면 별도의 판이 되며 이유를 적어야 합니다.</translation>
    </message>
</context>
<context>
    <name>HelpBrowser</name>
    <message>
        <source>Search the help</source>
        <translation>도움말에서 찾기</translation>
    </message>
    <message>
        <source>Pages of the help</source>
        <translation>도움말의 쪽</translation>
    </message>
    <message>
        <source>No page has these words.</source>
        <translation>이 말이 있는 쪽이 없습니다.</translation>
    </message>
    <message>
        <source>Close the help</source>
        <translation>도움말 닫기</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>쪽</translation>
    </message>
    <message>
        <source>All pages</source>
        <translation>모든 쪽</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
</context>
<context>
    <name>HelpOverlay</name>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
</context>
<context>
    <name>HelpScreen</name>
    <message>
        <source>Back to where you were</source>
        <translation>있던 곳으로 돌아가기</translation>
    </message>
</context>
<context>
    <name>HistoryTab</name>
    <message>
        <source>Versions</source>
        <translation>판</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>바뀐 내용</translation>
    </message>
    <message>
        <source>Versions to settle</source>
        <translation>정리할 판</translation>
    </message>
    <message>
        <source>There is no version yet. “Save version” makes the first one.</source>
        <translation>아직 판이 없습니다. ‘판 저장’을 누르면 첫 판이 생깁니다.</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>제안됨</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>초안</translation>
    </message>
    <message>
        <source>finalised</source>
        <translation>확정됨</translation>
    </message>
    <message>
        <source>now</source>
        <translation>현재</translation>
    </message>
    <message>
        <source>Reason: {reason}</source>
        <translation>이유: {reason}</translation>
    </message>
    <message>
        <source>The words are the same as before.</source>
        <translation>글은 이전과 같습니다.</translation>
    </message>
    <message>
        <source>this laptop</source>
        <translation>이 노트북</translation>
    </message>
    <message>
        <source>From {who}, {when}</source>
        <translation>{who}, {when}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Accept it</source>
        <translation>받아들이기</translation>
    </message>
    <message>
        <source>Keep this version</source>
        <translation>이 판 쓰기</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>따로 두기</translation>
    </message>
    <message>
        <source>Keep this version?</source>
        <translation>이 판을 쓰시겠습니까?</translation>
    </message>
    <message>
        <source>It becomes the one that holds. The other stays in the history.</source>
        <translation>이 판이 현재 판이 됩니다. 다른 판은 이력에 남습니다.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Set this version aside?</source>
        <translation>이 판을 따로 두시겠습니까?</translation>
    </message>
    <message>
        <source>What stood here before goes on to hold. The version stays in the history.</source>
        <translation>원래 있던 판을 계속 씁니다. 이 판은 이력에 남습니다.</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Exchange</source>
        <translation>주고받기</translation>
    </message>
    <message>
        <source>Seal a bundle</source>
        <translation>묶음 봉인</translation>
    </message>
    <message>
        <source>Open a bundle…</source>
        <translation>묶음 열기…</translation>
    </message>
    <message>
        <source>Bundles sealed so far</source>
        <translation>지금까지 봉인한 묶음</translation>
    </message>
    <message>
        <source>The bundles that you seal will be listed here.</source>
        <translation>봉인한 묶음이 여기에 모입니다.</translation>
    </message>
    <message>
        <source>With each its words, so that you can tell later which file it was.</source>
        <translation>묶음마다 단어가 함께 남아, 나중에도 어느 파일이었는지 알 수 있습니다.</translation>
    </message>
    <message>
        <source>Interviews for an office or a colleague, in one encrypted file. You see what leaves, and what stays, before the bundle is sealed.</source>
        <translation>사무소나 동료에게 보낼 면담을 암호화된 파일 하나로 만듭니다. 묶음을 봉인하기 전에 무엇이 나가고 무엇이 남는지 보여 줍니다.</translation>
    </message>
    <message>
        <source>Drop a bundle here. It is checked, and you see what is in it, before anything is taken in.</source>
        <translation>묶음을 여기에 끌어다 놓으십시오. 받아들이기 전에 먼저 확인하고 무엇이 들어 있는지 보여 줍니다.</translation>
    </message>
    <message>
        <source>Sealed so far</source>
        <translation>지금까지 봉인한 묶음</translation>
    </message>
    <message>
        <source>No bundle was opened here yet.</source>
        <translation>아직 여기서 연 묶음이 없습니다.</translation>
    </message>
    <message>
        <source>Received bundles</source>
        <translation>받은 묶음</translation>
    </message>
    <message>
        <source>Received so far</source>
        <translation>지금까지 받은 것</translation>
    </message>
    <message numerus="yes">
        <source>%n bundle(s) came.</source>
        <translation>
            <numerusform>묶음 %n개가 왔습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them nobody has decided about yet.</source>
        <translation>
            <numerusform>그 가운데 %n개는 아직 아무도 결정하지 않았습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>{interviews} sealed for {names}, not yet confirmed</source>
        <translation>{names}에게 봉인한 {interviews}, 아직 확인되지 않음</translation>
    </message>
</context>
<context>
    <name>ImportSound</name>
    <message>
        <source>Add sound…</source>
        <translation>소리 추가…</translation>
    </message>
    <message>
        <source>Sound from a phone or a recorder: WAV, FLAC, MP3, M4A, Opus</source>
        <translation>휴대전화나 녹음기의 소리: WAV, FLAC, MP3, M4A, Opus</translation>
    </message>
    <message>
        <source>Choose sound to add</source>
        <translation>추가할 소리 고르기</translation>
    </message>
    <message>
        <source>Add sound</source>
        <translation>소리 추가</translation>
    </message>
    <message>
        <source>Add sound to a finalised interview</source>
        <translation>확정된 면담에 소리 추가</translation>
    </message>
    <message>
        <source>The finalised version stays as it is. Say why the sound is needed.</source>
        <translation>확정된 판은 그대로 남습니다. 소리가 필요한 이유를 적으십시오.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Adding sound</source>
        <translation>소리를 추가하는 중</translation>
    </message>
</context>
<context>
    <name>InterviewStep</name>
    <message>
        <source>Search interviews</source>
        <translation>면담 찾기</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>모두 고르지 않기</translation>
    </message>
    <message>
        <source>Interviews for the bundle</source>
        <translation>묶음에 넣을 면담</translation>
    </message>
    <message>
        <source>Things of the library and judgements of the office</source>
        <translation>자료실의 자료와 사무소의 판단</translation>
    </message>
    <message>
        <source>No interview has these words.</source>
        <translation>이 낱말이 들어 있는 면담이 없습니다.</translation>
    </message>
    <message>
        <source>There is no interview yet. Write one down first.</source>
        <translation>아직 면담이 없습니다. 먼저 면담을 기록하십시오.</translation>
    </message>
    <message numerus="yes">
        <source>Choose all %n found</source>
        <translation>
            <numerusform>찾은 %n건 모두 고르기</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Choose all %n</source>
        <translation>
            <numerusform>%n건 모두 고르기</numerusform>
        </translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>충돌</translation>
    </message>
    <message>
        <source>changed, not saved</source>
        <translation>바뀜, 저장 안 됨</translation>
    </message>
    <message>
        <source>finalised</source>
        <translation>확정됨</translation>
    </message>
    <message>
        <source>in a bundle</source>
        <translation>묶음에 있음</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>초안</translation>
    </message>
</context>
<context>
    <name>InterviewsScreen</name>
    <message>
        <source>New</source>
        <translation>새 면담</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>모든 내용에서 찾기</translation>
    </message>
    <message>
        <source>Choose an interview, or begin a new one.</source>
        <translation>면담을 고르거나 새로 시작하십시오.</translation>
    </message>
    <message numerus="yes">
        <source>%n interview(s) found</source>
        <translation>
            <numerusform>면담 %n건을 찾았습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>in a bundle</source>
        <translation>묶음에 있음</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>충돌</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>초안</translation>
    </message>
    <message>
        <source>changed, not saved</source>
        <translation>바뀜, 저장 안 됨</translation>
    </message>
    <message>
        <source>finalised</source>
        <translation>확정됨</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>이름 없음</translation>
    </message>
    <message>
        <source>The correction of “{title}” is not saved. It is kept as a draft.</source>
        <translation>“{title}” 면담을 고친 내용을 저장하지 않았습니다. 초안으로 보관합니다.</translation>
    </message>
    <message>
        <source>Go back to it</source>
        <translation>그 면담으로 돌아가기</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>‘{name}’ 녹음을 빼시겠습니까?</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>되돌려 놓기</translation>
    </message>
    <message>
        <source>Choose where…</source>
        <translation>저장할 곳 고르기…</translation>
    </message>
    <message>
        <source>Copying out</source>
        <translation>밖으로 복사하는 중</translation>
    </message>
    <message>
        <source>Copy it here</source>
        <translation>여기에 복사</translation>
    </message>
</context>
<context>
    <name>KeptRecordings</name>
    <message>
        <source>Recording</source>
        <translation>녹음</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>녹음</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>뺌</translation>
    </message>
    <message>
        <source>partly off the record</source>
        <translation>일부 제외</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>중단됨</translation>
    </message>
    <message>
        <source>from a file</source>
        <translation>가져온 파일</translation>
    </message>
    <message>
        <source>excerpt</source>
        <translation>발췌</translation>
    </message>
    <message>
        <source>listening copy</source>
        <translation>듣기용 사본</translation>
    </message>
    <message>
        <source>may leave</source>
        <translation>내보낼 수 있음</translation>
    </message>
</context>
<context>
    <name>KeyButton</name>
    <message>
        <source>Press the key now…</source>
        <translation>지금 키를 누르십시오…</translation>
    </message>
    <message>
        <source>Set a key…</source>
        <translation>키 정하기…</translation>
    </message>
</context>
<context>
    <name>LanguageGroup</name>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>As the system ({language})</source>
        <translation>시스템과 같게 ({language})</translation>
    </message>
    <message>
        <source>The whole window changes at once.</source>
        <translation>창 전체가 바로 바뀝니다.</translation>
    </message>
</context>
<context>
    <name>Leaf</name>
    <message>
        <source>Previous</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>Previous picture of this file</source>
        <translation>이 파일의 이전 그림</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>Next picture of this file</source>
        <translation>이 파일의 다음 그림</translation>
    </message>
    <message>
        <source>{number} of {pages}</source>
        <translation>{number} / {pages}</translation>
    </message>
</context>
<context>
    <name>LeaveKey</name>
    <message>
        <source>Verified contacts</source>
        <translation>확인된 연락처</translation>
    </message>
    <message>
        <source>Whoever you choose can open this vault&apos;s folder with their own key, without your passphrase, now and later. They need the folder, or a copy of it, for that. You can take the key away again, but not from a copy that they already have.</source>
        <translation>고른 연락처는 내 암호 문구 없이 자기 열쇠로 이 보관함의 폴더를 언제든 열 수 있습니다. 그러려면 폴더나 그 사본이 있어야 합니다. 열쇠는 다시 거둘 수 있지만, 이미 가져간 사본에서는 거둘 수 없습니다.</translation>
    </message>
    <message>
        <source>Leave a key to an office</source>
        <translation>사무소에 열쇠 맡기기</translation>
    </message>
    <message>
        <source>Leave a key</source>
        <translation>열쇠 맡기기</translation>
    </message>
    <message>
        <source>Leaving the key.</source>
        <translation>열쇠를 맡기고 있습니다.</translation>
    </message>
    <message>
        <source>{label} can open this vault&apos;s folder now.</source>
        <translation>이제 ‘{label}’에서 이 보관함의 폴더를 열 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>LeavingWords</name>
    <message>
        <source>Consent, written down {day}</source>
        <translation>동의, {day}에 적음</translation>
    </message>
    <message>
        <source>versions stand side by side, the most restrictive holds</source>
        <translation>여러 판이 나란히 있어 가장 엄격한 것이 적용됨</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>“{words}”</translation>
    </message>
    <message numerus="yes">
        <source>%n more name(s) stand in it.</source>
        <translation>
            <numerusform>이름이 %n개 더 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>leaves</source>
        <translation>나감</translation>
    </message>
    <message>
        <source>Anyone who finds the copy can read or hear it. Nothing can be written in this vault now, so its custody log will not tell that the copy was made, and nothing else will. Go on only if that is right.</source>
        <translation>복사본을 찾은 사람은 누구나 읽거나 들을 수 있습니다. 지금은 이 보관함에 쓸 수 없어, 복사했다는 사실이 보관 기록에도 다른 어디에도 남지 않습니다. 그래도 괜찮을 때에만 계속하십시오.</translation>
    </message>
    <message numerus="yes">
        <source>%n leave</source>
        <translation>
            <numerusform>나가는 것 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay</source>
        <translation>
            <numerusform>남는 것 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held back by you</source>
        <translation>
            <numerusform>직접 남긴 것 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything stays</source>
        <translation>모두 남음</translation>
    </message>
    <message>
        <source>stays</source>
        <translation>남음</translation>
    </message>
    <message>
        <source>People first: voices, faces, names</source>
        <translation>사람 먼저: 목소리, 얼굴, 이름</translation>
    </message>
    <message>
        <source>Words and files</source>
        <translation>글과 파일</translation>
    </message>
    <message>
        <source>tells more than can be seen, such as where or when</source>
        <translation>언제 어디서처럼 보이는 것보다 많은 것을 알려 줌</translation>
    </message>
    <message>
        <source>Hold back</source>
        <translation>내보내지 않기</translation>
    </message>
    <message>
        <source>you hold it back</source>
        <translation>직접 내보내지 않기로 함</translation>
    </message>
    <message>
        <source>held back</source>
        <translation>직접 남김</translation>
    </message>
    <message>
        <source>Let it leave</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Recording “{name}”</source>
        <translation>녹음 “{name}”</translation>
    </message>
    <message>
        <source>File “{name}”</source>
        <translation>파일 “{name}”</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>진술</translation>
    </message>
    <message>
        <source>What was told, when and where, the people present</source>
        <translation>들려준 이야기, 때와 곳, 함께 있던 사람들</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>동의</translation>
    </message>
    <message>
        <source>What the person agreed to. Whoever receives the rest must know it.</source>
        <translation>이 사람이 동의한 내용. 나머지를 받는 사람이 반드시 알아야 합니다.</translation>
    </message>
    <message>
        <source>Protected name and contact</source>
        <translation>보호되는 이름과 연락처</translation>
    </message>
    <message>
        <source>{kind} “{name}”</source>
        <translation>{kind} “{name}”</translation>
    </message>
</context>
<context>
    <name>Lengths</name>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours}시간 {minutes}분</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes}분 {seconds}초</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}초</translation>
    </message>
</context>
<context>
    <name>LibraryScreen</name>
    <message>
        <source>Search all terms</source>
        <translation>모든 용어에서 찾기</translation>
    </message>
    <message>
        <source>All vocabularies</source>
        <translation>모든 용어집</translation>
    </message>
    <message>
        <source>Vocabularies and terms</source>
        <translation>용어집과 용어</translation>
    </message>
    <message>
        <source>No term fits these words.</source>
        <translation>이 말에 맞는 용어가 없습니다.</translation>
    </message>
    <message>
        <source>Add a term…</source>
        <translation>용어 추가…</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>자료실</translation>
    </message>
    <message>
        <source>Retire this term</source>
        <translation>이 용어를 쓰지 않기</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>목록으로</translation>
    </message>
    <message>
        <source>{count} terms</source>
        <translation>용어 {count}개</translation>
    </message>
    <message>
        <source>own</source>
        <translation>자체</translation>
    </message>
    <message>
        <source>changed here</source>
        <translation>여기서 바꿈</translation>
    </message>
    <message>
        <source>Press Enter to see its terms.</source>
        <translation>Enter를 누르면 용어가 나옵니다.</translation>
    </message>
    <message>
        <source>Needs review: no practitioner has looked at this list as a whole yet.</source>
        <translation>검토 필요: 실무자가 아직 이 목록 전체를 보지 않았습니다.</translation>
    </message>
    <message>
        <source>Offer this term again</source>
        <translation>이 용어를 다시 내놓기</translation>
    </message>
    <message>
        <source>Looking where it is used…</source>
        <translation>어디에 쓰였는지 찾는 중…</translation>
    </message>
    <message>
        <source>Used in {records} records of {roots} interviews.</source>
        <translation>면담 {roots}건의 기록 {records}개에 쓰였습니다.</translation>
    </message>
    <message>
        <source>Not used in this vault.</source>
        <translation>이 보관함에서는 쓰이지 않았습니다.</translation>
    </message>
    <message>
        <source>The term is saved.</source>
        <translation>용어를 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>Licences</name>
    <message>
        <source>Search by name or licence</source>
        <translation>이름이나 라이선스로 찾기</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>부품</translation>
    </message>
    <message>
        <source>Text of the licence</source>
        <translation>라이선스 본문</translation>
    </message>
    <message>
        <source>Cairn is of the Apache licence, version 2.0. It is made with the work of these people.</source>
        <translation>Cairn은 Apache 라이선스 2.0을 따릅니다. 다음 사람들이 만든 것으로 이루어져 있습니다.</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>in {name}</source>
        <translation>{name}에 포함</translation>
    </message>
    <message>
        <source>This package carries no text of its licence.</source>
        <translation>이 패키지에는 라이선스 본문이 들어 있지 않습니다.</translation>
    </message>
</context>
<context>
    <name>ListPane</name>
    <message>
        <source>Interviews</source>
        <translation>면담</translation>
    </message>
    <message>
        <source>Sort by: {column}</source>
        <translation>정렬: {column}</translation>
    </message>
    <message>
        <source>Choose all that are shown, or none</source>
        <translation>보이는 면담을 모두 고르거나 모두 풀기</translation>
    </message>
    <message>
        <source>Back to the table</source>
        <translation>표로 돌아가기</translation>
    </message>
    <message>
        <source>Filter…</source>
        <translation>거르기…</translation>
    </message>
    <message>
        <source>Interviews will be listed here.</source>
        <translation>면담이 여기에 모입니다.</translation>
    </message>
    <message>
        <source>Begin with “New”. What you type is kept at once.</source>
        <translation>‘새 면담’으로 시작합니다. 입력한 글은 바로 저장됩니다.</translation>
    </message>
    <message>
        <source>Open a bundle…</source>
        <translation>묶음 열기…</translation>
    </message>
    <message>
        <source>Add your office&apos;s card</source>
        <translation>사무소 카드 추가</translation>
    </message>
    <message>
        <source>No interview here is like that.</source>
        <translation>그런 면담은 없습니다.</translation>
    </message>
    <message>
        <source>Your filter lets none of them through. They are all still here.</source>
        <translation>거르기 조건에 맞는 면담이 없습니다. 면담은 모두 그대로 있습니다.</translation>
    </message>
    <message>
        <source>Show all interviews</source>
        <translation>모든 면담 보기</translation>
    </message>
    <message numerus="yes">
        <source>%n interview(s) in this vault</source>
        <translation>
            <numerusform>이 보관함의 면담 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing contains these words.</source>
        <translation>이 낱말이 들어 있는 면담이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing contains these words. Try “{words}”.</source>
        <translation>이 말이 든 곳이 없습니다. “{words}”(으)로 찾아 보십시오.</translation>
    </message>
    <message>
        <source>Fewer or shorter words find more.</source>
        <translation>낱말을 줄이거나 짧게 쓰면 더 찾을 수 있습니다.</translation>
    </message>
    <message>
        <source>Bundles from laptops in the field are taken in under Exchange.</source>
        <translation>현장 노트북에서 온 묶음은 주고받기에서 받아들입니다.</translation>
    </message>
</context>
<context>
    <name>Listening</name>
    <message>
        <source>The sound of this recording is not in this vault.</source>
        <translation>이 녹음의 소리가 이 보관함에 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>About %n second(s) of this recording are damaged on the disk, from {start} to {end}. Silence is played there; the rest is as it was recorded. A backup may have it whole.</source>
        <translation>
            <numerusform>이 녹음의 {start}부터 {end}까지 약 %n초가 디스크에서 손상되었습니다. 그 부분은 무음으로 재생되고, 나머지는 녹음된 그대로입니다. 백업에는 온전히 남아 있을 수 있습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{places} places of this recording are damaged on the disk, together about %n second(s). Silence is played there; the rest is as it was recorded. A backup may have it whole.</source>
        <translation>
            <numerusform>이 녹음의 {places}곳, 모두 약 %n초가 디스크에서 손상되었습니다. 그 부분은 무음으로 재생되고, 나머지는 녹음된 그대로입니다. 백업에는 온전히 남아 있을 수 있습니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListeningGroup</name>
    <message>
        <source>Listening</source>
        <translation>듣기</translation>
    </message>
    <message>
        <source>A USB foot pedal is a small keyboard. Press a button here, then the pedal.</source>
        <translation>USB 발판 페달은 작은 키보드입니다. 여기에서 단추를 누른 다음 페달을 밟으십시오.</translation>
    </message>
    <message>
        <source>Pedal: play and pause</source>
        <translation>페달: 재생과 멈춤</translation>
    </message>
    <message>
        <source>Pedal: 3 seconds back</source>
        <translation>페달: 3초 뒤로</translation>
    </message>
    <message>
        <source>Pedal: 3 seconds forward</source>
        <translation>페달: 3초 앞으로</translation>
    </message>
    <message>
        <source>Forget this key: {name}</source>
        <translation>이 키 지우기: {name}</translation>
    </message>
    <message>
        <source>On the keyboard: {key}</source>
        <translation>키보드: {key}</translation>
    </message>
    <message>
        <source>This key writes a character or moves between fields. Set the pedal to another one, such as F13 or Ctrl+Alt+P.</source>
        <translation>글자를 입력하거나 칸을 옮기는 키입니다. 페달을 F13이나 Ctrl+Alt+P 같은 다른 키로 설정하십시오.</translation>
    </message>
    <message>
        <source>This key does something else already. Set the pedal to another one, such as F13.</source>
        <translation>이미 다른 일에 쓰이는 키입니다. 페달을 F13 같은 다른 키로 설정하십시오.</translation>
    </message>
</context>
<context>
    <name>LockingGroup</name>
    <message>
        <source>Locking</source>
        <translation>잠금</translation>
    </message>
    <message>
        <source>Cairn also locks when the laptop sleeps, with Ctrl+L, and when the screen is locked, if the system tells it. What you were writing is kept each time.</source>
        <translation>노트북이 절전 상태가 될 때, Ctrl+L을 누를 때, 그리고 시스템이 알려 주면 화면이 잠길 때에도 Cairn이 잠깁니다. 쓰고 있던 것은 매번 보존됩니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n minutes</source>
        <translation>
            <numerusform>%n분</numerusform>
        </translation>
    </message>
    <message>
        <source>Never</source>
        <translation>안 함</translation>
    </message>
    <message>
        <source>Lock after</source>
        <translation>자동 잠금</translation>
    </message>
    <message>
        <source>Without a key or a touch. Short is safer.</source>
        <translation>이 시간 동안 쓰지 않으면 잠깁니다. 짧을수록 안전합니다.</translation>
    </message>
    <message>
        <source>Screen lock</source>
        <translation>화면 잠금</translation>
    </message>
    <message>
        <source>Windows tells Cairn when the screen is locked: then the vault is locked, too.</source>
        <translation>화면이 잠기면 Windows가 Cairn에 알려 주어 보관함도 잠깁니다.</translation>
    </message>
    <message>
        <source>The screen lock of this desktop ({name}) tells Cairn when it covers the screen: then the vault is locked, too.</source>
        <translation>이 데스크톱의 화면 잠금({name})이 화면을 덮을 때 Cairn에 알려 주어 보관함도 잠깁니다.</translation>
    </message>
    <message>
        <source>Cairn hears of a locked screen from the system (logind), and not every desktop tells it. Try it once: lock the screen, and look whether the vault is locked. If not, press Ctrl+L first.</source>
        <translation>Cairn은 시스템(logind)을 통해 화면이 잠긴 것을 아는데, 모든 데스크톱이 시스템에 알리지는 않습니다. 한번 시험해 보십시오. 화면을 잠그고 보관함이 잠겼는지 보십시오. 잠기지 않았으면 먼저 Ctrl+L을 누르십시오.</translation>
    </message>
    <message>
        <source>Nothing on this system tells Cairn when the screen is locked. Press Ctrl+L before you lock it, and choose a short time above.</source>
        <translation>이 시스템에서는 화면이 잠긴 것을 아무것도 Cairn에 알려 주지 않습니다. 화면을 잠그기 전에 Ctrl+L을 누르고, 위에서 짧은 시간을 고르십시오.</translation>
    </message>
    <message>
        <source>Screenshots and screen sharing</source>
        <translation>화면 캡처와 화면 공유</translation>
    </message>
    <message>
        <source>Other programs can take pictures of this window: screenshots, screen sharing, remote help. Cairn can prevent that only on Windows. Here, close such programs first.</source>
        <translation>다른 프로그램이 화면 캡처, 화면 공유, 원격 지원으로 이 창의 화면을 볼 수 있습니다. Cairn은 Windows에서만 이를 막을 수 있습니다. 여기서는 그런 프로그램을 먼저 닫으십시오.</translation>
    </message>
    <message>
        <source>Cairn is hidden</source>
        <translation>Cairn을 숨김</translation>
    </message>
    <message>
        <source>Cairn can be seen</source>
        <translation>Cairn이 보임</translation>
    </message>
    <message>
        <source>Hidden, other programs see an empty place where the window is. A camera sees it all the same.</source>
        <translation>숨기면 다른 프로그램에는 창이 있는 자리가 비어 보입니다. 카메라로 찍으면 그대로 보입니다.</translation>
    </message>
</context>
<context>
    <name>LookGroup</name>
    <message>
        <source>Look</source>
        <translation>모양</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템과 같게</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>글자 크기</translation>
    </message>
    <message>
        <source>Dark is easier on the eyes at night.</source>
        <translation>밤에는 어둡게 하면 눈이 편합니다.</translation>
    </message>
    <message>
        <source>Larger when two people look at the screen together.</source>
        <translation>두 사람이 화면을 함께 볼 때는 크게 하십시오.</translation>
    </message>
</context>
<context>
    <name>LookThrough</name>
    <message>
        <source>Looking at what the files tell beside their content</source>
        <translation>파일에 내용 말고 무엇이 더 들어 있는지 살펴보는 중</translation>
    </message>
</context>
<context>
    <name>Marks</name>
    <message>
        <source>Mark</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>휴식</translation>
    </message>
    <message>
        <source>Distress</source>
        <translation>힘들어함</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>질문</translation>
    </message>
    <message>
        <source>Off the record</source>
        <translation>비공개</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>잠시 멈춤</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>빈 곳</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>손상</translation>
    </message>
    <message>
        <source>{time} not recorded</source>
        <translation>{time} 동안 녹음하지 않음</translation>
    </message>
</context>
<context>
    <name>Meter</name>
    <message>
        <source>Level of the sound</source>
        <translation>소리의 크기</translation>
    </message>
</context>
<context>
    <name>NameGroup</name>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Your name or code</source>
        <translation>이름 또는 부호</translation>
    </message>
    <message>
        <source>Written beside everything you make from now on. Earlier entries keep the name they have.</source>
        <translation>앞으로 작성하는 모든 기록에 표시됩니다. 이전 기록의 이름은 그대로입니다.</translation>
    </message>
    <message>
        <source>On your contact card stands “{label}”. A card can&apos;t be changed.</source>
        <translation>연락처 카드의 이름은 ‘{label}’입니다. 카드는 바꿀 수 없습니다.</translation>
    </message>
    <message>
        <source>On your card</source>
        <translation>카드의 이름</translation>
    </message>
</context>
<context>
    <name>NamesPage</name>
    <message>
        <source>Names</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Ways of contact</source>
        <translation>연락 방법</translation>
    </message>
    <message>
        <source>Questions that only she could answer</source>
        <translation>본인만 답할 수 있는 질문</translation>
    </message>
    <message>
        <source>Safe ways of contact</source>
        <translation>안전한 연락 방법</translation>
    </message>
    <message>
        <source>What must never be done</source>
        <translation>절대로 해서는 안 되는 일</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>표식</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>All of this is kept apart from the interview, under a key of its own.</source>
        <translation>이 모두는 면담과 따로, 별도의 열쇠로 보관합니다.</translation>
    </message>
    <message>
        <source>One a line, in any script; the first is the one that is shown.</source>
        <translation>한 줄에 하나씩, 어떤 문자로든 적습니다. 첫 번째 이름을 보여 줍니다.</translation>
    </message>
    <message>
        <source>Born, exactly</source>
        <translation>정확한 생년월일</translation>
    </message>
    <message>
        <source>Birthplace</source>
        <translation>태어난 곳</translation>
    </message>
    <message>
        <source>Name in the household register</source>
        <translation>호구(호적)에 오른 이름</translation>
    </message>
    <message>
        <source>Father’s name</source>
        <translation>아버지 이름</translation>
    </message>
    <message>
        <source>Mother’s name</source>
        <translation>어머니 이름</translation>
    </message>
    <message>
        <source>Grandfather’s name</source>
        <translation>할아버지 이름</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>연락</translation>
    </message>
    <message>
        <source>One a line: way | number or address | note</source>
        <translation>한 줄에 하나씩: 방법 | 번호나 주소 | 메모</translation>
    </message>
    <message>
        <source>Only she would know</source>
        <translation>본인만 아는 것</translation>
    </message>
    <message>
        <source>One a line: question | answer. Never on a tracing sheet.</source>
        <translation>한 줄에 하나씩: 질문 | 답. 찾기 문서에는 절대 싣지 않습니다.</translation>
    </message>
    <message>
        <source>Scars, moles, clothes, objects. Never on a tracing sheet.</source>
        <translation>흉터, 점, 옷, 물건. 찾기 문서에는 절대 싣지 않습니다.</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Which one, and where it lies.</source>
        <translation>어느 사진이고 어디에 있는지.</translation>
    </message>
    <message>
        <source>Names of {code}</source>
        <translation>{code}의 이름</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>저장했습니다</translation>
    </message>
    <message>
        <source>Why do these names change?</source>
        <translation>이름을 왜 바꿉니까?</translation>
    </message>
    <message>
        <source>The interview is finalised, or was made on another device. The reason stays in its history.</source>
        <translation>면담이 확정되었거나 다른 기기에서 만들어졌습니다. 이유는 기록에 남습니다.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
</context>
<context>
    <name>NamesPanel</name>
    <message numerus="yes">
        <source>%n more follow as these are settled.</source>
        <translation>
            <numerusform>이것을 정하면 %n개가 이어서 나옵니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>What leaves is signed as it is, so a name can&apos;t be taken out of it here. Change the text in the interview and save it, hold it back, or let it leave. Other spellings and nicknames are not found.</source>
        <translation>나가는 것은 서명된 그대로 나가므로 여기서 이름을 지울 수 없습니다. 면담에서 글을 고쳐 저장하거나, 내보내지 않거나, 그대로 나가게 하십시오. 달리 적은 이름과 별명은 찾지 못합니다.</translation>
    </message>
    <message>
        <source>You let every name that was found leave.</source>
        <translation>찾은 이름을 모두 나가게 했습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) still stand in what leaves</source>
        <translation>
            <numerusform>나갈 것에 이름이 아직 %n개 있습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>{kind} “{name}”</source>
        <translation>{kind} ‘{name}’</translation>
    </message>
    <message numerus="yes">
        <source>{place}, %n place(s)</source>
        <translation>
            <numerusform>{place}, %n곳</numerusform>
        </translation>
    </message>
    <message>
        <source>{code} of another interview</source>
        <translation>다른 면담의 {code}</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>살펴보기</translation>
    </message>
    <message>
        <source>Hold it back</source>
        <translation>내보내지 않기</translation>
    </message>
    <message>
        <source>It may leave</source>
        <translation>나가도 됩니다</translation>
    </message>
    <message>
        <source>The protected names are closed: no text was looked through for them.</source>
        <translation>보호하는 이름이 닫혀 있어 어떤 글에서도 찾지 못했습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) stand in texts that leave, and may: the consent lets the names leave as well.</source>
        <translation>
            <numerusform>나가는 글에 이름이 %n개 있으며 나가도 됩니다. 동의가 이름도 내보내도록 허락합니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for names was stopped: not every text was looked through.</source>
        <translation>이름 찾기가 중단되어 살펴보지 못한 글이 있습니다.</translation>
    </message>
    <message>
        <source>No protected name stands in the texts that leave. Other spellings and nicknames would not be found.</source>
        <translation>나가는 글에 보호하는 이름이 없습니다. 달리 적은 이름과 별명은 찾지 못합니다.</translation>
    </message>
    <message>
        <source>Not looked through, because there is no text of it here: {names}. Listen and look before it leaves.</source>
        <translation>글이 없어 살펴보지 못한 것: {names}. 나가기 전에 직접 듣고 보십시오.</translation>
    </message>
</context>
<context>
    <name>NotesPanel</name>
    <message>
        <source>A note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>A note of your own</source>
        <translation>면담자의 메모</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>메모 추가</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>What you notice, and what is to be done. Notes stay apart from the account.</source>
        <translation>눈에 띈 점과 할 일을 적습니다. 메모는 진술과 따로 보관됩니다.</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Change this note</source>
        <translation>이 메모 고치기</translation>
    </message>
    <message>
        <source>Remove this note</source>
        <translation>이 메모 빼기</translation>
    </message>
    <message>
        <source>Save note</source>
        <translation>메모 저장</translation>
    </message>
    <message>
        <source>Add to a finalised interview</source>
        <translation>확정된 면담에 추가</translation>
    </message>
    <message>
        <source>The finalised version stays as it is. Say why the note is needed.</source>
        <translation>확정된 판은 그대로 남습니다. 메모가 필요한 이유를 적으십시오.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Remove this note?</source>
        <translation>이 메모를 빼시겠습니까?</translation>
    </message>
    <message>
        <source>Its versions stay in the history. Say why.</source>
        <translation>메모의 판은 이력에 남습니다. 이유를 적으십시오.</translation>
    </message>
    <message>
        <source>Remove note</source>
        <translation>메모 빼기</translation>
    </message>
    <message>
        <source>The note was removed.</source>
        <translation>메모를 뺐습니다.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>되돌려 놓기</translation>
    </message>
</context>
<context>
    <name>OpenFlow</name>
    <message>
        <source>Exchange › Open a bundle</source>
        <translation>주고받기 › 묶음 열기</translation>
    </message>
    <message>
        <source>Looking at the file</source>
        <translation>파일을 살펴보는 중</translation>
    </message>
    <message>
        <source>A bundle is being taken in or looked at.</source>
        <translation>묶음을 받아들이거나 살펴보고 있습니다.</translation>
    </message>
    <message>
        <source>Opening the bundle</source>
        <translation>묶음을 여는 중</translation>
    </message>
    <message>
        <source>Checking the bundle to its last byte. Nothing is taken in yet.</source>
        <translation>묶음을 끝까지 확인하고 있습니다. 아직 아무것도 받아들이지 않았습니다.</translation>
    </message>
    <message>
        <source>This file can&apos;t be taken in</source>
        <translation>받아들일 수 없는 파일입니다</translation>
    </message>
    <message>
        <source>Add this card to my contacts</source>
        <translation>이 카드를 연락처에 추가</translation>
    </message>
    <message>
        <source>What came in</source>
        <translation>들어온 것</translation>
    </message>
    <message>
        <source>Taking in</source>
        <translation>받아들이는 중</translation>
    </message>
    <message>
        <source>Taking in. All of it or nothing: it can be stopped at any time.</source>
        <translation>받아들이고 있습니다. 전부 받아들이거나 전혀 받아들이지 않으므로 언제든 멈출 수 있습니다.</translation>
    </message>
    <message>
        <source>Taken in</source>
        <translation>받아들였습니다</translation>
    </message>
    <message>
        <source>{interviews} from {name}</source>
        <translation>‘{name}’에서 온 {interviews}</translation>
    </message>
    <message>
        <source>New parts: {new} · newer versions: {updated} · already here: {same}</source>
        <translation>새 항목 {new} · 새 판 {updated} · 이미 있던 것 {same}</translation>
    </message>
    <message>
        <source>{interviews} came in another version than the one here. Nothing was overwritten: both stand side by side until you settle them.</source>
        <translation>{interviews}의 내용이 이곳의 판과 다릅니다. 덮어쓴 것은 없습니다. 정리할 때까지 두 판이 나란히 남습니다.</translation>
    </message>
    <message>
        <source>Interviews that were taken in</source>
        <translation>받아들인 면담</translation>
    </message>
    <message>
        <source>Settle the versions</source>
        <translation>판 정리하기</translation>
    </message>
    <message>
        <source>Open the interview</source>
        <translation>면담 열기</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>충돌</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Open another bundle…</source>
        <translation>다른 묶음 열기…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>This bundle is not taken in</source>
        <translation>이 묶음은 받아들이지 않았습니다</translation>
    </message>
    <message>
        <source>The vault is as it was before.</source>
        <translation>보관함은 이전 그대로입니다.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Look at it again</source>
        <translation>다시 살펴보기</translation>
    </message>
    <message>
        <source>Back to Exchange</source>
        <translation>주고받기로</translation>
    </message>
</context>
<context>
    <name>OpenedPane</name>
    <message>
        <source>From</source>
        <translation>보낸 사람</translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation>봉인한 때</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>들어 있는 것</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Compare the words of the sender first.</source>
        <translation>먼저 보낸 사람의 확인 단어를 맞춰 보십시오.</translation>
    </message>
    <message>
        <source>Close without taking in</source>
        <translation>받아들이지 않고 닫기</translation>
    </message>
    <message>
        <source>This bundle</source>
        <translation>이 묶음</translation>
    </message>
    <message>
        <source>Every byte is as it was when it was signed, and both signatures fit.</source>
        <translation>서명할 때와 한 글자도 다르지 않고, 두 서명이 모두 맞습니다.</translation>
    </message>
    <message>
        <source>Whole and signed</source>
        <translation>온전하고 서명됨</translation>
    </message>
    <message>
        <source>It was sealed to the card of this vault.</source>
        <translation>이 보관함의 카드로 봉인한 묶음입니다.</translation>
    </message>
    <message>
        <source>For you</source>
        <translation>받는 사람이 맞음</translation>
    </message>
    <message>
        <source>Not addressed to you</source>
        <translation>받는 사람이 다름</translation>
    </message>
    <message>
        <source>It can&apos;t be taken in</source>
        <translation>받아들일 수 없습니다</translation>
    </message>
    <message>
        <source>This very bundle was taken in before. Taking it in again changes nothing.</source>
        <translation>전에 받아들인 바로 그 묶음입니다. 다시 받아들여도 바뀌는 것은 없습니다.</translation>
    </message>
    <message>
        <source>Already taken in</source>
        <translation>이미 받아들임</translation>
    </message>
    <message>
        <source>See the change in Contacts</source>
        <translation>연락처에서 변경 보기</translation>
    </message>
    <message>
        <source>Sealed by {name}</source>
        <translation>봉인한 사람: {name}</translation>
    </message>
    <message>
        <source>The words of this sender were compared here.</source>
        <translation>이곳에서 확인 단어를 맞춰 본 사람입니다.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>모르는 사람</translation>
    </message>
    <message>
        <source>yourself</source>
        <translation>나</translation>
    </message>
    <message>
        <source>The sender calls itself {name}</source>
        <translation>보낸 쪽이 쓰는 이름: {name}</translation>
    </message>
    <message>
        <source>Why do you trust it all the same?</source>
        <translation>그래도 믿는 이유는 무엇입니까?</translation>
    </message>
    <message>
        <source>One sentence. It is kept in the custody log.</source>
        <translation>한 문장으로 적습니다. 보관 기록에 남습니다.</translation>
    </message>
    <message>
        <source>Take it in for another reason…</source>
        <translation>다른 이유로 받아들이기…</translation>
    </message>
    <message>
        <source>What is in it</source>
        <translation>들어 있는 것</translation>
    </message>
    <message>
        <source>{amount} more</source>
        <translation>그 밖에 {amount}</translation>
    </message>
    <message>
        <source>finalised</source>
        <translation>확정됨</translation>
    </message>
</context>
<context>
    <name>Outcomes</name>
    <message numerus="yes">
        <source>And %n more, taken in as they are.</source>
        <translation>
            <numerusform>그 밖의 파일 %n개도 그대로 받아들였습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}” is under Files.</source>
        <translation>‘{name}’은(는) ‘파일’에 있습니다.</translation>
    </message>
    <message>
        <source>“{name}” was added as sound.</source>
        <translation>‘{name}’을(를) 소리로 더했습니다.</translation>
    </message>
</context>
<context>
    <name>OutsideCard</name>
    <message>
        <source>The card says that it belongs to “{name}”. Whether that is true, only comparing its words tells.</source>
        <translation>카드에는 ‘{name}’의 카드라고 적혀 있습니다. 사실인지는 확인 단어를 맞춰 보아야 알 수 있습니다.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Sealed for</source>
        <translation>받는 사람</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>암호화</translation>
    </message>
    <message>
        <source>ML-KEM-768 with X25519, made to hold against quantum computers too</source>
        <translation>ML-KEM-768과 X25519. 양자 컴퓨터에도 견디도록 만든 방식입니다</translation>
    </message>
    <message>
        <source>at most {count} recipients; the outside doesn&apos;t tell who</source>
        <translation>받는 사람 최대 {count}명. 누구인지는 겉에서 알 수 없습니다</translation>
    </message>
    <message>
        <source>A bundle that is not complete</source>
        <translation>온전하지 않은 묶음</translation>
    </message>
    <message>
        <source>The bundle&apos;s outside is as it should be. Who sealed it, and what is inside, only its key tells.</source>
        <translation>묶음의 겉은 올바릅니다. 누가 봉인했고 무엇이 들어 있는지는 열쇠가 있어야 알 수 있습니다.</translation>
    </message>
    <message>
        <source>A sealed bundle</source>
        <translation>봉인된 묶음</translation>
    </message>
    <message>
        <source>A contact card</source>
        <translation>연락처 카드</translation>
    </message>
    <message>
        <source>Something else that is encrypted</source>
        <translation>묶음이 아닌 암호화 파일</translation>
    </message>
    <message>
        <source>This is not a bundle</source>
        <translation>묶음이 아닙니다</translation>
    </message>
</context>
<context>
    <name>OutsideScreen</name>
    <message>
        <source>Look at a bundle</source>
        <translation>묶음 살펴보기</translation>
    </message>
    <message>
        <source>Choose a bundle…</source>
        <translation>묶음 고르기…</translation>
    </message>
    <message>
        <source>Drop a bundle here</source>
        <translation>묶음을 여기에 끌어다 놓으십시오</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Without a key anybody can see that a file is a bundle, how big it is and whether it is complete at first sight. To see who sealed it and to take it in, open your vault.</source>
        <translation>열쇠가 없어도 누구나 묶음인지, 얼마나 큰지, 겉보기에 온전한지 알 수 있습니다. 누가 봉인했는지 보고 받아들이려면 보관함을 여십시오.</translation>
    </message>
    <message>
        <source>Open your vault for it</source>
        <translation>보관함 열고 이어서 보기</translation>
    </message>
    <message>
        <source>If your vault is open in another Cairn window, this one can&apos;t open it too: drop the file on Exchange or Contacts there.</source>
        <translation>보관함이 다른 Cairn 창에서 열려 있으면 이 창에서는 열 수 없습니다. 그 창의 주고받기나 연락처에 파일을 끌어다 놓으십시오.</translation>
    </message>
    <message>
        <source>Choose a bundle</source>
        <translation>묶음 고르기</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>살펴보기</translation>
    </message>
    <message>
        <source>Look at a card</source>
        <translation>카드 살펴보기</translation>
    </message>
    <message>
        <source>Open your vault to add it</source>
        <translation>보관함 열고 추가하기</translation>
    </message>
</context>
<context>
    <name>OwnPane</name>
    <message>
        <source>Write my card to a file…</source>
        <translation>내 카드를 파일로 저장…</translation>
    </message>
    <message>
        <source>Read these words out when somebody asks for them, in this order, row by row.</source>
        <translation>상대가 물으면 이 단어를 한 줄씩 차례대로 읽어 주십시오.</translation>
    </message>
    <message>
        <source>Whoever seals bundles for you, or takes in yours, needs this card. Give them the file, and read the 12 words out to them by another way: in person or over the phone.</source>
        <translation>당신에게 묶음을 보내거나 당신의 묶음을 받아들일 사람에게 이 카드가 필요합니다. 파일을 건네고, 12단어는 다른 길로, 직접 만나거나 전화로 읽어 주십시오.</translation>
    </message>
    <message>
        <source>Your own card</source>
        <translation>내 카드</translation>
    </message>
    <message>
        <source>Write your card to a file</source>
        <translation>내 카드를 파일로 저장</translation>
    </message>
    <message>
        <source>Write card</source>
        <translation>카드 저장</translation>
    </message>
    <message>
        <source>Your card is written: {path}</source>
        <translation>카드를 저장했습니다: {path}</translation>
    </message>
</context>
<context>
    <name>PageMaker</name>
    <message>
        <source>Without a name</source>
        <translation>이름 없음</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>요약</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>진술</translation>
    </message>
    <message>
        <source>Nothing is written here yet.</source>
        <translation>아직 적은 것이 없습니다.</translation>
    </message>
    <message>
        <source>Told by</source>
        <translation>들려준 사람</translation>
    </message>
    <message>
        <source>Heard by</source>
        <translation>들은 사람</translation>
    </message>
    <message>
        <source>When</source>
        <translation>때</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>곳</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>From</source>
        <translation>보낸 곳</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>녹음</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>parts are off the record</source>
        <translation>기록에서 뺀 부분이 있음</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>Notes of the interviewer</source>
        <translation>면담자의 메모</translation>
    </message>
</context>
<context>
    <name>PageQuestion</name>
    <message>
        <source>What is on the page, and what stays</source>
        <translation>실리는 것과 남는 것</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>PageText</name>
    <message>
        <source>The interview as a page</source>
        <translation>한 장의 글로 본 면담</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>Choose a person in the list or in the picture.</source>
        <translation>목록이나 그림에서 사람을 고르십시오.</translation>
    </message>
    <message>
        <source>Something is typed here and not saved yet.</source>
        <translation>적어 놓고 아직 저장하지 않은 것이 있습니다.</translation>
    </message>
    <message>
        <source>Versions stand side by side. Settle them in History.</source>
        <translation>서로 다른 버전이 나란히 있습니다. 기록에서 정리하십시오.</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>사실</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Write down names…</source>
        <translation>이름 적기…</translation>
    </message>
    <message>
        <source>Make a tracing sheet…</source>
        <translation>찾기 문서 만들기…</translation>
    </message>
    <message>
        <source>Remove this person</source>
        <translation>이 사람 지우기</translation>
    </message>
    <message>
        <source>Change what is known of {code}</source>
        <translation>{code}에 대해 아는 것 고치기</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>마지막으로 본 때</translation>
    </message>
    <message>
        <source>When</source>
        <translation>언제</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>어디서</translation>
    </message>
    <message>
        <source>With</source>
        <translation>함께 있던 사람</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>원인</translation>
    </message>
    <message>
        <source>How</source>
        <translation>어떻게</translation>
    </message>
    <message>
        <source>Last news</source>
        <translation>마지막 소식</translation>
    </message>
    <message>
        <source>Household register (hukou)</source>
        <translation>호구(중국 호적)</translation>
    </message>
    <message>
        <source>Entered</source>
        <translation>등록</translation>
    </message>
    <message>
        <source>Household</source>
        <translation>세대</translation>
    </message>
    <message>
        <source>Village</source>
        <translation>마을</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>비용</translation>
    </message>
    <message>
        <source>Who holds the child</source>
        <translation>아이를 데리고 있는 사람</translation>
    </message>
    <message>
        <source>Holder</source>
        <translation>데리고 있는 사람</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>언제부터</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>연락</translation>
    </message>
    <message>
        <source>Exposes</source>
        <translation>드러나는 것</translation>
    </message>
    <message>
        <source>{code}’s wish</source>
        <translation>{code}의 바람</translation>
    </message>
    <message>
        <source>The child’s wish</source>
        <translation>아이의 바람</translation>
    </message>
    <message>
        <source>Sought</source>
        <translation>찾는 중</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>Spoken of as</source>
        <translation>이야기 속의 호칭</translation>
    </message>
    <message>
        <source>Present as</source>
        <translation>참석한 자격</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>공개된 이름</translation>
    </message>
    <message>
        <source>kept apart</source>
        <translation>따로 보관</translation>
    </message>
    <message>
        <source>none written down</source>
        <translation>적힌 이름 없음</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>출생</translation>
    </message>
    <message>
        <source>Birthplace</source>
        <translation>태어난 곳</translation>
    </message>
    <message>
        <source>In the register</source>
        <translation>호적의 이름</translation>
    </message>
    <message>
        <source>Father</source>
        <translation>아버지</translation>
    </message>
    <message>
        <source>Mother</source>
        <translation>어머니</translation>
    </message>
    <message>
        <source>Grandfather</source>
        <translation>할아버지</translation>
    </message>
    <message>
        <source>Safe</source>
        <translation>안전한 방법</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>금지</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>test questions, marks, photograph: kept with the names</source>
        <translation>확인 질문, 표식, 사진: 이름과 함께 보관</translation>
    </message>
    <message>
        <source>Only she would know</source>
        <translation>본인만 아는 것</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>질문</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>표식</translation>
    </message>
    <message>
        <source>Photograph</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Relations</source>
        <translation>관계</translation>
    </message>
    <message>
        <source>Add a relation…</source>
        <translation>관계 추가…</translation>
    </message>
    <message>
        <source>{other} is {relation} of {person}</source>
        <translation>{person}의 {relation}: {other}</translation>
    </message>
    <message>
        <source>{text}, wrote {who}</source>
        <translation>{text} ({who} 기록)</translation>
    </message>
    <message>
        <source>Change this relation</source>
        <translation>이 관계 고치기</translation>
    </message>
    <message>
        <source>this vault</source>
        <translation>이 보관함</translation>
    </message>
    <message>
        <source>Written by {who}</source>
        <translation>{who} 기록</translation>
    </message>
    <message>
        <source>{who} wrote</source>
        <translation>{who}의 기록</translation>
    </message>
</context>
<context>
    <name>ParagraphModel</name>
    <message>
        <source>Time</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>말한 사람</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>한 말</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>번역</translation>
    </message>
</context>
<context>
    <name>ParagraphTable</name>
    <message>
        <source>Paragraphs</source>
        <translation>문단</translation>
    </message>
</context>
<context>
    <name>PassphraseForm</name>
    <message>
        <source>Suggest others</source>
        <translation>다른 단어 제안</translation>
    </message>
    <message>
        <source>Use these words</source>
        <translation>이 단어 쓰기</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>암호 문구</translation>
    </message>
    <message>
        <source>Type it once more</source>
        <translation>한 번 더 입력</translation>
    </message>
    <message>
        <source>Strength of the passphrase</source>
        <translation>암호 문구의 강도</translation>
    </message>
    <message>
        <source>Six random words are easy to remember and hard to guess:</source>
        <translation>무작위 여섯 단어는 외우기 쉽고 추측하기 어렵습니다:</translation>
    </message>
    <message>
        <source>Type them without the Korean input method, with the same keys: {keys}</source>
        <translation>한글 입력기를 끄고 같은 자판으로 입력하십시오: {keys}</translation>
    </message>
    <message>
        <source>Anyone who has this passphrase and the vault&apos;s folder can read everything.</source>
        <translation>이 암호 문구와 보관함 폴더를 함께 가진 사람은 모든 내용을 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>Too easy to guess. Add words.</source>
        <translation>추측하기 너무 쉽습니다. 단어를 더하십시오.</translation>
    </message>
    <message>
        <source>Fair. One or two more words make it much harder to guess.</source>
        <translation>쓸 만합니다. 한두 단어를 더하면 추측하기 훨씬 어려워집니다.</translation>
    </message>
    <message>
        <source>Hard to guess.</source>
        <translation>추측하기 어렵습니다.</translation>
    </message>
    <message>
        <source>The two are different.</source>
        <translation>두 입력이 서로 다릅니다.</translation>
    </message>
</context>
<context>
    <name>PassphraseGroup</name>
    <message>
        <source>Passphrase</source>
        <translation>암호 문구</translation>
    </message>
    <message>
        <source>Change the passphrase…</source>
        <translation>암호 문구 바꾸기…</translation>
    </message>
    <message>
        <source>The old one opens this folder no more. A copy of the folder that was made earlier still opens with it.</source>
        <translation>예전 암호 문구로는 이 폴더가 더 이상 열리지 않습니다. 전에 복사해 둔 폴더는 여전히 열립니다.</translation>
    </message>
    <message>
        <source>The practice vault keeps its passphrase, which everybody knows.</source>
        <translation>연습용 보관함의 암호 문구는 누구나 아는 것이며 바꿀 수 없습니다.</translation>
    </message>
    <message>
        <source>Change it when somebody may have seen it</source>
        <translation>누가 보았을 수 있으면 바꾸십시오</translation>
    </message>
</context>
<context>
    <name>PdfPane</name>
    <message>
        <source>Page number</source>
        <translation>쪽 번호</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>이전 쪽</translation>
    </message>
    <message>
        <source>Previous page (Page Up)</source>
        <translation>이전 쪽 (Page Up)</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>다음 쪽</translation>
    </message>
    <message>
        <source>Next page (Page Down)</source>
        <translation>다음 쪽 (Page Down)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>맞춤</translation>
    </message>
    <message>
        <source>Fit the page to the width (0)</source>
        <translation>쪽을 너비에 맞춤 (0)</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>작게</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>축소 (−)</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>크게</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>확대 (+)</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>돌리기</translation>
    </message>
    <message>
        <source>Turn the view to the right (R)</source>
        <translation>보기를 오른쪽으로 돌리기 (R)</translation>
    </message>
    <message>
        <source>of {pages}</source>
        <translation>/ {pages}쪽</translation>
    </message>
    <message>
        <source>{name}, page {page} of {pages}</source>
        <translation>{name}, {pages}쪽 중 {page}쪽</translation>
    </message>
</context>
<context>
    <name>PeopleEditor</name>
    <message>
        <source>Add a person</source>
        <translation>사람 추가</translation>
    </message>
</context>
<context>
    <name>PeopleTab</name>
    <message>
        <source>People of this interview</source>
        <translation>이 면담의 사람들</translation>
    </message>
    <message>
        <source>Open the names…</source>
        <translation>이름 열기…</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>사람 추가</translation>
    </message>
    <message>
        <source>Nobody is written down yet. Add the one who tells, then those who are spoken of.</source>
        <translation>아직 아무도 적지 않았습니다. 이야기하는 사람을 먼저, 그다음 이야기에 나오는 사람들을 추가하십시오.</translation>
    </message>
    <message>
        <source>List</source>
        <translation>목록</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>가족</translation>
    </message>
    <message>
        <source>What is known of the person</source>
        <translation>이 사람에 대해 아는 것</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>family</source>
        <translation>가족</translation>
    </message>
    <message>
        <source>parted</source>
        <translation>헤어짐</translation>
    </message>
    <message>
        <source>holds the child</source>
        <translation>아이를 데리고 있음</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>작게</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>크게</translation>
    </message>
    <message>
        <source>Fit the picture into the window</source>
        <translation>그림을 창에 맞추기</translation>
    </message>
    <message>
        <source>Family of {code}</source>
        <translation>{code}의 가족</translation>
    </message>
    <message>
        <source>1 child parted</source>
        <translation>헤어진 자녀 1명</translation>
    </message>
    <message>
        <source>{count} children parted</source>
        <translation>헤어진 자녀 {count}명</translation>
    </message>
    <message>
        <source>{count} people are related to nobody here; they stand in the list.</source>
        <translation>{count}명은 여기서 누구와도 관계가 적혀 있지 않아 목록에만 있습니다.</translation>
    </message>
    <message>
        <source>The names are open on this screen.</source>
        <translation>이 화면에서 이름이 열려 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) are shut. Codes stand for them everywhere, also in search.</source>
        <translation>
            <numerusform>이름 %n개가 닫혀 있습니다. 검색을 포함해 어디서나 부호로 나타납니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Shut the names</source>
        <translation>이름 닫기</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>서로 다름</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>초안</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>저장했습니다.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>The person was removed.</source>
        <translation>이 사람을 지웠습니다.</translation>
    </message>
</context>
<context>
    <name>PersonPage</name>
    <message>
        <source>The name is protected: it is kept apart, and the code stands for it</source>
        <translation>이름을 보호합니다: 따로 보관하고 부호로 나타냅니다</translation>
    </message>
    <message>
        <source>Names, open to whoever reads this</source>
        <translation>이름(읽는 사람 누구나 봄)</translation>
    </message>
    <message>
        <source>Parted by commas. For officials, by choice.</source>
        <translation>쉼표로 나눕니다. 공직자에게 선택해서 씁니다.</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>성별</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>출생</translation>
    </message>
    <message>
        <source>Add a role</source>
        <translation>역할 추가</translation>
    </message>
    <message>
        <source>Remove the role {term}</source>
        <translation>역할 {term} 빼기</translation>
    </message>
    <message>
        <source>Life</source>
        <translation>생사</translation>
    </message>
    <message>
        <source>Liberty</source>
        <translation>자유</translation>
    </message>
    <message>
        <source>Where she is</source>
        <translation>있는 곳</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>건강</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>부호</translation>
    </message>
    <message>
        <source>Spoken of as</source>
        <translation>이야기 속의 호칭</translation>
    </message>
    <message>
        <source>Without a name: elder sister, guard with the scar</source>
        <translation>이름 없이: 언니, 흉터 있는 보위원</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Died</source>
        <translation>사망</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>Has she difficulty in …</source>
        <translation>다음에 어려움이 있습니까</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>사람 추가</translation>
    </message>
    <message>
        <source>Change {code}</source>
        <translation>{code} 고치기</translation>
    </message>
    <message>
        <source>Give this person a code: everything else names her by it.</source>
        <translation>이 사람에게 부호를 붙이십시오. 다른 모든 곳에서 부호로 가리킵니다.</translation>
    </message>
    <message>
        <source>{code} is the code of somebody else here.</source>
        <translation>{code}은(는) 여기서 다른 사람의 부호입니다.</translation>
    </message>
    <message>
        <source>An exact birth is kept with the names, and they are shut. Write the year, or open the names.</source>
        <translation>정확한 생년월일은 이름과 함께 보관하는데 이름이 닫혀 있습니다. 연도만 적거나 이름을 여십시오.</translation>
    </message>
    <message>
        <source>An exact day is kept with the names. Here stands {year}.</source>
        <translation>정확한 날짜는 이름과 함께 보관합니다. 여기에는 {year}만 남습니다.</translation>
    </message>
</context>
<context>
    <name>PersonWords</name>
    <message>
        <source>place not known</source>
        <translation>장소 모름</translation>
    </message>
    <message>
        <source>near {place}</source>
        <translation>{place} 근처</translation>
    </message>
    <message>
        <source>between: {place}</source>
        <translation>사이: {place}</translation>
    </message>
    <message>
        <source>{term} (not known here)</source>
        <translation>{term} (여기서 알지 못함)</translation>
    </message>
    <message>
        <source>spoken of</source>
        <translation>이야기에 나옴</translation>
    </message>
    <message>
        <source>parted, {when}</source>
        <translation>헤어짐, {when}</translation>
    </message>
    <message>
        <source>parted</source>
        <translation>헤어짐</translation>
    </message>
    <message>
        <source>holds {who}</source>
        <translation>{who}을(를) 데리고 있음</translation>
    </message>
    <message>
        <source>died {when}</source>
        <translation>{when} 사망</translation>
    </message>
    <message>
        <source>born {when}</source>
        <translation>{when} 출생</translation>
    </message>
    <message>
        <source>last seen {when}</source>
        <translation>마지막으로 본 때 {when}</translation>
    </message>
    <message>
        <source>last seen: not told</source>
        <translation>마지막으로 본 때: 말하지 않음</translation>
    </message>
    <message>
        <source>with {who}</source>
        <translation>{who}에게 있음</translation>
    </message>
    <message>
        <source>holds the child</source>
        <translation>아이를 데리고 있음</translation>
    </message>
</context>
<context>
    <name>Photo</name>
    <message>
        <source>This file also tells: {what}.</source>
        <translation>이 파일에는 내용 말고도 다음이 들어 있습니다: {what}.</translation>
    </message>
    <message>
        <source>A copy for sharing: what is on its pages. Tracked changes are accepted, comments gone, hidden sheets shown.</source>
        <translation>공유용 사본: 쪽에 있는 것만 있습니다. 추적한 변경은 반영했고 메모는 없으며 숨긴 시트는 보입니다.</translation>
    </message>
    <message>
        <source>A copy for sharing: its pages or its sound, nothing beside them.</source>
        <translation>공유용 사본: 쪽이나 소리만 있고 다른 것은 없습니다.</translation>
    </message>
    <message>
        <source>A copy for sharing of one picture of several: only pixels.</source>
        <translation>여러 그림 가운데 하나의 공유용 사본: 화소만 있습니다.</translation>
    </message>
    <message>
        <source>A copy for sharing: only pixels, parts blacked out.</source>
        <translation>공유용 사본: 보이는 점뿐이며, 일부를 검게 가렸습니다.</translation>
    </message>
    <message>
        <source>A copy for sharing: only pixels, nothing beside them.</source>
        <translation>공유용 사본: 보이는 점뿐이며, 다른 정보는 없습니다.</translation>
    </message>
</context>
<context>
    <name>PhotoBar</name>
    <message>
        <source>Copy for sharing…</source>
        <translation>공유용 사본…</translation>
    </message>
    <message>
        <source>A copy without place, time and camera; parts can be blacked out</source>
        <translation>찍은 곳, 시각, 카메라 정보가 없는 사본. 일부를 검게 가릴 수 있습니다</translation>
    </message>
    <message>
        <source>Cairn can&apos;t make a copy without it.</source>
        <translation>Cairn은 그것을 뺀 사본을 만들 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>PhotoEditor</name>
    <message>
        <source>B adds a rectangle, N chooses the next, arrows move it, with Shift they change its size, Delete removes it, R turns, Ctrl+Z undoes.</source>
        <translation>B: 네모 추가, N: 다음 네모, 화살표: 옮기기, Shift+화살표: 크기 바꾸기, Delete: 없애기, R: 돌리기, Ctrl+Z: 되돌리기.</translation>
    </message>
    <message>
        <source>Black out a part</source>
        <translation>검게 가리기</translation>
    </message>
    <message>
        <source>Adds a rectangle (B). Or drag over the part with the mouse</source>
        <translation>네모를 추가합니다(B). 가릴 곳을 마우스로 끌어도 됩니다</translation>
    </message>
    <message>
        <source>Remove the chosen rectangle</source>
        <translation>고른 네모 없애기</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>되돌려 놓기</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>돌리기</translation>
    </message>
    <message>
        <source>Turn the copy to the right (R)</source>
        <translation>사본을 오른쪽으로 돌리기 (R)</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>축소 (−)</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>확대 (+)</translation>
    </message>
    <message>
        <source>Fit the picture to the window (0)</source>
        <translation>그림을 창에 맞춤 (0)</translation>
    </message>
    <message>
        <source>Copy every picture of this file, each as a file of its own</source>
        <translation>이 파일의 모든 그림을 각각 파일로 복사</translation>
    </message>
    <message>
        <source>Name of the copy</source>
        <translation>사본의 이름</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Make copy</source>
        <translation>사본 만들기</translation>
    </message>
    <message>
        <source>Copy for sharing</source>
        <translation>공유용 사본</translation>
    </message>
    <message>
        <source>The original stays as it is. The copy holds only what you see here: no place, no time, no camera. Drag over what nobody should see.</source>
        <translation>원본은 그대로 남습니다. 사본에는 여기 보이는 것만 담기며 찍은 곳, 시각, 카메라 정보는 없습니다. 아무도 보면 안 되는 곳을 끌어서 가리십시오.</translation>
    </message>
    <message>
        <source>Picture {name}</source>
        <translation>그림 {name}</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} 사본</translation>
    </message>
    <message>
        <source>The file ends before its picture does. The copy holds what is there.</source>
        <translation>그림이 끝나기 전에 파일이 끝납니다. 사본에는 있는 부분만 들어갑니다.</translation>
    </message>
    <message>
        <source>{name}, {number} of {pages}</source>
        <translation>{name}, {number} / {pages}</translation>
    </message>
    <message>
        <source>A copy for sharing is being made.</source>
        <translation>공유용 사본을 만들고 있습니다.</translation>
    </message>
</context>
<context>
    <name>Picker</name>
    <message>
        <source>Nothing fits these words. Empty the line and press Down to look through all.</source>
        <translation>이 말에 맞는 것이 없습니다. 칸을 비우고 아래쪽 화살표를 누르면 모두 볼 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>PicturePane</name>
    <message>
        <source>The file ends before its picture does. What is there is shown; the rest is missing.</source>
        <translation>그림이 끝나기 전에 파일이 끝납니다. 있는 부분만 보이고 나머지는 없습니다.</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>맞춤</translation>
    </message>
    <message>
        <source>Fit the picture to the window (0)</source>
        <translation>그림을 창에 맞춤 (0)</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>Show the picture in actual size (1)</source>
        <translation>그림을 실제 크기로 보기 (1)</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>작게</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>축소 (−)</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>크게</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>확대 (+)</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>돌리기</translation>
    </message>
    <message>
        <source>Turn the view to the right (R)</source>
        <translation>보기를 오른쪽으로 돌리기 (R)</translation>
    </message>
    <message>
        <source>Picture {name}</source>
        <translation>그림 {name}</translation>
    </message>
    <message>
        <source>Picture {number} of {pages} in {name}</source>
        <translation>{name}의 그림 {number} / {pages}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
</context>
<context>
    <name>PlacePicker</name>
    <message>
        <source>not known here ({id})</source>
        <translation>여기서는 모름 ({id})</translation>
    </message>
    <message>
        <source>As it was said</source>
        <translation>말한 그대로</translation>
    </message>
    <message>
        <source>The other place</source>
        <translation>다른 한 곳</translation>
    </message>
    <message>
        <source>There</source>
        <translation>그곳</translation>
    </message>
    <message>
        <source>Near there</source>
        <translation>그 근처</translation>
    </message>
    <message>
        <source>Between two</source>
        <translation>두 곳 사이</translation>
    </message>
    <message>
        <source>Nobody knows where</source>
        <translation>어디인지 모름</translation>
    </message>
    <message>
        <source>Another place is meant</source>
        <translation>다른 곳을 가리킴</translation>
    </message>
    <message>
        <source>Nobody knows where it was.</source>
        <translation>어디였는지 아무도 모릅니다.</translation>
    </message>
    <message>
        <source>The words alone are kept. Press Down to choose a place.</source>
        <translation>말만 간직합니다. 장소를 고르려면 아래쪽 화살표를 누르십시오.</translation>
    </message>
    <message>
        <source>near {place}</source>
        <translation>{place} 근처</translation>
    </message>
    <message>
        <source>between {place} and another place</source>
        <translation>{place}와 다른 한 곳 사이</translation>
    </message>
    <message>
        <source>It is kept as it is.</source>
        <translation>그대로 둡니다.</translation>
    </message>
    <message>
        <source>Understood as: {place}</source>
        <translation>이렇게 이해함: {place}</translation>
    </message>
</context>
<context>
    <name>PracticeScreen</name>
    <message>
        <source>A vault with made-up interviews to try everything in. Nothing in it is real, and nothing real belongs in it.</source>
        <translation>지어낸 면담으로 모든 기능을 써 보는 보관함입니다. 실제 내용은 들어 있지 않으며, 넣어서도 안 됩니다.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Practice vault</source>
        <translation>연습용 보관함</translation>
    </message>
    <message>
        <source>Opening the practice vault</source>
        <translation>연습용 보관함을 여는 중</translation>
    </message>
</context>
<context>
    <name>Prepare</name>
    <message>
        <source>Yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>No</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>She or he doesn&apos;t know</source>
        <translation>본인이 모름</translation>
    </message>
    <message>
        <source>Stopped there, and referred</source>
        <translation>거기서 멈추고 연계함</translation>
    </message>
    <message>
        <source>What</source>
        <translation>무엇</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>금액</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>통화</translation>
    </message>
    <message>
        <source>For what</source>
        <translation>무엇을 위해</translation>
    </message>
    <message>
        <source>Tied to anything?</source>
        <translation>조건이 있었는가</translation>
    </message>
    <message>
        <source>Add what was given</source>
        <translation>준 것 추가</translation>
    </message>
    <message>
        <source>Remove what was given</source>
        <translation>준 것 빼기</translation>
    </message>
    <message>
        <source>With what sort of body</source>
        <translation>어떤 기관과</translation>
    </message>
    <message>
        <source>With whom</source>
        <translation>누구와</translation>
    </message>
    <message>
        <source>When</source>
        <translation>언제</translation>
    </message>
    <message>
        <source>Written down?</source>
        <translation>기록되었는가</translation>
    </message>
    <message>
        <source>Who holds a copy</source>
        <translation>사본을 가진 곳</translation>
    </message>
    <message>
        <source>Published in</source>
        <translation>실린 매체</translation>
    </message>
    <message>
        <source>Add an earlier interview</source>
        <translation>이전 면담 추가</translation>
    </message>
    <message>
        <source>Remove this earlier interview</source>
        <translation>이 면담 빼기</translation>
    </message>
    <message>
        <source>What sort</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>By whom</source>
        <translation>누가</translation>
    </message>
    <message>
        <source>Add what was shown</source>
        <translation>보여 준 것 추가</translation>
    </message>
    <message>
        <source>Remove what was shown</source>
        <translation>보여 준 것 빼기</translation>
    </message>
    <message>
        <source>Met before or after the facts?</source>
        <translation>언제 만났는가</translation>
    </message>
    <message>
        <source>Who (a code)</source>
        <translation>누구 (부호)</translation>
    </message>
    <message>
        <source>About which facts</source>
        <translation>어떤 사실에 대해</translation>
    </message>
    <message>
        <source>Add a witness met</source>
        <translation>만난 증인 추가</translation>
    </message>
    <message>
        <source>Remove this witness</source>
        <translation>이 증인 빼기</translation>
    </message>
    <message>
        <source>Take a first account only, then stop and refer</source>
        <translation>첫 진술만 받고 멈추어 연계</translation>
    </message>
    <message>
        <source>What kinds of facts</source>
        <translation>어떤 사실들인가</translation>
    </message>
    <message>
        <source>Where it happened</source>
        <translation>일어난 곳</translation>
    </message>
    <message>
        <source>When it happened</source>
        <translation>일어난 때</translation>
    </message>
    <message>
        <source>Protection needed</source>
        <translation>필요한 보호</translation>
    </message>
    <message>
        <source>Papers, pictures, messages, injuries</source>
        <translation>서류, 사진, 메시지, 상처</translation>
    </message>
    <message>
        <source>Who else has asked or will ask</source>
        <translation>또 물었거나 물을 곳</translation>
    </message>
    <message>
        <source>Referred to, for what, and whether agreed</source>
        <translation>어디로 무엇을 위해 연계했고 본인이 동의했는가</translation>
    </message>
    <message>
        <source>Is it finished?</source>
        <translation>마쳤는가</translation>
    </message>
</context>
<context>
    <name>PrepareTab</name>
    <message>
        <source>Record this</source>
        <translation>이대로 기록</translation>
    </message>
    <message>
        <source>Before the recorder starts</source>
        <translation>녹음을 시작하기 전에</translation>
    </message>
    <message>
        <source>Testimony is doubted for payment, for coaching, for being told many times. What is written here beforehand answers that. Write codes, not names.</source>
        <translation>증언은 돈을 받았다고, 시킨 말이라고, 여러 번 한 말이라고 의심받습니다. 미리 여기에 적은 것이 그 대답입니다. 이름 대신 부호를 적으십시오.</translation>
    </message>
    <message>
        <source>What does this interview add that no other has?</source>
        <translation>다른 면담에 없는 무엇을 더합니까?</translation>
    </message>
    <message>
        <source>Where was an earlier interview looked for?</source>
        <translation>이전 면담을 어디에서 찾아보았습니까?</translation>
    </message>
    <message>
        <source>How it came about</source>
        <translation>면담이 이루어진 경위</translation>
    </message>
    <message>
        <source>Who arranged the contact</source>
        <translation>연락을 주선한 쪽</translation>
    </message>
    <message>
        <source>Arranged by (a code)</source>
        <translation>주선한 사람 (부호)</translation>
    </message>
    <message>
        <source>Through whom</source>
        <translation>거친 사람들</translation>
    </message>
    <message>
        <source>Codes, the first one first, separated by commas.</source>
        <translation>부호를 차례대로, 쉼표로 나누어 적습니다.</translation>
    </message>
    <message>
        <source>How the interviewer and the person know each other</source>
        <translation>면담자와 증언자의 관계</translation>
    </message>
    <message>
        <source>Risks of this conversation, and what is done about them</source>
        <translation>이 대화의 위험과 대책</translation>
    </message>
    <message>
        <source>Given or promised</source>
        <translation>주거나 약속한 것</translation>
    </message>
    <message>
        <source>Told before</source>
        <translation>이전에 말한 것</translation>
    </message>
    <message>
        <source>Is this the first interview?</source>
        <translation>첫 면담입니까?</translation>
    </message>
    <message>
        <source>Earlier interviews</source>
        <translation>이전 면담</translation>
    </message>
    <message>
        <source>Spoken of in media, books, lectures</source>
        <translation>매체, 책, 강연에서 말한 것</translation>
    </message>
    <message>
        <source>Years since the facts, and since leaving</source>
        <translation>그 일과 떠난 뒤로 지난 햇수</translation>
    </message>
    <message>
        <source>Shown or told beforehand</source>
        <translation>미리 보이거나 들려준 것</translation>
    </message>
    <message>
        <source>Other witnesses of the same facts</source>
        <translation>같은 일을 겪은 다른 증인</translation>
    </message>
    <message>
        <source>Another version stands beside this one until they are settled under History.</source>
        <translation>기록에서 정리할 때까지 다른 판이 나란히 있습니다.</translation>
    </message>
    <message>
        <source>Look at both</source>
        <translation>둘 다 보기</translation>
    </message>
    <message>
        <source>Preparation recorded</source>
        <translation>준비를 기록했습니다</translation>
    </message>
</context>
<context>
    <name>PrintChoices</name>
    <message>
        <source>Printer</source>
        <translation>프린터</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>매수</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>용지</translation>
    </message>
    <message>
        <source>This computer&apos;s print system and the printer may keep these pages, not encrypted, outside of Cairn: in a queue, often for a day or longer after printing, and in the printer&apos;s own memory. Locking does not reach them, and Cairn can&apos;t remove them or see whether anything was printed.</source>
        <translation>이 컴퓨터의 인쇄 시스템과 프린터는 이 내용을 암호화하지 않은 채 Cairn 밖에 남겨 둘 수 있습니다. 인쇄 대기열에는 인쇄한 뒤에도 하루 넘게 남는 일이 많고, 프린터의 메모리에도 남을 수 있습니다. 보관함을 잠가도 거기까지 미치지 않으며, Cairn은 이를 지우지도 못하고 실제로 인쇄되었는지도 알 수 없습니다.</translation>
    </message>
    <message>
        <source>A network printer: the pages go over the network to it, and others there may be able to read them.</source>
        <translation>네트워크 프린터입니다. 내용이 네트워크를 거쳐 전달되며, 그 네트워크의 다른 사람이 읽을 수도 있습니다.</translation>
    </message>
    <message>
        <source>Connected to this computer by a cable.</source>
        <translation>케이블로 이 컴퓨터에 연결되어 있습니다.</translation>
    </message>
    <message>
        <source>No paper: this one writes a file, not encrypted, where its settings say.</source>
        <translation>종이에 인쇄하지 않고, 설정된 곳에 암호화하지 않은 파일을 씁니다.</translation>
    </message>
    <message>
        <source>Whether it is reached over a network is not known.</source>
        <translation>네트워크를 거치는지는 알 수 없습니다.</translation>
    </message>
    <message>
        <source>It is stopped: the pages wait in its queue until somebody starts it.</source>
        <translation>멈춰 있습니다. 누군가 다시 시작할 때까지 내용이 대기열에 머뭅니다.</translation>
    </message>
</context>
<context>
    <name>ProgressPanel</name>
    <message>
        <source>Progress</source>
        <translation>진행 상황</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{total} 중 {done}</translation>
    </message>
    <message>
        <source>about {seconds} s left</source>
        <translation>약 {seconds}초 남음</translation>
    </message>
    <message>
        <source>about {minutes} min left</source>
        <translation>약 {minutes}분 남음</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>멈추는 중…</translation>
    </message>
</context>
<context>
    <name>ProveWords</name>
    <message>
        <source>Type the 24 words from your paper, in their order. Four letters of each are enough.</source>
        <translation>종이에 적어 둔 24개 단어를 차례대로 입력하십시오. 단어마다 앞의 네 글자만 입력해도 됩니다.</translation>
    </message>
    <message>
        <source>Type your recovery words</source>
        <translation>복구 단어 입력</translation>
    </message>
    <message>
        <source>Check the words</source>
        <translation>단어 확인</translation>
    </message>
    <message>
        <source>Checking the words.</source>
        <translation>단어를 확인하는 중입니다.</translation>
    </message>
    <message>
        <source>These are the words. Keep the paper away from the laptop.</source>
        <translation>단어가 맞습니다. 종이는 노트북과 떨어진 곳에 두십시오.</translation>
    </message>
</context>
<context>
    <name>PuttingBack</name>
    <message>
        <source>Put back from a backup…</source>
        <translation>백업에서 되돌려 놓기…</translation>
    </message>
    <message>
        <source>A backup may still hold these files whole. Each is compared with what was attached or recorded, bit for bit, before it takes the place of the damaged one. Nothing else is changed.</source>
        <translation>백업에는 이 파일들이 온전히 남아 있을 수 있습니다. 첨부하거나 녹음한 것과 한 비트까지 같은지 맞춰 본 뒤에만 손상된 파일을 대신합니다. 다른 것은 바꾸지 않습니다.</translation>
    </message>
    <message>
        <source>Choose the backup that holds the files</source>
        <translation>파일이 들어 있는 백업 고르기</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>되돌려 놓기</translation>
    </message>
    <message>
        <source>Putting files back</source>
        <translation>파일을 되돌려 놓는 중</translation>
    </message>
    <message>
        <source>Files are being put back from a backup.</source>
        <translation>백업에서 파일을 되돌려 놓고 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are whole again.</source>
        <translation>
            <numerusform>파일 %n개가 다시 온전합니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are still damaged.</source>
        <translation>
            <numerusform>파일 %n개는 아직 손상되어 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>These files are whole: nothing had to be put back.</source>
        <translation>이 파일들은 온전합니다. 되돌려 놓을 것이 없었습니다.</translation>
    </message>
    <message>
        <source>What was put back until then is whole; the rest is as it was.</source>
        <translation>그때까지 되돌려 놓은 것은 온전하고, 나머지는 그대로입니다.</translation>
    </message>
    <message>
        <source>Putting back was stopped.</source>
        <translation>되돌려 놓기를 멈추었습니다.</translation>
    </message>
    <message>
        <source>No more was put back.</source>
        <translation>더 되돌려 놓지 못했습니다.</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>asked {time}</source>
        <translation>{time}에 물음</translation>
    </message>
    <message>
        <source>next</source>
        <translation>다음</translation>
    </message>
</context>
<context>
    <name>QuestionGuide</name>
    <message>
        <source>Question guide</source>
        <translation>질문 안내</translation>
    </message>
    <message>
        <source>F6 stamps the next question, Alt and its number any other.</source>
        <translation>F6은 다음 질문을, Alt+번호는 다른 질문을 물은 것으로 표시합니다.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>{asked} of {all}</source>
        <translation>{asked} / {all}</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Screens</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>잠금</translation>
    </message>
    <message>
        <source>Ctrl L</source>
        <translation>Ctrl L</translation>
    </message>
    <message>
        <source>Interviews</source>
        <translation>면담</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>자료실</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>연락처</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>주고받기</translation>
    </message>
    <message>
        <source>Custody</source>
        <translation>보관 기록</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
</context>
<context>
    <name>RailButton</name>
    <message>
        <source>being recorded</source>
        <translation>녹음 중</translation>
    </message>
</context>
<context>
    <name>ReadingTab</name>
    <message>
        <source>Save as PDF…</source>
        <translation>PDF로 저장…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>인쇄…</translation>
    </message>
    <message>
        <source>Print ({keys})</source>
        <translation>인쇄 ({keys})</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>찾기…</translation>
    </message>
    <message>
        <source>What was typed since the last version is not on this page.</source>
        <translation>마지막 판 뒤에 쓴 내용은 여기에 없습니다.</translation>
    </message>
</context>
<context>
    <name>ReadyCard</name>
    <message>
        <source>Microphone</source>
        <translation>마이크</translation>
    </message>
    <message>
        <source>Sound check, 5 seconds</source>
        <translation>소리 확인, 5초</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>녹음</translation>
    </message>
    <message>
        <source>Record (F9)</source>
        <translation>녹음 (F9)</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>소리의 크기</translation>
    </message>
    <message>
        <source>Record this conversation</source>
        <translation>이 대화 녹음</translation>
    </message>
    <message numerus="yes">
        <source>Say something as loud as the person will speak. %n seconds left.</source>
        <translation>
            <numerusform>상대가 말할 크기로 말해 보십시오. %n초 남았습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Too loud. Move the microphone away, or lower its volume.</source>
        <translation>너무 큽니다. 마이크를 멀리 두거나 음량을 줄이십시오.</translation>
    </message>
    <message>
        <source>No sound comes. Is it switched on, and is it the right one?</source>
        <translation>소리가 들어오지 않습니다. 켜져 있는지, 맞는 마이크인지 확인하십시오.</translation>
    </message>
    <message>
        <source>Quiet. Move the microphone nearer to whoever speaks.</source>
        <translation>소리가 작습니다. 마이크를 말하는 사람 가까이 두십시오.</translation>
    </message>
    <message>
        <source>It listens. Nothing is kept yet.</source>
        <translation>듣고 있습니다. 아직 아무것도 저장하지 않습니다.</translation>
    </message>
    <message>
        <source>The level is good. Nothing is kept yet.</source>
        <translation>소리 크기가 알맞습니다. 아직 아무것도 저장하지 않습니다.</translation>
    </message>
    <message>
        <source>This is what was heard.</source>
        <translation>이렇게 들렸습니다.</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>다시 확인</translation>
    </message>
    <message>
        <source>There is no loudspeaker to play it on.</source>
        <translation>들려줄 스피커가 없습니다.</translation>
    </message>
    <message>
        <source>It was too loud at times. Move the microphone away and check again.</source>
        <translation>소리가 너무 클 때가 있었습니다. 마이크를 멀리 두고 다시 확인하십시오.</translation>
    </message>
    <message>
        <source>Nothing was heard. Choose another microphone and check again.</source>
        <translation>아무것도 들리지 않았습니다. 다른 마이크를 고르고 다시 확인하십시오.</translation>
    </message>
    <message>
        <source>It was quiet. Move the microphone nearer and check again.</source>
        <translation>소리가 작았습니다. 마이크를 가까이 두고 다시 확인하십시오.</translation>
    </message>
    <message>
        <source>The level is good. If you understood every word, you can begin.</source>
        <translation>소리의 크기가 적당합니다. 모든 말을 알아들을 수 있었으면 시작해도 됩니다.</translation>
    </message>
    <message>
        <source>Evidence quality</source>
        <translation>증거 품질</translation>
    </message>
    <message>
        <source>Speech quality</source>
        <translation>음성 품질</translation>
    </message>
    <message numerus="yes">
        <source>%n hours of sound fit on this disk.</source>
        <translation>
            <numerusform>이 디스크에 %n시간 녹음할 수 있습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minutes of sound fit on this disk.</source>
        <translation>
            <numerusform>이 디스크에 %n분 녹음할 수 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>{quality}. {room}</source>
        <translation>{quality}. {room}</translation>
    </message>
    <message>
        <source>Less than an hour of sound fits on this disk. Free some space before you begin.</source>
        <translation>이 디스크에 녹음할 공간이 한 시간보다 적습니다. 시작하기 전에 공간을 비우십시오.</translation>
    </message>
</context>
<context>
    <name>Received</name>
    <message>
        <source>one who calls itself {name}</source>
        <translation>자신을 {name}(이)라고 하는 쪽</translation>
    </message>
    <message>
        <source>Bundle {number} from {name}</source>
        <translation>{name}에서 온 {number}번 묶음</translation>
    </message>
    <message>
        <source>Bundle for others from {name}</source>
        <translation>{name}에서 온, 다른 곳 앞으로 된 묶음</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>거절됨</translation>
    </message>
    <message>
        <source>not taken in</source>
        <translation>받아들이지 않음</translation>
    </message>
    <message numerus="yes">
        <source>%n to settle</source>
        <translation>
            <numerusform>정리할 것 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>taken in</source>
        <translation>받아들임</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>모르는 사람</translation>
    </message>
</context>
<context>
    <name>ReceivedBundlePage</name>
    <message>
        <source>Exchange › Received</source>
        <translation>주고받기 › 받은 것</translation>
    </message>
    <message>
        <source>From</source>
        <translation>보낸 사람</translation>
    </message>
    <message>
        <source>Bundle sealed</source>
        <translation>묶음을 봉인한 때</translation>
    </message>
    <message>
        <source>Taken in</source>
        <translation>받아들였습니다</translation>
    </message>
    <message>
        <source>Opened last</source>
        <translation>마지막으로 연 때</translation>
    </message>
    <message>
        <source>Interviews</source>
        <translation>면담</translation>
    </message>
    <message>
        <source>Interviews that came with it</source>
        <translation>함께 온 면담</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>목록으로</translation>
    </message>
    <message>
        <source>Open it again…</source>
        <translation>다시 열기…</translation>
    </message>
    <message>
        <source>Take it off the list</source>
        <translation>목록에서 빼기</translation>
    </message>
    <message>
        <source>It can&apos;t be taken in</source>
        <translation>받아들일 수 없습니다</translation>
    </message>
    <message>
        <source>Nothing of it is in this vault. Open its file again to take it in.</source>
        <translation>이 보관함에는 이 묶음의 내용이 없습니다. 받아들이려면 파일을 다시 여십시오.</translation>
    </message>
    <message>
        <source>Not taken in</source>
        <translation>받아들이지 않았습니다</translation>
    </message>
    <message>
        <source>Nothing was overwritten: what it brought stands beside what is here until you settle it.</source>
        <translation>덮어쓴 것은 없습니다. 가져온 것은 정리할 때까지 여기 있던 것과 나란히 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n interview(s) wait for you</source>
        <translation>
            <numerusform>면담 %n건이 정리를 기다립니다</numerusform>
        </translation>
    </message>
    <message>
        <source>All of it is in this vault.</source>
        <translation>모두 이 보관함에 있습니다.</translation>
    </message>
    <message>
        <source>Settle the versions</source>
        <translation>판 정리하기</translation>
    </message>
    <message>
        <source>Open the interview</source>
        <translation>면담 열기</translation>
    </message>
    <message>
        <source>conflict</source>
        <translation>충돌</translation>
    </message>
    <message>
        <source>Erased since</source>
        <translation>그 뒤에 지워짐</translation>
    </message>
</context>
<context>
    <name>ReceivedPage</name>
    <message>
        <source>Exchange › Received</source>
        <translation>주고받기 › 받은 것</translation>
    </message>
    <message>
        <source>Received bundles</source>
        <translation>받은 묶음</translation>
    </message>
    <message>
        <source>Bundles that are opened here will be listed here.</source>
        <translation>여기서 연 묶음이 이 목록에 보입니다.</translation>
    </message>
    <message>
        <source>Open a bundle…</source>
        <translation>묶음 열기…</translation>
    </message>
    <message>
        <source>With each bundle who sealed it, when it came, and what became of it.</source>
        <translation>묶음마다 누가 봉인했고 언제 왔으며 어떻게 되었는지가 함께 보입니다.</translation>
    </message>
    <message>
        <source>Back to Exchange</source>
        <translation>주고받기로</translation>
    </message>
    <message numerus="yes">
        <source>%n bundle(s) came.</source>
        <translation>
            <numerusform>묶음 %n개가 왔습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them nobody has decided about yet.</source>
        <translation>
            <numerusform>그 가운데 %n개는 아직 아무도 결정하지 않았습니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecipientStep</name>
    <message>
        <source>Recipients</source>
        <translation>받는 사람</translation>
    </message>
    <message>
        <source>The offices and colleagues you can seal bundles for will be here.</source>
        <translation>묶음을 봉인해 보낼 수 있는 사무소와 동료가 여기에 모입니다.</translation>
    </message>
    <message>
        <source>Go to Contacts</source>
        <translation>연락처로 가기</translation>
    </message>
    <message>
        <source>Add the card of the one who shall open the bundle, and compare its words.</source>
        <translation>묶음을 열 사람의 카드를 추가하고 확인 단어를 맞춰 보십시오.</translation>
    </message>
    <message>
        <source>Why do you send it all the same?</source>
        <translation>그래도 보내는 이유는 무엇입니까?</translation>
    </message>
    <message>
        <source>One sentence. It is kept in the custody log.</source>
        <translation>한 문장으로 적습니다. 보관 기록에 남습니다.</translation>
    </message>
    <message>
        <source>Compare the words first</source>
        <translation>먼저 단어 맞춰 보기</translation>
    </message>
    <message>
        <source>Write down why, or compare the words first. Without either, no bundle is sealed.</source>
        <translation>이유를 적거나 먼저 단어를 맞춰 보십시오. 둘 다 하지 않으면 묶음을 봉인하지 않습니다.</translation>
    </message>
    <message>
        <source>Revoked. No bundle is sealed to this contact.</source>
        <translation>신뢰를 철회했습니다. 이 연락처에게는 묶음을 봉인해 보내지 않습니다.</translation>
    </message>
    <message>
        <source>The card has expired. Ask for a new one.</source>
        <translation>카드의 기한이 지났습니다. 새 카드를 요청하십시오.</translation>
    </message>
    <message>
        <source>The words of {names} have not been compared. If this card is not theirs, somebody else can read everything in the bundle.</source>
        <translation>{names}: 확인 단어를 맞춰 보지 않았습니다. 이 카드가 그 사람의 것이 아니면 다른 사람이 묶음의 모든 내용을 읽을 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>RecordingActions</name>
    <message>
        <source>Excerpt…</source>
        <translation>발췌…</translation>
    </message>
    <message>
        <source>Off the record…</source>
        <translation>제외…</translation>
    </message>
    <message>
        <source>Make the copy that may leave</source>
        <translation>내보낼 수 있는 사본 만들기</translation>
    </message>
    <message>
        <source>More for this recording</source>
        <translation>이 녹음의 다른 작업</translation>
    </message>
    <message>
        <source>Put on the record again…</source>
        <translation>다시 넣기…</translation>
    </message>
    <message>
        <source>Make a listening copy</source>
        <translation>듣기용 사본 만들기</translation>
    </message>
    <message>
        <source>Copy out of the vault…</source>
        <translation>보관함 밖으로 복사…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>이름 바꾸기…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>빼기…</translation>
    </message>
    <message>
        <source>Bring back…</source>
        <translation>되돌려 놓기…</translation>
    </message>
    <message>
        <source>Parts of this recording are off the record. It stays in the vault; only a copy without those parts can leave.</source>
        <translation>이 녹음에는 제외한 부분이 있습니다. 녹음은 보관함에 남고, 그 부분이 없는 사본만 내보낼 수 있습니다.</translation>
    </message>
    <message>
        <source>This recording was interrupted: by a crash, a power cut or a full disk. All that was on the disk is here.</source>
        <translation>프로그램 중단이나 정전, 디스크 공간 부족으로 중단된 녹음입니다. 디스크에 저장된 부분은 모두 여기 있습니다.</translation>
    </message>
    <message>
        <source>Make an excerpt</source>
        <translation>발췌 만들기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Making the excerpt</source>
        <translation>발췌를 만드는 중</translation>
    </message>
    <message>
        <source>Make excerpt</source>
        <translation>발췌 만들기</translation>
    </message>
    <message>
        <source>Making the listening copy</source>
        <translation>듣기용 사본을 만드는 중</translation>
    </message>
    <message>
        <source>Making the copy without what is off the record</source>
        <translation>제외한 부분이 없는 사본을 만드는 중</translation>
    </message>
    <message>
        <source>“{name}” is kept</source>
        <translation>‘{name}’ 저장됨</translation>
    </message>
    <message>
        <source>This stretch never leaves the vault: not in a bundle, not in a copy, not in a transcript. The recording itself stays as it is.</source>
        <translation>이 부분은 묶음으로도 사본으로도 녹취록으로도 보관함 밖으로 나가지 않습니다. 녹음 자체는 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Take a stretch off the record</source>
        <translation>한 부분 제외</translation>
    </message>
    <message>
        <source>Take it off the record</source>
        <translation>제외하기</translation>
    </message>
    <message>
        <source>{start} to {end}</source>
        <translation>{start}–{end}</translation>
    </message>
    <message>
        <source>Put it on the record again?</source>
        <translation>제외한 부분을 다시 넣으시겠습니까?</translation>
    </message>
    <message>
        <source>{spans}. Only where the person now wishes it. It can then leave with bundles that consent allows.</source>
        <translation>{spans}. 본인이 이제 바라는 부분만 다시 넣으십시오. 그러면 동의가 허락하는 묶음으로 나갈 수 있습니다.</translation>
    </message>
    <message>
        <source>Put on the record</source>
        <translation>다시 넣기</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>From</source>
        <translation>처음</translation>
    </message>
    <message>
        <source>To</source>
        <translation>끝</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Hold Shift and drag over the sound to choose a stretch. The recording lasts {whole}.</source>
        <translation>Shift를 누른 채 파형을 끌면 한 부분을 고릅니다. 녹음의 길이: {whole}.</translation>
    </message>
    <message>
        <source>The end comes after the beginning.</source>
        <translation>끝은 처음보다 뒤여야 합니다.</translation>
    </message>
    <message>
        <source>Rename the recording</source>
        <translation>녹음 이름 바꾸기</translation>
    </message>
    <message>
        <source>Rename recording</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <source>It no longer leaves with bundles. You can bring it back; its sound stays in the vault.</source>
        <translation>앞으로 묶음에 담기지 않습니다. 소리는 보관함에 남으므로 되돌려 놓을 수 있습니다.</translation>
    </message>
    <message>
        <source>Remove recording</source>
        <translation>녹음 빼기</translation>
    </message>
    <message>
        <source>Bring the recording back?</source>
        <translation>녹음을 되돌려 놓으시겠습니까?</translation>
    </message>
    <message>
        <source>Copy the recording out of the vault?</source>
        <translation>녹음을 보관함 밖으로 복사하시겠습니까?</translation>
    </message>
    <message>
        <source>The copy can be heard by anyone who finds it. The custody log keeps that it was made.</source>
        <translation>사본은 손에 넣은 누구나 들을 수 있습니다. 사본을 만든 사실은 보관 기록에 남습니다.</translation>
    </message>
    <message>
        <source>Copy the recording to</source>
        <translation>복사할 곳</translation>
    </message>
    <message>
        <source>Recording copied out</source>
        <translation>녹음을 밖으로 복사함</translation>
    </message>
</context>
<context>
    <name>RecordingCare</name>
    <message numerus="yes">
        <source>%n recordings were interrupted. All that was on the disk is kept.</source>
        <translation>
            <numerusform>녹음 %n건이 중단되었습니다. 디스크에 저장된 부분은 모두 보관했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>The recording stopped by itself and goes on as a new one. What was recorded is kept.</source>
        <translation>녹음이 저절로 멈춰 새 녹음으로 이어지고 있습니다. 지금까지 녹음한 것은 보관되어 있습니다.</translation>
    </message>
    <message>
        <source>The recording has stopped. What was recorded is kept. {why}</source>
        <translation>녹음이 멈추었습니다. 녹음된 부분은 보관했습니다. {why}</translation>
    </message>
</context>
<context>
    <name>RecordingGroup</name>
    <message>
        <source>Recording</source>
        <translation>녹음</translation>
    </message>
    <message>
        <source>The microphone is chosen where you record.</source>
        <translation>마이크는 녹음하는 곳에서 고릅니다.</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>품질</translation>
    </message>
    <message>
        <source>Speech: 14 MB an hour</source>
        <translation>음성: 시간당 14 MB</translation>
    </message>
    <message>
        <source>Evidence: 95 MB an hour</source>
        <translation>증거: 시간당 95 MB</translation>
    </message>
    <message>
        <source>When the vault locks</source>
        <translation>보관함이 잠길 때</translation>
    </message>
    <message>
        <source>The recording goes on</source>
        <translation>녹음을 계속함</translation>
    </message>
    <message>
        <source>The recording ends</source>
        <translation>녹음을 끝냄</translation>
    </message>
    <message>
        <source>Off the record</source>
        <translation>비공개</translation>
    </message>
    <message>
        <source>Record nothing</source>
        <translation>녹음하지 않음</translation>
    </message>
    <message>
        <source>Record, and leave out</source>
        <translation>녹음하고 제외</translation>
    </message>
    <message>
        <source>Speech is Opus, clear for every voice. Evidence is FLAC: sample for sample what the microphone gave.</source>
        <translation>음성은 Opus로, 어떤 목소리든 또렷이 들립니다. 증거는 FLAC으로, 마이크가 보낸 소리를 하나도 바꾸지 않고 담습니다.</translation>
    </message>
    <message>
        <source>If it goes on, no word is lost when the screen locks itself, and the key of this one recording stays in memory until you stop. If a running recorder is the greater danger, let it end.</source>
        <translation>계속하면 화면이 저절로 잠겨도 말을 잃지 않으며, 끝낼 때까지 이 녹음 하나의 열쇠가 메모리에 남습니다. 돌아가는 녹음기가 더 위험하면 끝내도록 하십시오.</translation>
    </message>
    <message>
        <source>What the key F5 does. What is recorded and left out stays in this vault, and is in no transcript, copy or bundle. The person decides; you can choose differently each time.</source>
        <translation>F5 키가 하는 일입니다. 녹음하고 제외한 말은 이 보관함에만 남고 녹취록, 사본, 묶음에 들어가지 않습니다. 그 사람이 정할 일이며, 그때마다 다르게 고를 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>RecordingLine</name>
    <message>
        <source>Go to the conversation that is recorded</source>
        <translation>녹음하고 있는 대화로 가기</translation>
    </message>
</context>
<context>
    <name>RecordingStrip</name>
    <message>
        <source>To stop it, or to write a note, open the vault.</source>
        <translation>끝내거나 메모하려면 보관함을 여십시오.</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>휴식</translation>
    </message>
    <message>
        <source>Distress</source>
        <translation>힘들어함</translation>
    </message>
    <message>
        <source>Off the record</source>
        <translation>비공개</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>잠시 멈춤</translation>
    </message>
    <message>
        <source>Marked {time}</source>
        <translation>{time} 표시함</translation>
    </message>
</context>
<context>
    <name>RecoveryForm</name>
    <message>
        <source>Open with these words</source>
        <translation>이 단어로 열기</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Recovery words</source>
        <translation>복구 단어</translation>
    </message>
    <message>
        <source>Type the 24 words from your paper, in their order. Four letters of each are enough.</source>
        <translation>종이에 적어 둔 24개 단어를 차례대로 입력하십시오. 단어마다 앞의 네 글자만 입력해도 됩니다.</translation>
    </message>
    <message>
        <source>Set passphrase and open</source>
        <translation>암호 문구를 정하고 열기</translation>
    </message>
    <message>
        <source>Go back without these words?</source>
        <translation>입력한 단어를 두고 돌아가시겠습니까?</translation>
    </message>
    <message>
        <source>What you have typed is not kept.</source>
        <translation>입력한 내용은 남지 않습니다.</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>돌아가기</translation>
    </message>
    <message>
        <source>Go on typing</source>
        <translation>계속 입력</translation>
    </message>
    <message>
        <source>The recovery words that you have typed are not kept.</source>
        <translation>입력한 복구 단어는 남지 않습니다.</translation>
    </message>
    <message>
        <source>All 24 words are needed.</source>
        <translation>24개 단어를 모두 입력해야 합니다.</translation>
    </message>
    <message>
        <source>Set a new passphrase</source>
        <translation>새 암호 문구 정하기</translation>
    </message>
    <message>
        <source>The words are right. The passphrase you forgot will no longer open this vault.</source>
        <translation>단어가 맞습니다. 잊은 암호 문구로는 이제 이 보관함이 열리지 않습니다.</translation>
    </message>
    <message>
        <source>Open it all the same</source>
        <translation>그래도 열기</translation>
    </message>
</context>
<context>
    <name>RecoveryWords</name>
    <message>
        <source>I have written them down</source>
        <translation>모두 적었습니다</translation>
    </message>
    <message>
        <source>Check the words</source>
        <translation>단어 확인</translation>
    </message>
    <message>
        <source>Show the words again</source>
        <translation>단어 다시 보기</translation>
    </message>
    <message>
        <source>Write these 24 words on paper, in this order, and keep the paper away from the laptop. They open the vault when the passphrase is forgotten. They are shown only now.</source>
        <translation>이 24개 단어를 차례대로 종이에 적어 노트북과 떨어진 곳에 두십시오. 암호 문구를 잊었을 때 이 단어로 보관함을 엽니다. 지금만 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Type the words number {first}, {second} and {third} from your paper.</source>
        <translation>종이에 적은 {first}번, {second}번, {third}번 단어를 입력하십시오.</translation>
    </message>
    <message>
        <source>These are not the words. Look at your paper again; you can also see the words once more.</source>
        <translation>적어 둔 단어와 다릅니다. 종이를 다시 확인하십시오. 단어를 다시 볼 수도 있습니다.</translation>
    </message>
</context>
<context>
    <name>RelationPage</name>
    <message>
        <source>Of whom</source>
        <translation>누구의</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>누가</translation>
    </message>
    <message>
        <source>Is what to her or him</source>
        <translation>그 사람에게 무엇입니까</translation>
    </message>
    <message>
        <source>Korean kin word that was said</source>
        <translation>말한 친족 호칭</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>얼마나 확실한지</translation>
    </message>
    <message>
        <source>Who says so</source>
        <translation>누가 말했는지</translation>
    </message>
    <message>
        <source>Empty: the one who tells the account</source>
        <translation>비워 두면: 이야기하는 사람</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>They were parted</source>
        <translation>서로 헤어졌음</translation>
    </message>
    <message>
        <source>She asks that this person be looked for</source>
        <translation>이 사람을 찾아 달라고 부탁함</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>마지막으로 본 때</translation>
    </message>
    <message>
        <source>Codes, parted by commas</source>
        <translation>부호, 쉼표로 나눔</translation>
    </message>
    <message>
        <source>Household register (hukou)</source>
        <translation>호구(중국 호적)</translation>
    </message>
    <message>
        <source>Who holds the child</source>
        <translation>아이를 데리고 있는 사람</translation>
    </message>
    <message>
        <source>Numbers and addresses belong to the names.</source>
        <translation>번호와 주소는 이름 쪽에 적습니다.</translation>
    </message>
    <message>
        <source>Add a relation</source>
        <translation>관계 추가</translation>
    </message>
    <message>
        <source>Change a relation</source>
        <translation>관계 고치기</translation>
    </message>
    <message>
        <source>Choose both people.</source>
        <translation>두 사람을 모두 고르십시오.</translation>
    </message>
    <message>
        <source>Choose two different people.</source>
        <translation>서로 다른 두 사람을 고르십시오.</translation>
    </message>
    <message>
        <source>Choose what they are to each other.</source>
        <translation>서로 무슨 관계인지 고르십시오.</translation>
    </message>
    <message>
        <source>{codes}: nobody here has this code.</source>
        <translation>{codes}: 이 부호를 가진 사람이 없습니다.</translation>
    </message>
    <message>
        <source>{other} is to {person}: {relation}. {person} is to {other}: {back}.</source>
        <translation>{person}에게 {other}: {relation}. {other}에게 {person}: {back}.</translation>
    </message>
</context>
<context>
    <name>RenewWords</name>
    <message>
        <source>You get 24 new words, and the paper with the old ones opens this vault no more. Have paper and pencil at hand: the words are shown only once.</source>
        <translation>새 단어 24개를 받으며, 예전 단어로는 이 보관함이 더 이상 열리지 않습니다. 단어는 한 번만 보여 주므로 종이와 연필을 준비하십시오.</translation>
    </message>
    <message>
        <source>Make new recovery words?</source>
        <translation>복구 단어를 새로 만드시겠습니까?</translation>
    </message>
    <message>
        <source>Make new words</source>
        <translation>새 단어 만들기</translation>
    </message>
    <message>
        <source>Making new words.</source>
        <translation>새 단어를 만들고 있습니다.</translation>
    </message>
</context>
<context>
    <name>RestoreScreen</name>
    <message>
        <source>Choose the backup&apos;s folder</source>
        <translation>백업 폴더 고르기</translation>
    </message>
    <message>
        <source>Choose the new vault&apos;s folder</source>
        <translation>새 보관함 폴더 고르기</translation>
    </message>
    <message>
        <source>Restore the vault</source>
        <translation>보관함 복원</translation>
    </message>
    <message>
        <source>Open the vault</source>
        <translation>보관함 열기</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Salvage a damaged vault…</source>
        <translation>손상된 보관함 건지기…</translation>
    </message>
    <message>
        <source>The restored vault begins a new custody log and gets a new contact card, because the old vault may still be in use somewhere. Give the new card to your office.</source>
        <translation>이전 보관함이 아직 어딘가에서 쓰이고 있을 수 있으므로, 복원한 보관함은 새 보관 기록과 새 연락처 카드로 시작합니다. 새 카드를 사무소에 주십시오.</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>백업 복원</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>백업</translation>
    </message>
    <message>
        <source>New, empty folder for the vault</source>
        <translation>보관함을 둘 빈 폴더</translation>
    </message>
    <message>
        <source>Passphrase of the vault, or its 24 recovery words</source>
        <translation>보관함의 암호 문구 또는 복구 단어 24개</translation>
    </message>
    <message>
        <source>Restoring and reading back</source>
        <translation>복원하고 다시 읽어 확인하는 중</translation>
    </message>
    <message>
        <source>A backup is being restored.</source>
        <translation>백업을 복원하고 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>The vault was restored. %n things in the backup were not whole:</source>
        <translation>
            <numerusform>보관함을 복원했습니다. 백업에서 온전하지 않은 것이 %n개 있습니다:</numerusform>
        </translation>
    </message>
    <message>
        <source>See what can be read…</source>
        <translation>읽을 수 있는 것 보기…</translation>
    </message>
</context>
<context>
    <name>ResultPanel</name>
    <message>
        <source>Everything is in order.</source>
        <translation>모두 온전합니다.</translation>
    </message>
    <message numerus="yes">
        <source>The database, every file and the whole custody log were read and compared. %n entries.</source>
        <translation>
            <numerusform>데이터베이스와 모든 파일, 보관 기록 전체를 읽고 견주었습니다. 항목 %n개.</numerusform>
        </translation>
    </message>
    <message>
        <source>The log is whole.</source>
        <translation>보관 기록이 온전합니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n entries fit one another, and every version they tell of is here and signed.</source>
        <translation>
            <numerusform>%n개 항목이 서로 이어지고, 거기에 적힌 모든 판이 서명된 채 이곳에 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Only content of files is damaged or missing: the log and all that was written are whole.</source>
        <translation>파일의 내용만 손상되었거나 없어졌습니다. 기록과 쓴 글은 모두 온전합니다.</translation>
    </message>
    <message>
        <source>Keep the vault as it is: don&apos;t erase or restore anything yet. Copy its folder, compare it with a backup, and tell your office.</source>
        <translation>보관함을 그대로 두십시오. 아직 아무것도 지우거나 복원하지 마십시오. 폴더를 복사해 두고 백업과 비교한 뒤 사무소에 알리십시오.</translation>
    </message>
    <message numerus="yes">
        <source>%n problems were found.</source>
        <translation>
            <numerusform>문제 %n건을 찾았습니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>Places found</source>
        <translation>찾은 곳</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>진술</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>녹취록</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>이름 없음</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n곳</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n more place(s)</source>
        <translation>
            <numerusform>%n곳 더 보기</numerusform>
        </translation>
    </message>
    <message>
        <source>File “{name}”</source>
        <translation>파일 “{name}”</translation>
    </message>
    <message>
        <source>{file}, page {page}</source>
        <translation>{file}, {page}쪽</translation>
    </message>
    <message>
        <source>Recording “{name}”</source>
        <translation>녹음 “{name}”</translation>
    </message>
    <message>
        <source>Name of {person}</source>
        <translation>{person}의 이름</translation>
    </message>
    <message>
        <source>Translation {time}</source>
        <translation>번역 {time}</translation>
    </message>
    <message>
        <source>Transcript {time}</source>
        <translation>녹취록 {time}</translation>
    </message>
    <message>
        <source>Account ¶{number}</source>
        <translation>진술 ¶{number}</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>동의</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>제목</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>장소</translation>
    </message>
    <message>
        <source>People</source>
        <translation>사람들</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>요약</translation>
    </message>
</context>
<context>
    <name>Roles</name>
    <message>
        <source>told the account</source>
        <translation>진술한 사람</translation>
    </message>
    <message>
        <source>interviewer</source>
        <translation>면담자</translation>
    </message>
    <message>
        <source>interpreter</source>
        <translation>통역</translation>
    </message>
    <message>
        <source>companion</source>
        <translation>동행</translation>
    </message>
    <message>
        <source>guardian</source>
        <translation>보호자</translation>
    </message>
    <message>
        <source>observer</source>
        <translation>참관인</translation>
    </message>
</context>
<context>
    <name>SalvageScreen</name>
    <message>
        <source>Choose the damaged folder</source>
        <translation>손상된 폴더 고르기</translation>
    </message>
    <message>
        <source>Choose the new vault&apos;s folder</source>
        <translation>새 보관함의 폴더 고르기</translation>
    </message>
    <message>
        <source>See what is left</source>
        <translation>남은 것 보기</translation>
    </message>
    <message>
        <source>Make a vault of it</source>
        <translation>이것으로 보관함 만들기</translation>
    </message>
    <message>
        <source>Open the vault</source>
        <translation>보관함 열기</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Interviews of which something is left</source>
        <translation>남은 것이 있는 면담</translation>
    </message>
    <message>
        <source>New, empty folder for the vault</source>
        <translation>보관함을 둘 비어 있는 새 폴더</translation>
    </message>
    <message>
        <source>For a vault or a backup whose database is damaged. It is only read. Every part is checked by itself, so what is shown here is what was written.</source>
        <translation>데이터베이스가 손상된 보관함이나 백업을 위한 것입니다. 읽기만 합니다. 각 부분을 따로 확인하므로 여기에 보이는 것은 적힌 그대로입니다.</translation>
    </message>
    <message>
        <source>Salvage a damaged vault</source>
        <translation>손상된 보관함 건지기</translation>
    </message>
    <message>
        <source>Folder of the vault or backup</source>
        <translation>보관함이나 백업의 폴더</translation>
    </message>
    <message>
        <source>Its passphrase, or its 24 recovery words</source>
        <translation>그 암호 문구 또는 복구 단어 24개</translation>
    </message>
    <message>
        <source>Reading what is left</source>
        <translation>남은 것을 읽는 중</translation>
    </message>
    <message>
        <source>Without a title</source>
        <translation>제목 없음</translation>
    </message>
    <message numerus="yes">
        <source>%n versions left</source>
        <translation>
            <numerusform>남은 판 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lost</source>
        <translation>
            <numerusform>잃은 판 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Making a vault of what is left</source>
        <translation>남은 것으로 보관함을 만드는 중</translation>
    </message>
    <message>
        <source>A vault is being made of what is left.</source>
        <translation>남은 것으로 보관함을 만들고 있습니다.</translation>
    </message>
    <message>
        <source>The new vault was made of what is left.</source>
        <translation>남은 것으로 새 보관함을 만들었습니다.</translation>
    </message>
</context>
<context>
    <name>SealFlow</name>
    <message>
        <source>Exchange › Seal a bundle</source>
        <translation>주고받기 › 묶음 봉인</translation>
    </message>
    <message>
        <source>Interviews</source>
        <translation>면담</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>받는 사람</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>동의</translation>
    </message>
    <message>
        <source>Seal</source>
        <translation>봉인</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>폴더 고르기…</translation>
    </message>
    <message>
        <source>Where to?</source>
        <translation>어디에 저장합니까?</translation>
    </message>
    <message>
        <source>Which interviews shall leave?</source>
        <translation>어느 면담을 내보냅니까?</translation>
    </message>
    <message>
        <source>Who shall be able to open them?</source>
        <translation>누가 열 수 있어야 합니까?</translation>
    </message>
    <message>
        <source>What leaves, and what stays</source>
        <translation>나가는 것과 남는 것</translation>
    </message>
    <message>
        <source>Seal the bundle</source>
        <translation>묶음 봉인</translation>
    </message>
    <message>
        <source>Making copies without what is off the record</source>
        <translation>제외한 부분이 없는 사본을 만드는 중</translation>
    </message>
    <message>
        <source>Copies without what is off the record are being made.</source>
        <translation>기록에서 뺀 부분이 없는 사본을 만들고 있습니다.</translation>
    </message>
    <message>
        <source>Save a correction</source>
        <translation>고친 판 저장</translation>
    </message>
    <message>
        <source>The earlier version stays. Say why this one is needed; the reason stays with it.</source>
        <translation>이전 판은 그대로 남습니다. 고치는 이유를 적으십시오. 이유는 이 판과 함께 남습니다.</translation>
    </message>
    <message>
        <source>Save correction</source>
        <translation>고친 판 저장</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Choose recipients</source>
        <translation>받는 사람 고르기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>See what leaves</source>
        <translation>나가는 것 보기</translation>
    </message>
    <message>
        <source>Back to interviews</source>
        <translation>면담으로 돌아가기</translation>
    </message>
    <message>
        <source>For</source>
        <translation>받는 사람</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>Back to recipients</source>
        <translation>받는 사람으로 돌아가기</translation>
    </message>
    <message>
        <source>Back to consent</source>
        <translation>동의로 돌아가기</translation>
    </message>
    <message numerus="yes">
        <source>Settle %n name(s) first: change the text, hold it back, or let it leave.</source>
        <translation>
            <numerusform>먼저 이름 %n개를 정하십시오. 글을 고치거나, 내보내지 않거나, 나가게 하십시오.</numerusform>
        </translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>약 {size}</translation>
    </message>
    <message>
        <source>Opens with</source>
        <translation>여는 방법</translation>
    </message>
    <message>
        <source>Cairn, or stock tools</source>
        <translation>Cairn 또는 일반 도구</translation>
    </message>
    <message>
        <source>Bundles</source>
        <translation>묶음</translation>
    </message>
    <message>
        <source>Choose where the bundle is written: a USB stick, or a folder that you carry on from. The place is remembered inside this vault alone.</source>
        <translation>묶음을 저장할 USB나 폴더를 고르십시오. 그 위치는 이 보관함 안에만 남습니다.</translation>
    </message>
    <message>
        <source>Once the bundle is sealed, only {names} can read it. This laptop can&apos;t open it again.</source>
        <translation>묶음을 봉인한 뒤에는 {names}만 읽을 수 있습니다. 이 노트북으로는 다시 열 수 없습니다.</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>나감</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>남음</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>직접 남김</translation>
    </message>
    <message>
        <source>{count} by you</source>
        <translation>직접 {count}개</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>소리</translation>
    </message>
    <message>
        <source>This bundle</source>
        <translation>이 묶음</translation>
    </message>
    <message>
        <source>Choose where the bundle is written</source>
        <translation>묶음을 저장할 곳 고르기</translation>
    </message>
    <message>
        <source>Seal bundle here</source>
        <translation>여기에 묶음 봉인</translation>
    </message>
    <message>
        <source>Sealing the bundle</source>
        <translation>묶음을 봉인하는 중</translation>
    </message>
    <message>
        <source>A bundle is being sealed.</source>
        <translation>묶음을 봉인하고 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n bundle(s) are sealed</source>
        <translation>
            <numerusform>묶음 %n개를 봉인했습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>The bundle is sealed</source>
        <translation>묶음을 봉인했습니다</translation>
    </message>
</context>
<context>
    <name>SealedView</name>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Seal another</source>
        <translation>다른 묶음 봉인</translation>
    </message>
    <message>
        <source>{interviews} sealed for {names}, not yet confirmed</source>
        <translation>{names}에게 봉인한 {interviews}, 아직 확인되지 않음</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Only they can open it. Whether it arrives, this vault can&apos;t know: the file still has to be carried or sent.</source>
        <translation>받는 사람만 열 수 있습니다. 도착했는지는 이 보관함이 알 수 없습니다. 파일은 아직 옮기거나 보내야 합니다.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Read these words out to the one who receives the file: the same words there mean the same file.</source>
        <translation>파일을 받는 사람에게 이 단어를 읽어 주십시오. 그쪽에서도 단어가 같으면 같은 파일입니다.</translation>
    </message>
</context>
<context>
    <name>SearchLine</name>
    <message>
        <source>Empty the search</source>
        <translation>검색어 지우기</translation>
    </message>
</context>
<context>
    <name>SecretLine</name>
    <message>
        <source>It begins or ends with a blank, and the blank is a part of it.</source>
        <translation>처음이나 끝에 빈칸이 있습니다. 빈칸도 암호 문구의 일부입니다.</translation>
    </message>
    <message>
        <source>Show what I type</source>
        <translation>입력한 글자 보이기</translation>
    </message>
</context>
<context>
    <name>SelfTest</name>
    <message>
        <source>Testing. This takes some seconds.</source>
        <translation>점검하고 있습니다. 몇 초 걸립니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n checks, all passed.</source>
        <translation>
            <numerusform>점검 %n개를 모두 통과했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}초</translation>
    </message>
    <message>
        <source>Not so in this copy ({code}). Don&apos;t use it; get Cairn again from where you had it.</source>
        <translation>이 사본은 그렇지 않습니다({code}). 쓰지 말고 받은 곳에서 Cairn을 다시 받으십시오.</translation>
    </message>
</context>
<context>
    <name>SentPage</name>
    <message>
        <source>Exchange › Sealed</source>
        <translation>주고받기 › 봉인한 묶음</translation>
    </message>
    <message>
        <source>Sealed {moment}</source>
        <translation>{moment}에 봉인</translation>
    </message>
    <message>
        <source>For</source>
        <translation>받는 사람</translation>
    </message>
    <message>
        <source>Interviews</source>
        <translation>면담</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>도착</translation>
    </message>
    <message>
        <source>not yet confirmed</source>
        <translation>아직 확인되지 않음</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>The words of the file: the same words at the other side mean the same file.</source>
        <translation>파일의 확인 단어입니다. 받은 쪽에서도 단어가 같으면 같은 파일입니다.</translation>
    </message>
    <message>
        <source>Back to Exchange</source>
        <translation>주고받기로</translation>
    </message>
</context>
<context>
    <name>SettingsScreen</name>
    <message>
        <source>Groups of settings</source>
        <translation>설정 묶음</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
</context>
<context>
    <name>Settling</name>
    <message>
        <source>It means the words that stand now</source>
        <translation>지금 있는 말이 맞음</translation>
    </message>
    <message>
        <source>Put it at the chosen words</source>
        <translation>고른 말에 붙이기</translation>
    </message>
    <message>
        <source>Leave it with the earlier version</source>
        <translation>이전 판에 그대로 두기</translation>
    </message>
    <message>
        <source>Remove the passage</source>
        <translation>인용 빼기</translation>
    </message>
    <message>
        <source>A passage lost its place</source>
        <translation>인용한 말이 자리를 잃었습니다</translation>
    </message>
    <message>
        <source>The words of a passage were changed</source>
        <translation>인용한 말이 바뀌었습니다</translation>
    </message>
    <message>
        <source>Choose words in the text to put it there. Until this is settled the passage stays in this vault.</source>
        <translation>글에서 말을 고르면 거기에 붙일 수 있습니다. 정할 때까지 이 인용은 이 보관함에 남습니다.</translation>
    </message>
</context>
<context>
    <name>SetupScreen</name>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>암호 문구</translation>
    </message>
    <message>
        <source>You</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>Recovery words</source>
        <translation>복구 단어</translation>
    </message>
    <message>
        <source>Office</source>
        <translation>사무소</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>나중에</translation>
    </message>
    <message>
        <source>Where the vault is kept</source>
        <translation>보관함을 둘 곳</translation>
    </message>
    <message>
        <source>A folder on this laptop or on a stick that you carry. Not one that a cloud service copies.</source>
        <translation>이 노트북이나 지니고 다니는 USB의 폴더를 쓰십시오. 클라우드가 복사하는 폴더는 안 됩니다.</translation>
    </message>
    <message>
        <source>Choose another place…</source>
        <translation>다른 곳 고르기…</translation>
    </message>
    <message>
        <source>Your name or code</source>
        <translation>이름 또는 부호</translation>
    </message>
    <message>
        <source>Stands on your contact card and beside everything you write. A code is enough.</source>
        <translation>연락처 카드와 작성하는 모든 기록에 표시됩니다. 부호만 적어도 됩니다.</translation>
    </message>
    <message>
        <source>I write down interviews</source>
        <translation>면담을 기록합니다</translation>
    </message>
    <message>
        <source>We are an office that receives them</source>
        <translation>면담을 받는 사무소입니다</translation>
    </message>
    <message>
        <source>Type the 12 words that the office reads to you. Typing finds a forged card.</source>
        <translation>사무소가 읽어 주는 단어 12개를 입력하십시오. 입력해야 위조된 카드를 찾아낼 수 있습니다.</translation>
    </message>
    <message>
        <source>If your office gave you its contact card, add it now. You can also do this later, under Contacts.</source>
        <translation>사무소에서 연락처 카드를 받았으면 지금 추가하십시오. 나중에 ‘연락처’에서 추가해도 됩니다.</translation>
    </message>
    <message>
        <source>Choose the card…</source>
        <translation>카드 고르기…</translation>
    </message>
    <message>
        <source>Where will the vault be?</source>
        <translation>보관함을 어디에 둡니까?</translation>
    </message>
    <message>
        <source>Choose a passphrase</source>
        <translation>암호 문구를 정하십시오</translation>
    </message>
    <message>
        <source>Who are you?</source>
        <translation>이름과 역할</translation>
    </message>
    <message>
        <source>Your office&apos;s card</source>
        <translation>사무소의 카드</translation>
    </message>
    <message>
        <source>Make the vault</source>
        <translation>보관함 만들기</translation>
    </message>
    <message>
        <source>Add the card and open</source>
        <translation>카드를 추가하고 열기</translation>
    </message>
    <message>
        <source>The recovery words are shown only now. Without them on paper, a forgotten passphrase is the end of this vault; you would have to make new ones in the settings.</source>
        <translation>복구 단어는 지금만 보입니다. 종이에 적어 두지 않으면 암호 문구를 잊었을 때 이 보관함을 다시 열 수 없습니다. 그러려면 설정에서 새 단어를 만들어야 합니다.</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>This folder can&apos;t be read. Choose another one.</source>
        <translation>이 폴더는 읽을 수 없습니다. 다른 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>There is something in this folder already. Choose a new one.</source>
        <translation>이 폴더에는 이미 다른 것이 있습니다. 새 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>Vault</source>
        <translation>보관함</translation>
    </message>
    <message>
        <source>Choose a place for the vault</source>
        <translation>보관함을 둘 곳 고르기</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>고르기</translation>
    </message>
    <message>
        <source>Making the vault. This takes a few seconds.</source>
        <translation>보관함을 만들고 있습니다. 몇 초 걸립니다.</translation>
    </message>
    <message>
        <source>Choose the office&apos;s contact card</source>
        <translation>사무소의 연락처 카드 고르기</translation>
    </message>
    <message>
        <source>Contact cards (*.contact)</source>
        <translation>연락처 카드 (*.contact)</translation>
    </message>
</context>
<context>
    <name>Several</name>
    <message>
        <source>Transcript</source>
        <translation>녹취록</translation>
    </message>
    <message>
        <source>There is more than one transcript of this recording</source>
        <translation>이 녹음의 녹취록이 둘 이상 있습니다</translation>
    </message>
    <message>
        <source>More for this transcript</source>
        <translation>이 녹취록에 대한 다른 작업</translation>
    </message>
    <message>
        <source>Remove the transcript…</source>
        <translation>녹취록 빼기…</translation>
    </message>
    <message>
        <source>Bring back the removed transcript…</source>
        <translation>뺀 녹취록 되돌려 놓기…</translation>
    </message>
    <message>
        <source>New, not saved yet</source>
        <translation>새 녹취록, 아직 저장하지 않음</translation>
    </message>
    <message>
        <source>Remove this transcript?</source>
        <translation>이 녹취록을 뺄까요?</translation>
    </message>
    <message>
        <source>It no longer leaves with bundles. What is typed and not saved is given up. You can bring it back; its versions stay in the history.</source>
        <translation>앞으로 묶음에 담기지 않습니다. 입력하고 저장하지 않은 내용은 버려집니다. 나중에 되돌려 놓을 수 있으며, 판은 이력에 남습니다.</translation>
    </message>
    <message>
        <source>Remove transcript</source>
        <translation>녹취록 빼기</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Bring the transcript back?</source>
        <translation>녹취록을 되돌려 놓을까요?</translation>
    </message>
    <message>
        <source>The one that was removed last is shown again, as it was saved.</source>
        <translation>마지막으로 뺀 녹취록이 저장된 그대로 다시 표시됩니다.</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>되돌려 놓기</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>{name} 빼기</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>Sorting</name>
    <message>
        <source>Sorted by: {column}. {way}</source>
        <translation>정렬: {column}. {way}</translation>
    </message>
</context>
<context>
    <name>SoundBox</name>
    <message>
        <source>Back 3 seconds</source>
        <translation>3초 뒤로</translation>
    </message>
    <message>
        <source>Forward 3 seconds</source>
        <translation>3초 앞으로</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>빠르기</translation>
    </message>
    <message>
        <source>Speed; the voice keeps its pitch</source>
        <translation>빠르기. 목소리의 높이는 그대로입니다</translation>
    </message>
    <message>
        <source>{number}×</source>
        <translation>{number}배</translation>
    </message>
    <message>
        <source>Play the chosen stretch again and again</source>
        <translation>고른 부분 되풀이해서 듣기</translation>
    </message>
    <message>
        <source>Look closer</source>
        <translation>파형 확대</translation>
    </message>
    <message>
        <source>Look from farther away</source>
        <translation>파형 축소</translation>
    </message>
    <message>
        <source>The recorder did not close this file; it may have lost power. All that is in it is heard.</source>
        <translation>녹음기가 이 파일을 닫지 않았습니다. 전원이 끊겼을 수 있습니다. 파일에 있는 소리는 모두 들을 수 있습니다.</translation>
    </message>
    <message>
        <source>{size} of this file are no part of the sound that is heard: a picture, other sound, or something else. They leave with the file; a listening copy is without them.</source>
        <translation>이 파일 가운데 {size}은(는) 들리는 소리에 들어 있지 않습니다. 그림이나 다른 소리, 그 밖의 것일 수 있으며 파일과 함께 나갑니다. 듣기용 사본에는 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>This computer has no sound output that can play this. Connect a loudspeaker or headphones, then press Play again.</source>
        <translation>이 컴퓨터에 재생할 수 있는 소리 출력 장치가 없습니다. 스피커나 헤드폰을 연결하고 다시 재생을 누르십시오.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>Chosen: {start} to {end}</source>
        <translation>고른 부분: {start}–{end}</translation>
    </message>
    <message>
        <source>{now} of {whole}</source>
        <translation>{now} / {whole}</translation>
    </message>
</context>
<context>
    <name>SoundPane</name>
    <message>
        <source>Sound over time: {name}</source>
        <translation>파형: {name}</translation>
    </message>
</context>
<context>
    <name>StampedNotes</name>
    <message>
        <source>Time of the note</source>
        <translation>메모의 시각</translation>
    </message>
    <message>
        <source>Note at this moment</source>
        <translation>이 순간의 메모</translation>
    </message>
    <message>
        <source>What you notice. Enter keeps it.</source>
        <translation>눈에 띈 점을 적습니다. Enter를 누르면 저장됩니다.</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>메모 추가</translation>
    </message>
    <message>
        <source>Play from {time}</source>
        <translation>{time}부터 재생</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Everything is saved</source>
        <translation>모두 저장됨</translation>
    </message>
    <message>
        <source>Nothing can be saved now</source>
        <translation>지금은 저장할 수 없습니다</translation>
    </message>
    <message>
        <source>Locks in {minutes} min</source>
        <translation>{minutes}분 뒤 잠금</translation>
    </message>
    <message>
        <source>Locks in {seconds} s</source>
        <translation>{seconds}초 뒤 잠금</translation>
    </message>
    <message>
        <source>{size} free</source>
        <translation>남은 공간 {size}</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Step {number} of {count}: {word}</source>
        <translation>{count}단계 중 {number}단계: {word}</translation>
    </message>
</context>
<context>
    <name>Stick</name>
    <message>
        <source>Running without installation. Settings and vaults are kept in {folder}, and nothing anywhere else.</source>
        <translation>설치하지 않고 실행하고 있습니다. 설정과 보관함은 {folder}에 있고, 다른 곳에는 아무것도 두지 않습니다.</translation>
    </message>
    <message>
        <source>This stick can only be read: nothing can be saved on it. Take off its write protection, or copy the folder “{name}” to a place that can be written, and start Cairn there.</source>
        <translation>이 USB 메모리는 읽을 수만 있어 아무것도 저장할 수 없습니다. 쓰기 금지를 풀거나, 폴더 “{name}”을(를) 쓸 수 있는 곳에 복사해 거기서 Cairn을 시작하십시오.</translation>
    </message>
</context>
<context>
    <name>StockGroup</name>
    <message>
        <source>For stock tools</source>
        <translation>일반 도구로 열기</translation>
    </message>
    <message>
        <source>With the age identity and the list of signers anyone can open and verify bundles sealed to this vault without Cairn: with age, tar, ssh-keygen and sha256sum.</source>
        <translation>age 신원과 서명자 목록이 있으면 누구나 Cairn 없이 age, tar, ssh-keygen, sha256sum으로 이 보관함 앞으로 봉인된 묶음을 열고 확인할 수 있습니다.</translation>
    </message>
    <message>
        <source>Write out encrypted…</source>
        <translation>암호화해 내보내기…</translation>
    </message>
    <message>
        <source>Write out readable…</source>
        <translation>암호화하지 않고 내보내기…</translation>
    </message>
    <message>
        <source>With a passphrase of its own</source>
        <translation>별도의 암호 문구로 잠금</translation>
    </message>
    <message>
        <source>age asks for it when the identity is used.</source>
        <translation>신원을 쓸 때 age가 이 암호 문구를 묻습니다.</translation>
    </message>
    <message>
        <source>Without a passphrase</source>
        <translation>암호 문구 없이</translation>
    </message>
    <message>
        <source>Whoever finds the file can open every bundle sealed to this vault.</source>
        <translation>파일을 손에 넣은 사람은 이 보관함 앞으로 봉인된 모든 묶음을 열 수 있습니다.</translation>
    </message>
    <message>
        <source>Three files were written:</source>
        <translation>파일 세 개를 저장했습니다:</translation>
    </message>
    <message>
        <source>Written file</source>
        <translation>저장한 파일</translation>
    </message>
</context>
<context>
    <name>StructRows</name>
    <message>
        <source>Bring it back</source>
        <translation>되돌리기</translation>
    </message>
</context>
<context>
    <name>TermForm</name>
    <message>
        <source>Label in English</source>
        <translation>영어 이름표</translation>
    </message>
    <message>
        <source>Label in Korean</source>
        <translation>한국어 이름표</translation>
    </message>
    <message>
        <source>Label in Chinese</source>
        <translation>중국어 이름표</translation>
    </message>
    <message>
        <source>No other term</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Stands below</source>
        <translation>상위 항목</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>뜻</translation>
    </message>
    <message>
        <source>One or two sentences.</source>
        <translation>한두 문장으로 쓰십시오.</translation>
    </message>
    <message>
        <source>What is in</source>
        <translation>들어가는 것</translation>
    </message>
    <message>
        <source>The cases that belong here.</source>
        <translation>여기에 드는 경우를 쓰십시오.</translation>
    </message>
    <message>
        <source>The neighbouring term</source>
        <translation>이웃 항목</translation>
    </message>
    <message>
        <source>The one it is most easily taken for.</source>
        <translation>가장 헷갈리기 쉬운 항목입니다.</translation>
    </message>
    <message>
        <source>What is out</source>
        <translation>들어가지 않는 것</translation>
    </message>
    <message>
        <source>What belongs to that term.</source>
        <translation>무엇이 그 항목에 드는지 쓰십시오.</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>예</translation>
    </message>
    <message>
        <source>Make one up; nothing that somebody told.</source>
        <translation>지어내십시오. 누가 말한 내용은 쓰지 마십시오.</translation>
    </message>
    <message>
        <source>Choose one</source>
        <translation>하나를 고르십시오</translation>
    </message>
    <message>
        <source>How to count</source>
        <translation>세는 법</translation>
    </message>
    <message>
        <source>What one act is</source>
        <translation>무엇이 한 건인지</translation>
    </message>
    <message>
        <source>One person, one day, one stay.</source>
        <translation>한 사람, 하루, 한 번의 구금처럼 쓰십시오.</translation>
    </message>
    <message>
        <source>S1: normal</source>
        <translation>S1: 보통</translation>
    </message>
    <message>
        <source>S2: confidential</source>
        <translation>S2: 비밀</translation>
    </message>
    <message>
        <source>S3: hidden by default</source>
        <translation>S3: 기본으로 가림</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>민감도</translation>
    </message>
    <message>
        <source>Save term</source>
        <translation>용어 저장</translation>
    </message>
    <message>
        <source>Give it up</source>
        <translation>그만두기</translation>
    </message>
    <message>
        <source>A term of your own in {vocabulary}</source>
        <translation>{vocabulary}: 자체 용어</translation>
    </message>
    <message>
        <source>It is a record of this vault. It travels with what names it, and is never lost.</source>
        <translation>이 보관함의 기록입니다. 그 용어를 쓴 것과 함께 나가며 없어지지 않습니다.</translation>
    </message>
</context>
<context>
    <name>TermPicker</name>
    <message>
        <source>Type a word, or press Down</source>
        <translation>말을 입력하거나 ↓ 누르기</translation>
    </message>
    <message>
        <source>No term is chosen for these words. Press Down to choose one.</source>
        <translation>이 말로 고른 용어가 없습니다. 고르려면 아래쪽 화살표를 누르십시오.</translation>
    </message>
    <message>
        <source>retired</source>
        <translation>쓰지 않음</translation>
    </message>
    <message>
        <source>needs review</source>
        <translation>검토 필요</translation>
    </message>
    <message>
        <source>It is kept as it is.</source>
        <translation>그대로 둡니다.</translation>
    </message>
    <message>
        <source>own</source>
        <translation>자체</translation>
    </message>
</context>
<context>
    <name>TextPane</name>
    <message>
        <source>Encoding</source>
        <translation>인코딩</translation>
    </message>
    <message>
        <source>If the words can&apos;t be read, choose another encoding</source>
        <translation>글자를 읽을 수 없으면 다른 인코딩을 고르십시오</translation>
    </message>
    <message>
        <source>Found by Cairn</source>
        <translation>Cairn이 찾은 것</translation>
    </message>
    <message>
        <source>Korean (CP949, EUC-KR)</source>
        <translation>한국어 (CP949, EUC-KR)</translation>
    </message>
    <message>
        <source>Chinese, simplified (GB18030)</source>
        <translation>중국어 간체 (GB18030)</translation>
    </message>
    <message>
        <source>Chinese, traditional (Big5)</source>
        <translation>중국어 번체 (Big5)</translation>
    </message>
    <message>
        <source>Japanese (Shift-JIS)</source>
        <translation>일본어 (Shift-JIS)</translation>
    </message>
    <message>
        <source>Cyrillic (Windows-1251)</source>
        <translation>키릴 문자 (Windows-1251)</translation>
    </message>
    <message>
        <source>Western (Windows-1252)</source>
        <translation>서유럽어 (Windows-1252)</translation>
    </message>
    <message>
        <source>Text of {name}</source>
        <translation>{name}의 글</translation>
    </message>
    <message>
        <source>Only the first {size} are shown. Encoding: {encoding}</source>
        <translation>처음 {size}까지만 보입니다. 인코딩: {encoding}</translation>
    </message>
    <message>
        <source>Encoding: {encoding}</source>
        <translation>인코딩: {encoding}</translation>
    </message>
    <message>
        <source>Very long lines are shown as several.</source>
        <translation>아주 긴 줄은 여러 줄로 나누어 보입니다.</translation>
    </message>
</context>
<context>
    <name>TimeBar</name>
    <message>
        <source>no day of it is known</source>
        <translation>아는 날이 없음</translation>
    </message>
    <message>
        <source>both can&apos;t be true</source>
        <translation>둘 다 맞을 수는 없음</translation>
    </message>
</context>
<context>
    <name>TimeField</name>
    <message>
        <source>Minutes and seconds, as 12:30</source>
        <translation>분과 초, 예: 12:30</translation>
    </message>
    <message>
        <source>Write a time as minutes and seconds: 12:30.</source>
        <translation>시각을 분과 초로 적으십시오. 예: 12:30.</translation>
    </message>
    <message>
        <source>The recording ends at {whole}.</source>
        <translation>녹음이 끝나는 시각: {whole}.</translation>
    </message>
</context>
<context>
    <name>TracingSheet</name>
    <message>
        <source>This is all that stands on it. Test questions, marks and the photograph are never on it.</source>
        <translation>문서에는 아래 내용만 실립니다. 확인 질문, 표식, 사진은 절대 싣지 않습니다.</translation>
    </message>
    <message>
        <source>What consent keeps back is not on it:</source>
        <translation>동의가 허락하지 않아 싣지 않는 것:</translation>
    </message>
    <message>
        <source>Consent does not allow anything to leave for tracing:</source>
        <translation>동의가 찾기 위해 내보내는 것을 허락하지 않습니다:</translation>
    </message>
    <message>
        <source>The PDF is readable by anyone who finds it. The custody log keeps that it was made.</source>
        <translation>PDF는 발견하는 사람 누구나 읽을 수 있습니다. 만들었다는 사실은 보관 기록에 남습니다.</translation>
    </message>
    <message>
        <source>Tracing sheet</source>
        <translation>찾기 문서</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>PDF로 저장…</translation>
    </message>
    <message>
        <source>Save the sheet to</source>
        <translation>문서를 저장할 곳</translation>
    </message>
    <message>
        <source>Save it here</source>
        <translation>여기에 저장</translation>
    </message>
    <message>
        <source>Tracing sheet saved as a PDF</source>
        <translation>찾기 문서를 PDF로 저장했습니다</translation>
    </message>
    <message>
        <source>A tracing sheet is being saved as a PDF.</source>
        <translation>찾기 문서를 PDF로 저장하고 있습니다.</translation>
    </message>
</context>
<context>
    <name>TranscriptTab</name>
    <message>
        <source>Recording</source>
        <translation>녹음</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>The words of a recording are written down here.</source>
        <translation>녹음의 말을 여기에 받아 적습니다.</translation>
    </message>
    <message>
        <source>Record a conversation, or bring in a recording, under Conversation.</source>
        <translation>‘대화’에서 대화를 녹음하거나 소리를 추가하십시오.</translation>
    </message>
    <message>
        <source>Play from here</source>
        <translation>여기부터 재생</translation>
    </message>
    <message>
        <source>Play from where the paragraph begins</source>
        <translation>문단의 처음부터 재생</translation>
    </message>
    <message>
        <source>Begins now</source>
        <translation>지금 시작</translation>
    </message>
    <message>
        <source>Let the paragraph begin at what is heard now</source>
        <translation>지금 들리는 곳을 문단의 처음으로 정하기</translation>
    </message>
    <message>
        <source>What can&apos;t be heard</source>
        <translation>들리지 않는 말</translation>
    </message>
    <message>
        <source>What you are not sure to have heard</source>
        <translation>제대로 들었는지 확실하지 않은 말</translation>
    </message>
    <message>
        <source>A name that is not written down</source>
        <translation>밝혀 적지 않는 이름</translation>
    </message>
    <message>
        <source>Remove paragraph</source>
        <translation>문단 없애기</translation>
    </message>
    <message>
        <source>Take this paragraph out</source>
        <translation>이 문단 없애기</translation>
    </message>
    <message>
        <source>Languages…</source>
        <translation>언어…</translation>
    </message>
    <message>
        <source>Languages and translation</source>
        <translation>언어와 번역</translation>
    </message>
    <message>
        <source>These are the words of the recording that this one was made from, as far as it holds them.</source>
        <translation>원본 녹음의 녹취록이며, 이 녹음에 들어 있는 말만 보입니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n paragraph(s) lie in what is off the record. Until they are taken out, this transcript stays in the vault.</source>
        <translation>
            <numerusform>제외한 부분에 문단 %n개가 있습니다. 빼기 전에는 이 녹취록을 보관함 밖으로 내보낼 수 없습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Take them out…</source>
        <translation>빼기…</translation>
    </message>
    <message>
        <source>Another device has written something different. Settle it under History.</source>
        <translation>다른 기기가 다르게 적었습니다. ‘이력’에서 정리하십시오.</translation>
    </message>
    <message>
        <source>This moment is off the record. What is said in it is not written down.</source>
        <translation>제외한 부분입니다. 그때 한 말은 적지 않습니다.</translation>
    </message>
    <message>
        <source>Show the translation beside the words</source>
        <translation>한 말 옆에 번역 보이기</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>What is spoken, such as ko or zh.</source>
        <translation>말한 언어. 예: ko, zh.</translation>
    </message>
    <message>
        <source>Translated into</source>
        <translation>번역한 언어</translation>
    </message>
    <message>
        <source>Such as en; empty without a translation.</source>
        <translation>예: en. 번역이 없으면 비워 둡니다.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Use these</source>
        <translation>이대로 쓰기</translation>
    </message>
    <message>
        <source>Take out what is off the record?</source>
        <translation>제외한 부분의 문단을 빼시겠습니까?</translation>
    </message>
    <message>
        <source>A version without these paragraphs is made. The versions before it stay in this vault and never leave it.</source>
        <translation>이 문단이 없는 판을 만듭니다. 그 전의 판은 이 보관함에 남고 밖으로 나가지 않습니다.</translation>
    </message>
    <message>
        <source>Take them out</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
</context>
<context>
    <name>UnlockScreen</name>
    <message>
        <source>Passphrase</source>
        <translation>암호 문구</translation>
    </message>
    <message>
        <source>Open vault</source>
        <translation>보관함 열기</translation>
    </message>
    <message>
        <source>Vault in the folder “{name}”. Kept encrypted on this laptop.</source>
        <translation>‘{name}’ 폴더의 보관함입니다. 이 노트북에 암호화해 보관합니다.</translation>
    </message>
    <message>
        <source>Use recovery words</source>
        <translation>복구 단어 사용</translation>
    </message>
    <message>
        <source>Another vault…</source>
        <translation>다른 보관함…</translation>
    </message>
    <message>
        <source>Open your vault</source>
        <translation>보관함 열기</translation>
    </message>
    <message>
        <source>Interviews are kept in an encrypted folder on this laptop: your vault. Cairn never uses a network.</source>
        <translation>면담은 이 노트북의 암호화된 폴더, 곧 보관함에 보관합니다. Cairn은 네트워크를 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Welcome to Cairn</source>
        <translation>Cairn 시작하기</translation>
    </message>
    <message>
        <source>New vault</source>
        <translation>새 보관함</translation>
    </message>
    <message>
        <source>When the vault is open, Cairn goes on with “{name}”.</source>
        <translation>보관함을 열면 ‘{name}’(으)로 이어집니다.</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>그만두기</translation>
    </message>
    <message>
        <source>Vault in the folder “{name}”. Kept encrypted on this stick.</source>
        <translation>폴더 “{name}”의 보관함입니다. 이 USB 메모리에 암호화되어 있습니다.</translation>
    </message>
    <message>
        <source>The practice vault. Its passphrase is “{passphrase}”.</source>
        <translation>연습용 보관함입니다. 암호 문구는 ‘{passphrase}’입니다.</translation>
    </message>
    <message>
        <source>Interviews are kept in an encrypted folder on this stick: your vault. Cairn never uses a network.</source>
        <translation>면담은 이 USB 메모리의 암호화된 폴더, 곧 보관함에 보관합니다. Cairn은 네트워크를 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Open a vault…</source>
        <translation>보관함 열기…</translation>
    </message>
    <message>
        <source>Practise</source>
        <translation>연습하기</translation>
    </message>
    <message>
        <source>Look at a bundle</source>
        <translation>묶음 살펴보기</translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation>백업 복원…</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>폴더 고르기…</translation>
    </message>
    <message>
        <source>Choose the vault&apos;s folder</source>
        <translation>보관함 폴더 고르기</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>고르기</translation>
    </message>
    <message>
        <source>Type your passphrase.</source>
        <translation>암호 문구를 입력하십시오.</translation>
    </message>
    <message>
        <source>Open it all the same</source>
        <translation>그래도 열기</translation>
    </message>
    <message>
        <source>See what can be read…</source>
        <translation>읽을 수 있는 것 보기…</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>여는 중…</translation>
    </message>
    <message>
        <source>Caps Lock is on.</source>
        <translation>Caps Lock이 켜져 있습니다.</translation>
    </message>
    <message>
        <source>Caps Lock is off.</source>
        <translation>Caps Lock이 꺼져 있습니다.</translation>
    </message>
    <message>
        <source>Keyboard: {language}.</source>
        <translation>자판: {language}.</translation>
    </message>
</context>
<context>
    <name>Updating</name>
    <message>
        <source>Check an update on a stick…</source>
        <translation>USB의 업데이트 확인…</translation>
    </message>
    <message>
        <source>Its signature and every file are verified before anything of it is shown. You install it.</source>
        <translation>서명과 모든 파일을 확인한 뒤에야 내용을 보여 줍니다. 설치는 직접 합니다.</translation>
    </message>
    <message>
        <source>This copy came without a key for releases, so it can&apos;t verify an update. Verify it with verify.sh, or get Cairn again from where you had it.</source>
        <translation>이 사본에는 배포판 열쇠가 없어 업데이트를 확인할 수 없습니다. verify.sh로 확인하거나 받은 곳에서 Cairn을 다시 받으십시오.</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>업데이트</translation>
    </message>
    <message>
        <source>Choose the folder with the release</source>
        <translation>배포판이 든 폴더 고르기</translation>
    </message>
    <message>
        <source>Check this folder</source>
        <translation>이 폴더 확인</translation>
    </message>
    <message>
        <source>Verifying the release</source>
        <translation>배포판을 확인하고 있습니다</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>서명한 열쇠</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>새로워진 것</translation>
    </message>
    <message>
        <source>For this system</source>
        <translation>이 시스템용</translation>
    </message>
    <message>
        <source>How to install it</source>
        <translation>설치 방법</translation>
    </message>
    <message>
        <source>The check was stopped. Nothing of the folder was shown.</source>
        <translation>확인을 멈췄습니다. 폴더의 내용은 보여 주지 않았습니다.</translation>
    </message>
    <message>
        <source>This is no update to install.</source>
        <translation>설치해도 되는 업데이트가 아닙니다.</translation>
    </message>
</context>
<context>
    <name>Versions</name>
    <message>
        <source>written</source>
        <translation>작성</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>변경</translation>
    </message>
    <message>
        <source>finalised</source>
        <translation>확정</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>고침</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>뺌</translation>
    </message>
    <message>
        <source>brought back</source>
        <translation>되돌려 놓음</translation>
    </message>
    <message>
        <source>settled</source>
        <translation>정리</translation>
    </message>
    <message>
        <source>changed, not saved</source>
        <translation>바뀜, 저장 안 됨</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message>
        <source>Recordings that could not be saved</source>
        <translation>저장하지 못한 녹음</translation>
    </message>
    <message>
        <source>Their end was cut off, and what is on the disk can&apos;t be opened. They wait here: a backup may have what is missing. Nothing is dropped unless you say so.</source>
        <translation>중간에 끊겼고, 디스크에 남은 것을 열 수 없습니다. 백업에 빠진 부분이 있을 수 있으므로 여기에 남아 있습니다. 직접 결정하기 전에는 아무것도 버리지 않습니다.</translation>
    </message>
    <message>
        <source>Interview without a title</source>
        <translation>제목 없는 면담</translation>
    </message>
    <message>
        <source>Recording begun {moment}</source>
        <translation>{moment}에 시작한 녹음</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Try again: {interview}, {begun}</source>
        <translation>다시 시도: {interview}, {begun}</translation>
    </message>
    <message>
        <source>Give up…</source>
        <translation>포기…</translation>
    </message>
    <message>
        <source>Give up: {interview}, {begun}</source>
        <translation>포기: {interview}, {begun}</translation>
    </message>
    <message>
        <source>Give up this recording for good?</source>
        <translation>이 녹음을 영구히 포기할까요?</translation>
    </message>
    <message>
        <source>Cairn tries once more to open it. If that fails, its sound and its key are removed, and nobody can ever hear it. If there is a backup of this vault, look there first. The custody log keeps that there was a recording. Your reason stays in this vault.</source>
        <translation>Cairn이 한 번 더 열어 봅니다. 열리지 않으면 소리와 그 키가 삭제되어 누구도 다시 들을 수 없습니다. 이 보관함의 백업이 있으면 먼저 그곳을 확인하십시오. 녹음이 있었다는 사실은 보관 기록에 남습니다. 사유는 이 보관함에만 남습니다.</translation>
    </message>
    <message>
        <source>Give up the recording</source>
        <translation>녹음 포기</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>It could be opened after all, and is saved: {name}</source>
        <translation>녹음을 열 수 있었고 저장했습니다: {name}</translation>
    </message>
    <message>
        <source>The recording is given up. The custody log keeps the reason.</source>
        <translation>녹음을 포기했습니다. 사유는 보관 기록에 남습니다.</translation>
    </message>
</context>
<context>
    <name>Waveform</name>
    <message>
        <source>Sound over time</source>
        <translation>파형</translation>
    </message>
    <message>
        <source>{now} of {whole}</source>
        <translation>{now} / {whole}</translation>
    </message>
    <message>
        <source>chosen: {start} to {end}</source>
        <translation>고른 부분: {start}–{end}</translation>
    </message>
    <message>
        <source>damaged: {start} to {end}</source>
        <translation>손상된 구간: {start}~{end}</translation>
    </message>
    <message>
        <source>Damaged on the disk, {start} to {end}. Silence is played instead.</source>
        <translation>디스크에서 손상된 구간 {start}~{end}. 대신 무음이 재생됩니다.</translation>
    </message>
    <message>
        <source>Off the record, {start} to {end}. It never leaves the vault.</source>
        <translation>제외한 부분, {start}–{end}. 보관함 밖으로 나가지 않습니다.</translation>
    </message>
</context>
<context>
    <name>WayOut</name>
    <message>
        <source>Save this interview as a PDF?</source>
        <translation>이 면담을 PDF로 저장할까요?</translation>
    </message>
    <message>
        <source>The PDF is readable by anyone who finds it, and so is what a printer makes of it. The custody log keeps that it was made.</source>
        <translation>PDF는 주운 사람이면 누구나 읽을 수 있고, 인쇄한 종이도 마찬가지입니다. 만들었다는 사실은 보관 기록에 남습니다.</translation>
    </message>
    <message>
        <source>Choose where…</source>
        <translation>둘 곳 고르기…</translation>
    </message>
    <message>
        <source>No printer is set up on this computer.</source>
        <translation>이 컴퓨터에는 설정된 프린터가 없습니다.</translation>
    </message>
    <message>
        <source>Print this interview?</source>
        <translation>이 면담을 인쇄할까요?</translation>
    </message>
    <message>
        <source>The custody log keeps that the pages were handed to this printer; the printer&apos;s name stays in the vault.</source>
        <translation>프린터로 넘겼다는 사실이 보관 기록에 남습니다. 프린터 이름은 보관함을 떠나지 않습니다.</translation>
    </message>
    <message>
        <source>Hand to the printer</source>
        <translation>프린터로 넘기기</translation>
    </message>
    <message>
        <source>The page can be saved as a PDF, and printed from another computer. Remove the file afterwards.</source>
        <translation>PDF로 저장해 다른 컴퓨터에서 인쇄할 수 있습니다. 끝나면 그 파일을 지우십시오.</translation>
    </message>
    <message>
        <source>Nothing can be printed here</source>
        <translation>여기서는 인쇄할 수 없습니다</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>PDF로 저장…</translation>
    </message>
    <message>
        <source>Interview</source>
        <translation>면담</translation>
    </message>
    <message>
        <source>Save the page to</source>
        <translation>글을 저장할 곳</translation>
    </message>
    <message>
        <source>Save it here</source>
        <translation>여기에 저장</translation>
    </message>
    <message>
        <source>A page is being saved as a PDF.</source>
        <translation>페이지를 PDF로 저장하고 있습니다.</translation>
    </message>
    <message>
        <source>Page saved as a PDF</source>
        <translation>PDF로 저장했습니다</translation>
    </message>
    <message>
        <source>Handed to the printer {printer}</source>
        <translation>프린터 {printer}(으)로 넘겼습니다</translation>
    </message>
</context>
<context>
    <name>WaysGroup</name>
    <message>
        <source>Ways to open this vault</source>
        <translation>이 보관함을 여는 방법</translation>
    </message>
    <message>
        <source>Whoever has one of these and the vault&apos;s folder can read everything.</source>
        <translation>이 가운데 하나와 보관함 폴더를 함께 가진 사람은 모든 내용을 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>Nobody has typed the recovery words of this vault back. If you have them on paper, type them now; if not, make new ones: the older paper opens nothing.</source>
        <translation>이 보관함의 복구 단어를 아무도 다시 입력하지 않았습니다. 종이에 적어 두었다면 지금 입력하고, 없으면 새로 만드십시오. 예전 종이로는 열 수 없습니다.</translation>
    </message>
    <message>
        <source>Type them now…</source>
        <translation>지금 입력…</translation>
    </message>
    <message>
        <source>Make new words…</source>
        <translation>새 단어 만들기…</translation>
    </message>
    <message>
        <source>Add a passphrase…</source>
        <translation>암호 문구 추가…</translation>
    </message>
    <message>
        <source>Leave a key…</source>
        <translation>열쇠 맡기기…</translation>
    </message>
    <message>
        <source>Change the key…</source>
        <translation>열쇠 바꾸기…</translation>
    </message>
    <message>
        <source>New recovery words</source>
        <translation>새 복구 단어</translation>
    </message>
    <message>
        <source>When somebody may have seen the paper, or it is lost.</source>
        <translation>종이를 누가 보았을 수 있거나 잃어버렸을 때 만듭니다.</translation>
    </message>
    <message>
        <source>Another passphrase</source>
        <translation>다른 암호 문구</translation>
    </message>
    <message>
        <source>For a second person who works with this vault.</source>
        <translation>이 보관함을 함께 쓰는 사람을 위한 것입니다.</translation>
    </message>
    <message>
        <source>A key for an office</source>
        <translation>사무소에 맡기는 열쇠</translation>
    </message>
    <message>
        <source>It can then open the vault&apos;s folder if you can&apos;t any more. Only if you choose so.</source>
        <translation>더 이상 열 수 없게 되었을 때 사무소가 보관함 폴더를 열 수 있습니다. 원할 때만 맡깁니다.</translation>
    </message>
    <message>
        <source>A new vault key</source>
        <translation>새 보관함 열쇠</translation>
    </message>
    <message>
        <source>When a passphrase became known to others. The database is encrypted anew.</source>
        <translation>암호 문구가 다른 사람에게 알려졌을 때 바꿉니다. 데이터베이스를 새로 암호화합니다.</translation>
    </message>
    <message>
        <source>since {date}</source>
        <translation>{date}부터</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>없애기…</translation>
    </message>
    <message>
        <source>Remove: {way}</source>
        <translation>없애기: {way}</translation>
    </message>
    <message>
        <source>Recovery words</source>
        <translation>복구 단어</translation>
    </message>
    <message>
        <source>Key left to {label}</source>
        <translation>‘{label}’에 맡긴 열쇠</translation>
    </message>
    <message>
        <source>Passphrase “{label}”</source>
        <translation>암호 문구 ‘{label}’</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>암호 문구</translation>
    </message>
    <message>
        <source>The folder as it is now can&apos;t be opened in this way any more. A copy that was made earlier still can. If somebody knows the passphrase or the words, change the vault key as well.</source>
        <translation>지금의 폴더는 이 방법으로 더 이상 열리지 않습니다. 전에 만든 사본은 여전히 열립니다. 암호 문구나 단어를 아는 사람이 있으면 보관함 열쇠도 바꾸십시오.</translation>
    </message>
    <message>
        <source>The paper with the 24 words becomes worthless. If you then forget the passphrase, and no office holds a key, nobody can open the vault.</source>
        <translation>24개 단어를 적은 종이가 쓸모없어집니다. 그 뒤에 암호 문구를 잊고 열쇠를 맡은 사무소도 없으면 아무도 보관함을 열 수 없습니다.</translation>
    </message>
    <message>
        <source>Remove “{way}”?</source>
        <translation>‘{way}’ 방법을 없애시겠습니까?</translation>
    </message>
    <message>
        <source>Remove this way</source>
        <translation>이 방법 없애기</translation>
    </message>
    <message>
        <source>“{way}” opens this vault no more.</source>
        <translation>‘{way}’ 방법으로는 이 보관함이 더 이상 열리지 않습니다.</translation>
    </message>
    <message>
        <source>No contact is verified yet</source>
        <translation>확인된 연락처가 아직 없습니다</translation>
    </message>
    <message>
        <source>A key can be left only to somebody whose 12 words you have compared. Add the office&apos;s card and compare its words first.</source>
        <translation>확인 단어 12개를 맞춰 본 연락처에만 열쇠를 맡길 수 있습니다. 먼저 사무소의 카드를 추가하고 단어를 맞춰 보십시오.</translation>
    </message>
    <message>
        <source>Open the contacts</source>
        <translation>연락처 열기</translation>
    </message>
</context>
<context>
    <name>When</name>
    <message>
        <source>Say what it means…</source>
        <translation>뜻을 적기…</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>말의 뜻</translation>
    </message>
    <message>
        <source>spring 1998, 1998-03, 1998/2000</source>
        <translation>1998년 봄, 1998-03, 1998/2000</translation>
    </message>
    <message>
        <source>No more than {count} characters fit in here.</source>
        <translation>여기에는 {count}자까지 들어갑니다.</translation>
    </message>
    <message>
        <source>{event} has another date now</source>
        <translation>{event}: 날짜가 바뀌었습니다</translation>
    </message>
    <message>
        <source>The words alone are kept.</source>
        <translation>말만 남깁니다.</translation>
    </message>
    <message>
        <source>{anchor}, whose date is not known yet</source>
        <translation>{anchor}(날짜를 아직 모름)</translation>
    </message>
</context>
<context>
    <name>WhoPicker</name>
    <message>
        <source>A code, or words</source>
        <translation>부호나 말</translation>
    </message>
    <message>
        <source>Somebody new: “{words}”</source>
        <translation>새 사람: “{words}”</translation>
    </message>
    <message>
        <source>A unit: “{words}”</source>
        <translation>단위: “{words}”</translation>
    </message>
    <message>
        <source>Nobody can name: “{words}”</source>
        <translation>이름을 알 수 없음: “{words}”</translation>
    </message>
    <message>
        <source>Nobody is chosen for these words.</source>
        <translation>이 말에 맞는 사람을 고르지 않았습니다.</translation>
    </message>
    <message>
        <source>A person of this interview from now on, under a code of its own.</source>
        <translation>이제부터 이 면담의 인물이며, 자기 부호가 붙습니다.</translation>
    </message>
    <message>
        <source>A unit of this interview from now on, named openly.</source>
        <translation>이제부터 이 면담의 단위이며, 이름이 드러납니다.</translation>
    </message>
    <message>
        <source>Kept in these words.</source>
        <translation>이 말 그대로 보관합니다.</translation>
    </message>
    <message>
        <source>present</source>
        <translation>참석자</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>The words typed last could not be kept. {why}</source>
        <translation>마지막에 입력한 글을 저장하지 못했습니다. {why}</translation>
    </message>
    <message>
        <source>Something in Cairn went wrong. What you typed is kept. If it goes on, lock the vault and open it again.</source>
        <translation>Cairn 안에서 문제가 생겼습니다. 입력한 글은 남아 있습니다. 계속되면 보관함을 잠갔다가 다시 여십시오.</translation>
    </message>
    <message>
        <source>It is stopped now, and saved before Cairn closes.</source>
        <translation>지금 녹음을 끝내고, 저장한 다음 Cairn을 닫습니다.</translation>
    </message>
    <message>
        <source>It is stopped now, and saved when this vault is opened next.</source>
        <translation>지금 녹음을 끝내고, 이 보관함을 다음에 열 때 저장합니다.</translation>
    </message>
    <message>
        <source>A conversation is being recorded</source>
        <translation>대화를 녹음하고 있습니다</translation>
    </message>
    <message>
        <source>Stop and close Cairn</source>
        <translation>끝내고 Cairn 닫기</translation>
    </message>
    <message>
        <source>Go on recording</source>
        <translation>계속 녹음</translation>
    </message>
</context>
<context>
    <name>WordsInput</name>
    <message>
        <source>Word {number}</source>
        <translation>{number}번째 단어</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Finalise interview</source>
        <translation>면담 확정</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>읽기</translation>
    </message>
    <message>
        <source>Prepare</source>
        <translation>준비</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>진술</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>동의</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>대화</translation>
    </message>
    <message>
        <source>People</source>
        <translation>사람들</translation>
    </message>
    <message>
        <source>Acts</source>
        <translation>행위</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>녹취록</translation>
    </message>
    <message>
        <source>History</source>
        <translation>이력</translation>
    </message>
    <message>
        <source>Parts of the interview</source>
        <translation>면담의 구성</translation>
    </message>
    <message>
        <source>Files ({count})</source>
        <translation>파일 ({count})</translation>
    </message>
    <message>
        <source>Consent (not asked)</source>
        <translation>동의 (묻지 않음)</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>저장 중…</translation>
    </message>
    <message>
        <source>Kept as a draft. The correction is not saved.</source>
        <translation>초안으로 보관했습니다. 고친 내용은 저장되지 않았습니다.</translation>
    </message>
    <message>
        <source>Everything is saved</source>
        <translation>모두 저장됨</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>저장되지 않음</translation>
    </message>
    <message>
        <source>An interview is being erased.</source>
        <translation>면담을 지우고 있습니다.</translation>
    </message>
    <message>
        <source>The interview is finalised. Before it can leave, the person has to be asked.</source>
        <translation>면담을 확정했습니다. 밖으로 나가려면 먼저 그 사람에게 동의를 물어야 합니다.</translation>
    </message>
    <message>
        <source>Record the consent</source>
        <translation>동의 기록하기</translation>
    </message>
    <message>
        <source>The interview is finalised. It is still in this vault alone.</source>
        <translation>면담을 확정했습니다. 아직 이 보관함에만 있습니다.</translation>
    </message>
    <message>
        <source>Seal a bundle with it</source>
        <translation>이 면담으로 묶음 봉인</translation>
    </message>
    <message>
        <source>Save a correction</source>
        <translation>고친 판 저장</translation>
    </message>
    <message>
        <source>The earlier version stays. Say why this one is needed; the reason stays with it.</source>
        <translation>이전 판은 그대로 남습니다. 고치는 이유를 적으십시오. 이유는 이 판과 함께 남습니다.</translation>
    </message>
    <message>
        <source>Save correction</source>
        <translation>고친 판 저장</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Version saved</source>
        <translation>판 저장됨</translation>
    </message>
    <message>
        <source>Finalise this interview?</source>
        <translation>이 면담을 확정하시겠습니까?</translation>
    </message>
    <message>
        <source>It is closed as it stands now. You can still correct it later, each time with a reason; the finalised version stays beside the correction.</source>
        <translation>지금 상태로 마무리합니다. 나중에도 고칠 수 있지만 그때마다 이유를 적어야 하며, 확정된 판은 고친 판과 함께 남습니다.</translation>
    </message>
    <message>
        <source>Correct this interview?</source>
        <translation>이 면담을 고치시겠습니까?</translation>
    </message>
    <message>
        <source>It is finalised. What you change now is a draft until you save it as a correction, with a reason; the finalised version stays beside it.</source>
        <translation>확정된 면담입니다. 이제부터 바꾸는 내용은 이유와 함께 저장할 때까지 초안입니다. 확정된 판은 그 옆에 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Correct interview</source>
        <translation>면담 고치기</translation>
    </message>
    <message>
        <source>Undo everything since the last version?</source>
        <translation>마지막 판 이후를 모두 되돌리시겠습니까?</translation>
    </message>
    <message>
        <source>What was typed since then is lost. An interview without any version is gone with it.</source>
        <translation>그 뒤에 입력한 글은 사라집니다. 판이 하나도 없는 면담은 면담까지 사라집니다.</translation>
    </message>
    <message>
        <source>Undo everything</source>
        <translation>모두 되돌리기</translation>
    </message>
    <message>
        <source>Erase “{title}”?</source>
        <translation>“{title}” 면담을 지우시겠습니까?</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>이름 없음</translation>
    </message>
    <message>
        <source>Its words and files are removed from this vault for good. Bundles that were already sealed and backups are not reached. The custody log keeps that something was erased, when, and why.</source>
        <translation>글과 파일이 이 보관함에서 완전히 지워집니다. 이미 봉인한 묶음과 백업은 지워지지 않습니다. 보관 기록에는 무언가를 언제, 왜 지웠는지가 남습니다.</translation>
    </message>
    <message>
        <source>Erase this interview</source>
        <translation>이 면담 지우기</translation>
    </message>
    <message>
        <source>Stays in the custody log. Don&apos;t write names here.</source>
        <translation>보관 기록에 남습니다. 이름은 적지 마십시오.</translation>
    </message>
</context>
<context>
    <name>WriteEncrypted</name>
    <message>
        <source>The identity opens every bundle that was or will be sealed to this vault. Give it a passphrase of its own, not the vault&apos;s.</source>
        <translation>이 신원은 지금까지와 앞으로 이 보관함 앞으로 봉인되는 모든 묶음을 엽니다. 보관함의 것이 아닌 별도의 암호 문구를 정하십시오.</translation>
    </message>
    <message>
        <source>Write out the identity, encrypted</source>
        <translation>신원을 암호화해 내보내기</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>폴더 고르기…</translation>
    </message>
    <message>
        <source>Writing the keys.</source>
        <translation>열쇠를 쓰고 있습니다.</translation>
    </message>
</context>
<context>
    <name>WritePlain</name>
    <message>
        <source>anyone can read it</source>
        <translation>누구나 읽을 수 있음</translation>
    </message>
    <message>
        <source>The identity lies readable on the disk, and stays readable in traces even when you delete it. Whoever finds it can open every bundle that was or will be sealed to this vault. It can&apos;t be called back.</source>
        <translation>신원이 누구나 읽을 수 있는 상태로 디스크에 남고, 지워도 흔적이 남을 수 있습니다. 손에 넣은 사람은 지금까지와 앞으로 이 보관함 앞으로 봉인되는 모든 묶음을 열 수 있습니다. 되돌릴 수 없습니다.</translation>
    </message>
    <message>
        <source>Type: {phrase}</source>
        <translation>다음과 같이 입력하십시오: {phrase}</translation>
    </message>
    <message>
        <source>Write out the identity, readable</source>
        <translation>신원을 암호화하지 않고 내보내기</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>폴더 고르기…</translation>
    </message>
    <message>
        <source>Writing the keys.</source>
        <translation>열쇠를 쓰고 있습니다.</translation>
    </message>
</context>
<context>
    <name>WritingAgain</name>
    <message>
        <source>What you type is kept again.</source>
        <translation>이제 입력하는 내용이 다시 저장됩니다.</translation>
    </message>
</context>
<context>
    <name>_Line</name>
    <message>
        <source>Name or code</source>
        <translation>이름 또는 부호</translation>
    </message>
    <message>
        <source>Name or code of a person present</source>
        <translation>자리에 있던 사람의 이름 또는 부호</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>Remove this person</source>
        <translation>이 사람 빼기</translation>
    </message>
    <message>
        <source>This name is protected: it is kept apart, and everywhere else {code} stands for it</source>
        <translation>보호된 이름입니다. 따로 두고, 다른 곳에서는 모두 {code}로 부릅니다</translation>
    </message>
    <message>
        <source>Protect this name: keep it apart, and let {code} stand for it</source>
        <translation>이 이름을 보호합니다. 따로 두고 {code}로 부릅니다</translation>
    </message>
    <message>
        <source>Names are closed</source>
        <translation>이름이 닫혀 있습니다</translation>
    </message>
</context>
<context>
    <name>_Places</name>
    <message>
        <source>Needs review: put together from general knowledge.</source>
        <translation>검토 필요: 일반 지식으로 모은 것입니다.</translation>
    </message>
</context>
<context>
    <name>_Second</name>
    <message>
        <source>The other place</source>
        <translation>다른 한 곳</translation>
    </message>
    <message>
        <source>No place is chosen for these words.</source>
        <translation>이 말로 고른 장소가 없습니다.</translation>
    </message>
</context>
<context>
    <name>_Telling</name>
    <message>
        <source>The recording is being saved</source>
        <translation>녹음을 저장하는 중</translation>
    </message>
    <message>
        <source>Recording {time}</source>
        <translation>녹음 중 {time}</translation>
    </message>
    <message>
        <source>Paused at {time}</source>
        <translation>잠시 멈춤 {time}</translation>
    </message>
    <message>
        <source>No microphone, {time}</source>
        <translation>마이크 없음, {time}</translation>
    </message>
    <message>
        <source>Recording stopped at {time}</source>
        <translation>녹음이 멈춤, {time}</translation>
    </message>
    <message>
        <source>Off the record, recorded, {time}</source>
        <translation>비공개, 녹음하고 제외, {time}</translation>
    </message>
    <message>
        <source>Off the record, {time}</source>
        <translation>비공개, 녹음하지 않음, {time}</translation>
    </message>
</context>
<context>
    <name>_Words</name>
    <message>
        <source>The old words open this vault no more. Only these do.</source>
        <translation>예전 단어로는 이 보관함이 열리지 않습니다. 이 단어로만 열립니다.</translation>
    </message>
    <message>
        <source>Your new recovery words</source>
        <translation>새 복구 단어</translation>
    </message>
    <message>
        <source>The new recovery words are shown only now, and the old ones open nothing any more.</source>
        <translation>새 복구 단어는 지금만 보이고, 예전 단어로는 더 이상 열 수 없습니다.</translation>
    </message>
    <message>
        <source>Close without typing them back</source>
        <translation>확인하지 않고 닫기</translation>
    </message>
    <message>
        <source>The new recovery words hold. Destroy the paper with the old ones.</source>
        <translation>이제 새 복구 단어를 씁니다. 예전 단어를 적은 종이는 없애십시오.</translation>
    </message>
</context>
<context>
    <name>_Write</name>
    <message>
        <source>Choose a folder for the keys</source>
        <translation>열쇠를 저장할 폴더 고르기</translation>
    </message>
    <message>
        <source>Write them here</source>
        <translation>여기에 저장</translation>
    </message>
</context>
</TS>
