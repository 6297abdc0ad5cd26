#!/bin/bash
# A program prints what is expected of it, and succeeds: exactly in virtual time; elsewhere the numbers that the machine
# decides are masked (mask.sed).
#   tests/examples/output_test.sh EXPECTED PROGRAM ARGUMENT…
set -uo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
expected=$1 program=$2
shift 2

output=$("$program" "$@") || { echo "FAILED: exit code $?"; exit 1; }
[[ $1 == --virtual-time ]] || output=$(sed -E -f "$here/mask.sed" <<<"$output")
diff "$expected" - <<<"$output" || { echo "FAILED: < is expected, > was printed"; exit 1; }
