// The tests' DNS server as a program: every nNNN.hosts.test has an address of its own in 127.0.0.0/8. Prints
// where it listens, and ends when its input does.
#include <cstdio>
#include <iostream>

#include "tests/support/dns_server.h"

int main() {
  const test_support::DnsServer server;
  std::cout << server.address() << std::endl;
  while (std::getchar() != EOF) {
  }
}
