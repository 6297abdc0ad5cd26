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
//             /redirect/N (N hops, then /page/0) /redirect-to?URL
//   slow      /never (no answer) /slow-body (one byte each 100 ms)
//   broken    /reset /close-early /truncated /bad-chunk /http09 /redirect-loop
//   too much  /endless (chunks) /gzip-bomb (10 GB) /header-flood /huge-header (a line of 10 MB)
//   /continue-flood
#pragma once

#include <string_view>

#include "tests/support/script.h"

namespace test_support {

Script script_for(std::string_view target);

}  // namespace test_support
