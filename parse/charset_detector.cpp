#include "parse/charset_detector.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <uchardet.h>

#include "parse/ascii.h"
#include "parse/utf8.h"

namespace parse {
namespace {

constexpr std::size_t kSampleBytes = 1024;
/// Fewer letters say nothing of a language in Latin script: uchardet then takes quotation marks and dashes
/// for Polish.
constexpr std::ptrdiff_t kLatinEvidence = 8;

/// In other encodings hardly every third pair of bytes is UTF-8 by chance.
constexpr std::ptrdiff_t kCharactersPerError = 8;

struct Guess {
  std::string_view reported;
  std::string_view encoding;
  std::string_view windows = {};  // what bytes from 0x80 to 0x9F turn it into
  bool is_latin = false;
};

/// What uchardet may say, and what is made of it. KOI8-U has the letters of KOI8-R and four more; ISO-8859-16
/// is Romanian, for which pages use ISO-8859-2.
constexpr auto kGuesses = std::to_array<Guess>({
    {"BIG5", "Big5"},
    {"EUC-JP", "EUC-JP"},
    {"EUC-KR", "EUC-KR"},
    {"UHC", "EUC-KR"},
    {"GB18030", "gb18030"},
    {"SHIFT_JIS", "Shift_JIS"},
    {"IBM866", "IBM866"},
    {"KOI8-R", "KOI8-U"},
    {"TIS-620", "windows-874"},
    {"ISO-8859-11", "windows-874"},
    {"ISO-8859-5", "ISO-8859-5"},
    {"ISO-8859-6", "ISO-8859-6", "windows-1256"},
    {"ISO-8859-7", "ISO-8859-7", "windows-1253"},
    {"ISO-8859-8", "ISO-8859-8", "windows-1255"},
    {"WINDOWS-1251", "windows-1251"},
    {"WINDOWS-1253", "windows-1253"},
    {"WINDOWS-1255", "windows-1255"},
    {"WINDOWS-1256", "windows-1256"},
    {"ISO-8859-2", "ISO-8859-2", "windows-1250", true},
    {"ISO-8859-16", "ISO-8859-2", "windows-1250", true},
    {"ISO-8859-9", "windows-1254", {}, true},
    {"ISO-8859-13", "ISO-8859-13", "windows-1257", true},
    {"WINDOWS-1250", "windows-1250", {}, true},
    {"WINDOWS-1257", "windows-1257", {}, true},
    {"WINDOWS-1258", "windows-1258", {}, true},
});

constexpr std::string_view kLastResort = "windows-1252";

struct Delete {
  void operator()(uchardet_t detector) const { uchardet_delete(detector); }
};
using Detector = std::unique_ptr<uchardet, Delete>;

constexpr bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// What ends a word: none of the encodings guessed has such a byte inside a character.
constexpr bool is_separator(char c) { return !is_high(c) && (c < '0' || c == '<' || c == '>'); }

/// Words from their first byte from 0x80 on, each with a space after it; the last one may be cut.
std::string sample_of(std::string_view bytes) {
  std::string sample;
  std::size_t at = 0;
  while (sample.size() < kSampleBytes) {
    const std::size_t high = at + ascii_prefix(bytes.substr(at));
    if (high == bytes.size()) break;
    const std::size_t limit = std::min(bytes.size(), high + kSampleBytes - sample.size());
    std::size_t end = high;
    while (end < limit && !is_separator(bytes[end])) ++end;
    sample += bytes.substr(high, end - high);
    if (end == limit) break;
    sample += ' ';
    at = end;
  }
  return sample;
}

/// Whether it is UTF-8 but for what is cut off at its end and a stray byte here and there, and says so by one
/// character at least.
bool shows_utf8(std::string_view sample) {
  std::ptrdiff_t characters = 0;
  std::ptrdiff_t errors = 0;
  for (;;) {
    const std::string_view valid = sample.substr(0, utf8_prefix(sample));
    characters += std::ranges::count_if(valid, [](char c) { return static_cast<unsigned char>(c) >= 0xC0; });
    sample.remove_prefix(valid.size());
    if (sample.size() < kLongestUtf8) return characters > kCharactersPerError * errors;
    ++errors;
    sample.remove_prefix(1);
  }
}

std::string ask_uchardet(std::string_view sample) {
  const Detector detector(uchardet_new());
  if (!detector || uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return "";
  uchardet_data_end(detector.get());
  return uchardet_get_charset(detector.get());
}

}  // namespace

std::string_view guess_encoding(std::string_view bytes) {
  const std::string sample = sample_of(bytes);
  if (shows_utf8(sample)) return "UTF-8";
  const std::string reported = ask_uchardet(sample);
  const auto guess = std::ranges::find_if(
      kGuesses, [&](const Guess& known) { return equals_ignoring_case(known.reported, reported); });
  if (guess == kGuesses.end()) return kLastResort;

  const bool has_controls =
      std::ranges::any_of(sample, [](char c) { return is_high(c) && static_cast<unsigned char>(c) < 0xA0; });
  if (guess->is_latin && std::ranges::count_if(sample, is_high) < kLatinEvidence) return kLastResort;
  return has_controls && !guess->windows.empty() ? guess->windows : guess->encoding;
}

}  // namespace parse
