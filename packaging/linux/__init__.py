"""The Linux packages: `deb.build`, `rpm.build` and `run.build`, each out of the frozen program."""
