// Several errors at once: what a TaskGroup throws.
//
//   try { co_await task_group(body); }
//   catch (const ExceptionGroup& group) {
//     for (const std::exception_ptr& error : group.exceptions()) report(error);
//   }
//   catch (const ExceptionGroup& group) {                       // except* std::runtime_error
//     const auto [known, rest] = group.split<std::runtime_error>();
//     if (known) report(*known);
//     if (rest) throw *rest;
//   }
//
// Contract: never empty; the order is that in which the errors came. what() is "message (2 sub-exceptions)",
// followed by a line for each. Source: https://docs.python.org/3/library/exceptions.html#exception-groups
#pragma once

#include <concepts>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crawler::async {

class ExceptionGroup : public std::exception {
 public:
  /// Throws std::invalid_argument if there are no exceptions.
  ExceptionGroup(std::string message, std::vector<std::exception_ptr> exceptions);

  const char* what() const noexcept override { return what_.c_str(); }
  const std::string& message() const { return message_; }
  const std::vector<std::exception_ptr>& exceptions() const { return exceptions_; }

  using Parts = std::pair<std::optional<ExceptionGroup>, std::optional<ExceptionGroup>>;
  /// The errors that are an E, and the others. Groups in the group keep their place and message in each part;
  /// a part without errors is nothing.
  template <class E>
  Parts split() const {
    if constexpr (std::derived_from<ExceptionGroup, E>) return {*this, std::nullopt};
    return split(&is_an<E>);
  }
  /// The first part of split().
  template <class E>
  std::optional<ExceptionGroup> subgroup() const {
    return split<E>().first;
  }

 private:
  template <class E>
  static bool is_an(const std::exception_ptr& error) {
    try {
      std::rethrow_exception(error);
    } catch (const E&) {
      return true;
    } catch (...) {
      return false;
    }
  }
  Parts split(bool (*matches)(const std::exception_ptr&)) const;

  std::string message_;
  std::vector<std::exception_ptr> exceptions_;
  std::string what_;
};

/// One line for people on any exception, Cancelled included.
std::string describe(const std::exception_ptr& error);

}  // namespace crawler::async
