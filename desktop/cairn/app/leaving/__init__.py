"""The ways out of the vault: sealing into a bundle, copying out. Each asks `app.consent` and carries out the answer."""
