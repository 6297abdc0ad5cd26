#include "crawler/async/linked_list.h"

#include <random>

#include "tests/async/async_test.h"

namespace crawler::async {
namespace {

struct Guest : Linked<Guest> {
  int number = 0;
};

std::vector<int> numbers(const LinkedList<Guest>& line) {
  std::vector<int> found;
  for (const Guest* guest = line.first(); guest != nullptr; guest = line.after(*guest))
    found.push_back(guest->number);
  return found;
}

TEST(LinkedList, KeepsTheOrderInWhichItemsCame) {
  LinkedList<Guest> line;
  EXPECT_TRUE(line.is_empty());
  std::vector<Guest> guests(3);
  for (std::size_t i = 0; i < 3; ++i) {
    guests[i].number = static_cast<int>(i);
    line.append(guests[i]);
  }
  EXPECT_THAT(numbers(line), ElementsAre(0, 1, 2));
}

TEST(LinkedList, IsWhatAVectorWouldBeWhoeverComesAndGoes) {
  std::minstd_rand random(20261121);
  std::vector<Guest> guests(6);
  LinkedList<Guest> line;
  std::vector<int> expected;
  for (std::size_t i = 0; i < 6; ++i) guests[i].number = static_cast<int>(i);
  for (int step = 0; step < 10'000; ++step) {
    Guest& guest = guests[random() % guests.size()];
    if (std::erase(expected, guest.number) > 0) {
      line.remove(guest);
    } else {
      line.append(guest);
      expected.push_back(guest.number);
    }
    ASSERT_EQ(numbers(line), expected) << "after step " << step;
    ASSERT_EQ(line.is_empty(), expected.empty());
  }
}

}  // namespace
}  // namespace crawler::async
