// Lecture 21, example 21.3: a connection that awaits at its opening and closing (async with), and rows that
// come one by one (async for).
#include <exception>
#include <iostream>
#include <string>
#include <utility>

#include "crawler/async/async_generator.h"
#include "crawler/async/async_with.h"
#include "crawler/async/sleep.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

struct Row {
  int id = 0;
  int value = 0;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << "{'id': " << row.id << ", 'value': " << row.value << '}';
}

class AsyncDatabaseConnection {
 public:
  explicit AsyncDatabaseConnection(std::string db_url) : db_url_(std::move(db_url)) {}

  Task<> enter() {
    co_await sleep(10ms);
    is_open_ = true;
    print("Connected to ", db_url_);
  }

  Task<> exit(const std::exception_ptr&) {
    co_await sleep(10ms);
    is_open_ = false;
    print("Disconnected from ", db_url_);
  }

  AsyncGenerator<Row> fetch_rows(int count) {
    for (int i = 0; i < count; ++i) {
      co_await sleep(5ms);
      co_yield Row{.id = i, .value = i * 10};
    }
  }

 private:
  std::string db_url_;
  bool is_open_ = false;
};

Task<> main_task() {
  co_await async_with(AsyncDatabaseConnection("db://prod"), [](AsyncDatabaseConnection& conn) -> Task<> {
    AsyncGenerator<Row> rows = conn.fetch_rows(3);
    while (const auto row = co_await rows.next()) print("Row: ", *row);
  });
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
