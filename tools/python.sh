#!/bin/sh
# Run the first Python on this machine that is new enough, with the words given: tools/python.sh -m tools.lock
# $PYTHON, where it is set, is the only one that is tried.
set -eu

question='import sys; print("%d.%d.%d" % sys.version_info[:3]); sys.exit(sys.version_info < (3, 11))'
seen=''

# A version manager may leave a command on the PATH that only says that it has no such Python: so each is run.
run_if_new_enough() {
    name=$1
    shift
    if version=$("$name" -c "$question" 2>/dev/null); then
        exec "$name" "$@"
    fi
    if [ -n "$version" ]; then
        seen="$seen $name is Python $version;"
    fi
}

if [ -n "${PYTHON:-}" ]; then
    run_if_new_enough "$PYTHON" "$@"
    seen=${seen:-" PYTHON=$PYTHON does not run;"}
else
    for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
        run_if_new_enough "$candidate" "$@"
    done
    seen=${seen:-" there is none on the PATH;"}
fi
echo "error: Python 3.11 or newer is needed:$seen nothing was done" >&2
echo "  fix: install a newer Python, then name it: make PYTHON=/path/to/python3.12 and the word you wanted" >&2
exit 1
