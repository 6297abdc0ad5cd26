#include "tests/support/synthetic_snare.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace test_support {
namespace {

constexpr std::uint32_t kSessionPages = 10;

std::string link_to(std::string_view reference) {
  return "<p><a href=\"" + std::string(reference) + "\">on</a></p>\n";
}

Answer page_with(std::string_view links) {
  return {.body = "<!doctype html><title>A snare</title>\n" + std::string(links)};
}

Answer calendar(std::string_view target) {
  const std::uint32_t day = number_after("/cal/", target);
  if (day == kNoNumber) return page_with(link_to("/cal/1"));
  return page_with(link_to("/cal/" + std::to_string(day + 1)));
}

Answer orders() {
  std::array<std::string_view, 3> parameters = {"a=1", "b=2", "c=3"};
  std::string links;
  do {
    std::string reference = "/list?";
    for (const std::string_view parameter : parameters) reference += std::string(parameter) + "&amp;";
    reference.resize(reference.size() - std::string_view("&amp;").size());
    links += link_to(reference);
  } while (std::ranges::next_permutation(parameters).found);
  return page_with(links);
}

Answer sessions(std::string_view target) {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  for (const char c : target) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return page_with(link_to("/s/" + std::to_string(hash % kSessionPages) + "?sid=" + std::to_string(hash)));
}

Answer busy(std::string_view target, std::uint32_t asked_before) {
  if (asked_before == 0) return {.status = 429, .headers = {"Retry-After: 1"}};
  if (target != "/") return page_with("");
  std::string links;
  for (std::uint32_t page = 0; page < kBusyPages; ++page)
    links += link_to(std::string(kBusyFolder) + std::to_string(page));
  return page_with(links);
}

}  // namespace

std::uint32_t number_after(std::string_view folder, std::string_view target) {
  if (!target.starts_with(folder)) return kNoNumber;
  target.remove_prefix(folder.size());
  std::uint32_t number = 0;
  const auto [rest, error] = std::from_chars(target.data(), target.data() + target.size(), number);
  const bool is_number = error == std::errc() && rest == target.data() + target.size();
  const bool has_spare_zero = target.size() > 1 && target.starts_with('0');
  return is_number && !has_spare_zero ? number : kNoNumber;
}

Answer snare_answer(Snare snare, std::string_view target, std::uint32_t asked_before) {
  if (target == "/robots.txt") return {.status = snare == Snare::closed ? 500 : 404};
  switch (snare) {
    case Snare::calendar:
      return calendar(target);
    case Snare::spiral:
      return page_with(link_to("a/"));
    case Snare::orders:
      return orders();
    case Snare::sessions:
      return sessions(target);
    case Snare::closed:
      return page_with("");
    case Snare::busy:
      return busy(target, asked_before);
  }
  std::unreachable();
}

Duty snare_duty(Snare snare, std::string_view target) {
  if (target == "/robots.txt") return Duty::robots;
  switch (snare) {
    case Snare::closed:
      return Duty::never;
    case Snare::busy:
      return target == "/" || number_after(kBusyFolder, target) < kBusyPages ? Duty::twice : Duty::never;
    case Snare::calendar:
    case Snare::spiral:
    case Snare::orders:
    case Snare::sessions:
      return target == "/" ? Duty::once : Duty::snare;
  }
  std::unreachable();
}

}  // namespace test_support
