"""Settings for every deployment: one file, differences only through the environment.

The embedded default is SQLite in ``THONGSUOT_HOME``; ``DATABASE_URL`` chooses PostgreSQL. A missing secret
stops the start with a sentence, because a key made up silently would sign people out at every restart.
"""

from __future__ import annotations

import os
from pathlib import Path

import csp.constants
import platformdirs
from django.utils.translation import gettext_lazy as _

from thongsuot.config.database import database_from_environment
from thongsuot.config.hosts import hosts_from_environment
from thongsuot.config.office import origins_of_provider, provider_from_environment
from thongsuot.config.privacy import articles_from_environment, days_from_environment
from thongsuot.config.secrets import secret_key

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("THONGSUOT_HOME") or platformdirs.user_data_dir("thongsuot"))
DEBUG = os.environ.get("THONGSUOT_DEBUG") == "1"
SECRET_KEY = secret_key(HOME)
ALLOWED_HOSTS = hosts_from_environment()
# TLS ends at a proxy of the installation, which says so and names the person's address in headers. Without the
# proxy nobody may be believed who sends these headers.
BEHIND_TLS = os.environ.get("THONGSUOT_TLS") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("THONGSUOT_PROXIES", "1" if BEHIND_TLS else "0"))

INSTALLED_APPS = [
    "thongsuot.core",
    "thongsuot.core.ui",
    "thongsuot.files",
    "thongsuot.audit",
    "thongsuot.accounts",
    "thongsuot.organizations",
    "thongsuot.journal",
    "thongsuot.documents",
    "thongsuot.tasks",
    "thongsuot.dissemination",
    "thongsuot.inspections",
    "thongsuot.privacy",
    "thongsuot.reports",
    "thongsuot.home",
    "thongsuot.demo",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_q",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "thongsuot.core.static.StaticFiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "thongsuot.core.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "thongsuot.core.plain.PlainTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "thongsuot.audit.middleware.RecordMiddleware",
    "thongsuot.core.refusals.RefusalMiddleware",
    "thongsuot.organizations.second_step.SecondStepMiddleware",
]

ROOT_URLCONF = "thongsuot.config.urls"
WSGI_APPLICATION = "thongsuot.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "thongsuot.core.ui.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "thongsuot.core.ui.context.shell",
            ],
        },
    }
]

DATABASES = {"default": database_from_environment(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []

# Sign-in limits live in the cache: it must be one cache for all processes, so it is in the database.
# Beyond the most entries live ones are thrown away, counts of failed sign-ins too: keep room.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
        # Libraries write network addresses into keys; what lies in the table says nothing about anybody.
        "KEY_FUNCTION": "thongsuot.core.keys.cache_key",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [csp.constants.NONE],
        "script-src": [csp.constants.SELF],
        "style-src": [csp.constants.SELF],
        "img-src": [csp.constants.SELF, "data:", "blob:"],
        "font-src": [csp.constants.SELF],
        "connect-src": [csp.constants.SELF],
        "worker-src": [csp.constants.SELF],
        "manifest-src": [csp.constants.SELF],
        # Signing in at the office's provider begins with a form of ours that leads there.
        "form-action": [csp.constants.SELF, *origins_of_provider()],
        "frame-ancestors": [csp.constants.NONE],
        "base-uri": [csp.constants.NONE],
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # accounts from before; renewed at the next sign-in
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:start"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_ADAPTER = "thongsuot.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_PRESERVE_USERNAME_CASING = False  # names are kept in small letters, and looked up by their index
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "thongsuot.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Thông Suốt"
MFA_TOTP_TOLERANCE = 1  # telephones whose clock is half a minute off
# Browsers ask for https or localhost; the demonstration on this computer has no certificate.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_TLS
SOCIALACCOUNT_ADAPTER = "thongsuot.accounts.adapter.OfficeAdapter"
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_PROVIDERS = provider_from_environment()
# Guesses of passwords are counted by accounts.attempts; "login_failed" is left for the codes of a second factor.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "5/5m/key"}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "thongsuot.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "thongsuot.accounts.passwords.UnlikeThePerson"},
    {"NAME": "thongsuot.accounts.passwords.Uncommon"},
    {"NAME": "thongsuot.accounts.passwords.NotOnlyDigits"},
    {"NAME": "thongsuot.accounts.passwords.BreachedPasswordValidator"},
]
# A sorted file of SHA-1 hashes in the format of "Pwned Passwords"; none: only the common ones are refused.
BREACHED_PASSWORDS = os.environ.get("THONGSUOT_BREACHED_PASSWORDS", "")
# How long whoever gets a role that asks for a second step at signing in may do without.
SECOND_STEP_DAYS = int(os.environ.get("THONGSUOT_SECOND_STEP_DAYS", "7"))
# Whether who signed in at the office's provider needs none here, because the provider asks for one itself.
OFFICE_IS_SECOND_STEP = os.environ.get("THONGSUOT_OIDC_SECOND_STEP") == "1"
INVITATION_DAYS = int(os.environ.get("THONGSUOT_INVITATION_DAYS", "14"))
# How people reach the site from outside, for links in letters and on sheets; none: as the clerk reached it.
PUBLIC_URL = os.environ.get("THONGSUOT_URL", "").rstrip("/")

# Letters go out by the mail server of the office; without one, invitations are printed.
EMAIL_HOST = os.environ.get("THONGSUOT_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("THONGSUOT_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("THONGSUOT_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("THONGSUOT_MAIL_PASSWORD", "")
EMAIL_USE_SSL = os.environ.get("THONGSUOT_MAIL_TLS", "starttls") == "tls"
EMAIL_USE_TLS = os.environ.get("THONGSUOT_MAIL_TLS", "starttls") == "starttls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("THONGSUOT_MAIL_FROM", EMAIL_HOST_USER)

# Keys of the record of acts where several machines share it; otherwise a file in HOME (docs/audit.md).
AUDIT_KEYS = os.environ.get("THONGSUOT_AUDIT_KEYS", "")
# Keys of encrypted personal data, likewise; otherwise a file in HOME (docs/personal-data.md).
DATA_KEYS = os.environ.get("THONGSUOT_DATA_KEYS", "")
# Where the end of the record is noted outside the database; a disk of another machine is better.
AUDIT_ANCHOR = os.environ.get("THONGSUOT_AUDIT_ANCHOR") or str(HOME / "audit-anchor")
# Which article each basis of holding personal data rests on, once the office has confirmed it: "task=…; records=…"
# (docs/personal-data.md); what is not named is shown as still to be confirmed.
PRIVACY_ARTICLES = articles_from_environment()
# Days within which a request about one's own data is answered, by kind; to be confirmed against the law in force (U).
PRIVACY_ANSWER_DAYS = days_from_environment()
# How long it is kept who looked at personal data.
READING_DAYS = int(os.environ.get("THONGSUOT_READING_DAYS", "730"))

# Which share of the questions of a check has to be right, and from which share of wrong first answers on a question
# says that its paragraph needs explaining.
CHECK_SHARE = float(os.environ.get("THONGSUOT_CHECK_SHARE", "0.8"))
CHECK_WRONG_SHARE = float(os.environ.get("THONGSUOT_CHECK_WRONG_SHARE", "0.4"))
# How long the words of reflections and commitments are kept.
REFLECTION_DAYS = int(os.environ.get("THONGSUOT_REFLECTION_DAYS", "730"))
# How many questions one person may ask about a document in a day.
QUESTIONS_A_DAY = int(os.environ.get("THONGSUOT_QUESTIONS_A_DAY", "3"))

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["thongsuot.core.formats"]

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "thongsuot.core.static.StaticStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = HOME / "files"

# An upload stays in memory until it has been read and found not to be secret: no handler that writes
# temporary files may be listed here (Law 117/2025/QH15, article 5).
FILE_UPLOAD_HANDLERS = ["thongsuot.core.uploads.BoundedMemoryUploadHandler"]
UPLOAD_LIMIT = 25 * 1024 * 1024
# How long a paper that was put aside keeps its file and text, in case it was the wrong one.
PUT_ASIDE_DAYS = int(os.environ.get("THONGSUOT_PUT_ASIDE_DAYS", "30"))
# How long a reorganisation that was carried out can be undone.
REORGANIZATION_UNDO_DAYS = int(os.environ.get("THONGSUOT_REORGANIZATION_UNDO_DAYS", "7"))
# How long the cut-outs of a signed page wait for somebody to confirm them.
PAPER_PAGE_DAYS = int(os.environ.get("THONGSUOT_PAPER_PAGE_DAYS", "14"))
# How long the rows of an import are kept: to look at its results, and to undo it.
IMPORT_DAYS = int(os.environ.get("THONGSUOT_IMPORT_DAYS", "30"))
# For how many days after a session its attendance may be corrected without a reason.
ATTENDANCE_FREE_DAYS = int(os.environ.get("THONGSUOT_ATTENDANCE_FREE_DAYS", "3"))
# How long the list of a meeting system waits for somebody to take it over.
ATTENDANCE_LIST_DAYS = int(os.environ.get("THONGSUOT_ATTENDANCE_LIST_DAYS", "7"))
# How long a code on the screen of a session is shown; the one before it still counts.
SCREEN_SECONDS = int(os.environ.get("THONGSUOT_SCREEN_SECONDS", "30"))
# How long before a session begins, and after it ends, people may note themselves as present.
ATTENDANCE_OPENS_MINUTES = int(os.environ.get("THONGSUOT_ATTENDANCE_OPENS_MINUTES", "30"))
# How long whoever has photographed a code may take to sign in.
ATTENDANCE_TICKET_MINUTES = int(os.environ.get("THONGSUOT_ATTENDANCE_TICKET_MINUTES", "10"))
# How long it is kept that somebody was invited, that a browser was signed in, that somebody tried, that a job ran.
INVITATION_KEPT_DAYS = int(os.environ.get("THONGSUOT_INVITATION_KEPT_DAYS", "90"))
SESSION_KEPT_DAYS = int(os.environ.get("THONGSUOT_SESSION_KEPT_DAYS", "1"))
TRIES_KEPT_DAYS = int(os.environ.get("THONGSUOT_TRIES_KEPT_DAYS", "1"))
JOB_KEPT_DAYS = int(os.environ.get("THONGSUOT_JOB_KEPT_DAYS", "90"))
# Within how many hours of being noticed a breach of personal data is told to the authority, and which one that is. Both
# follow what is known of Law 91/2025/QH15 and Decree 356/2025/NĐ-CP so far and have to be confirmed (U).
BREACH_HOURS = int(os.environ.get("THONGSUOT_BREACH_HOURS", "72"))
BREACH_AUTHORITY = (
    os.environ.get("THONGSUOT_BREACH_AUTHORITY") or "Cơ quan chuyên trách bảo vệ dữ liệu cá nhân"
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# A worker may take a job again only when whoever had it must have stopped: "retry" is longer than "timeout".
JOB_TIMEOUT = int(os.environ.get("THONGSUOT_JOB_TIMEOUT", "300"))
JOB_TRIES = 3
Q_CLUSTER = {
    "name": "thongsuot",
    "orm": "default",
    "workers": int(os.environ.get("THONGSUOT_WORKERS", "1")),
    "timeout": JOB_TIMEOUT,
    "retry": int(os.environ.get("THONGSUOT_JOB_RETRY", str(JOB_TIMEOUT + 60))),
    "max_attempts": JOB_TRIES,
    "ack_failures": False,
    "poll": 0.5,
    "save_limit": 500,
    "bulk": 1,
    "catch_up": False,
    "label": "Jobs",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "thongsuot.core.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("THONGSUOT_LOG_LEVEL", "WARNING")},
}
