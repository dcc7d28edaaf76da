"""Settings of Django; nothing here touches the network or starts a process."""

import os

from django.utils.csp import CSP

from cleanclaim.config.boot import database_settings, is_booted, secret_key
from cleanclaim.platform.home import home_path
from cleanclaim.platform.serving import logs

# Ours, in the order of the trip; the integration adds a line for each capability.
CAPABILITIES = [
    "cleanclaim.apps.tenancy.apps.TenancyConfig",
    "cleanclaim.apps.privacy.apps.PrivacyConfig",
    "cleanclaim.apps.payers.apps.PayersConfig",
    "cleanclaim.apps.practices.apps.PracticesConfig",
    "cleanclaim.apps.work.apps.WorkConfig",
    "cleanclaim.apps.ledger.apps.LedgerConfig",
    "cleanclaim.apps.patients.apps.PatientsConfig",
    "cleanclaim.apps.contracts.apps.ContractsConfig",
    "cleanclaim.apps.exchange.apps.ExchangeConfig",
    "cleanclaim.apps.encounters.apps.EncountersConfig",
    "cleanclaim.apps.rules.apps.RulesConfig",
    "cleanclaim.apps.authorization.apps.AuthorizationConfig",
    "cleanclaim.apps.claims.apps.ClaimsConfig",
    "cleanclaim.apps.submission.apps.SubmissionConfig",
    "cleanclaim.apps.remittance.apps.RemittanceConfig",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "cleanclaim.platform.ui.apps.UiConfig",
    "procrastinate.contrib.django",
    "cleanclaim.platform.audit.apps.AuditConfig",
    "cleanclaim.platform.sealed.apps.SealedConfig",
    "cleanclaim.platform.files.apps.FilesConfig",
    *CAPABILITIES,
    "cleanclaim.web.workbench.apps.WorkbenchConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "cleanclaim.apps.tenancy.middleware.directory_open",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cleanclaim.apps.tenancy.middleware.session_guarded",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cleanclaim.web.workbench.refusals.RefusalsShown",
]
ROOT_URLCONF = "cleanclaim.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

PROCRASTINATE_IMPORT_PATHS = ["cleanclaim.config.tasks"]

DATABASES = {"default": database_settings()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "tenancy.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

SECRET_KEY = secret_key()
DEBUG = False
# Names under which the product is reached, for example CLEANCLAIM_HOSTS=billing.example.org
HOSTS = [name for name in os.environ.get("CLEANCLAIM_HOSTS", "").split(",") if name]
PORT = int(os.environ.get("CLEANCLAIM_PORT", "8443"))
ALLOWED_HOSTS = ["localhost", "127.0.0.1", *HOSTS]
CSRF_TRUSTED_ORIGINS = [f"https://{host}:{PORT}" for host in ALLOWED_HOSTS]
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}

LOGGING = logs.LOGGING
LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = home_path() / "static"
_MANIFEST = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": _MANIFEST if is_booted() else _PLAIN},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not is_booted()

SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# In the session, so that messages need no cookie of their own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# On localhost a browser must be able to pass a certificate that is not trusted yet.
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HOSTS else 0
X_FRAME_OPTIONS = "DENY"
# Rate limits and used second-factor codes hold for all processes together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "platform_cache",
        "KEY_FUNCTION": "cleanclaim.platform.sealed.cache_keys.cache_key",
    }
}
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _VALIDATION + "UserAttributeSimilarityValidator"},
    {"NAME": _VALIDATION + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": _VALIDATION + "CommonPasswordValidator"},
]
# Nothing is sent by e-mail yet: an administrator gives a new password.
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "cleanclaim.apps.tenancy.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key"}
MFA_ADAPTER = "cleanclaim.apps.tenancy.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True

# What fills the pages of the workbench; tests put example pages here.
WORKBENCH_PAGES = "cleanclaim.web.workbench.live.provider.PAGES"
