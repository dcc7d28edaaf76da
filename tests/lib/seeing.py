"""What a browser sees of a page: rules of accessibility, console, CSP, requests, overflow."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The schemes differ in colours only, so only what depends on colours is asked again.
_ASKED = {
    "light": {"runOnly": _RULES},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
}


def watched(page, address, status):
    """Collect what goes wrong while a page is used."""
    troubles: list[str] = []
    home = urlsplit(address).netloc

    def console(message):
        if message.type in ("error", "warning") and f"status of {status} " not in message.text:
            troubles.append(f"console: {message.text}")

    def request(asked):
        if urlsplit(asked.url).netloc != home:
            troubles.append(f"third party: {asked.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
    page.on("request", request)
    page.expose_function("cspBroken", lambda words: troubles.append(f"CSP: {words}"))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (e) =>"
        " cspBroken(`${e.violatedDirective} ${e.blockedURI}`))"
    )
    return troubles


def broken_rules(page, scheme):
    """Ask axe; the dark scheme is asked what depends on colours."""
    options = {**_ASKED[scheme], "resultTypes": ["violations"]}
    for rule in Axe().run(page, options=options).response["violations"]:
        for node in rule["nodes"][:3]:
            yield f"axe {rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"


def overflow(page):
    """Say by how much a page is wider than its window."""
    wide = page.evaluate(
        "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [f"{wide} px wider than the window"] if wide > 0 else []
