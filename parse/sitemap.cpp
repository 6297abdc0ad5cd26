#include "parse/sitemap.h"

#include <algorithm>

#include "parse/utf8.h"

namespace parse {
namespace {

/// All that follows the decompression goes by blocks of this size, and so cannot depend on the pieces read.
constexpr std::size_t kBlockSize = 64 * 1024;
static_assert(SitemapReader::max_size % kBlockSize == 0);

constexpr std::string_view kGzip = "\x1F\x8B";

/// What people have before the first '<': blank lines, and byte order marks of files put together.
std::string_view skip_blank(std::string_view text) {
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\f"), text.size()));
    if (!text.starts_with(kByteOrderMark)) return text;
    text.remove_prefix(kByteOrderMark.size());
  }
}

SitemapFault fault_of(Gunzip::State state) {
  if (state == Gunzip::State::corrupt) return SitemapFault::corrupt_gzip;
  return state == Gunzip::State::inside ? SitemapFault::truncated : SitemapFault::none;
}

}  // namespace

std::string_view SitemapReader::read(std::string_view bytes) {
  while (!bytes.empty() && !is_done()) {
    bytes = fill_block(bytes);
    if (block_.size() == kBlockSize)
      read_block(Last::no);
    else if (gunzip_ && !bytes.empty())
      end(fault_of(gunzip_->state()));
    if (!findings_.entries.empty()) break;
  }
  return is_done() ? std::string_view() : bytes;
}

SitemapReport SitemapReader::finish() {
  if (gunzip_) {
    while (!is_done() && gunzip_->read({}, block_, kBlockSize).empty() && block_.size() == kBlockSize)
      read_block(Last::no);
  }
  if (!is_done()) end(gunzip_ ? fault_of(gunzip_->state()) : SitemapFault::none);
  return findings_.report;
}

std::string_view SitemapReader::fill_block(std::string_view bytes) {
  const auto take = [&](std::size_t size) {
    const std::string_view taken = bytes.substr(0, size - block_.size());
    block_ += taken;
    bytes.remove_prefix(taken.size());
  };
  if (!is_packing_known_) {
    take(kGzip.size());
    if (block_.size() < kGzip.size()) return bytes;
    is_packing_known_ = true;
    if (block_ == kGzip) {
      block_.clear();
      gunzip_.emplace().read(kGzip, block_, kBlockSize);
    }
  }
  if (gunzip_) return gunzip_->read(bytes, block_, kBlockSize);
  take(kBlockSize);
  return bytes;
}

void SitemapReader::read_block(Last last) {
  if (findings_.report.size == max_size && !block_.empty()) return findings_.stop(SitemapFault::too_large);
  findings_.report.size += block_.size();
  const bool is_last = last != Last::no;
  read_text(decoder_.decode(block_, is_last ? BlockDecoder::Last::yes : BlockDecoder::Last::no));
  block_.clear();
  if (last != Last::yes) return;
  if (auto* const xml = std::get_if<SitemapXml>(&format_)) xml->finish();
  if (auto* const lines = std::get_if<SitemapLines>(&format_)) lines->finish();
}

void SitemapReader::read_text(std::string_view text) {
  if (std::holds_alternative<std::monostate>(format_)) {
    text = skip_blank(text);
    if (text.empty()) return;
    if (text.starts_with('<'))
      format_.emplace<SitemapXml>(base_, findings_);
    else
      format_.emplace<SitemapLines>(findings_);
  }
  if (auto* const xml = std::get_if<SitemapXml>(&format_)) xml->read(text);
  if (auto* const lines = std::get_if<SitemapLines>(&format_)) lines->read(text);
}

void SitemapReader::end(SitemapFault fault) {
  read_block(fault == SitemapFault::none ? Last::yes : Last::cut);
  findings_.stop(fault);
}

}  // namespace parse
