"""Files that go between the force's and the office's workspace: signed where made, checked where they arrive."""
