#include "tests/support/dns_message.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cctype>

namespace test_support {
namespace {

constexpr std::size_t kHeaderSize = 12;
constexpr std::uint16_t kClassInternet = 1;
constexpr std::uint16_t kTypeCname = 5;
constexpr std::uint16_t kIsResponse = 0x8000;
constexpr std::uint16_t kIsTruncated = 0x0200;
constexpr std::uint16_t kRecursion = 0x0180;         // desired, and available
constexpr std::string_view kAskedName = "\xc0\x0c";  // a pointer to the question's name

std::uint16_t read_16(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[at]) << 8 |
                                    static_cast<unsigned char>(bytes[at + 1]));
}

void write_16(std::string& out, std::size_t value) {
  out += static_cast<char>(value >> 8 & 0xff);
  out += static_cast<char>(value & 0xff);
}

std::string encode_name(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const std::string_view label = name.substr(0, name.find('.'));
    out += static_cast<char>(label.size());
    out += label;
    name.remove_prefix(std::min(name.size(), label.size() + 1));
  }
  return out + '\0';
}

void write_record(std::string& out, std::string_view owner, std::uint16_t type, std::uint32_t ttl,
                  std::string_view data) {
  out += owner;
  write_16(out, type);
  write_16(out, kClassInternet);
  write_16(out, ttl >> 16);
  write_16(out, ttl & 0xffff);
  write_16(out, data.size());
  out += data;
}

std::string header(const DnsQuestion& question, std::uint16_t flags, std::size_t records) {
  std::string out;
  write_16(out, question.id);
  write_16(out, kIsResponse | kRecursion | flags);
  write_16(out, 1);
  write_16(out, records);
  write_16(out, 0);
  write_16(out, 0);
  return out;
}

/// The addresses of the family that was asked for.
std::vector<std::string> addresses(const DnsQuestion& question, const DnsReply& reply) {
  std::vector<std::string> found;
  const int family = question.type == kTypeA ? AF_INET : AF_INET6;
  const std::size_t size = question.type == kTypeA ? 4 : 16;
  for (const std::string& ip : reply.ips) {
    std::array<char, 16> address{};
    if (inet_pton(family, ip.c_str(), address.data()) == 1) found.emplace_back(address.data(), size);
  }
  return found;
}

}  // namespace

std::optional<DnsQuestion> parse_question(std::string_view message) {
  if (message.size() < kHeaderSize || read_16(message, 4) != 1) return std::nullopt;
  DnsQuestion question{.id = read_16(message, 0), .type = 0, .name = {}, .bytes = {}};
  std::size_t at = kHeaderSize;
  while (at < message.size() && message[at] != '\0') {
    const auto length = static_cast<unsigned char>(message[at]);
    if (!question.name.empty()) question.name += '.';
    question.name += message.substr(at + 1, length);
    at += length + 1U;
  }
  if (at + 5 > message.size()) return std::nullopt;
  std::ranges::transform(question.name, question.name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  question.type = read_16(message, at + 1);
  question.bytes = message.substr(kHeaderSize, at + 5 - kHeaderSize);
  return question;
}

std::string encode(const DnsQuestion& question, const DnsReply& reply) {
  if (reply.is_garbage) return header(question, 0, 1000) + question.bytes + std::string(40, '\xff');
  const std::vector<std::string> found = addresses(question, reply);
  const bool has_alias = !reply.alias.empty();
  std::string out =
      header(question, static_cast<std::uint16_t>(reply.code), found.size() + (has_alias ? 1 : 0));
  if (reply.has_other_id) out[1] = static_cast<char>(out[1] ^ 1);
  out += question.bytes;
  if (reply.has_other_question) out[kHeaderSize + 1] = static_cast<char>(out[kHeaderSize + 1] ^ 1);
  std::string owner(kAskedName);
  if (has_alias) {
    const std::string alias = encode_name(reply.alias);
    write_record(out, owner, kTypeCname, reply.ttl, alias);
    owner = alias;
  }
  for (const std::string& address : found) write_record(out, owner, question.type, reply.ttl, address);
  return out;
}

std::string encode_truncated(const DnsQuestion& question) {
  return header(question, kIsTruncated, 0) + question.bytes;
}

}  // namespace test_support
