"""The dive folder: whole or not there at all, described by its manifest, with the settings it was made with."""
