"""Settings, from the environment only: a name, what it is; what it is if not set.

DATABASE_URL           postgresql://user:password@host/name; SQLite in the data folder
HORNBOOK_HOME          the data folder; a folder hornbook among the user's data
HORNBOOK_SECRET_KEY    signs sessions; made, and kept in the data folder
HORNBOOK_KEY           encrypts stored files; made, and kept in the data folder
HORNBOOK_ALLOWED_HOSTS its names, with commas between; localhost, 127.0.0.1, [::1]
HORNBOOK_HTTPS         1 where a proxy in front serves https; 0
HORNBOOK_PROXY         the address of that proxy; 127.0.0.1
HORNBOOK_SUPPORT       whom to ask for help, shown on every page; nobody
HORNBOOK_MAX_UPLOAD    the largest file taken, in megabytes; 50
HORNBOOK_OPEN_CHECK    1 where anybody may check a file without signing in; 1
HORNBOOK_CHECK_RATE    how many times an hour one address may do so; 60
HORNBOOK_KEEP_YEARS    how long the bytes of files made and downloaded stay; 3
HORNBOOK_SMALLEST_GROUP the fewest pupils of a group that is told outside; 6
PORT                   where `hornbook serve` listens; 8000
"""

from pathlib import Path
from typing import Final

from hornbook.home import folder
from hornbook.web import environment, home

HERE: Final = Path(__file__).parent

HORNBOOK_HOME = folder()
HORNBOOK_KEY = environment.text("HORNBOOK_KEY")
HORNBOOK_SUPPORT = environment.text("HORNBOOK_SUPPORT")
HORNBOOK_MAX_UPLOAD = environment.number("HORNBOOK_MAX_UPLOAD", 50) * 1024 * 1024
HORNBOOK_OPEN_CHECK = environment.switch("HORNBOOK_OPEN_CHECK", "1")
HORNBOOK_CHECK_RATE = environment.number("HORNBOOK_CHECK_RATE", 60)
HORNBOOK_KEEP_YEARS = environment.number("HORNBOOK_KEEP_YEARS", 3)
HORNBOOK_SMALLEST_GROUP = environment.number("HORNBOOK_SMALLEST_GROUP", 6)
HORNBOOK_HTTPS = environment.switch("HORNBOOK_HTTPS")
HORNBOOK_PROXY = environment.text("HORNBOOK_PROXY", "127.0.0.1")

SECRET_KEY = home.secret_key()
DEBUG = False
ALLOWED_HOSTS = environment.listed(
    "HORNBOOK_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]"
)
ROOT_URLCONF = "hornbook.web.urls"
WSGI_APPLICATION = "hornbook.web.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "hornbook.web.audit",
    "hornbook.web.accounts",
    "hornbook.web.schools",
    "hornbook.web.codes",
    "hornbook.web.jobs",
    "hornbook.web.pupils",
    "hornbook.web.results",
    "hornbook.web.transfers",
    "hornbook.web.returns",
    "hornbook.web.checking",
    "hornbook.web.reporting",
    "hornbook.web.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "hornbook.web.headers.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hornbook.web.headers.UploadLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hornbook.web.headers.KeptPrivate",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["hornbook.web.site.templatetags.components"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hornbook.web.schools.context.here",
            ],
        },
    }
]
FORM_RENDERER = "hornbook.web.site.rendering.Renderer"


def _database() -> dict[str, object]:
    """PostgreSQL where DATABASE_URL names one, otherwise SQLite in the data folder."""
    address = environment.text("DATABASE_URL")
    if address:
        return environment.postgres(address)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HORNBOOK_HOME / home.DATABASE,
        # Opening it and reading how it is laid out costs as much as two queries.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A writer waits its turn from the start, so no write fails half way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON;",
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
FORMAT_MODULE_PATH = "hornbook.web.formats"

STATIC_URL = "static/"
STATICFILES_DIRS = [HERE / "static"]
WHITENOISE_USE_FINDERS = True

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
_CHECKS: Final = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": _CHECKS + "UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": _CHECKS + "MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": _CHECKS + "CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site:home"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "hornbook.web.accounts.adapters.Accounts"
_FORMS: Final = "hornbook.web.accounts.sign_in."
ACCOUNT_FORMS = {
    "login": _FORMS + "SignIn",
    "change_password": _FORMS + "NewPassword",
    "reauthenticate": _FORMS + "PasswordAgain",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_DISPLAY = str
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "hornbook.web.accounts.adapters.SecondFactor"
MFA_FORMS = {
    "authenticate": _FORMS + "Code",
    "reauthenticate": _FORMS + "CodeAgain",
    "activate_totp": _FORMS + "FirstCode",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Hornbook"
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Hornbook sends no mail: many schools have no mail server.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# A working day; the browser forgets it when it is closed.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HORNBOOK_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HORNBOOK_HTTPS
CSRF_FAILURE_VIEW = "hornbook.web.site.errors.expired"
CSRF_TRUSTED_ORIGINS = (
    [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS] if HORNBOOK_HTTPS else []
)
SECURE_SSL_REDIRECT = HORNBOOK_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HORNBOOK_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING"},
        # Pages that are refused or not there are no news to whoever runs Hornbook.
        "django.request": {"level": "ERROR"},
        # It would write a line for every request that waits for another.
        "waitress.queue": {"level": "ERROR"},
        "hornbook": {"handlers": ["console"], "level": "INFO"},
    },
}
