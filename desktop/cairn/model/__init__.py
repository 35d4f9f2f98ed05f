"""What exists: records and their revisions, consent, contacts, drafts, and the ports of the house.

Pure types and rules: no input or output, no Qt, no SQL, no cryptography. Types that are stored or
travel are `msgspec.Struct`s; decoding is strict (unknown codes of vocabularies are kept as text,
duplicate keys are refused, a newer schema version opens read-only and keeps its bytes).
"""
