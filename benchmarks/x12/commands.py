"""The command on small and large files: time to start, and peak of memory."""

import os
import subprocess
import sys
from pathlib import Path

import generate

X12 = Path(sys.executable).with_name("x12")


def spent(arguments, out=subprocess.DEVNULL):
    """Run the command; give its processor time in seconds and its peak of memory in MB."""
    process = subprocess.Popen([X12, *arguments], stdout=out, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0  # it was waited for
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def start(path, times=7):
    """Print how long `x12 check` takes on a small file, all in all."""
    best = min(spent(["check", path])[0] for _ in range(times))
    print(f"start of x12 check on {path.stat().st_size} bytes: {best:.2f} s of processor time")


def memory(folder, mb):
    """Print time and memory of every command that reads a file, of an 837P and of an 835."""
    for kind in ("837p", "835"):
        path = grown(folder, kind, mb)
        lines = folder / f"{kind}.jsonl"
        runs = {name: [name, path] for name in ("stats", "roundtrip", "show", "check", "anonymize")}
        runs |= {name: [name, path, "--out", folder / name] for name in ("split", "ack")}
        for name, arguments in runs.items():
            tell(kind, name, mb, spent(arguments))
            subprocess.run(["rm", "-rf", folder / name], check=True)
        with lines.open("wb") as out:
            tell(kind, "json", mb, spent(["json", path], out))
        path.unlink()
        tell(kind, "write", mb, spent(["write", lines]))
        lines.unlink()


def tell(kind, name, mb, figures):
    print(f"{kind:5} x12 {name:10} {mb} MB: {figures[0]:6.1f} s, {figures[1]:5.0f} MB", flush=True)


def grown(folder, kind, mb):
    """Make a large file of a middling one: its interchange over and over, with other numbers."""
    part = folder / f"part-{kind}.x12"
    generate.write(part, kind, min(mb, 20) * 1_000_000)
    data = part.read_bytes()
    number = data[90:99]
    path = folder / f"large-{kind}.x12"
    with path.open("wb") as out:
        for at in range(max(1, mb // 20)):
            out.write(data.replace(number, b"%09d" % (int(number) + at)))
    part.unlink()
    return path
