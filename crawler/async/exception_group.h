// Several errors at once: what a TaskGroup throws.
//
//   try { co_await task_group(body); }
//   catch (const ExceptionGroup& group) {
//     for (const std::exception_ptr& error : group.exceptions()) report(error);
//   }
//
// Contract: never empty; the order is that in which the errors came. what() is "message (2 sub-exceptions)",
// followed by a line for each. Source: https://docs.python.org/3/library/exceptions.html#exception-groups
#pragma once

#include <exception>
#include <string>
#include <vector>

namespace crawler::async {

class ExceptionGroup : public std::exception {
 public:
  /// Throws std::invalid_argument if there are no exceptions.
  ExceptionGroup(std::string message, std::vector<std::exception_ptr> exceptions);

  const char* what() const noexcept override { return what_.c_str(); }
  const std::string& message() const { return message_; }
  const std::vector<std::exception_ptr>& exceptions() const { return exceptions_; }

 private:
  std::string message_;
  std::vector<std::exception_ptr> exceptions_;
  std::string what_;
};

/// One line for people on any exception, Cancelled included.
std::string describe(const std::exception_ptr& error);

}  // namespace crawler::async
