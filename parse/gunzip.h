// A gzip stream, unpacked a piece at a time.
//
//   Gunzip gunzip;
//   bytes = gunzip.read(bytes, out, 64 * 1024);  // out has at most 64 KiB; bytes is what was not used yet
//   if (gunzip.state() == Gunzip::State::ended) …
//
// Contract: total, linear; some 40 kB of memory besides `out`, whatever is packed. How the input is split
// into pieces changes nothing. Several members one after another are one stream (RFC 1952 section 2.2); bytes
// after a member that begin no other are ignored. What was unpacked before a fault is good. Not movable: zlib
// keeps the address. Throws std::bad_alloc on construction.
//
// Source: RFC 1952.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <zlib.h>

namespace parse {

class Gunzip {
 public:
  enum class State {
    between,  // a member is whole; another one may follow, or nothing
    inside,   // a member has begun
    ended,    // bytes after the last member are ignored
    corrupt,
  };

  Gunzip();
  ~Gunzip() { inflateEnd(&stream_); }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  /// Unpacks until `out` has `size` bytes, or there is nothing left to unpack it from. With no input it gives
  /// what is left of the input before.
  std::string_view read(std::string_view bytes, std::string& out, std::size_t size);

  State state() const { return state_; }

 private:
  z_stream stream_{};
  State state_ = State::inside;
};

}  // namespace parse
