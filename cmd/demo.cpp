#include "cmd/demo.h"

#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <stdlib.h>
#include <string>
#include <system_error>

#include "cmd/demo_web.h"
#include "cmd/figures.h"
#include "crawler/async/task.h"
#include "crawler/crawl.h"
#include "crawler/run_report.h"
#include "storage/database.h"
#include "storage/schema.h"

namespace cmd {
namespace {

using crawler::async::Task;
using std::chrono_literals::operator""ms;

constexpr int kPages = 60;
constexpr std::chrono::milliseconds kDelay = 100ms;

class TempDirectory {
 public:
  TempDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "crawl-demo-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory can be made");
    path_ = name;
  }
  ~TempDirectory() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

void print(const std::string& mode, const crawler::RunReport& report) {
  const double seconds = std::chrono::duration<double>(report.wall).count();
  std::cout << "  " << mode << "   " << report.ok << " pages in " << as_seconds(report.wall) << "   "
            << as_ratio(static_cast<double>(report.ok) / seconds) << " pages/s   p50 "
            << as_milliseconds(report.latencies.percentile(50)) << std::endl;
}

/// A look into the database, as anybody with sqlite3 has it.
void print_pages(const std::filesystem::path& path) {
  storage::Database database = storage::open_database_for_reading(path);
  storage::Statement count(database, "SELECT count(*), (SELECT count(*) FROM fetch) FROM page");
  storage::Rows counts = count.query();
  counts.next();
  std::cout << "The database has " << counts.integer(0) << " pages from " << counts.integer(1)
            << " fetches:\n";
  storage::Statement some(database, "SELECT url, status, title FROM page ORDER BY id LIMIT 3");
  storage::Rows rows = some.query();
  while (rows.next())
    std::cout << "  " << rows.text(0) << "  " << rows.integer(1) << "  " << rows.text(2) << '\n';
}

}  // namespace

Task<int> run_demo(const Command& command) {
  const TempDirectory directory;
  const DemoWeb web(kPages, kDelay);
  crawler::Config config = command.config;
  config.database = directory.path() / "demo.db";
  config.sources.clear();
  for (int page = 0; page < web.pages(); ++page) config.sources.push_back(web.url(page));
  std::cout << "A web of " << web.pages() << " pages on this machine, each " << web.delay().count()
            << " ms away:" << std::endl;

  config.is_sequential = false;
  crawler::RunReport concurrent;
  const crawler::RunOutcome first = co_await crawler::crawl(config, concurrent);
  int code = first.exit_code(concurrent, config.max_failed);
  if (code != 0) co_return code;
  print("concurrent", concurrent);

  config.is_sequential = true;
  crawler::RunReport sequential;
  const crawler::RunOutcome second = co_await crawler::crawl(config, sequential);
  code = second.exit_code(sequential, config.max_failed);
  if (code != 0) co_return code;
  print("sequential", sequential);

  const double factor =
      static_cast<double>(sequential.wall.count()) / static_cast<double>(concurrent.wall.count());
  std::cout << as_ratio(factor) << " times faster." << std::endl;
  print_pages(config.database);
  std::cout << "With a list of your own:\n"
            << "  crawl --concurrency 100 urls.txt\n"
            << "  sqlite3 crawl.db 'SELECT url, status, title FROM page'\n";
  co_return 0;
}

}  // namespace cmd
