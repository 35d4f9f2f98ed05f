<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Alerts</name>
    <message numerus="yes">
        <source>No sound for %n seconds. Is the microphone on?</source>
        <translation>
            <numerusform>No sound for %n second. Is the microphone on?</numerusform>
            <numerusform>No sound for %n seconds. Is the microphone on?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sound for %n more minutes fits on this disk.</source>
        <translation>
            <numerusform>Sound for %n more minute fits on this disk.</numerusform>
            <numerusform>Sound for %n more minutes fits on this disk.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BackupGroup</name>
    <message numerus="yes">
        <source>%n files copied</source>
        <translation>
            <numerusform>%n file copied</numerusform>
            <numerusform>%n files copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were there already</source>
        <translation>
            <numerusform>%n was there already</numerusform>
            <numerusform>%n were there already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them read again</source>
        <translation>
            <numerusform>%n of them read again</numerusform>
            <numerusform>%n of them read again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n no longer matched and were copied again</source>
        <translation>
            <numerusform>%n no longer matched and was copied again</numerusform>
            <numerusform>%n no longer matched and were copied again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removed that were erased here</source>
        <translation>
            <numerusform>%n removed that was erased here</numerusform>
            <numerusform>%n removed that were erased here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The backup was made, but %n files are not whole.</source>
        <translation>
            <numerusform>The backup was made, but %n file is not whole.</numerusform>
            <numerusform>The backup was made, but %n files are not whole.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problems were found in this backup.</source>
        <translation>
            <numerusform>%n problem was found in this backup.</numerusform>
            <numerusform>%n problems were found in this backup.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChoiceBand</name>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation>
            <numerusform>%n chosen</numerusform>
            <numerusform>%n chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Seal bundle of %n…</source>
        <translation>
            <numerusform>Seal bundle of %n…</numerusform>
            <numerusform>Seal bundle of %n…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConsentStep</name>
    <message numerus="yes">
        <source>%n recording(s) hold something that was said off the record, and stay here.</source>
        <translation>
            <numerusform>%n recording holds something that was said off the record, and stays here.</numerusform>
            <numerusform>%n recordings hold something that was said off the record, and stay here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CustodyScreen</name>
    <message numerus="yes">
        <source>%n problems</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new entries</source>
        <translation>
            <numerusform>%n new entry</numerusform>
            <numerusform>%n new entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeskView</name>
    <message numerus="yes">
        <source>%n received bundle(s) wait for you to decide</source>
        <translation>
            <numerusform>%n received bundle waits for you to decide</numerusform>
            <numerusform>%n received bundles wait for you to decide</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message numerus="yes">
        <source>%n thing(s) here wait for you to settle them.</source>
        <translation>
            <numerusform>%n thing here waits for you to settle it.</numerusform>
            <numerusform>%n things here wait for you to settle them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Exchange</name>
    <message numerus="yes">
        <source>%n interview(s)</source>
        <translation>
            <numerusform>%n interview</numerusform>
            <numerusform>%n interviews</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n note</numerusform>
            <numerusform>%n notes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s)</source>
        <translation>
            <numerusform>%n recording</numerusform>
            <numerusform>%n recordings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n transcript(s)</source>
        <translation>
            <numerusform>%n transcript</numerusform>
            <numerusform>%n transcripts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Seal bundle of %n…</source>
        <translation>
            <numerusform>Seal bundle of %n…</numerusform>
            <numerusform>Seal bundle of %n…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take in %n interview(s)</source>
        <translation>
            <numerusform>Take in %n interview</numerusform>
            <numerusform>Take in %n interviews</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilesTab</name>
    <message numerus="yes">
        <source>Add %n file(s)</source>
        <translation>
            <numerusform>Add %n file</numerusform>
            <numerusform>Add %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Adding %n file(s)</source>
        <translation>
            <numerusform>Adding %n file</numerusform>
            <numerusform>Adding %n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Filter</name>
    <message numerus="yes">
        <source>Show %n</source>
        <translation>
            <numerusform>Show %n</numerusform>
            <numerusform>Show %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>And %n more.</numerusform>
            <numerusform>And %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message numerus="yes">
        <source>%n bundle(s) came.</source>
        <translation>
            <numerusform>%n bundle came.</numerusform>
            <numerusform>%n bundles came.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them nobody has decided about yet.</source>
        <translation>
            <numerusform>Nobody has decided about %n of them yet.</numerusform>
            <numerusform>Nobody has decided about %n of them yet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InterviewStep</name>
    <message numerus="yes">
        <source>Choose all %n found</source>
        <translation>
            <numerusform>Choose the %n found</numerusform>
            <numerusform>Choose all %n found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Choose all %n</source>
        <translation>
            <numerusform>Choose the one</numerusform>
            <numerusform>Choose all %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InterviewsScreen</name>
    <message numerus="yes">
        <source>%n interview(s) found</source>
        <translation>
            <numerusform>%n interview found</numerusform>
            <numerusform>%n interviews found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LeavingWords</name>
    <message numerus="yes">
        <source>%n more name(s) stand in it.</source>
        <translation>
            <numerusform>%n more name stands in it.</numerusform>
            <numerusform>%n more names stand in it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n leave</source>
        <translation>
            <numerusform>%n leaves</numerusform>
            <numerusform>%n leave</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay</source>
        <translation>
            <numerusform>%n stays</numerusform>
            <numerusform>%n stay</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held back by you</source>
        <translation>
            <numerusform>%n held back by you</numerusform>
            <numerusform>%n held back by you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListPane</name>
    <message numerus="yes">
        <source>%n interview(s) in this vault</source>
        <translation>
            <numerusform>%n interview in this vault</numerusform>
            <numerusform>%n interviews in this vault</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Listening</name>
    <message numerus="yes">
        <source>About %n second(s) of this recording are damaged on the disk, from {start} to {end}. Silence is played there; the rest is as it was recorded. A backup may have it whole.</source>
        <translation>
            <numerusform>About %n second of this recording is damaged on the disk, from {start} to {end}. Silence is played there; the rest is as it was recorded. A backup may have it whole.</numerusform>
            <numerusform>About %n seconds of this recording are damaged on the disk, from {start} to {end}. Silence is played there; the rest is as it was recorded. A backup may have it whole.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{places} places of this recording are damaged on the disk, together about %n second(s). Silence is played there; the rest is as it was recorded. A backup may have it whole.</source>
        <translation>
            <numerusform>{places} places of this recording are damaged on the disk, together about %n second. Silence is played there; the rest is as it was recorded. A backup may have it whole.</numerusform>
            <numerusform>{places} places of this recording are damaged on the disk, together about %n seconds. Silence is played there; the rest is as it was recorded. A backup may have it whole.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LockingGroup</name>
    <message numerus="yes">
        <source>%n minutes</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NamesPanel</name>
    <message numerus="yes">
        <source>%n more follow as these are settled.</source>
        <translation>
            <numerusform>%n more follows as these are settled.</numerusform>
            <numerusform>%n more follow as these are settled.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) still stand in what leaves</source>
        <translation>
            <numerusform>%n name still stands in what leaves</numerusform>
            <numerusform>%n names still stand in what leaves</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{place}, %n place(s)</source>
        <translation>
            <numerusform>{place}, %n place</numerusform>
            <numerusform>{place}, %n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) stand in texts that leave, and may: the consent lets the names leave as well.</source>
        <translation>
            <numerusform>%n name stands in texts that leave, and may: the consent lets the name leave as well.</numerusform>
            <numerusform>%n names stand in texts that leave, and may: the consent lets the names leave as well.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Outcomes</name>
    <message numerus="yes">
        <source>And %n more, taken in as they are.</source>
        <translation>
            <numerusform>And %n more, taken in as it is.</numerusform>
            <numerusform>And %n more, taken in as they are.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PeopleTab</name>
    <message numerus="yes">
        <source>%n name(s) are shut. Codes stand for them everywhere, also in search.</source>
        <translation>
            <numerusform>%n name is shut. The code stands for it everywhere, also in search.</numerusform>
            <numerusform>%n names are shut. Codes stand for them everywhere, also in search.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PuttingBack</name>
    <message numerus="yes">
        <source>%n file(s) are whole again.</source>
        <translation>
            <numerusform>%n file is whole again.</numerusform>
            <numerusform>%n files are whole again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are still damaged.</source>
        <translation>
            <numerusform>%n file is still damaged.</numerusform>
            <numerusform>%n files are still damaged.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadyCard</name>
    <message numerus="yes">
        <source>Say something as loud as the person will speak. %n seconds left.</source>
        <translation>
            <numerusform>Say something as loud as the person will speak. %n second left.</numerusform>
            <numerusform>Say something as loud as the person will speak. %n seconds left.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hours of sound fit on this disk.</source>
        <translation>
            <numerusform>%n hour of sound fits on this disk.</numerusform>
            <numerusform>%n hours of sound fit on this disk.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minutes of sound fit on this disk.</source>
        <translation>
            <numerusform>%n minute of sound fits on this disk.</numerusform>
            <numerusform>%n minutes of sound fit on this disk.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Received</name>
    <message numerus="yes">
        <source>%n to settle</source>
        <translation>
            <numerusform>%n to settle</numerusform>
            <numerusform>%n to settle</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReceivedBundlePage</name>
    <message numerus="yes">
        <source>%n interview(s) wait for you</source>
        <translation>
            <numerusform>%n interview waits for you</numerusform>
            <numerusform>%n interviews wait for you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReceivedPage</name>
    <message numerus="yes">
        <source>%n bundle(s) came.</source>
        <translation>
            <numerusform>%n bundle came.</numerusform>
            <numerusform>%n bundles came.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them nobody has decided about yet.</source>
        <translation>
            <numerusform>Nobody has decided about %n of them yet.</numerusform>
            <numerusform>Nobody has decided about %n of them yet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordingCare</name>
    <message numerus="yes">
        <source>%n recordings were interrupted. All that was on the disk is kept.</source>
        <translation>
            <numerusform>%n recording was interrupted. All that was on the disk is kept.</numerusform>
            <numerusform>%n recordings were interrupted. All that was on the disk is kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RestoreScreen</name>
    <message numerus="yes">
        <source>The vault was restored. %n things in the backup were not whole:</source>
        <translation>
            <numerusform>The vault was restored. %n thing in the backup was not whole:</numerusform>
            <numerusform>The vault was restored. %n things in the backup were not whole:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultPanel</name>
    <message numerus="yes">
        <source>The database, every file and the whole custody log were read and compared. %n entries.</source>
        <translation>
            <numerusform>The database, every file and the whole custody log were read and compared. %n entry.</numerusform>
            <numerusform>The database, every file and the whole custody log were read and compared. %n entries.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries fit one another, and every version they tell of is here and signed.</source>
        <translation>
            <numerusform>There is %n entry, and every version it tells of is here and signed.</numerusform>
            <numerusform>%n entries fit one another, and every version they tell of is here and signed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problems were found.</source>
        <translation>
            <numerusform>%n problem was found.</numerusform>
            <numerusform>%n problems were found.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n more place(s)</source>
        <translation>
            <numerusform>Show %n more place</numerusform>
            <numerusform>Show %n more places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SalvageScreen</name>
    <message numerus="yes">
        <source>%n versions left</source>
        <translation>
            <numerusform>%n version left</numerusform>
            <numerusform>%n versions left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lost</source>
        <translation>
            <numerusform>%n lost</numerusform>
            <numerusform>%n lost</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SealFlow</name>
    <message numerus="yes">
        <source>Settle %n name(s) first: change the text, hold it back, or let it leave.</source>
        <translation>
            <numerusform>Settle %n name first: change the text, hold it back, or let it leave.</numerusform>
            <numerusform>Settle %n names first: change the text, hold it back, or let it leave.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bundle(s) are sealed</source>
        <translation>
            <numerusform>%n bundle is sealed</numerusform>
            <numerusform>%n bundles are sealed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SelfTest</name>
    <message numerus="yes">
        <source>%n checks, all passed.</source>
        <translation>
            <numerusform>%n check, passed.</numerusform>
            <numerusform>%n checks, all passed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TranscriptTab</name>
    <message numerus="yes">
        <source>%n paragraph(s) lie in what is off the record. Until they are taken out, this transcript stays in the vault.</source>
        <translation>
            <numerusform>%n paragraph lies in what is off the record. Until it is taken out, this transcript stays in the vault.</numerusform>
            <numerusform>%n paragraphs lie in what is off the record. Until they are taken out, this transcript stays in the vault.</numerusform>
        </translation>
    </message>
</context>
</TS>
