"""A certificate for this machine, 90 days long, from an authority of its own."""

import ipaddress
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.home import home_folder, secret_write

HOST = "localhost"
LIFE = timedelta(days=90)
RENEW_BEFORE = timedelta(days=30)
_AUTHORITY_LIFE = timedelta(days=3650)
_SYSTEM_STORE = Path("/usr/local/share/ca-certificates")
_UPDATE = "/usr/sbin/update-ca-certificates"
_NICKNAME = "cleanclaim on this machine"


@dataclass(frozen=True)
class Certificate:
    """Paths of what a server needs, and of the authority that people trust."""

    chain: Path
    key: Path
    authority: Path


def certificate_here(now: datetime) -> Certificate:
    """Give the certificate for localhost of this data folder, made or renewed where it is due.

    Args:
        now: An aware instant.
    """
    folder = home_folder("tls")
    paths = Certificate(folder / "server.pem", folder / "server.key", folder / "authority.pem")
    if not _is_good(paths.authority, folder / "authority.key", paths.authority, now):
        _make_authority(folder, now)
    if not _is_good(paths.chain, paths.key, paths.authority, now):
        _make_leaf(folder, now)
    return paths


def authority_trust(authority: Path) -> list[str]:
    """Let this machine trust the authority where we may, and say in words what was done.

    Returns:
        Sentences: what was done, and the commands for what is left to a person.
    """
    return [_trust_system(authority), *_trust_browsers(authority)]


def _trust_system(authority: Path) -> str:
    target = _SYSTEM_STORE / "cleanclaim.crt"
    if os.geteuid() == 0 and _SYSTEM_STORE.is_dir():
        target.write_bytes(authority.read_bytes())
        target.chmod(0o644)
        if not subprocess.run([_UPDATE], capture_output=True, check=False).returncode:  # noqa: S603  fixed words
            return "The system's programs (curl, git) now trust the authority."
    return (
        f"For the system's programs: sudo cp {authority} {target} && sudo update-ca-certificates "
        "(macOS: sudo security add-trusted-cert -d -r trustRoot "
        f"-k /Library/Keychains/System.keychain {authority})"
    )


def _trust_browsers(authority: Path) -> Iterator[str]:
    """Tell Chromium and Firefox, which keep authorities of their own under the person's home."""
    program = shutil.which("certutil")
    if program is None:
        yield (
            "For Chromium and Firefox on Linux: apt-get install libnss3-tools, then again "
            f"`cleanclaim trust`; or import {authority} in their settings."
        )
        return
    home = Path.home()
    chromium = home / ".pki" / "nssdb"
    chromium.mkdir(mode=0o700, parents=True, exist_ok=True)
    profiles = sorted((home / ".mozilla" / "firefox").glob("*/cert9.db"))
    for folder in (chromium, *(path.parent for path in profiles)):
        words = ["-d", f"sql:{folder}", "-A", "-t", "C,,", "-n", _NICKNAME, "-i", str(authority)]
        done = subprocess.run([program, *words], capture_output=True, text=True, check=False)  # noqa: S603  fixed words
        said = "now trusts the authority" if not done.returncode else done.stderr.strip()
        yield f"The browser of {folder}: {said}."


def _make_authority(folder: Path, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NICKNAME)])
    builder = (
        _builder(name, name, key.public_key(), now, _AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        # It vouches for this machine alone, should its key ever leave it.
        .add_extension(
            x509.NameConstraints(
                [
                    x509.DNSName(HOST),
                    x509.IPAddress(ipaddress.ip_network("127.0.0.0/8")),
                    x509.IPAddress(ipaddress.ip_network("::1/128")),
                ],
                None,
            ),
            critical=True,
        )
    )
    certificate = builder.sign(key, hashes.SHA256())
    secret_write(folder / "authority.key", _key_bytes(key))
    secret_write(folder / "authority.pem", certificate.public_bytes(serialization.Encoding.PEM))


def _make_leaf(folder: Path, now: datetime) -> None:
    authority = x509.load_pem_x509_certificate((folder / "authority.pem").read_bytes())
    signer = serialization.load_pem_private_key((folder / "authority.key").read_bytes(), None)
    if not isinstance(signer, ec.EllipticCurvePrivateKey):
        raise Refusal("authority_unusable", f"Remove {folder}: its authority's key is not ours.")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    addresses = (x509.IPAddress(ipaddress.ip_address(one)) for one in ("127.0.0.1", "::1"))
    alternatives = [x509.DNSName(HOST), *addresses]
    leaf = (
        _builder(name, authority.subject, key.public_key(), now, LIFE)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()),
            critical=False,
        )
        .sign(signer, hashes.SHA256())
    )
    secret_write(folder / "server.key", _key_bytes(key))
    secret_write(folder / "server.pem", leaf.public_bytes(serialization.Encoding.PEM))


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public_key: ec.EllipticCurvePublicKey,
    now: datetime,
    life: timedelta,
) -> x509.CertificateBuilder:
    start = now.astimezone(UTC) - timedelta(hours=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _is_good(chain: Path, key: Path, authority: Path, now: datetime) -> bool:
    """Whether a certificate lasts, fits its key and its authority; a killed start may part them."""
    try:
        found = x509.load_pem_x509_certificate(chain.read_bytes())
        own = serialization.load_pem_private_key(key.read_bytes(), None)
        found.verify_directly_issued_by(x509.load_pem_x509_certificate(authority.read_bytes()))
    except (OSError, ValueError, InvalidSignature):
        return False
    return own.public_key() == found.public_key() and found.not_valid_after_utc - now > RENEW_BEFORE


def _key_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
