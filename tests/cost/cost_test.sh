#!/bin/bash
# A part takes the instructions that it took when they were last counted, within 5 %. Callgrind counts the same on a busy
# machine as on an idle one.
#   tests/cost/cost_test.sh PROGRAM SUBJECT COMPILER     COMPILER as CMake names it: "GNU 12.2.0"
#
# tests/cost/expected/SUBJECT has the number. Where another one is meant, this writes it, to be committed:
#   CRAWL_COUNT_ANEW=1 ./test --only cost
set -uo pipefail
program=$1 subject=$2 compiler=$3
kept=$(dirname "$(realpath "${BASH_SOURCE[0]}")")/expected/$subject

skip() {
  echo "skipped: $1"
  exit 77
}
fail() {
  echo "FAILED: $1"
  exit 1
}

[[ $compiler == 'GNU 12.'* ]] || skip "the numbers are those of g++ 12, and this is $compiler"
[[ $(uname -m) == x86_64 ]] || skip 'the numbers are those of x86-64'
grep -qs '^VERSION_CODENAME=bookworm' /etc/os-release || skip 'the numbers are those of the libraries of Debian 12'
command -v valgrind >/dev/null || skip 'there is no valgrind'

# The C library's functions differ from one processor to the next: here it takes those for any x86-64.
features=-AVX,-AVX2,-AVX512F,-AVX_Fast_Unaligned_Load,-BMI1,-BMI2,-ERMS,-FSRM,-LZCNT,-MOVBE,-RTM,-SSE3,-SSSE3,-SSE4_1,-SSE4_2
profile=$(mktemp) && trap 'rm -f "$profile"' EXIT || exit
said=$(GLIBC_TUNABLES=glibc.cpu.hwcaps=$features \
  valgrind --tool=callgrind --toggle-collect=measured --callgrind-out-file="$profile" "$program" "$subject" 2>&1) ||
  fail "$said"
count=$(sed -n 's/^totals: //p' "$profile")
((count > 0)) || fail "nothing was counted: $said"

[[ -z ${CRAWL_COUNT_ANEW-} ]] || echo "$count" >"$kept"
[[ -s $kept ]] || fail "no number is kept for $subject: CRAWL_COUNT_ANEW=1 ./test --only cost"
expected=$(<"$kept")
change=$(awk -v count="$count" -v expected="$expected" 'BEGIN { printf "%+.1f %%", (count / expected - 1) * 100 }')
echo "$subject: $count instructions, expected are $expected: $change"
((count * 100 <= expected * 105)) || fail 'it became dearer. If that is meant: CRAWL_COUNT_ANEW=1 ./test --only cost'
((count * 100 >= expected * 95)) || fail 'it became cheaper. So that it stays so: CRAWL_COUNT_ANEW=1 ./test --only cost'
