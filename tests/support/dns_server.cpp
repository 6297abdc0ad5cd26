#include "tests/support/dns_server.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <netinet/in.h>
#include <optional>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <system_error>
#include <utility>

#include "tests/support/raw_server.h"

namespace test_support {
namespace {

constexpr std::size_t kLargestDatagram = 512;
constexpr std::uint32_t kFirstNumberedAddress = 0x7f010000;  // 127.1.0.0

/// A datagram socket of the same port as the listener, if nobody else has it.
std::optional<FileDescriptor> open_udp(std::uint16_t port) {
  FileDescriptor udp =
      FileDescriptor::checked(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), "socket");
  const int buffer = 4 << 20;  // as much of it as the system allows
  setsockopt(udp.get(), SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(udp.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return udp;
  if (errno != EADDRINUSE) throw std::system_error(errno, std::generic_category(), "bind");
  return std::nullopt;
}

std::optional<std::uint32_t> number_of(std::string_view name) {
  constexpr std::string_view domain = ".hosts.test";
  if (!name.starts_with('n') || !name.ends_with(domain)) return std::nullopt;
  const char* const end = name.data() + name.size() - domain.size();
  std::uint32_t number = 0;
  const auto [rest, error] = std::from_chars(name.data() + 1, end, number);
  if (error != std::errc() || rest != end) return std::nullopt;
  return number;
}

}  // namespace

DnsServer::DnsServer() : stop_(FileDescriptor::checked(eventfd(0, EFD_CLOEXEC), "eventfd")) {
  for (std::optional<FileDescriptor> udp; !udp;) {
    listener_ = listen_on_loopback(SOMAXCONN);
    port_ = port_of(listener_);
    udp = open_udp(port_);
    if (udp) udp_ = *std::move(udp);
  }
  thread_ = std::thread([this] { serve(); });
}

DnsServer::~DnsServer() {
  eventfd_write(stop_.get(), 1);
  thread_.join();
}

std::string DnsServer::address() const { return "127.0.0.1:" + std::to_string(port_); }

void DnsServer::set(const std::string& name, DnsReply reply) { set_in_turn(name, {std::move(reply)}); }

void DnsServer::set_in_turn(const std::string& name, std::vector<DnsReply> replies) {
  const std::lock_guard lock(mutex_);
  rules_[name].replies = std::move(replies);
}

int DnsServer::questions(const std::string& name) const {
  return questions(name, kTypeA) + questions(name, kTypeAaaa);
}

int DnsServer::questions(const std::string& name, std::uint16_t type) const {
  const std::lock_guard lock(mutex_);
  const auto rule = rules_.find(name);
  if (rule == rules_.end()) return 0;
  const auto asked = rule->second.asked.find(type);
  return asked == rule->second.asked.end() ? 0 : asked->second;
}

int DnsServer::all_questions() const {
  const std::lock_guard lock(mutex_);
  return all_questions_;
}

bool DnsServer::wait_for_questions(const std::string& name, int count) {
  std::unique_lock lock(mutex_);
  return asked_.wait_for(lock, std::chrono::seconds(20), [&] { return rules_[name].asked[kTypeA] >= count; });
}

std::string DnsServer::numbered_address(std::uint32_t number) {
  const std::uint32_t ip = kFirstNumberedAddress + number;
  return "127." + std::to_string(ip >> 16 & 0xff) + '.' + std::to_string(ip >> 8 & 0xff) + '.' +
         std::to_string(ip & 0xff);
}

DnsReply DnsServer::reply_to(const DnsQuestion& question) {
  const std::lock_guard lock(mutex_);
  ++all_questions_;
  const std::optional<std::uint32_t> number = number_of(question.name);
  auto rule = rules_.find(question.name);
  // Numbered names are not counted one by one: there may be hundreds of thousands.
  if (rule == rules_.end() && number) return DnsReply{.ips = {numbered_address(*number)}};
  if (rule == rules_.end()) rule = rules_.try_emplace(question.name).first;
  const auto turn = static_cast<std::size_t>(rule->second.asked[question.type]++);
  asked_.notify_all();
  const std::vector<DnsReply>& replies = rule->second.replies;
  if (replies.empty()) return DnsReply{.code = DnsCode::no_such_name};
  return replies[std::min(turn, replies.size() - 1)];
}

void DnsServer::serve() {
  std::vector<FileDescriptor> connections;
  while (true) {
    std::vector<pollfd> waiting = {{.fd = stop_.get(), .events = POLLIN, .revents = 0},
                                   {.fd = udp_.get(), .events = POLLIN, .revents = 0},
                                   {.fd = listener_.get(), .events = POLLIN, .revents = 0}};
    const std::size_t first = waiting.size();
    for (const FileDescriptor& connection : connections)
      waiting.push_back({.fd = connection.get(), .events = POLLIN, .revents = 0});
    poll(waiting.data(), waiting.size(), -1);
    if (waiting[0].revents != 0) return;
    if (waiting[1].revents != 0) answer_datagrams();
    for (std::size_t i = connections.size(); i-- > 0;)
      if (waiting[first + i].revents != 0 && !answer_stream(connections[i].get()))
        connections.erase(connections.begin() + static_cast<std::ptrdiff_t>(i));
    if (waiting[2].revents != 0)
      connections.emplace_back(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  }
}

void DnsServer::answer_datagrams() {
  std::array<char, 4096> buffer{};
  sockaddr_in from{};
  socklen_t size = sizeof from;
  while (true) {
    const ssize_t got =
        recvfrom(udp_.get(), buffer.data(), buffer.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
    if (got < 0) return;
    const auto question = parse_question({buffer.data(), static_cast<std::size_t>(got)});
    if (!question) continue;
    const DnsReply reply = reply_to(*question);
    if (reply.is_silent || (reply.is_silent_on_ipv6 && question->type == kTypeAaaa)) continue;
    std::string answer = encode(*question, reply);
    if (reply.wants_tcp || answer.size() > kLargestDatagram) answer = encode_truncated(*question);
    sendto(udp_.get(), answer.data(), answer.size(), 0, reinterpret_cast<const sockaddr*>(&from), size);
  }
}

bool DnsServer::answer_stream(int connection) {
  std::array<char, 4096> buffer{};
  if (recv(connection, buffer.data(), 2, MSG_WAITALL) != 2) return false;
  const std::size_t length = static_cast<std::size_t>(static_cast<unsigned char>(buffer[0])) << 8 |
                             static_cast<unsigned char>(buffer[1]);
  if (length > buffer.size() ||
      recv(connection, buffer.data(), length, MSG_WAITALL) != static_cast<ssize_t>(length))
    return false;
  const auto question = parse_question({buffer.data(), length});
  if (!question) return false;
  const DnsReply reply = reply_to(*question);
  if (reply.hangs_up_tcp) return false;
  if (reply.is_silent_on_tcp) return true;
  const std::string answer = encode(*question, reply);
  const std::string framed{static_cast<char>(answer.size() >> 8), static_cast<char>(answer.size() & 0xff)};
  const std::string bytes = framed + answer;
  return send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

}  // namespace test_support
