"""Every clean file to JSON and back, those without a model of their own among them."""

from pathlib import Path

import msgspec
import pytest

import cleanclaim_x12
from cleanclaim_x12.cli.diff import differences
from cleanclaim_x12.cli.show import tree_of
from cleanclaim_x12.syntax import Delimiters
from cleanclaim_x12.typed.files import Options
from cleanclaim_x12.typed.lines import decode_lines, encode_lines, read_lines, write_lines

DATA = Path(cleanclaim_x12.__path__[0]) / "tests" / "data"
FILES = [*sorted(DATA.glob("*.x12")), DATA / "837p-cob.x12"]
ATTACHED = b"BIN*19*<a>\n*~:^ |! payload~"


def sent(path):
    return path.read_bytes().replace(b"\n", b"")


def there_and_back(data, options=None):
    return write_lines(decode_lines(list(encode_lines(read_lines(data)))), options)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_json_and_back_is_the_file(path):
    written = there_and_back(sent(path))
    assert (written.findings, written.data) == ((), sent(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_other_delimiters_say_the_same(path):
    written = there_and_back(sent(path), Options(delimiters=Delimiters("|", ">", "!", "'")))
    assert written.findings == ()
    assert there_and_back(written.data, Options(delimiters=Delimiters())).data == sent(path)


def test_a_version_that_is_not_known_comes_back():
    data = sent(DATA / "837p-cob.x12").replace(b"005010X222A1", b"009999X222A1")
    assert there_and_back(data).data == data
    assert [line.kind for line in read_lines(data)] == ["837"]


def test_a_payload_keeps_its_bytes():
    data = sent(DATA / "275.x12")
    start = data.index(b"BDS*")
    end = data.index(b"SE*", start)
    data = data[:start] + ATTACHED + data[end:]
    assert there_and_back(data).data == data
    other = there_and_back(data, Options(delimiters=Delimiters("|", ">", "!", "'")))
    assert b"BIN|19|<a>\n*~:^ |! payload'" in other.data


def test_a_delimiter_inside_of_a_plain_value_is_refused():
    data = sent(DATA / "834.x12").replace(b"REF*0F*", b"REF*0F*A|", 1)
    written = there_and_back(data, Options(delimiters=Delimiters("|", ">", "!", "'")))
    assert [(each.code, each.segment) for each in written.findings] == [("X12-WRITE-VALUE", "REF")]
    assert written.data == b""


@pytest.mark.parametrize("name", ["275", "834", "820", "997"])
def test_what_has_no_model_is_shown_and_compared(name):
    data = sent(DATA / f"{name}.x12")
    shown = list(tree_of(data))
    assert shown[0].startswith(f"{name} 0001")
    assert len(shown) == data[data.index(b"ST*") : data.index(b"SE*")].count(b"~")
    assert list(differences(data, data)) == []
    last = data.index(b"~SE*")
    assert list(differences(data, data[: last - 1] + b"?" + data[last:])) != []


def test_a_plain_line_of_json_says_what_it_is():
    (line,) = [msgspec.json.decode(each) for each in encode_lines(read_lines(sent(FILES[-2])))][:1]
    assert line["part"] in ("head", "plain")
