"""Every page that a page names is there."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def broken_links(page: Path, text: str) -> list[str]:
    """Name the relative links of a page that lead nowhere."""
    links = (link for link in LINK.findall(text) if "://" not in link)
    return [link for link in links if not (page.parent / link).exists()]


def test_no_page_links_to_what_is_not_there():
    listed = subprocess.run(
        ["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    pages = [ROOT / name for name in listed.stdout.splitlines()]
    broken = {
        str(page.relative_to(ROOT)): found
        for page in pages
        if page.exists() and (found := broken_links(page, page.read_text()))
    }
    assert broken == {}


def test_a_link_to_nowhere_is_found():
    assert broken_links(ROOT / "README.md", "[a](docs/none.md) [b](LICENSE)") == ["docs/none.md"]
