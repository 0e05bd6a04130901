"""Who may (permissions, roles) and who sees what (visibility); when is for each room's policies."""

from wardline_workspace.roles.permissions import Permission
from wardline_workspace.roles.predicates import may
from wardline_workspace.roles.roles import ROLES, Role, role_named, roles_at
from wardline_workspace.roles.visibility import SeenBy, sees

__all__ = ["ROLES", "Permission", "Role", "SeenBy", "may", "role_named", "roles_at", "sees"]
