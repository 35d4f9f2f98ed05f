"""Side-by-side measurements: Cairn beside what a person would use instead. Run by `./dev bench`."""
