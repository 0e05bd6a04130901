"""The workspace: the place where dives are explored, children looked at, and what leaves the force is decided.

One folder per thing people do. Every change is an action, with `by=` and its entry in the trail. The library is called
and never repeated here. docs/explanation/how-the-workspace-is-laid-out.md
"""
