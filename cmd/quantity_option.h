// An option whose value is a number with a unit, or anything else that a function reads.
//
//   add_quantity(app, "--timeout", read_positive_duration, config.timeout, "for one attempt");
//
// Contract: text that the function does not read is bad usage. The target outlives the parsing.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "cmd/quantity.h"

namespace cmd {

/// Calls `read` with the option's text, and refuses the text if it gives nothing.
template <class Read, class Target>
CLI::Option* add_quantity(CLI::App& app, const std::string& names, Read read, Target& target,
                          const std::string& help) {
  return app.add_option_function<std::string>(
      names,
      [read, &target, names](const std::string& text) {
        const auto value = read(text);
        if (!value) throw CLI::ValidationError(names, "not understood: '" + text + "'");
        target = *value;
      },
      help);
}

inline std::optional<std::chrono::milliseconds> read_positive_duration(std::string_view text) {
  const auto duration = read_duration(text);
  if (!duration || duration->count() == 0) return std::nullopt;
  return duration;
}

inline std::optional<std::size_t> read_positive_size(std::string_view text) {
  const auto size = read_size(text);
  if (!size || *size == 0) return std::nullopt;
  return size;
}

}  // namespace cmd
