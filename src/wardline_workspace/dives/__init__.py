"""Dives in the workspace: added from a folder, explored page by page down to the sentence a finding rests on."""
