// How much memory the coroutines of one fetch take while it waits for its answer: crawls lists of a server
// that never answers, and looks at what lives. Prints a line: name, number, unit.
//
// A block is a frame if it begins with two addresses in the program's own code: how to resume and to destroy.
#include <arpa/inet.h>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <netinet/in.h>
#include <new>
#include <signal.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

#include "crawler/async/run.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "crawler/crawl.h"
#include "tests/support/temp_dir.h"

extern "C" const char __executable_start, etext;  // the linker's: where the code begins and ends

namespace {

/// Every block of operator new, in a table that does not use it.
class Blocks {
 public:
  void add(void* block, std::size_t size) noexcept {
    std::size_t at = place_of(block);
    while (slots_[at].block != nullptr && slots_[at].block != gone()) at = next(at);
    slots_[at] = {.block = block, .size = size};
  }
  void remove(void* block) noexcept {
    for (std::size_t at = place_of(block); slots_[at].block != nullptr; at = next(at))
      if (slots_[at].block == block) slots_[at].block = gone();
  }
  std::size_t bytes_in_frames() const noexcept {
    std::size_t bytes = 0;
    for (const Slot& slot : slots_)
      if (slot.block != nullptr && slot.block != gone() && is_frame(slot)) bytes += slot.size;
    return bytes;
  }

 private:
  struct Slot {
    void* block = nullptr;
    std::size_t size = 0;
  };
  static constexpr std::size_t kSlots = 1 << 20;

  void* gone() const noexcept { return const_cast<Slot*>(slots_.data()); }
  static std::size_t place_of(void* block) noexcept {
    return (reinterpret_cast<std::uintptr_t>(block) >> 4) * 0x9E3779B97F4A7C15 % kSlots;
  }
  static std::size_t next(std::size_t at) noexcept { return (at + 1) % kSlots; }
  static bool is_frame(const Slot& slot) noexcept {
    if (slot.size < 2 * sizeof(void*)) return false;
    std::array<const char*, 2> words{};
    std::memcpy(words.data(), slot.block, sizeof words);
    return is_code(words[0]) && is_code(words[1]);
  }
  static bool is_code(const char* address) noexcept {
    return &__executable_start <= address && address < &etext;
  }

  std::array<Slot, kSlots> slots_{};
};

constinit Blocks blocks;

}  // namespace

// Not inline: g++ warns where it sees malloc through one and not through the other.
[[gnu::noinline]] void* operator new(std::size_t size) {
  void* const block = std::malloc(size);
  if (block == nullptr) throw std::bad_alloc();
  blocks.add(block, size);
  return block;
}
[[gnu::noinline]] void operator delete(void* block) noexcept {
  if (block != nullptr) blocks.remove(block);
  std::free(block);
}
[[gnu::noinline]] void operator delete(void* block, std::size_t) noexcept { operator delete(block); }

namespace crawler {
namespace {

/// Takes connections into its queue, and no more.
class SilentServer {
 public:
  SilentServer() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address_;
    if (bind(socket_, reinterpret_cast<sockaddr*>(&address_), length) != 0 || listen(socket_, 1000) != 0 ||
        getsockname(socket_, reinterpret_cast<sockaddr*>(&address_), &length) != 0)
      throw std::runtime_error("cannot listen on 127.0.0.1");
  }
  ~SilentServer() { close(socket_); }
  SilentServer(const SilentServer&) = delete;
  SilentServer& operator=(const SilentServer&) = delete;

  std::string url(int page) const {
    return "http://127.0.0.1:" + std::to_string(ntohs(address_.sin_port)) + "/" + std::to_string(page);
  }

 private:
  int socket_;
  sockaddr_in address_{};
};

/// What all frames take with so many fetches under way.
std::size_t bytes_with(const SilentServer& server, const std::filesystem::path& directory, int fetches) {
  const std::filesystem::path list = directory / ("list-" + std::to_string(fetches));
  {
    std::ofstream lines(list);
    for (int i = 0; i < fetches; ++i) lines << server.url(i) << '\n';
  }
  Config config;
  config.sources = {list};
  config.database = directory / "crawl.db";
  std::size_t bytes = 0;
  const auto main = [&]() -> async::Task<> {
    RunReport report;
    const auto crawling = async::spawn(crawl(config, report));
    while (report.admitted < fetches) co_await async::sleep(std::chrono::milliseconds(10));
    co_await async::sleep(std::chrono::milliseconds(200));
    bytes = blocks.bytes_in_frames();
    raise(SIGINT);
    co_await crawling;
  };
  async::run(main());
  return bytes;
}

}  // namespace
}  // namespace crawler

int main() {
  const test_support::TempDir directory;
  const crawler::SilentServer server;
  const std::size_t of_one = crawler::bytes_with(server, directory.path(), 1);
  const std::size_t of_all = crawler::bytes_with(server, directory.path(), 101);
  std::printf("frames_of_a_fetch %.0f bytes\n", static_cast<double>(of_all - of_one) / 100);
}
