#include "cmd/shown_arguments.h"

#include <cstddef>
#include <string_view>

#include "crawler/without_credentials.h"

namespace cmd {
namespace {

/// The value of --proxy need not be a whole URL, and all before its host may be a password.
std::string proxy_without_credentials(const std::string& proxy) {
  const std::size_t at = proxy.rfind('@');
  if (at == std::string::npos) return proxy;
  const std::size_t scheme_end = proxy.find("://");
  const std::size_t begin = scheme_end == std::string::npos ? 0 : scheme_end + 3;
  return proxy.substr(0, begin) + "***" + proxy.substr(at);
}

/// Any header may be a password, whatever its name: "Authorization: ***".
std::string header_without_value(const std::string& header) {
  const std::size_t colon = header.find(':');
  return colon == std::string::npos ? header : header.substr(0, colon + 1) + " ***";
}

/// "-H", alone or after other letters: "-qH".
bool ends_in_header_flag(std::string_view argument) {
  return argument.starts_with('-') && !argument.starts_with("--") && argument.ends_with('H');
}

/// An argument as the database keeps it; `before`: the one before.
std::string shown(const std::string& argument, std::string_view before) {
  constexpr std::string_view proxy = "--proxy=";
  constexpr std::string_view header = "--header=";
  if (before == "--proxy") return proxy_without_credentials(argument);
  if (argument.starts_with(proxy))
    return "--proxy=" + proxy_without_credentials(argument.substr(proxy.size()));
  const bool is_header = before == "--header" || ends_in_header_flag(before) || argument.starts_with(header);
  const bool has_header = argument.starts_with('-') && argument.find('H') < argument.find(':');
  if (is_header || has_header) return header_without_value(argument);
  return crawler::without_credentials(argument);
}

}  // namespace

std::string shown_arguments(int argc, const char* const* argv) {
  std::string line;
  for (int i = 1; i < argc; ++i) {
    if (i > 1) line += ' ';
    line += shown(argv[i], argv[i - 1]);
  }
  return line;
}

}  // namespace cmd
