#include "cmd/held_signals.h"

namespace cmd {
namespace {

constexpr int kEnding[] = {SIGINT, SIGTERM, SIGHUP};

bool is_ignored(int signal) {
  struct sigaction action = {};
  sigaction(signal, nullptr, &action);
  return action.sa_handler == SIG_IGN;
}

}  // namespace

HeldSignals::HeldSignals() {
  sigset_t held;
  sigemptyset(&held);
  // One that is both held and ignored would still be told of as come.
  for (const int signal : kEnding)
    if (!is_ignored(signal)) sigaddset(&held, signal);
  sigprocmask(SIG_BLOCK, &held, &before_);
}

HeldSignals::~HeldSignals() { sigprocmask(SIG_SETMASK, &before_, nullptr); }

bool HeldSignals::has_come() const {
  sigset_t pending;
  sigpending(&pending);
  for (const int signal : kEnding)
    if (sigismember(&pending, signal) == 1 && sigismember(&before_, signal) == 0) return true;
  return false;
}

}  // namespace cmd
