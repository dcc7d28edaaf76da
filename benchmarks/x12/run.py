"""One command for all figures: `.venv/bin/python benchmarks/x12/run.py [--mb 8] [--large 1000]`.

Every figure is the processor time of a process of its own, the best of a few; ratios are to a bare
chunked split of the same file in the same run. `pair` is what two processes gain: the time of one
over the time of the slower of two, cutting included. `growth` is the time for ten times the file.
pyx12 is installed into an environment of its own (build/x12-peers) and measured in the same run
on a small file of the same generator. `--large 1000` also runs each command on a file of so many
MB and prints its peak of memory.
"""

import argparse
import gc
import importlib
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import commands
import generate

HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]
load = importlib.import_module  # a mode pays for what it uses


def bare(path):
    """Split chunks into segments and elements: the practical limit in Python."""
    with path.open("rb") as file:
        rest = ""
        while chunk := file.read(1 << 20):
            *segments, rest = (rest + chunk.decode("latin-1")).split("~")
            for segment in segments:
                segment.split("*")


def runs(path):
    read_runs = load("cleanclaim_x12.syntax").read_runs

    with path.open("rb") as file:
        for run in read_runs(file):
            run.segments()


def _stream(path):
    """Importing belongs to the start of a process, not to its speed: `child` has a warm run."""
    stream_835 = load("cleanclaim_x12.typed.t835").stream_835
    stream_837p = load("cleanclaim_x12.typed.t837p").stream_837p

    return (stream_837p if "837p" in path.name else stream_835), path.open("rb")


def typed(path):
    stream, file = _stream(path)
    for _ in stream(file):
        pass


def json(path):
    encode_lines = load("cleanclaim_x12.typed.lines").encode_lines
    read_lines = load("cleanclaim_x12.typed.lines").read_lines

    with path.open("rb") as file:
        for _ in encode_lines(read_lines(file)):
            pass


def check2(path):
    _check(path, 2)


def check5(path):
    _check(path, 5)


def _check(path, snip):
    check = load("cleanclaim_x12.checking").check

    with path.open("rb") as file:
        for _ in check(file, snip=snip):
            pass


def write(path):
    """Write what was read before; the time of reading is taken off."""
    files = load("cleanclaim_x12.typed.files")
    read_837p = load("cleanclaim_x12.typed.t837p").read_837p
    write_837p = load("cleanclaim_x12.typed.t837p").write_837p

    with path.open("rb") as file:
        batches = list(read_837p(file))
    envelope = files.Envelope(
        sender_id="S",
        receiver_id="R",
        date=date(2026, 1, 1),
        time="0000",
        interchange_control_number=1,
    )
    start = time.process_time()
    for batch in batches:
        assert not write_837p(batch, envelope).findings
    return time.process_time() - start


def _part_of(path, number):
    """Cut the file for two processes, as the one that starts them would."""
    cut_ranges = load("cleanclaim_x12.syntax").cut_ranges

    with path.open("rb") as file:
        return cut_ranges(file, 2)[-number:][0]


def typed_part(path, number):
    """Read one of two parts into records."""
    read_range = load("cleanclaim_x12.syntax").read_range
    lines_of = load("cleanclaim_x12.typed.lines").lines_of
    with path.open("rb") as file:
        for _ in lines_of(read_range(file, _part_of(path, number))):
            pass


def typed_whole(path):
    lines_of = load("cleanclaim_x12.typed.lines").read_lines
    with path.open("rb") as file:
        for _ in lines_of(file):
            pass


def check5_part(path, number):
    """Check one of two parts."""
    checking = load("cleanclaim_x12.checking")
    options = load("cleanclaim_x12.checker").Options(5)
    with path.open("rb") as file:
        for _ in checking.check_part(file, _part_of(path, number), options):
            pass


PARTS = {
    f"{f.__name__}{number}": partial(f, number=number)
    for f in (typed_part, check5_part)
    for number in (0, 1)
}
MODES = {f.__name__: f for f in (bare, runs, typed, json, check2, check5, write)}


def child(mode, path):
    gc.disable()  # as the command does
    run = (MODES | PARTS | {"typed_whole": typed_whole})[mode]
    run(Path(path).with_name("warm-" + Path(path).name))  # imports and compiles
    start = time.process_time()
    own = run(Path(path))
    spent = own if own is not None else time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(spent, peak)


def measure(mode, path, times):
    best, peak = 1e9, 0.0
    for _ in range(times):
        done = subprocess.run(
            [sys.executable, str(HERE), "--child", mode, str(path)],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )
        if done.returncode:
            return None, done.stderr.strip().splitlines()[-1]
        spent, memory = map(float, done.stdout.split())
        best, peak = min(best, spent), max(peak, memory)
    return best, peak


def pyx12(folder, times, speeds):
    """Measure pyx12's validation with a 999, in its own environment."""
    home = ROOT / "build" / "x12-peers"
    python = home / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "pyx12==4.0.0"], check=True)
    for kind in ("837p", "835"):
        small = folder / f"small-{kind}.x12"
        generate.write(small, kind, 300_000, 100)
        code = (
            "import io,sys,time,pyx12.x12n_document as d,pyx12.params as p;s=time.process_time();"
            f"d.x12n_document(p.params(),{str(small)!r},io.StringIO(),None,None);"
            "print(time.process_time()-s)"
        )
        best = 1e9
        for _ in range(times):
            done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"pyx12 {kind}: {done.stderr.strip().splitlines()[-1]}")
                break
            best = min(best, float(done.stdout.split()[-1]))
        else:
            speed = small.stat().st_size / best / 1e6
            print(f"{kind:5} pyx12 validate {speed:.2f} MB/s", end="")
            for mode in ("check2", "check5"):
                if (kind, mode) in speeds:
                    print(f"; {mode} is {speeds[kind, mode] / speed:.0f} times as fast", end="")
            print()


def pairs(kind, path, times):
    """Print what two processes gain: one's time over the slower part's, cutting included."""
    for whole, part in (("typed_whole", "typed_part"), ("check5", "check5_part")):
        one, _ = measure(whole, path, times)
        two = max(measure(f"{part}{number}", path, times)[0] for number in (0, 1))
        print(f"{kind:5} pair {whole.partition('_')[0]:7} {one / two:5.2f} times as fast in two")


def growth(folder, kind, path, times):
    """Print the time for ten times the file."""
    small = folder / f"tenth-{kind}.x12"
    generate.write(small, kind, path.stat().st_size // 10)
    generate.write(folder / f"warm-{small.name}", kind, 1, 4)
    size = path.stat().st_size / small.stat().st_size
    for mode in ("typed", "check5"):
        more = measure(mode, path, times)[0] / measure(mode, small, times)[0]
        print(f"{kind:5} growth {mode:7} {size:.1f} times the file in {more:.1f} times the time")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--mb", type=float, default=8)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--large", type=int, default=0, help="MB of a file for every command")
    parser.add_argument("--modes", default=",".join(MODES))
    parser.add_argument("--child", nargs=2)
    args = parser.parse_args()
    if args.child:
        child(*args.child)
        return
    speeds = {}
    subprocess.run([commands.X12, "--version"], check=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in ("837p", "835"):
            path = folder / f"{kind}.x12"
            generate.write(path, kind, int(args.mb * 1e6))
            generate.write(folder / f"warm-{path.name}", kind, 1, 4)
            size = path.stat().st_size / 1e6
            base = 1e9
            for mode in args.modes.split(","):
                base = min(base, measure("bare", path, args.times)[0])
                if mode == "write" and kind == "835":
                    continue
                spent, peak = measure(mode, path, args.times)
                if spent is None:
                    print(f"{kind:5} {mode:7} failed: {peak}")
                else:
                    speeds[kind, mode] = size / spent
                    print(
                        f"{kind:5} {mode:7} {size / spent:7.1f} MB/s  {base / spent:5.2f} of bare"
                        f"  {peak:6.0f} MB"
                    )
            pairs(kind, path, args.times)
            growth(folder, kind, path, args.times)
        commands.start(folder / "warm-837p.x12")
        if args.large:
            commands.memory(folder, args.large)
        if not args.no_peers:
            pyx12(folder, args.times, speeds)


if __name__ == "__main__":
    main()
