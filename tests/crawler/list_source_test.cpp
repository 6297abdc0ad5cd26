#include "crawler/list_source.h"

#include <fcntl.h>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crawler/async/run.h"
#include "crawler/async/sleep.h"
#include "crawler/async/spawn.h"
#include "parse/utf8.h"
#include "tests/crawler/source_files.h"
#include "tests/crawler/until.h"
#include "tests/support/temp_dir.h"

namespace crawler {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using async::Task;
using async::TaskHandle;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Adds to `lines` as they come, so that they are there when the task is cancelled.
Task<> read_into(ListSource& source, SeedLines& lines) {
  async::AsyncGenerator<SeedLines> chunks = source.lines();
  while (auto chunk = co_await chunks.next())
    lines.insert(lines.end(), std::make_move_iterator(chunk->begin()), std::make_move_iterator(chunk->end()));
}

SeedLines read(const std::vector<std::string>& sources) {
  ListSource source(sources);
  SeedLines lines;
  async::run(read_into(source, lines));
  return lines;
}

std::string error_of(const std::vector<std::string>& sources) {
  try {
    read(sources);
  } catch (const BadSource& error) {
    return error.what();
  }
  return "";
}

auto line(std::int64_t number, const std::string& key) {
  return AllOf(Field("number", &SeedLine::number, number), Field("key", &SeedLine::key, key));
}

class ListSourceTest : public testing::Test {
 protected:
  std::string file(const std::string& text, const std::string& name = "urls.txt") {
    test_support::write_file(dir_.path() / name, text);
    return dir_.path() / name;
  }
  /// The only line of a list, read by itself.
  SeedLine read_line(const std::string& text) {
    SeedLines lines = read({file(text + "\n")});
    if (lines.size() != 1) throw std::runtime_error("not one line");
    return std::move(lines.front());
  }

  test_support::TempDir dir_;
};

TEST_F(ListSourceTest, GivesTheLinesOfAFile) {
  EXPECT_THAT(read({file("http://a/\nhttp://b/\n")}),
              ElementsAre(line(1, "http://a/"), line(2, "http://b/")));
}

TEST_F(ListSourceTest, CountsBlankLinesAndCommentsButDoesNotGiveThem) {
  EXPECT_THAT(read({file("\n# none\nhttp://a/\n \t\nhttp://b/")}),
              ElementsAre(line(3, "http://a/"), line(5, "http://b/")));
}

TEST_F(ListSourceTest, NumbersTheLinesOfAllSources) {
  const std::string first = file("http://a/\n\nhttp://b/");
  const std::string second = file("http://c/\n", "more.txt");
  EXPECT_THAT(
      read({first, "http://url/", second}),
      ElementsAre(line(1, "http://a/"), line(3, "http://b/"), line(4, "http://url/"), line(5, "http://c/")));
}

TEST_F(ListSourceTest, ReadsASourceThatIsGivenTwiceTwice) {
  const std::string list = file("http://a/\n");
  EXPECT_THAT(read({list, list}), ElementsAre(line(1, "http://a/"), line(2, "http://a/")));
}

TEST_F(ListSourceTest, GivesNothingOfAnEmptyFile) {
  EXPECT_THAT(read({file("")}), IsEmpty());
  EXPECT_THAT(read({"/dev/null"}), IsEmpty());
}

TEST_F(ListSourceTest, GivesAllLinesOfALongFile) {
  std::string text;
  for (int i = 1; i <= 20'000; ++i) text += "http://a.example/" + std::to_string(i) + "\n";
  const SeedLines lines = read({file(text)});
  ASSERT_THAT(lines, SizeIs(20'000));
  for (std::size_t i = 0; i < lines.size(); ++i)
    ASSERT_EQ(lines[i].key, "http://a.example/" + std::to_string(lines[i].number));
}

TEST_F(ListSourceTest, TakesADottedNameForAUrl) {
  EXPECT_THAT(read({"example.com/x"}), ElementsAre(line(1, "https://example.com/x")));
}

TEST_F(ListSourceTest, TakesAnExistingFileForAFileWhateverItsName) {
  const std::filesystem::path before = std::filesystem::current_path();
  file("http://a/\n", "example.com");
  std::filesystem::current_path(dir_.path());
  EXPECT_THAT(read({"example.com"}), ElementsAre(line(1, "http://a/")));
  std::filesystem::current_path(before);
}

TEST_F(ListSourceTest, SaysWhichSourceIsBadAndWhy) {
  EXPECT_EQ(error_of({"missing.txt"}), "missing.txt: No such file or directory");
  EXPECT_EQ(error_of({file("http://a/\n"), "missing.txt"}), "missing.txt: No such file or directory");
  EXPECT_THAT(error_of({dir_.path()}), AllOf(HasSubstr(dir_.path().string()), HasSubstr("directory")));
  EXPECT_THAT(error_of({file("\x7f"
                             "ELF\0"s)}),
              AllOf(HasSubstr("urls.txt"), HasSubstr("binary")));
}

TEST_F(ListSourceTest, KeepsTheSpellingOfALineThatIsNotItsKey) {
  EXPECT_EQ(read_line("http://a/").given, "");
  EXPECT_EQ(read_line("HTTP://A").given, "HTTP://A");
  EXPECT_EQ(read_line("http://a/#part").given, "http://a/#part");
}

TEST_F(ListSourceTest, ShowsNoCredentials) {
  for (const char* text :
       {"http://me:secret@a.example/x", "http:me:sec\tret@a.example/x", "http:\\\\me:secret@a.example/x"}) {
    const SeedLine with_password = read_line(text);
    EXPECT_EQ(with_password.key, "http://a.example/x");
    EXPECT_EQ(with_password.given, "http://***@a.example/x");
    EXPECT_EQ(with_password.url->credentials(), "me:secret");
  }
  EXPECT_EQ(read_line("http://me:secret@[bad/").given, "http://***@[bad/");
  EXPECT_EQ(read_line("ftp://me:secret@a.example/").key, "ftp://***@a.example/");
  EXPECT_EQ(read_line("http://me:" + std::string(3000, 's') + "@a.example/").given, "http://***@a.example/");
}

TEST_F(ListSourceTest, TakesWhiteSpaceAroundALineForNoSpellingOfItsOwn) {
  EXPECT_EQ(read_line("http://a/\r").given, "");
  EXPECT_EQ(read_line(" \thttp://a/ ").given, "");
}

TEST_F(ListSourceTest, KeysAUrlOfAnotherSchemeByItsLine) {
  const SeedLine seed = read_line("  ftp://a/file\r");
  EXPECT_EQ(seed.key, "ftp://a/file");
  EXPECT_EQ(seed.given, "");
  EXPECT_EQ(seed.url.error(), parse::UrlError::unsupported_scheme);
}

TEST_F(ListSourceTest, KeysLongUrlsOfAnotherSchemeApart) {
  const std::string data = "data:text/plain," + std::string(5000, 'x');
  EXPECT_EQ(read_line(data + "1").key, data + "1");
  EXPECT_EQ(read_line(std::string(5000, ' ') + data).key, data);
}

TEST_F(ListSourceTest, GivesNoKeyToALineThatIsNoUrl) {
  const SeedLine seed = read_line("no url");
  EXPECT_EQ(seed.key, "");
  EXPECT_EQ(seed.given, "no url");
  EXPECT_FALSE(seed.url);
}

TEST_F(ListSourceTest, CutsWhatItKeepsOfALine) {
  EXPECT_THAT(read_line("no url " + std::string(10'000, 'x')).given, SizeIs(2048));
}

TEST_F(ListSourceTest, RejectsALineThatIsTooLong) {
  const SeedLine seed = read_line("http://a/" + std::string(1'000'000, 'x'));
  EXPECT_EQ(seed.url.error(), parse::UrlError::too_long);
  EXPECT_EQ(seed.key, "");
  EXPECT_THAT(seed.given, SizeIs(2048));
}

TEST_F(ListSourceTest, GivesTextForAnyOctets) {
  EXPECT_EQ(read_line("foo:\xFF\xE2\x82").key, "foo:\uFFFD\uFFFD");
  EXPECT_EQ(read_line("caf\xE9").given, "caf\uFFFD");
  std::mt19937 random(3);
  std::string octets = "x";
  for (int i = 0; i < 300'000; ++i) octets += static_cast<char>(1 + random() % 255);
  for (const SeedLine& seed : read({file(octets)}))
    ASSERT_TRUE(parse::is_utf8(seed.key) && parse::is_utf8(seed.given)) << seed.number;
}

TEST_F(ListSourceTest, RejectsALineWithNulBytesFarIntoAFile) {
  std::string text = "http://a/\n";
  while (text.size() < 1'100'000) text += "# " + std::string(1000, 'x') + "\n";
  const SeedLines lines = read({file(text + "http://b/\0c\nhttp://d/\n"s)});
  ASSERT_THAT(lines, SizeIs(3));
  EXPECT_EQ(lines[1].key, "");
  EXPECT_EQ(lines[1].given, "http://b/\uFFFDc");
  EXPECT_EQ(lines[2].key, "http://d/");
}

TEST_F(ListSourceTest, GivesTheLinesOfAPipeAsTheyArrive) {
  async::run([]() -> Task<> {
    Pipe pipe;
    ListSource source({pipe.source()});
    async::AsyncGenerator<SeedLines> chunks = source.lines();
    pipe.write("http://a/\nhttp://b");
    const auto first = co_await chunks.next();
    EXPECT_THAT(*first, ElementsAre(line(1, "http://a/")));
    pipe.write("/\n");
    const auto second = co_await chunks.next();
    EXPECT_THAT(*second, ElementsAre(line(2, "http://b/")));
    pipe.write("http://c/");
    pipe.close();
    const auto third = co_await chunks.next();
    EXPECT_THAT(*third, ElementsAre(line(3, "http://c/")));
    const auto end = co_await chunks.next();
    EXPECT_FALSE(end);
  }());
}

TEST_F(ListSourceTest, RefusesAPipeThatBeginsBinary) {
  Pipe pipe;
  pipe.write(
      "\x7f"
      "ELF\0"s);
  pipe.close();
  EXPECT_THAT(error_of({pipe.source()}), HasSubstr("binary"));
}

TEST_F(ListSourceTest, TakesADashForStandardInput) {
  Pipe pipe;
  const StandardInput input(pipe.take_read_end());
  pipe.write("http://a/\n");
  pipe.close();
  EXPECT_THAT(read({"-"}), ElementsAre(line(1, "http://a/")));
}

TEST_F(ListSourceTest, ReadsStandardInputFromWhereItStands) {
  const StandardInput input(open(file("http://a/\nhttp://b/\n").c_str(), O_RDONLY | O_CLOEXEC));
  ASSERT_EQ(lseek(STDIN_FILENO, 10, SEEK_SET), 10);
  EXPECT_THAT(read({"-"}), ElementsAre(line(1, "http://b/")));
}

TEST_F(ListSourceTest, SaysWhichFileCannotBeReadOn) {
  const FailingFile file("http://a/\nhttp://b");
  const StandardInput input(file.open());
  ListSource source({"-"});
  SeedLines lines;
  try {
    async::run(read_into(source, lines));
    FAIL() << "it was read to its end";
  } catch (const BadSource& error) {
    EXPECT_STREQ(error.what(), "standard input cannot be read on: Input/output error");
  }
  EXPECT_THAT(lines, ElementsAre(line(1, "http://a/")));
  EXPECT_EQ(source.count_rest(10s), 1) << "the line that was begun";
}

TEST_F(ListSourceTest, CountsWhatHoldsSomethingAsTheRest) {
  const std::string list = file("http://a/\n\n# none\nno url\nftp://b/\nhttp://a/\nhttp://c");
  EXPECT_EQ(ListSource({list, "http://url/", list}).count_rest(10s), 11);
}

TEST_F(ListSourceTest, CountsTheSourcesAfterAPipe) {
  const std::string list = file("# none\nhttp://b/\n");
  async::run([](const std::string& rest) -> Task<> {
    Pipe pipe;
    ListSource source({pipe.source(), rest});
    SeedLines lines;
    pipe.write("http://a/\nhttp://begun");
    const TaskHandle<> reading = async::spawn(read_into(source, lines));
    co_await until([&] { return !lines.empty(); });
    reading.cancel();
    co_await ended(reading);
    EXPECT_EQ(source.count_rest(10s), 2) << "the line that was begun, and the one of the file";
  }(list));
}

TEST_F(ListSourceTest, LosesNoLineWhereverItIsCancelled) {
  std::string text;
  for (int i = 1; i <= 10'000; ++i) text += "http://a.example/" + std::to_string(i) + "\n";
  const std::string list = file(text);
  std::mt19937 random(5);
  for (int round = 0; round < 20; ++round) {
    async::run([](std::vector<std::string> sources, unsigned turns) -> Task<> {
      ListSource source(sources);
      SeedLines lines;
      const TaskHandle<> reading = async::spawn(read_into(source, lines));
      for (unsigned i = 0; i < turns; ++i) co_await async::sleep(0s);
      reading.cancel();
      co_await ended(reading);
      EXPECT_EQ(static_cast<std::int64_t>(lines.size()) + source.count_rest(10s), 20'001);
    }({list, "http://url/", list}, static_cast<unsigned>(random() % 2000)));
  }
}

TEST_F(ListSourceTest, LeavesAPipeThatSaysNothingWhenCancelled) {
  async::run([]() -> Task<> {
    Pipe pipe;
    ListSource source({pipe.source()});
    SeedLines lines;
    const TaskHandle<> reading = async::spawn(read_into(source, lines));
    co_await async::sleep(0s);
    reading.cancel();
    co_await ended(reading);
    EXPECT_TRUE(reading.was_cancelled());
    EXPECT_EQ(source.count_rest(10s), 0);
  }());
}

}  // namespace
}  // namespace crawler
