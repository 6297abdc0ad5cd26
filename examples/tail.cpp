// Async / Await, async generators: the lines of a file, and those that are appended to it later (tail -f).
// The file is read on a thread: the disk's time is real in virtual time too, for the loop waits for its
// threads.
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <stdlib.h>
#include <string>
#include <system_error>
#include <unistd.h>

#include "crawler/async/async_generator.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "crawler/async/to_thread.h"
#include "examples/example.h"

using namespace crawler::async;
using namespace std::chrono_literals;

/// The line that begins there, if it is whole.
std::optional<std::string> read_one(std::string path, std::streamoff at) {
  std::ifstream file(path);
  file.seekg(at);
  std::string line;
  const bool is_whole = std::getline(file, line) && !file.eof();
  return is_whole ? std::optional(line) : std::nullopt;
}

AsyncGenerator<std::string> tail(std::string path) {
  std::streamoff at = 0;
  while (true) {
    const std::optional<std::string> line = co_await to_thread(read_one, path, at);
    if (line) {
      at += static_cast<std::streamoff>(line->size() + 1);
      co_yield *line;
    }
    co_await sleep(100ms);
  }
}

/// app.log in a directory of its own.
class LogFile {
 public:
  LogFile() {
    std::string directory = (std::filesystem::temp_directory_path() / "tail-XXXXXX").string();
    if (mkdtemp(directory.data()) == nullptr) throw std::runtime_error("no temporary directory can be made");
    directory_ = directory;
  }
  ~LogFile() {
    std::error_code error;
    std::filesystem::remove_all(directory_, error);
  }
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;

  std::string path() const { return directory_ / "app.log"; }
  void append(const std::string& line) const { std::ofstream(path(), std::ios::app) << line << '\n'; }

 private:
  std::filesystem::path directory_;
};

Task<> write_log(const LogFile& log) {
  log.append("app started");
  co_await sleep(1s);
  log.append("app is working");
  log.append("app has a problem");
  co_await sleep(1s);
  log.append("app stopped");
}

Task<> main_task() {
  const LogFile log;
  const TaskHandle<> app = spawn(write_log(log));
  AsyncGenerator<std::string> lines = tail(log.path());
  while (const auto line = co_await lines.next()) {
    print(*line);
    if (*line == "app stopped") break;
  }
  co_await lines.aclose();
  co_await app;
}

int main(int argc, char** argv) { run_example(main_task(), argc, argv); }
