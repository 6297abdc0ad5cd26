#!/bin/bash
# The checks of the sources find what they are for: each case plants one file in an otherwise clean tree.
#   tests/scripts/checks_test.sh ROOT
set -euo pipefail
scripts=$1/scripts
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failures=0

# clean_tree: three folders that include and link each other as they should.
clean_tree() {
  rm -rf "${tree:?}"/* && mkdir -p "$tree"/{parse,storage,crawler/http}
  plant parse/url.h '#include <string>'
  plant parse/CMakeLists.txt 'crawl_library(parse SOURCES url.cpp LINKS ICU::uc)'
  plant crawler/crawl.cpp '#include "parse/url.h"'
  plant crawler/CMakeLists.txt 'crawl_library(crawler' '  SOURCES crawl.cpp' '  LINKS parse)'
}
plant() { printf '%s\n' "${@:2}" >"$tree/$1"; }

# finds CHECK COMPLAINT: the check fails on the tree as it stands, with a line that holds the complaint.
finds() {
  local output
  if output=$("$scripts/$1" "$tree") || [[ $output != *"$2"* ]]; then
    printf 'FAILED: %s should complain of: %s\nIt said: %s\n' "$1" "$2" "$output"
    ((++failures))
  fi
  clean_tree
}
# accepts CHECK: the check has nothing to say about the tree.
accepts() {
  "$scripts/$1" "$tree" || { echo "FAILED: $1 should accept the tree"; ((++failures)); }
  clean_tree
}

clean_tree
accepts check-layout
accepts check-coroutines

plant parse/up.cpp '' '#include "storage/database.h"'
finds check-layout 'parse/up.cpp:2: parse must not include storage'
plant crawler/http/up.h '#include "crawler/crawl.h"'
finds check-layout 'crawler/http/up.h:1: crawler/http must not include crawler'
plant parse/up.h '#include <crawler/crawl.h>'
finds check-layout 'parse/up.h:1: parse must not include crawler'
plant parse/beside.cpp '#include "url.h"'
finds check-layout 'parse/beside.cpp:1: "url.h" is in no folder'
plant parse/long.cpp '#include <regex>'
finds check-layout 'parse/long.cpp:1: <regex> overflows the stack'
mkdir "$tree/utils" && plant utils/misc.h ''
finds check-layout 'utils/misc.h:1: the folder utils has no place'
plant parse/CMakeLists.txt '' 'crawl_library(parse SOURCES url.cpp LINKS crawler)'
finds check-layout 'parse/CMakeLists.txt:2: parse must not link crawler'
plant parse/CMakeLists.txt 'crawl_library(parse SOURCES url.cpp)' 'target_link_libraries(parse PUBLIC crawler)'
finds check-layout 'parse/CMakeLists.txt:2: parse must not link crawler'
plant crawler/CMakeLists.txt 'crawl_library(crawler SOURCES crawl.cpp)'
finds check-layout 'crawler/crawl.cpp:1: crawler includes parse, but does not link it'
plant crawler/crawl.cpp '#include <string>'
finds check-layout 'crawler/CMakeLists.txt:3: crawler links parse, but includes nothing of it'

for condition in 'if (co_await f())' 'while (co_await f())' 'for (; co_await f();)' 'switch (co_await f())' \
  'if constexpr (g() && co_await f())' 'while (1 == co_await f())'; do
  plant parse/task.cpp "$condition {}"
  finds check-coroutines 'parse/task.cpp:1: co_await in the condition of'
done
plant parse/task.cpp 'while (g() &&' '       co_await f()) {}'
finds check-coroutines 'parse/task.cpp:2: co_await in the condition of while'
plant parse/task.cpp 'auto x = c ? f({1})' '    : co_await g();'
finds check-coroutines 'parse/task.cpp:2: await in a statement with ?:'
plant parse/task.cpp 'co_await h(c ? f() : g());'
finds check-coroutines 'parse/task.cpp:1: await in a statement with ?:'

plant parse/task.cpp \
  'const bool ok = co_await f();  // not: if (co_await f()), nor c ? f() : co_await g()' \
  'if (ok) { co_await f(); }' \
  'while (auto page = co_await pages.next()) use(page);' \
  "use(ok ? 'a' : 1'000, \"if (co_await f())\", R\"(c ? co_await)\");" \
  'spawn([&]() -> Task<void> { co_await f(); });' \
  'co_return ok ? 1 : 2;'
accepts check-coroutines

((failures == 0))
