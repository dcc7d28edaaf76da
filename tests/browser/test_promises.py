"""What pages do in a real browser: ask nobody else, take no fingerprint, tell no one where from.

The names of these tests stand in the policy files and in docs/reference/clauses.csv.
"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

PATHS = (
    "/", "/work/denied/", "/claims/", "/claims/c104287/", "/claims/c104287/x12/", "/deposits/",
    "/deposits/d88121/", "/reports/ageing/", "/runs/r1/", "/accounts/login/", "/second-step/",
    "/allauth/activate/", "/allauth/recovery/", "/site/home/", "/site/portal/", "/parts/",
)  # fmt: skip
# Ways in which a script can tell one browser from another.
_PROBES = """
window.probed = [];
const watch = (owner, name) => {
  const kept = owner && owner.prototype && owner.prototype[name];
  if (kept) owner.prototype[name] = function (...given) {
    window.probed.push(name);
    return kept.apply(this, given);
  };
};
watch(window.HTMLCanvasElement, "toDataURL");
watch(window.HTMLCanvasElement, "toBlob");
watch(window.HTMLCanvasElement, "getContext");
watch(window.CanvasRenderingContext2D, "getImageData");
watch(window.CanvasRenderingContext2D, "measureText");
watch(window.BaseAudioContext, "createOscillator");
watch(window.BaseAudioContext, "createDynamicsCompressor");
watch(window.FontFaceSet, "check");
watch(window.Navigator, "getBattery");
watch(window.MediaDevices, "enumerateDevices");
for (const name of ["plugins", "mimeTypes", "deviceMemory", "hardwareConcurrency"]) {
  const found = Object.getOwnPropertyDescriptor(Navigator.prototype, name);
  if (found) Object.defineProperty(Navigator.prototype, name, {
    get() { window.probed.push(name); return found.get.call(this); },
  });
}
"""


@pytest.fixture(scope="module")
def other():
    """Another company: a server that notes who asks, from where."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers.get("Referer")))
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript")
            self.end_headers()
            self.wfile.write(b"window.tracked = true;")

        def log_message(self, *given):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def walk(browser, address):
    """All pages, opened once: hosts asked, probes made, links that lead outside."""
    hosts, probed, outside = {}, {}, []
    context = browser.new_context()
    context.add_init_script(_PROBES)
    page = context.new_page()
    page.on("request", lambda r: hosts.setdefault(urlsplit(r.url).netloc, r.url))
    for path in PATHS:
        page.goto(address + path)
        probed[path] = page.evaluate("window.probed")
        outside += page.eval_on_selector_all(
            "a[href], form[action], area[href]",
            "found => found.filter(one => new URL(one.href || one.action, location)"
            ".origin !== location.origin).map(one => [one.outerHTML, one.rel || ''])",
        )
    context.close()
    return hosts, probed, outside


def test_no_page_asks_another_company(walk, address):
    hosts, _, _ = walk
    assert set(hosts) == {urlsplit(address).netloc}


def test_no_page_takes_a_fingerprint(walk):
    _, probed, _ = walk
    assert [path for path in PATHS if probed[path]] == []


def test_a_probe_would_be_seen(browser, address):
    context = browser.new_context()
    context.add_init_script(_PROBES)
    page = context.new_page()
    page.goto(address + "/accounts/login/")
    page.evaluate("() => [document.createElement('canvas').toDataURL(), navigator.plugins.length]")
    assert page.evaluate("window.probed") == ["toDataURL", "plugins"]
    context.close()


def test_a_tracker_that_slips_in_is_blocked(browser, address, other):
    place, asked = other
    asked.clear()
    page = browser.new_page()
    for path in ("/accounts/login/", "/site/home/", "/claims/"):
        page.goto(address + path)
        blocked = page.evaluate(
            """place => new Promise(done => {
              const seen = [];
              const note = event => seen.push(event.violatedDirective);
              document.addEventListener("securitypolicyviolation", note);
              for (const [tag, end] of [["script", "t"], ["img", "pixel"], ["iframe", "f"]]) {
                const one = document.createElement(tag);
                one.src = `${place}/${end}`;
                document.body.append(one);
              }
              navigator.sendBeacon(`${place}/beacon`, "x");
              fetch(`${place}/fetch`).catch(() => null);
              const end = Date.now() + 20000;
              const look = () => seen.length < 5 && Date.now() < end
                ? setTimeout(look, 50)
                : setTimeout(() => done([seen.length, window.tracked || false]), 100);
              look();
            })""",
            place,
        )
        assert blocked == [5, False], path
    assert asked == []
    page.close()


def test_a_link_outside_tells_not_where_you_came_from(walk, browser, address, other):
    _, _, outside = walk
    assert all({"noopener", "noreferrer"} <= set(rel.split()) for _, rel in outside), outside
    place, asked = other
    page = browser.new_page()
    page.goto(address + "/claims/c104287/")
    page.evaluate(
        """place => {
          const link = document.createElement("a");
          link.href = `${place}/elsewhere`;
          document.body.append(link);
          link.click();
        }""",
        place,
    )
    page.wait_for_url(f"{place}/elsewhere")
    assert ("/elsewhere", None) in asked
    page.close()
