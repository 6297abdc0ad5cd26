// A crawl: reads the list, fetches each URL once, and with --follow what its pages lead to, and streams what
// it finds into the database.
//
//   RunReport progress;
//   const RunOutcome outcome = co_await crawl(config, progress);
//   return outcome.exit_code(progress, config.max_failed);
//
// Contract: `progress` is kept up to date on the loop's thread while it runs, and outlives the call. Stops by
// itself for SIGINT, SIGTERM and SIGHUP, its limits and --fail-fast: transfers are aborted, pages that were
// finished are committed, and the URLs in flight have their row as cancelled. Throws BadSource and
// BadMetricsFile before any work; what the web or the disk does is in the outcome.
#pragma once

#include "crawler/async/task.h"
#include "crawler/config.h"
#include "crawler/page_sink.h"
#include "crawler/run_outcome.h"
#include "crawler/run_report.h"

namespace crawler {

async::Task<RunOutcome> crawl(const Config& config, RunReport& progress);
/// Into a sink that is open, and no database.
async::Task<RunOutcome> crawl(const Config& config, RunReport& progress, PageSink& sink);

}  // namespace crawler
