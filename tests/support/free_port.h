// Ports for programs that cannot be told to choose one themselves.
//
//   const std::uint16_t port = free_port();
//   Process program(…);                       // that is to listen there
//   wait_until_accepted(port, program, "nginx");
//
// Contract: on 127.0.0.1. A free port may be another's by the time that it is used. Throws
// std::runtime_error if there is none.
#pragma once

#include <cstdint>
#include <string>

#include "tests/support/process.h"

namespace test_support {

std::uint16_t free_port();
/// Throws std::runtime_error with the program's own words if it ends instead.
void wait_until_accepted(std::uint16_t port, Process& program, const std::string& name);

}  // namespace test_support
