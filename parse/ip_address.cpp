#include "parse/ip_address.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <limits>

#include "parse/ascii.h"
#include "parse/percent_encode.h"

namespace parse {
namespace {

constexpr std::uint64_t kBeyondAddresses = std::uint64_t{std::numeric_limits<std::uint32_t>::max()} + 1;

std::string_view without_final_dot(std::string_view domain) {
  if (domain.ends_with('.')) domain.remove_suffix(1);
  return domain;
}

/// One part of an IPv4 address; values too large for any address count as kBeyondAddresses.
std::optional<std::uint64_t> parse_ipv4_part(std::string_view part) {
  if (part.empty()) return std::nullopt;
  int base = 10;
  if (part.starts_with("0x") || part.starts_with("0X")) {
    base = 16;
    part.remove_prefix(2);
  } else if (part.size() > 1 && part.front() == '0') {
    base = 8;
    part.remove_prefix(1);
  }
  std::uint64_t value = 0;
  for (const char c : part) {
    const int digit = hex_value(c);
    if (digit < 0 || digit >= base) return std::nullopt;
    value = std::min(value * static_cast<unsigned>(base) + static_cast<unsigned>(digit), kBeyondAddresses);
  }
  return value;
}

/// The IPv4 address at the end of an IPv6 one: four decimal numbers without leading zeros.
std::optional<std::uint32_t> parse_embedded_ipv4(std::string_view text) {
  std::uint32_t address = 0;
  for (int number = 0; number < 4; ++number) {
    if (number > 0) {
      if (!text.starts_with('.')) return std::nullopt;
      text.remove_prefix(1);
    }
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const auto size = static_cast<std::size_t>(end - text.begin());
    if (size == 0 || size > 3 || (size > 1 && text.front() == '0')) return std::nullopt;
    std::uint32_t value = 0;
    std::from_chars(text.data(), text.data() + size, value);
    if (value > 255) return std::nullopt;
    address = address << 8 | value;
    text.remove_prefix(size);
  }
  if (!text.empty()) return std::nullopt;
  return address;
}

struct ZeroRun {
  std::size_t begin = 0;
  std::size_t size = 0;
};

ZeroRun longest_zero_run(const Ipv6Pieces& pieces) {
  ZeroRun longest;
  ZeroRun run;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    run = pieces[i] == 0 ? ZeroRun{i - run.size, run.size + 1} : ZeroRun{i + 1, 0};
    if (run.size > longest.size) longest = run;
  }
  return longest;
}

void append_number(std::uint32_t value, int base, std::string& out) {
  std::array<char, 10> digits{};
  const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), value, base);
  out.append(digits.data(), result.ptr);
}

}  // namespace

bool ends_in_number(std::string_view domain) {
  domain = without_final_dot(domain);
  const std::string_view label = domain.substr(domain.rfind('.') + 1);
  // Every number begins with a digit, and few names' last labels do.
  if (label.empty() || !is_digit(label.front())) return false;
  return std::ranges::all_of(label, is_digit) || parse_ipv4_part(label).has_value();
}

std::optional<std::uint32_t> parse_ipv4(std::string_view domain) {
  domain = without_final_dot(domain);
  std::uint64_t address = 0;
  for (unsigned parts_left = 4; parts_left > 0; --parts_left) {
    const std::size_t dot = domain.find('.');
    const std::optional<std::uint64_t> part = parse_ipv4_part(domain.substr(0, dot));
    if (!part) return std::nullopt;
    if (dot == std::string_view::npos) {
      // The last part fills all the bytes that the others left.
      if (*part >= std::uint64_t{1} << (8 * parts_left)) return std::nullopt;
      return static_cast<std::uint32_t>((address << (8 * parts_left)) | *part);
    }
    if (*part > 255) return std::nullopt;
    address = address << 8 | *part;
    domain.remove_prefix(dot + 1);
  }
  return std::nullopt;
}

std::optional<Ipv6Pieces> parse_ipv6(std::string_view text) {
  Ipv6Pieces pieces{};
  std::size_t count = 0;
  std::optional<std::size_t> compressed_at;
  if (text.starts_with(':')) {
    if (!text.starts_with("::")) return std::nullopt;
    text.remove_prefix(2);
    compressed_at = ++count;
  }
  while (!text.empty()) {
    if (count == pieces.size()) return std::nullopt;
    if (text.front() == ':') {
      if (compressed_at) return std::nullopt;
      text.remove_prefix(1);
      compressed_at = ++count;
      continue;
    }
    std::size_t digits = 0;
    unsigned value = 0;
    while (digits < 4 && digits < text.size() && hex_value(text[digits]) >= 0) {
      value = value * 16 + static_cast<unsigned>(hex_value(text[digits++]));
    }
    if (digits < text.size() && text[digits] == '.') {
      const std::optional<std::uint32_t> tail = parse_embedded_ipv4(text);
      if (!tail || count > 6) return std::nullopt;
      pieces[count++] = static_cast<std::uint16_t>(*tail >> 16);
      pieces[count++] = static_cast<std::uint16_t>(*tail & 0xFFFF);
      break;
    }
    text.remove_prefix(digits);
    if (!text.empty()) {
      if (text.front() != ':' || text.size() == 1) return std::nullopt;
      text.remove_prefix(1);
    }
    pieces[count++] = static_cast<std::uint16_t>(value);
  }
  if (!compressed_at && count != pieces.size()) return std::nullopt;
  if (compressed_at) {
    // What stands after "::" belongs at the end.
    const auto begin = pieces.begin();
    std::rotate(begin + *compressed_at, begin + count, pieces.end());
  }
  return pieces;
}

void append_ipv4(std::uint32_t address, std::string& out) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    append_number(address >> shift & 0xFF, 10, out);
    if (shift > 0) out.push_back('.');
  }
}

void append_ipv6(const Ipv6Pieces& pieces, std::string& out) {
  const ZeroRun run = longest_zero_run(pieces);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (run.size > 1 && i == run.begin) {
      out.append(i == 0 ? "::" : ":");
      i += run.size - 1;
      continue;
    }
    append_number(pieces[i], 16, out);
    if (i + 1 < pieces.size()) out.push_back(':');
  }
}

}  // namespace parse
