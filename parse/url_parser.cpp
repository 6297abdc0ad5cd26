// Url::parse_any: the standard's parser, for what is not plain (see plain_url.h).
#include <algorithm>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "parse/ascii.h"
#include "parse/byte_set.h"
#include "parse/host.h"
#include "parse/percent_encode.h"
#include "parse/url.h"
#include "parse/utf8.h"

namespace parse {
namespace {

constexpr ByteSet kSlashes("/\\");
constexpr ByteSet kPathEnds("?#");
constexpr ByteSet kAuthorityEnds = kSlashes | kPathEnds;
constexpr ByteSet kTabAndNewline("\t\n\r");
constexpr ByteSet kControlAndSpace(0x00, 0x20);
constexpr ByteSet kAlpha = ByteSet('A', 'Z') | ByteSet('a', 'z');
constexpr ByteSet kSchemeBytes = kAlpha | ByteSet("0123456789+-.");

enum class Scheme { http, https, other };

std::string_view trim(std::string_view text) {
  while (!text.empty() && kControlAndSpace.contains(text.front())) text.remove_prefix(1);
  while (!text.empty() && kControlAndSpace.contains(text.back())) text.remove_suffix(1);
  return text;
}

/// 1 for a segment that means "here", 2 for one that means "up", "%2e" being a spelling of '.'; else 0.
int count_dots(std::string_view segment) {
  int dots = 0;
  while (!segment.empty()) {
    const bool is_escaped = equals_ignoring_case(segment.substr(0, 3), "%2e");
    if (++dots > 2 || (segment.front() != '.' && !is_escaped)) return 0;
    segment.remove_prefix(is_escaped ? 3 : 1);
  }
  return dots;
}

}  // namespace

/// Reads one input from front to back; `rest_` is what is left of it, `url_` what it says so far.
class Url::Parser {
 public:
  Parser(std::string_view input, const Url* base) : rest_(input), base_(base) {}

  std::expected<Url, UrlError> run() {
    if (rest_.size() > max_length) return std::unexpected(UrlError::too_long);
    rest_ = trim(rest_);
    // The standard drops these inside of a URL too, for links broken over lines. Few hold any: no copy then.
    std::string kept;
    if (kTabAndNewline.find_in(rest_) < rest_.size()) {
      // First, lest what they kept apart become one sequence of UTF-8.
      kept = repair_utf8(rest_);
      std::erase_if(kept, [](char c) { return kTabAndNewline.contains(c); });
      rest_ = kept;
    }
    if (const std::optional<UrlError> error = read_url()) return std::unexpected(*error);
    if (url_.href_.size() > max_length) return std::unexpected(UrlError::too_long);
    return std::move(url_);
  }

 private:
  using Failure = std::optional<UrlError>;

  /// Takes "scheme:", or nothing where that is not how the input begins.
  std::optional<Scheme> take_scheme() {
    if (rest_.empty() || !kAlpha.contains(rest_.front())) return std::nullopt;
    std::size_t size = 1;
    while (size < rest_.size() && kSchemeBytes.contains(rest_[size])) ++size;
    if (size == rest_.size() || rest_[size] != ':') return std::nullopt;
    const std::string_view scheme = take(size);
    take(1);
    if (equals_ignoring_case(scheme, "https")) return Scheme::https;
    if (equals_ignoring_case(scheme, "http")) return Scheme::http;
    return Scheme::other;
  }

  // The standard's states "scheme start" to "special relative or authority".
  Failure read_url() {
    if (rest_.empty() && base_ == nullptr) return UrlError::empty;
    const std::optional<Scheme> scheme = take_scheme();
    if (scheme == Scheme::other) return UrlError::unsupported_scheme;
    if (!scheme) return base_ != nullptr ? read_relative() : UrlError::relative;
    const std::string_view name = scheme == Scheme::https ? "https" : "http";
    // "http:a" is relative on an http page, and absolute everywhere else; "http://a" is one of the relative
    // forms, the one that names a host.
    if (base_ != nullptr && base_->scheme() == name) return read_relative();
    return read_absolute(name);
  }

  // "special authority ignore slashes" and what follows; also "//host" on a page.
  Failure read_absolute(std::string_view scheme) {
    url_.href_.reserve(scheme.size() + rest_.size() + 4);
    url_.href_.append(scheme).append("://");
    while (!rest_.empty() && kSlashes.contains(rest_.front())) take(1);
    if (const Failure failure = read_authority()) return failure;
    read_path();
    read_query();
    read_fragment();
    return std::nullopt;
  }

  // "relative" and "relative slash": takes over as much of the base as the reference leaves unsaid.
  Failure read_relative() {
    const auto is_slash_at = [this](std::size_t i) {
      return i < rest_.size() && kSlashes.contains(rest_[i]);
    };
    if (is_slash_at(0) && is_slash_at(1)) return read_absolute(base_->scheme());
    if (rest_.empty() || rest_.front() == '#') {
      copy_base(base_->fragment_begin_);
    } else {
      if (rest_.front() == '?') {
        copy_base(base_->query_begin_);
      } else {
        copy_base(is_slash_at(0) ? base_->path_begin_ : base_->href_.rfind('/', base_->query_begin_ - 1));
        read_path();
      }
      read_query();
    }
    read_fragment();
    return std::nullopt;
  }

  /// Begins with the first `size` bytes of the base, which end at its path's beginning or later.
  void copy_base(std::size_t size) {
    // Room for the whole: one allocation for all but input that needs encoding.
    url_.begin_with(*base_, size, rest_.size() + 1);
  }

  // "authority", "host" and "port": [user[:password]@]host[:port]
  Failure read_authority() {
    std::string_view authority = take(kAuthorityEnds.find_in(rest_));
    const std::size_t at = authority.rfind('@');
    append_credentials(at == npos ? "" : authority.substr(0, at));
    if (at != npos) authority.remove_prefix(at + 1);

    // The colons of an IPv6 address are not the port's.
    const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
    const std::size_t colon = authority.find(':', bracket == npos ? 0 : bracket);
    url_.host_begin_ = offset();
    if (!append_host(authority.substr(0, colon), url_.href_)) return UrlError::bad_host;
    url_.host_end_ = offset();
    if (!append_port(colon == npos ? "" : authority.substr(colon + 1))) return UrlError::bad_port;
    url_.path_begin_ = offset();
    return std::nullopt;
  }

  void append_credentials(std::string_view credentials) {
    const std::size_t begin = url_.href_.size();
    const std::size_t colon = std::min(credentials.find(':'), credentials.size());
    append_percent_encoded(credentials.substr(0, colon), kUserinfoEncodeSet, url_.href_);
    url_.username_end_ = offset();
    if (colon + 1 < credentials.size()) {
      url_.href_.push_back(':');
      append_percent_encoded(credentials.substr(colon + 1), kUserinfoEncodeSet, url_.href_);
    }
    if (url_.href_.size() > begin) url_.href_.push_back('@');
  }

  bool append_port(std::string_view digits) {
    url_.port_ = default_port(url_.scheme());
    if (digits.empty()) return true;
    unsigned port = 0;  // told too large before it can overflow
    for (const char c : digits) {
      if (c < '0' || c > '9') return false;
      port = port * 10 + static_cast<unsigned>(c - '0');
      if (port > 0xFFFF) return false;
    }
    if (port == url_.port_) return true;
    url_.port_ = static_cast<std::uint16_t>(port);
    url_.href_.append(":").append(std::to_string(port));
    return true;
  }

  // "path start" and "path": appends the segments of `rest_` to the path so far, which ends before a '/'.
  // What "up" takes off was appended once, so all of it stays linear.
  void read_path() {
    if (!rest_.empty() && kSlashes.contains(rest_.front())) take(1);
    std::string_view path = take(kPathEnds.find_in(rest_));
    for (bool is_last = false; !is_last;) {
      const std::size_t size = kSlashes.find_in(path);
      const std::string_view segment = path.substr(0, size);
      is_last = size == path.size();
      path.remove_prefix(is_last ? size : size + 1);
      const int dots = count_dots(segment);
      if (dots == 2 && url_.href_.size() > url_.path_begin_) url_.href_.resize(url_.href_.rfind('/'));
      if (dots == 0 || is_last) url_.href_.push_back('/');
      if (dots == 0) append_percent_encoded(segment, kPathEncodeSet, url_.href_);
    }
  }

  void read_query() {
    url_.query_begin_ = offset();
    if (!rest_.starts_with('?')) return;
    take(1);
    url_.href_.push_back('?');
    append_percent_encoded(take(rest_.find('#')), kQueryEncodeSet, url_.href_);
  }

  void read_fragment() {
    url_.fragment_begin_ = offset();
    if (!rest_.starts_with('#')) return;
    take(1);
    url_.href_.push_back('#');
    append_percent_encoded(rest_, kFragmentEncodeSet, url_.href_);
  }

  std::string_view take(std::size_t size) {
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(taken.size());
    return taken;
  }

  std::uint32_t offset() const { return static_cast<std::uint32_t>(url_.href_.size()); }

  static constexpr std::size_t npos = std::string_view::npos;

  std::string_view rest_;
  const Url* base_;
  Url url_;
};

std::expected<Url, UrlError> Url::parse_any(std::string_view input, const Url* base) {
  return Parser(input, base).run();
}

}  // namespace parse
