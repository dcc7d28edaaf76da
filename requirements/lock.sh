#!/bin/sh
# Writes the hashed locks; they hold no address of a registry.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The engine is built from this tree, so it is no requirement to look up.
sed '/"cleanclaim-x12",/d' pyproject.toml >"$work/pyproject.toml"
lock() {
	.tools/bin/uv pip compile --quiet --python-version 3.12 --universal --generate-hashes \
		--no-emit-index-url --no-annotate --no-header "$@"
}
lock "$work/pyproject.toml" --extra embedded --group "$work/pyproject.toml:dev" -o requirements/dev.lock
lock "$work/pyproject.toml" --extra embedded --group "$work/pyproject.toml:build" \
	-c requirements/dev.lock -o requirements/runtime.lock
echo uv==0.13.9 | lock - -o requirements/uv.lock
