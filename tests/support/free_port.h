// Ports for programs that cannot be told to choose one themselves.
//
//   const std::uint16_t port = free_port();
//   … a program that is to listen there …
//   while (!accepts(port)) …
//
// Contract: on 127.0.0.1. A free port may be another's by the time that it is used. Throws
// std::runtime_error if there is none.
#pragma once

#include <cstdint>

namespace test_support {

std::uint16_t free_port();
/// Whether somebody listens.
bool accepts(std::uint16_t port);

}  // namespace test_support
