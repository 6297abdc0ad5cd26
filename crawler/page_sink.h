// Where a run's finished rows go: a database, or a stream.
//
//   co_await crawl(config, report, sink);        // the run without a database
//
// Contract: called on the loop's thread, one commit at a time. What commit() was given and ended without an
// error is safe; an error ends the run. The sink outlives the run.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "crawler/async/task.h"
#include "crawler/finding.h"
#include "crawler/frontier.h"
#include "storage/patience.h"
#include "storage/rows.h"

namespace crawler {

/// What is to be safe together.
struct Commit {
  storage::Batch rows{};
  std::vector<Finding> findings{};  // of a crawl that follows links
};

class DatabaseSession;

class PageSink {
 public:
  PageSink() = default;
  PageSink(const PageSink&) = delete;
  PageSink& operator=(const PageSink&) = delete;
  virtual ~PageSink() = default;

  virtual async::Task<FrontierState> commit(Commit commit) = 0;
  /// How long the first row of a batch waits for others.
  virtual std::chrono::milliseconds max_batch_age() const { return std::chrono::milliseconds::zero(); }
  /// Which of the URLs have their final row of this job already; in their order.
  virtual async::Task<std::vector<bool>> are_done(std::vector<std::string> urls) = 0;
  /// Where the frontier is, and what is known of robots.txt. Null: nowhere.
  virtual DatabaseSession* database() { return nullptr; }
  /// Of a crawl that follows links, for a sink that is no database itself. It outlives the run.
  virtual void use_database(DatabaseSession&) {}
  /// A limit of the run has stopped it: what is still committed is the last of it.
  virtual void expect_end() {}
  /// How long others (who lock the database, who read the stream) are waited for: a signal cuts it short.
  virtual const std::shared_ptr<storage::Patience>& patience() const = 0;

 protected:
  PageSink(PageSink&&) = default;
};

}  // namespace crawler
