"""Django's settings, made from the deployment that `WARDLINE_WORKSPACE` names (a `workspace.yaml`)."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from wardline_workspace.deployment.database import database_settings
from wardline_workspace.deployment.described import read_deployment
from wardline_workspace.deployment.secret import secret_of
from wardline_workspace.deployment.single_sign_on import origin_of, provider_settings
from wardline_workspace.pages.templates_of_features import TEMPLATE_FOLDERS

HERE = Path(__file__).resolve().parent
DEPLOYMENT = read_deployment(Path(os.environ["WARDLINE_WORKSPACE"]))
OVER_HTTPS = os.environ.get("WARDLINE_HTTPS", "no" if DEPLOYMENT.is_demonstration else "yes") == "yes"

SECRET_KEY = secret_of(DEPLOYMENT.folder)
DEBUG = False  # no page may ever show a traceback
ALLOWED_HOSTS = list(DEPLOYMENT.hosts)
DATABASES = {"default": database_settings(DEPLOYMENT)}
# In the database, so that all processes count tries together, and a code that was used in one is used in all.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "workspace_cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False  # each action is a transaction of its own

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "axes",
    "rules",
    "wardline_workspace.trail",
    "wardline_workspace.people",
    "wardline_workspace.pages",
    "wardline_workspace.home",
    "wardline_workspace.dives",
    "wardline_workspace.cases",
    "wardline_workspace.exchange",
    "wardline_workspace.children",
    "wardline_workspace.at_risk",
    "wardline_workspace.releases",
    "wardline_workspace.demonstration",
    "wardline_workspace.making",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wardline_workspace.demonstration.first_minutes.FollowedSteps",
    "wardline_workspace.people.gate.Gate",
    "wardline_workspace.pages.refusals.Refusals",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "wardline_workspace.urls"
WSGI_APPLICATION = "wardline_workspace.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [str(folder) for folder in TEMPLATE_FOLDERS],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "wardline_workspace.pages.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "wardline_workspace.pages.every_page.every_page",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

# Who somebody is.
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "wardline_workspace.people.sign_in.InvitedOnly"
SOCIALACCOUNT_ADAPTER = "wardline_workspace.people.sign_in.KnownAccountsOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever is invited has shown that the address is theirs
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS: dict[str, str] = {"login_failed": ""}  # django-axes counts these, in the database
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "wardline_workspace.people.log_in_forms.LogIn",
    "change_password": "wardline_workspace.people.log_in_forms.ChangePassword",
    "reauthenticate": "wardline_workspace.people.log_in_forms.ShowWithPassword",
}
MFA_ADAPTER = "wardline_workspace.people.second_step.SecondSteps"
MFA_FORMS = {
    "authenticate": "wardline_workspace.people.log_in_forms.SecondStep",
    "reauthenticate": "wardline_workspace.people.log_in_forms.ShowWithCode",
    "activate_totp": "wardline_workspace.people.log_in_forms.AuthenticatorCode",
    "add_webauthn": "wardline_workspace.people.log_in_forms.AddPasskey",
    "edit_webauthn": "wardline_workspace.people.log_in_forms.RenamePasskey",
    "authenticate_webauthn": "wardline_workspace.people.log_in_forms.PasskeyAsSecondStep",
    "login_webauthn": "wardline_workspace.people.log_in_forms.LogInWithPasskey",
    "reauthenticate_webauthn": "wardline_workspace.people.log_in_forms.ShowWithPasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # whoever is invited has shown that the address is theirs
MFA_TOTP_TOLERANCE = 1  # telephones are some seconds out
MFA_TOTP_ISSUER = "Wardline"
SOCIALACCOUNT_PROVIDERS = provider_settings(DEPLOYMENT.single_sign_on)
SOCIALACCOUNT_LOGIN_ON_GET = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "wardline_workspace.people.sign_in.tried"
AXES_DISABLE_ACCESS_LOG = True  # the trail has the log-ins
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "wardline_workspace.people.sign_in.locked_out"
AXES_SENSITIVE_PARAMETERS = ["login", "password"]
AXES_VERBOSE = False

# What a browser is told to keep, and for how long.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = f"wardline-{DEPLOYMENT.place}"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"wardline-{DEPLOYMENT.place}-form"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "wardline_workspace.pages.refusals.stale_form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OVER_HTTPS
SECURE_SSL_REDIRECT = OVER_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if OVER_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OVER_HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [NONE],
        "form-action": [SELF, *origin_of(DEPLOYMENT.single_sign_on)],  # a browser holds it against redirects too
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

STATIC_URL = "static/"
STATICFILES_DIRS = [HERE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 2_000  # how many are too many is said in words where files are taken
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

LANGUAGE_CODE = "en-gb"
TIME_ZONE = DEPLOYMENT.zone
USE_TZ = True
USE_I18N = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # nothing is sent: an invitation is a link handed over
LOGGING_CONFIG = None  # wardline_workspace.pages.log sets structlog up, and names no person
SILENCED_SYSTEM_CHECKS = ["security.W008"] if not OVER_HTTPS else []
