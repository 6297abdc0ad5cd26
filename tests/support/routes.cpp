#include "tests/support/routes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <zlib.h>

namespace test_support {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kChunkedHead =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n";
constexpr std::uint64_t kMaxLarge = std::uint64_t{1} << 40;

struct Request {
  std::string_view path;  // what follows the route's name, without the leading '/': "200/page/7"
  std::string_view query;
};

std::uint64_t number_in(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string page_html(std::string_view name) {
  const std::uint64_t number = number_in(name);
  std::string html = "<!doctype html><html lang=en><head><title>Page " + std::string(name) +
                     "</title><meta name=description content='The page " + std::string(name) +
                     "'></head><body><h1>Page " + std::string(name) + "</h1><p>This is the text of page " +
                     std::string(name) + ".</p>";
  for (std::uint64_t next = number + 1; next <= number + 3; ++next) {
    html += "<a href='/page/" + std::to_string(next) + "'>Page " + std::to_string(next) + "</a> ";
  }
  return html + "</body></html>";
}

Script page(const Request& request) { return script_of({.body = page_html(request.path)}); }

Script delay(const Request& request) {
  const std::size_t end = std::min(request.path.find('/'), request.path.size());
  const std::string_view rest = request.path.substr(end);
  Script script = script_for(rest);
  // "/delay/20/17" stands for "/delay/20/page/17": a list needs many paths that differ.
  if (rest.empty() || rest.find_first_not_of("/0123456789") == std::string_view::npos) {
    script = page({.path = rest.empty() ? rest : rest.substr(1), .query = {}});
  }
  script.steps.insert(script.steps.begin(), Step{.wait = milliseconds(number_in(request.path)), .bytes = {}});
  return script;
}

Script status(const Request& request) {
  return script_of({.status = static_cast<int>(number_in(request.path)),
                    .body = "<title>Status " + std::string(request.path) + "</title>"});
}

Script large(const Request& request) {
  const std::uint64_t size = std::min(number_in(request.path), kMaxLarge);
  std::string block(64 * 1024, 'x');
  for (std::size_t end = 79; end < block.size(); end += 80) block[end] = '\n';
  const std::string rest = block.substr(0, static_cast<std::size_t>(size % block.size()));
  const std::string head =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n";
  const std::uint64_t blocks = size / block.size();
  return {.steps = {{.bytes = head}, {.bytes = std::move(block), .times = blocks}, {.bytes = rest}}};
}

Script charset(const Request& request) {
  struct Sample {
    std::string_view label;
    std::string_view title;
  };
  static constexpr std::array kSamples = {
      Sample{"shift_jis", "\x93\xfa\x96\x7b"}, Sample{"euc-jp", "\xc6\xfc\xcb\xdc"},
      Sample{"gbk", "\xd6\xd0\xce\xc4"},       Sample{"big5", "\xa4\xa4\xa4\xe5"},
      Sample{"euc-kr", "\xc7\xd1\xb1\xb9"},    Sample{"koi8-r", "\xed\xc9\xd2"},
      Sample{"windows-1252", "caf\xe9 \x80"},
  };
  const auto* sample = std::ranges::find(kSamples, request.path, &Sample::label);
  if (sample == kSamples.end()) return script_of({.status = 404});
  return script_of({.body = "<title>" + std::string(sample->title) + "</title>",
                    .content_type = "text/html; charset=" + std::string(sample->label)});
}

Script binary(const Request&) {
  std::string body(512, '\0');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i);
  return script_of({.body = body, .content_type = "application/octet-stream"});
}

Script empty(const Request&) { return script_of({}); }
Script no_content_type(const Request&) {
  return script_of({.body = page_html("untyped"), .content_type = ""});
}

Script redirect_to(std::string_view location) {
  return script_of({.status = 302, .headers = {"Location: " + std::string(location)}});
}

Script redirect(const Request& request) {
  const std::uint64_t hops = number_in(request.path);
  return redirect_to(hops <= 1 ? "/page/0" : "/redirect/" + std::to_string(hops - 1));
}

Script redirect_query(const Request& request) { return redirect_to(request.query); }

Script redirect_loop(const Request& request) {
  return redirect_to(request.path.empty() ? "/redirect-loop/back" : "/redirect-loop");
}

Script never(const Request&) { return {.steps = {}, .ending = Ending::hang}; }

Script slow_header(const Request&) {
  return {.steps = {{.bytes = "HTTP/1.1 200 OK\r\nX-Slow: "},
                    {.wait = milliseconds(100), .bytes = "x", .times = 1000}}};
}

Script slow_body(const Request&) {
  return {.steps = {{.bytes = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n"},
                    {.wait = milliseconds(100), .bytes = "x", .times = 1000}}};
}

Script reset(const Request&) { return {.steps = {}, .ending = Ending::reset}; }
Script close_early(const Request&) { return {.steps = {}, .ending = Ending::close}; }

Script truncated(const Request&) {
  return {.steps = {{.bytes = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n"
                              "<title>Half a page</title>"}},
          .ending = Ending::close};
}

Script bad_chunk(const Request&) {
  return {.steps = {{.bytes = std::string(kChunkedHead) + "\r\n5\r\nhello\r\nnot a length\r\nhello"}},
          .ending = Ending::close};
}

Script http09(const Request&) {
  return {.steps = {{.bytes = "<title>No status line, no header</title>"}}, .ending = Ending::close};
}

Script chunked(const Request&) {
  return {.steps = {{.bytes = std::string(kChunkedHead) +
                              "\r\n5\r\nhello\r\n7;a=b\r\n, world\r\n0\r\nA: 1\r\n\r\n"}}};
}

Script gzip(const Request&) {
  // "aaaa…", 1,000 of them, by gzip -9n.
  static constexpr std::string_view kBody(
      "\x1f\x8b\x08\0\0\0\0\0\x02\x03\x4b\x4c\x1c\x05\xa3\x60\x14\x0c\x77\0\0\x03\xda\x38\x9a\xe8\x03\0\0",
      29);
  return script_of({.body = std::string(kBody), .headers = {"Content-Encoding: gzip"}});
}

Script many_headers(const Request&) {
  return script_of(
      {.body = "hello",
       .headers = {"ETag: \"1\"", "X-Folded: a\r\n b", "X-Empty:", "Set-Cookie: a=1", "Set-Cookie: b=2"}});
}

std::string bytes_of(const Script& script) {
  std::string bytes;
  for (const Step& step : script.steps)
    for (std::uint64_t i = 0; i < step.times; ++i) bytes += step.bytes;
  return bytes;
}

/// "20/page/7" for the first 20 bytes of what /page/7 says.
Script cut_script(const Request& request, Ending ending) {
  const std::size_t end = std::min(request.path.find('/'), request.path.size());
  const std::string whole = bytes_of(script_for(request.path.substr(end)));
  const auto length = std::min<std::uint64_t>(number_in(request.path), whole.size());
  return {.steps = {{.bytes = whole.substr(0, static_cast<std::size_t>(length))}}, .ending = ending};
}

Script cut(const Request& request) { return cut_script(request, Ending::close); }
Script cut_by_reset(const Request& request) { return cut_script(request, Ending::reset); }

Script dribble(const Request& request) {
  Script script = script_for("/" + std::string(request.path));
  const std::string whole = bytes_of(script);
  script.steps.clear();
  for (const char byte : whole) script.steps.push_back({.wait = milliseconds(1), .bytes = {byte}});
  return script;
}

Script endless(const Request&) {
  const std::string chunk = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
  return {.steps = {{.bytes = std::string(kChunkedHead) + "\r\n"}, {.bytes = chunk, .times = kMaxLarge}}};
}

/// A megabyte of zeros as a self-contained piece of a deflate stream: repeated, it is a stream of any length.
std::string deflated_megabyte() {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("deflateInit2");
  }
  std::string zeros(1024 * 1024, '\0');
  std::string packed(16 * 1024, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(zeros.data());
  stream.avail_in = static_cast<uInt>(zeros.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  // A full flush ends on a byte and forgets the window, so that the next piece does not depend on this one.
  deflate(&stream, Z_FULL_FLUSH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string chunk_of(std::string_view bytes) {
  std::array<char, 16> length{};
  const auto hex = std::to_chars(length.begin(), length.end(), bytes.size(), 16);
  return std::string(length.data(), hex.ptr) + "\r\n" + std::string(bytes) + "\r\n";
}

/// `first`, and then 10 GB as pieces of a megabyte each.
Script bomb(std::string_view encoding, std::string_view first, std::string_view megabyte) {
  return {.steps = {{.bytes = std::string(kChunkedHead) + "Content-Encoding: " + std::string(encoding) +
                              "\r\n\r\n" + chunk_of(first)},
                    {.bytes = chunk_of(megabyte), .times = 10 * 1024}},
          .ending = Ending::close};
}

Script gzip_bomb(const Request&) {
  static const std::string megabyte = deflated_megabyte();
  return bomb("gzip", {"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", 10}, megabyte);
}

// Each by libbrotlienc at quality 9 and a window of 2^18, flushed.
Script br_bomb(const Request&) {
  static constexpr std::string_view kFirst(
      "\xa3\xff\xff\x03\x40\x02\x20\x1e\x0b\x24\xf7\xfe\x40\xff\xff\x07\x80\x04\x40\x1c\x16\x80\xee\xfd\x81"
      "\x01",
      26);
  static constexpr std::string_view kMegabyte(
      "\xfa\xff\x3f\x00\x24\x00\xe2\xb0\x00\x74\xef\x0f\xf4\xff\x7f\x00\x48\x00\xc4\x61\x01\xe8\xde\x1f\x18",
      25);
  return bomb("br", kFirst, kMegabyte);
}

// RFC 8878, 3.1.1: a frame with a window of 128 MB, the most that decoders take, and blocks of 128 kB that
// each say one byte over and over.
Script zstd_bomb(const Request&) {
  static constexpr std::string_view kFrameHeader("\x28\xb5\x2f\xfd\x00\x88", 6);
  static constexpr std::string_view kBlock("\x02\x00\x10\x00", 4);
  std::string megabyte;
  for (int i = 0; i < 8; ++i) megabyte += kBlock;
  return bomb("zstd", kFrameHeader, megabyte);
}

Script nested(const Request& request) {
  std::string encodings = "gzip";
  for (std::uint64_t n = std::min<std::uint64_t>(number_in(request.path), 1000); n > 1; --n)
    encodings += ", gzip";
  return script_of({.body = "no matter", .headers = {"Content-Encoding: " + encodings}});
}

Script nested_lines(const Request& request) {
  const auto lines = std::min<std::uint64_t>(number_in(request.path), 1000);
  return script_of(
      {.body = "no matter", .headers = {static_cast<std::size_t>(lines), "Content-Encoding: gzip"}});
}

/// `line` over and over inside a head that never ends.
Script flood(std::string_view first, std::string_view line) {
  std::string block;
  while (block.size() < 64 * 1024) block += line;
  return {.steps = {{.bytes = std::string(first)}, {.bytes = std::move(block), .times = 16 * 1024}},
          .ending = Ending::close};
}

Script header_flood(const Request&) { return flood("HTTP/1.1 200 OK\r\n", "X-Flood: more and more\r\n"); }
Script continue_flood(const Request&) { return flood("", "HTTP/1.1 100 Continue\r\n\r\n"); }

Script huge_header(const Request&) {
  return {.steps = {{.bytes = "HTTP/1.1 200 OK\r\nX-Huge: "},
                    {.bytes = std::string(64 * 1024, 'h'), .times = 160},
                    {.bytes = "\r\nContent-Length: 0\r\n\r\n"}}};
}

struct Route {
  std::string_view name;
  Script (*script)(const Request&);
};

constexpr std::array kRoutes = {
    Route{"page", page},
    Route{"delay", delay},
    Route{"status", status},
    Route{"large", large},
    Route{"charset", charset},
    Route{"binary", binary},
    Route{"empty", empty},
    Route{"no-content-type", no_content_type},
    Route{"redirect", redirect},
    Route{"redirect-to", redirect_query},
    Route{"redirect-loop", redirect_loop},
    Route{"never", never},
    Route{"slow-header", slow_header},
    Route{"slow-body", slow_body},
    Route{"reset", reset},
    Route{"close-early", close_early},
    Route{"truncated", truncated},
    Route{"bad-chunk", bad_chunk},
    Route{"http09", http09},
    Route{"endless", endless},
    Route{"chunked", chunked},
    Route{"gzip", gzip},
    Route{"many-headers", many_headers},
    Route{"cut", cut},
    Route{"cut-by-reset", cut_by_reset},
    Route{"dribble", dribble},
    Route{"gzip-bomb", gzip_bomb},
    Route{"br-bomb", br_bomb},
    Route{"zstd-bomb", zstd_bomb},
    Route{"nested", nested},
    Route{"nested-lines", nested_lines},
    Route{"header-flood", header_flood},
    Route{"huge-header", huge_header},
    Route{"continue-flood", continue_flood},
};

}  // namespace

Script script_for(std::string_view target) {
  const std::size_t question = std::min(target.find('?'), target.size());
  const std::string_view query = target.substr(std::min(question + 1, target.size()));
  std::string_view path = target.substr(0, question);
  if (path.starts_with('/')) path.remove_prefix(1);
  const std::size_t end = std::min(path.find('/'), path.size());
  const auto* route = std::ranges::find(kRoutes, path.substr(0, end), &Route::name);
  if (route == kRoutes.end()) return script_of({.status = 404});
  return route->script({.path = path.substr(std::min(end + 1, path.size())), .query = query});
}

}  // namespace test_support
