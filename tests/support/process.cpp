#include "tests/support/process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace test_support {

/// Reads a stream to its end on a thread of its own.
class Process::Collector {
 public:
  explicit Collector(FileDescriptor source) : source_(std::move(source)), thread_([this] { collect(); }) {}
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;
  ~Collector() { join(); }

  void join() {
    if (thread_.joinable()) thread_.join();
  }
  std::string text() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  void collect() {
    std::array<char, 16 * 1024> buffer;
    while (true) {
      const ssize_t count = read(source_.get(), buffer.data(), buffer.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return;
      const std::lock_guard lock(mutex_);
      text_.append(buffer.data(), std::min(static_cast<std::size_t>(count), kMaxOutput - text_.size()));
    }
  }

  FileDescriptor source_;
  mutable std::mutex mutex_;
  std::string text_;
  std::thread thread_;  // last: it uses all of the above
};

namespace {

struct Pipe {
  FileDescriptor read_end;
  FileDescriptor write_end;
};

Pipe open_pipe() {
  std::array<int, 2> ends;
  if (pipe2(ends.data(), O_CLOEXEC) < 0) throw std::system_error(errno, std::generic_category(), "pipe2");
  return {.read_end = FileDescriptor(ends[0]), .write_end = FileDescriptor(ends[1])};
}

/// All that the child needs between fork and exec, where only async-signal-safe functions may be called.
struct Launch {
  const char* directory;
  std::vector<char*> arguments;
  std::array<int, 3> streams;
  const rlimit* file_size;
  const rlimit* descriptors;
};

bool enter(const Launch& launch) {
  for (int stream = 0; stream < 3; ++stream) {
    if (dup2(launch.streams[static_cast<std::size_t>(stream)], stream) < 0) return false;
  }
  if (chdir(launch.directory) < 0) return false;
  // A shell starts background jobs with some of these ignored, and exec keeps that.
  for (const int number : {SIGHUP, SIGINT, SIGTERM, SIGPIPE}) ::signal(number, SIG_DFL);
  if (launch.descriptors != nullptr && setrlimit(RLIMIT_NOFILE, launch.descriptors) != 0) return false;
  if (launch.file_size == nullptr) return true;
  // Ignored, so that the write fails with EFBIG instead; that outlives exec.
  ::signal(SIGXFSZ, SIG_IGN);
  return setrlimit(RLIMIT_FSIZE, launch.file_size) == 0;
}

pid_t launch_child(const Launch& launch) {
  Pipe failure = open_pipe();  // closed by exec; holds errno when the start failed
  const pid_t pid = fork();
  if (pid < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (pid == 0) {
    if (enter(launch)) execv(launch.arguments.front(), launch.arguments.data());
    const int error = errno;
    const ssize_t told = ::write(failure.write_end.get(), &error, sizeof error);
    _exit(told > 0 ? 127 : 126);
  }
  failure.write_end.reset();
  int error = 0;
  if (read(failure.read_end.get(), &error, sizeof error) > 0) {
    waitpid(pid, nullptr, 0);
    throw std::system_error(error, std::generic_category(), launch.arguments.front());
  }
  return pid;
}

}  // namespace

Process::Process(const Command& command) {
  // A program that ended must show as a failed write here, not as our own death.
  ::signal(SIGPIPE, SIG_IGN);
  Pipe in = open_pipe();
  Pipe out = open_pipe();
  Pipe err = open_pipe();
  if (!command.stdin_file.empty()) {
    in.read_end = FileDescriptor::checked(open(command.stdin_file.c_str(), O_RDONLY | O_CLOEXEC), "open");
  }

  std::vector<std::string> words{command.program};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  const std::string directory = command.directory.empty() ? "." : command.directory.string();
  const rlim_t bytes = command.file_size_limit.value_or(RLIM_INFINITY);
  const rlimit file_size{.rlim_cur = bytes, .rlim_max = bytes};
  const rlim_t count = command.descriptor_limit.value_or(RLIM_INFINITY);
  const rlimit descriptors{.rlim_cur = count, .rlim_max = count};
  Launch launch{.directory = directory.c_str(),
                .arguments = {},
                .streams = {in.read_end.get(), out.write_end.get(), err.write_end.get()},
                .file_size = command.file_size_limit ? &file_size : nullptr,
                .descriptors = command.descriptor_limit ? &descriptors : nullptr};
  for (std::string& word : words) launch.arguments.push_back(word.data());
  launch.arguments.push_back(nullptr);

  pid_ = launch_child(launch);
  // By number: the header of glibc 2.36 declares pidfd_open() without extern "C".
  pidfd_ = FileDescriptor::checked(static_cast<int>(syscall(SYS_pidfd_open, pid_, 0)), "pidfd_open");
  stdin_ = std::move(in.write_end);
  out_ = std::make_unique<Collector>(std::move(out.read_end));
  err_ = std::make_unique<Collector>(std::move(err.read_end));
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      pidfd_(std::move(other.pidfd_)),
      stdin_(std::move(other.stdin_)),
      out_(std::move(other.out_)),
      err_(std::move(other.err_)),
      exit_code_(other.exit_code_) {}

Process::~Process() {
  if (pid_ < 0 || exit_code_) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

void Process::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(stdin_.get(), text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

void Process::signal(int number) {
  // Once reaped, the number may belong to another process.
  if (!exit_code_) kill(pid_, number);
}

std::optional<int> Process::wait(std::chrono::milliseconds limit) {
  if (exit_code_) return exit_code_;
  const auto deadline = std::chrono::steady_clock::now() + limit;
  pollfd ended{.fd = pidfd_.get(), .events = POLLIN, .revents = 0};
  while (true) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    const int ready = poll(&ended, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
    if (ready > 0) break;
    if (ready == 0) return std::nullopt;
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "poll");
  }
  int status = 0;
  waitpid(pid_, &status, 0);
  exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  out_->join();
  err_->join();
  return exit_code_;
}

std::string Process::out() const { return out_->text(); }
std::string Process::err() const { return err_->text(); }

}  // namespace test_support
