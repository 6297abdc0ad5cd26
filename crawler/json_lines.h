// Pages as JSON Lines on a descriptor, one a page: what -o - prints.
//
//   JsonLines lines(STDOUT_FILENO, config.keep.links);
//   co_await crawl(config, report, lines);
//
// Contract: a line is written whole, or the run ends by the exception that says why not. Who does not read
// holds up the run, but no longer than the patience once that ends. Lines are composed and written on a
// thread. Remembers each URL that it wrote in some 32 bytes, so that a list names it once, however long it
// is. Source: https://jsonlines.org/, poll(2), pipe(7)
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "crawler/async/task.h"
#include "crawler/page_sink.h"
#include "crawler/seen_urls.h"
#include "storage/patience.h"
#include "storage/rows.h"

namespace crawler {

class JsonLines : public PageSink {
 public:
  JsonLines(int descriptor, bool has_links) : descriptor_(descriptor), has_links_(has_links) {}

  async::Task<FrontierState> commit(Commit commit) override;
  DatabaseSession* database() override { return database_; }
  void use_database(DatabaseSession& database) override { database_ = &database; }
  async::Task<std::vector<bool>> are_done(std::vector<std::string> urls) override;
  void expect_end() override;
  const std::shared_ptr<storage::Patience>& patience() const override { return patience_; }

 private:
  int descriptor_;
  bool has_links_;
  DatabaseSession* database_ = nullptr;  // null: the list alone
  std::shared_ptr<storage::Patience> patience_ = std::make_shared<storage::Patience>();
  SeenUrls written_{SeenUrls::kAll};
};

}  // namespace crawler
