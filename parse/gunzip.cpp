#include "parse/gunzip.h"

#include <algorithm>
#include <limits>
#include <new>

namespace parse {
namespace {

constexpr int kGzipOnly = 16 + MAX_WBITS;  // as inflateInit2 wants it said

}  // namespace

Gunzip::Gunzip() {
  if (inflateInit2(&stream_, kGzipOnly) != Z_OK) throw std::bad_alloc();
}

std::string_view Gunzip::read(std::string_view bytes, std::string& out, std::size_t size) {
  constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
  while (out.size() < size && state_ != State::ended && state_ != State::corrupt) {
    if (state_ == State::between) {
      if (bytes.empty()) return bytes;
      const bool begins_member = bytes.front() == '\x1F';
      state_ = begins_member ? State::inside : State::ended;
      if (!begins_member) break;
      inflateReset(&stream_);
    }

    const std::size_t before = out.size();
    out.resize(before + std::min(size - before, kMost));
    const std::size_t given = std::min(bytes.size(), kMost);
    // zlib takes a mutable pointer and does not write there.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(given);
    stream_.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream_.avail_out = static_cast<uInt>(out.size() - before);
    const int result = inflate(&stream_, Z_NO_FLUSH);
    out.resize(out.size() - stream_.avail_out);
    bytes.remove_prefix(given - stream_.avail_in);

    if (result == Z_STREAM_END)
      state_ = State::between;
    else if (result == Z_BUF_ERROR)
      return bytes;
    else if (result != Z_OK)
      state_ = State::corrupt;
  }
  return bytes;
}

}  // namespace parse
