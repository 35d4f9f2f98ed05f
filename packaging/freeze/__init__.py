"""The program with its own Python in one folder, made by PyInstaller: `build.build`."""
