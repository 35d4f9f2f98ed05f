"""Intake: what a verified bundle may change here, decided before anything is written.

Pure decisions over values: no files, no database, no keys. It promises that nothing from another device
becomes current by itself unless that device made the interview; that nothing here is overwritten, ever;
that taking the same thing in twice changes nothing; and that whoever names a device as the maker of a
revision without that device's signature is refused as a whole.
"""
