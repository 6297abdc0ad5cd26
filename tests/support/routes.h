// The paths that every test server knows, named for what goes wrong there.
//
//   script_for("/page/7");                   // an HTML page with the title "Page 7" and a few links
//   script_for("/delay/200/page/7");         // the same after 200 ms
//   script_for("/redirect-to?ftp://x.org/"); // 302 with the text after '?' as its Location, unchanged
//
// Contract: pure. A query is ignored but for /redirect-to, so it can tell URLs apart. An unknown path is a
// 404.
//
//   well      /page/N /delay/MS[/ROUTE] /status/N /large/N /charset/LABEL /binary /empty /no-content-type
//             /chunked /gzip /many-headers (small ones, for /cut and /dribble)
//             /redirect/N (N hops, then /page/0) /redirect-to?URL
//   slow      /never (no answer) /slow-header /slow-body (one byte of it each 100 ms)
//             /dribble/ROUTE (one byte each 1 ms)
//   broken    /reset /close-early /truncated /bad-chunk /http09 /redirect-loop
//             /cut/N/ROUTE /cut-by-reset/N/ROUTE (the first N bytes of that route's answer)
//   too much  /endless (chunks) /gzip-bomb /br-bomb /zstd-bomb (10 GB each) /header-flood
//             /huge-header (a line of 10 MB) /continue-flood
//             /nested/N (N encodings, one in the other) /nested-lines/N (each in a line of its own)
#pragma once

#include <string_view>

#include "tests/support/script.h"

namespace test_support {

Script script_for(std::string_view target);

}  // namespace test_support
