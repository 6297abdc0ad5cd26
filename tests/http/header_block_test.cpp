#include "crawler/http/header_block.h"

#include <initializer_list>

#include <gtest/gtest.h>

namespace crawler::http {
namespace {

HeaderBlock block_of(std::initializer_list<std::string_view> lines) {
  HeaderBlock block;
  for (const std::string_view line : lines) EXPECT_TRUE(block.add(line));
  return block;
}

TEST(HeaderBlock, KeepsTheOctetsWithoutTheBlankLine) {
  HeaderBlock block = block_of({"HTTP/1.1 200 OK\r\n", "a:\t\xff \r\n", "\r\n"});
  EXPECT_TRUE(block.is_complete());
  EXPECT_EQ(block.take(), "HTTP/1.1 200 OK\r\na:\t\xff \r\n");
}

TEST(HeaderBlock, IsNotCompleteBeforeTheBlankLine) {
  EXPECT_FALSE(block_of({"HTTP/1.1 200 OK\r\n", "A: 1\r\n"}).is_complete());
}

TEST(HeaderBlock, DropsInterimResponses) {
  HeaderBlock block = block_of({"HTTP/1.1 103 Early Hints\r\n", "Link: x\r\n", "\r\n"});
  EXPECT_FALSE(block.is_complete());
  EXPECT_TRUE(block.add("HTTP/1.1 404 Not Found\r\n"));
  EXPECT_TRUE(block.add("\r\n"));
  EXPECT_EQ(block.take(), "HTTP/1.1 404 Not Found\r\n");
}

TEST(HeaderBlock, DropsTrailers) {
  HeaderBlock block = block_of({"HTTP/1.1 200 OK\r\n", "\r\n", "HTTP/1.1: a trailer\r\n", "\r\n"});
  EXPECT_EQ(block.take(), "HTTP/1.1 200 OK\r\n");
}

TEST(HeaderBlock, RefusesTooManyLines) {
  HeaderBlock block;
  for (std::size_t i = 0; i < HeaderBlock::kMaxLines; ++i) EXPECT_TRUE(block.add("A: 1\r\n"));
  EXPECT_FALSE(block.add("A: 1\r\n"));
}

TEST(HeaderBlock, RefusesTooManyBytes) {
  HeaderBlock block;
  EXPECT_TRUE(block.add(std::string(HeaderBlock::kMaxBytes, 'a')));
  EXPECT_FALSE(block.add("\n"));
}

TEST(HeaderBlock, CountsInterimResponsesAndTrailers) {
  HeaderBlock interim;
  for (std::size_t i = 0; i < HeaderBlock::kMaxLines / 2; ++i) {
    EXPECT_TRUE(interim.add("HTTP/1.1 100 Continue\r\n"));
    EXPECT_TRUE(interim.add("\r\n"));
  }
  EXPECT_FALSE(interim.add("HTTP/1.1 200 OK\r\n"));

  HeaderBlock trailers = block_of({"HTTP/1.1 200 OK\r\n", "\r\n"});
  for (std::size_t i = 2; i < HeaderBlock::kMaxLines; ++i) EXPECT_TRUE(trailers.add("A: 1\r\n"));
  EXPECT_FALSE(trailers.add("A: 1\r\n"));
}

}  // namespace
}  // namespace crawler::http
