"""No committed file names a registry or a place of the machine it was made on."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Put together here, so that this file does not hold them either.
REFUSED = tuple(
    "".join(parts)
    for parts in (
        ("py", "pi.org"),
        ("python", "hosted.org"),
        ("registry.", "npmjs"),
        ("registry.", "yarnpkg"),
        ("npm.pkg.", "github"),
        ("index.", "crates.io"),
        ("static.", "crates.io"),
        ("proxy.", "golang.org"),
        ("repo1.", "maven.org"),
        ("deb.", "debian.org"),
        ("archive.", "ubuntu.com"),
        ("registry-1.", "docker.io"),
        ("/work", "/main"),
        ("/root", "/.pyenv"),
    )
)


def committed():
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.split(b"\0")
    return [ROOT / name.decode() for name in names if name]


def test_no_file_holds_such_an_address():
    found = []
    for path in committed():
        if not path.is_file():
            continue  # removed in the working tree
        content = path.read_bytes().lower()
        found += [
            f"{path.relative_to(ROOT)}: {word}" for word in REFUSED if word.encode() in content
        ]
    assert found == []
