// Signals that would end the process wait until what is to be cleaned up is.
//
//   const HeldSignals held;
//   FileDraft draft(file);                          // goes before the signals are let through
//   while (!held.has_come() && has_more) draft.write(…);
//
// Contract: SIGINT, SIGTERM and SIGHUP, but for those that are ignored. What came takes its effect in the
// destructor, which then does not return. For a process of one thread. Source: sigprocmask(2)
#pragma once

#include <signal.h>

namespace cmd {

class HeldSignals {
 public:
  HeldSignals();
  ~HeldSignals();
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

  bool has_come() const;

 private:
  sigset_t before_;
};

}  // namespace cmd
