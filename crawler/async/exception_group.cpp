#include "crawler/async/exception_group.h"

#include <stdexcept>
#include <utility>

#include "crawler/async/cancelled.h"

namespace crawler::async {

ExceptionGroup::ExceptionGroup(std::string message, std::vector<std::exception_ptr> exceptions)
    : message_(std::move(message)), exceptions_(std::move(exceptions)) {
  if (exceptions_.empty()) throw std::invalid_argument("an exception group needs at least one exception");
  what_ = message_ + " (" + std::to_string(exceptions_.size()) + " sub-exception" +
          (exceptions_.size() == 1 ? ")" : "s)");
  for (const std::exception_ptr& error : exceptions_) what_ += "\n  " + describe(error);
}

ExceptionGroup::Parts ExceptionGroup::split(bool (*matches)(const std::exception_ptr&)) const {
  std::vector<std::exception_ptr> matching;
  std::vector<std::exception_ptr> rest;
  for (const std::exception_ptr& error : exceptions_) {
    if (matches(error)) {
      matching.push_back(error);
      continue;
    }
    try {
      std::rethrow_exception(error);
    } catch (const ExceptionGroup& group) {
      const Parts parts = group.split(matches);
      if (parts.first) matching.push_back(std::make_exception_ptr(*parts.first));
      if (parts.second) rest.push_back(std::make_exception_ptr(*parts.second));
    } catch (...) {
      rest.push_back(error);
    }
  }
  const auto part_of = [this](std::vector<std::exception_ptr> errors) -> std::optional<ExceptionGroup> {
    if (errors.empty()) return std::nullopt;
    return ExceptionGroup(message_, std::move(errors));
  };
  return {part_of(std::move(matching)), part_of(std::move(rest))};
}

std::string describe(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& e) {
    return e.what();
  } catch (const Cancelled& cancelled) {
    return cancelled.message.empty() ? "cancelled" : "cancelled: " + cancelled.message;
  } catch (...) {
    return "an exception of an unknown type";
  }
}

}  // namespace crawler::async
