"""Compiles the hot modules where Cython and a C compiler are at hand; else they stay plain Python.

The build backend calls it for a wheel; `python hatch_build.py` compiles next to the sources.
"""

import hashlib
import importlib.util
import shlex
import subprocess
import sys
import sysconfig
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent
PACKAGE = "cleanclaim_x12"
# `native` holds the digest of all: it is put there last.
MODULES = {"typed/steps": "py", "typed/elements": "py", "typed/native": "pyx"}
_LATER = 600  # seconds after which a compiler is given up


class NativeHook(BuildHookInterface[Any]):
    """Compiles before a wheel is made."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; a wheel with compiled modules is one of this platform."""
        del version
        if compile_all():
            build_data["pure_python"] = False
            build_data["infer_tag"] = True


def digest() -> str:
    """Give the digest of what is compiled, and for which Python."""
    found = hashlib.sha256(sys.version.encode())
    for name in sorted(MODULES):
        for path in sorted(HERE.glob(f"{name}.p*")):
            found.update(path.read_bytes())
    return found.hexdigest()


def compiled(name: str) -> Path:
    """Give where a compiled module stands."""
    return HERE / f"{name}{sysconfig.get_config_var('EXT_SUFFIX')}"


def is_compiled() -> bool:
    """Say whether what stands there was made from the sources as they are."""
    made = [compiled(name) for name in MODULES]
    return all(path.exists() for path in made) and digest().encode() in made[-1].read_bytes()


def compile_all() -> bool:
    """Compile what is not compiled yet; say whether it is now."""
    if is_compiled():
        return True
    for name in MODULES:  # what was made from other sources must not stand in front of these
        compiled(name).unlink(missing_ok=True)
    if importlib.util.find_spec("Cython") is None:
        return False
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as pool:
        (Path(folder) / PACKAGE).symlink_to(HERE)  # whatever the folder of the sources is called
        made = list(pool.map(partial(_compile, Path(folder)), MODULES))
        if Path() in made:
            return False
        for name, path in zip(MODULES, made, strict=True):
            compiled(name).write_bytes(path.read_bytes())
    return True


def _compile(folder: Path, name: str) -> Path:
    """Translate one module to C, and that to a library; nothing is there if one of it fails."""
    source, target = folder / f"{Path(name).name}.c", folder / f"{Path(name).name}.so"
    module = f"{PACKAGE}.{name.replace('/', '.')}"
    cython = [sys.executable, "-m", "cython", "-3", "--module-name", module]
    cython += ["-X", "annotation_typing=False", "-o", str(source)]
    cython += [f"{PACKAGE}/{name}.{MODULES[name]}"]
    compiler = shlex.split(sysconfig.get_config_var("LDSHARED") or "cc -shared")
    compiler += ["-fPIC", "-O2", "-DNDEBUG", "-w", f'-DBUILT_FROM="{digest()}"']
    compiler += [f"-I{sysconfig.get_path('include')}", str(source), "-o", str(target)]
    for command in (cython, compiler):
        try:
            subprocess.run(  # noqa: S603 - our own compiler on our own sources
                command, cwd=folder, check=True, capture_output=True, timeout=_LATER
            )
        except (OSError, subprocess.SubprocessError):
            return Path()
    return target


if __name__ == "__main__":
    words = "compiled" if compile_all() else "plain Python, for want of Cython or a C compiler"
    sys.stdout.write(f"x12: {words}\n")
