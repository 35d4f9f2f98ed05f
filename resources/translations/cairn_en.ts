<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AboutGroup</name>
    <message numerus="yes">
        <source>%n checks, all passed.</source>
        <translation>
            <numerusform>%n check, passed.</numerusform>
            <numerusform>%n checks, all passed.</numerusform>
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
        <source>%n removed that were erased here</source>
        <translation>
            <numerusform>%n removed that was erased here</numerusform>
            <numerusform>%n removed that were erased here</numerusform>
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
        <source>Seal %n interview(s)…</source>
        <translation>
            <numerusform>Seal %n interview…</numerusform>
            <numerusform>Seal %n interviews…</numerusform>
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
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>And %n more.</numerusform>
            <numerusform>And %n more.</numerusform>
        </translation>
    </message>
</context>
</TS>
