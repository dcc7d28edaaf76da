"""A certificate for this machine, 90 days long, from an authority of its own."""

import ipaddress
import os
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
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
    if not paths.authority.exists() or not (folder / "authority.key").exists():
        _make_authority(folder, now)
    if not _is_good(paths, now):
        _make_leaf(folder, now)
    return paths


def authority_trust(authority: Path) -> list[str]:
    """Let this machine trust the authority where we may, and say in words what was done.

    Returns:
        Sentences: what was done, and the commands for what is left to a person.
    """
    said = []
    if os.geteuid() == 0 and _SYSTEM_STORE.is_dir():
        target = _SYSTEM_STORE / "cleanclaim.crt"
        target.write_bytes(authority.read_bytes())
        target.chmod(0o644)
        subprocess.run(["/usr/sbin/update-ca-certificates"], capture_output=True, check=False)
        said.append("The system's programs (curl, git) now trust the authority.")
    else:
        said.append(
            f"For the system's programs: sudo cp {authority} {_SYSTEM_STORE}/cleanclaim.crt "
            "&& sudo update-ca-certificates (macOS: sudo security add-trusted-cert -d -r trustRoot "
            f"-k /Library/Keychains/System.keychain {authority})"
        )
    said.append(
        "For Chromium on Linux: certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n cleanclaim "
        f"-i {authority} (certutil is in libnss3-tools); for Firefox: Settings, Certificates, "
        f"Authorities, Import {authority}."
    )
    return said


def _make_authority(folder: Path, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "cleanclaim on this machine")])
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


def _is_good(paths: Certificate, now: datetime) -> bool:
    if not paths.chain.exists() or not paths.key.exists():
        return False
    leaf = x509.load_pem_x509_certificate(paths.chain.read_bytes())
    authority = x509.load_pem_x509_certificate(paths.authority.read_bytes())
    is_ours = leaf.issuer == authority.subject
    return is_ours and leaf.not_valid_after_utc - now > RENEW_BEFORE


def _key_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
