"""Settings of Django; nothing here touches the network or starts a process."""

from pathlib import Path

from django.utils.csp import CSP

from cleanclaim.config.boot import database_settings, secret_key
from cleanclaim.platform.home import home_path

# Ours, in the order of the trip; the integration adds a line for each capability.
CAPABILITIES = [
    "cleanclaim.apps.tenancy.apps.TenancyConfig",
    "cleanclaim.apps.payers.apps.PayersConfig",
    "cleanclaim.apps.practices.apps.PracticesConfig",
    "cleanclaim.apps.work.apps.WorkConfig",
    "cleanclaim.apps.ledger.apps.LedgerConfig",
    "cleanclaim.apps.patients.apps.PatientsConfig",
    "cleanclaim.apps.exchange.apps.ExchangeConfig",
    "cleanclaim.apps.encounters.apps.EncountersConfig",
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
    "procrastinate.contrib.django",
    "cleanclaim.platform.audit.apps.AuditConfig",
    "cleanclaim.platform.sealed.apps.SealedConfig",
    "cleanclaim.platform.files.apps.FilesConfig",
    *CAPABILITIES,
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "cleanclaim.config.urls"
WSGI_APPLICATION = "cleanclaim.config.wsgi.application"
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

DATABASES = {"default": database_settings()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "tenancy.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

SECRET_KEY = secret_key()
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = ["https://localhost:8443"]
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

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(home_path()) / "static"

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
