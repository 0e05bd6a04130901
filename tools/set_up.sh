#!/usr/bin/env bash
# Makes .venv from requirements.lock, once: a stamp holds what it was made from.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=.venv/set-up-from
made_from=$(cat requirements.lock pyproject.toml | sha256sum | cut -d ' ' -f 1)
if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$made_from" ]; then
    exit 0
fi

stop() {
    printf '\nSet-up stopped: %s\n' "$1" >&2
    exit 1
}

is_new_enough() {
    command -v "$1" >/dev/null && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in python3.11 python3 python3.12 python3.13 python3.14; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    stop "Python 3.11 or newer is needed, and none is found as python3.11 or python3.
Install it (on Debian: apt-get install python3 python3-venv) and run make again."
}

# Debian's python3 comes without what a virtual environment needs; its package python3-venv holds that.
make_environment() {
    local python=$1
    "$python" -m venv --clear .venv >/dev/null 2>&1 && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Set-up: installing Debian's python3-venv, which this Python lacks."
        (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv) >/dev/null 2>&1 || true
        "$python" -m venv --clear .venv >/dev/null 2>&1 && return
    fi
    rm -rf .venv
    "$python" -m virtualenv --quiet .venv >/dev/null 2>&1 && return
    # An environment without pip can still be filled by the pip that stands outside it.
    "$python" -m pip --version >/dev/null 2>&1 && "$python" -m venv --without-pip .venv && return
    rm -rf .venv
    stop "this Python cannot make a virtual environment.
On Debian or Ubuntu: sudo apt-get install python3-venv. Then run make again."
}

if ! is_new_enough .venv/bin/python; then
    python=$(find_python)
    echo "Set-up: making .venv with $("$python" --version)."
    make_environment "$python"
fi

if .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null 2>&1; then
    pip=(.venv/bin/python -m pip)
else
    pip=("${python:-$(find_python)}" -m pip --python .venv/bin/python)
fi

install() {
    "${pip[@]}" install --quiet --disable-pip-version-check --no-input --root-user-action ignore "$@"
}

echo "Set-up: installing $(grep -c '^[a-z0-9].*==' requirements.lock) packages, each held to the hash in requirements.lock."
install --require-hashes --only-binary :all: -r requirements.lock ||
    stop "the packages could not be installed. Is there a connection to a package index? What pip said stands above."

install --no-deps --no-build-isolation --editable . ||
    stop "Wardline itself could not be installed into .venv. What pip said stands above."

echo "$made_from" >"$stamp"
echo "Set-up: done."
