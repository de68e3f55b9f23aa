"""What was used lately is kept, within a bound."""

from provcheck.matching.recent import Recent


def test_what_was_not_used_for_longest_is_given_up_first() -> None:
    recent: Recent[str, int] = Recent(30)
    for number, key in enumerate("abc"):
        recent.put(key, number, 10)
    recent.get("a")
    recent.put("d", 3, 10)
    assert [recent.get(key) for key in "abcd"] == [0, None, 2, 3]
    assert recent.size_bytes == 30


def test_an_item_takes_the_place_of_the_one_before() -> None:
    recent: Recent[str, int] = Recent(30)
    recent.put("a", 1, 20)
    recent.put("a", 2, 30)
    assert recent.get("a") == 2
    assert recent.size_bytes == 30


def test_what_is_larger_than_the_bound_is_not_kept() -> None:
    recent: Recent[str, int] = Recent(30)
    recent.put("a", 1, 31)
    assert recent.get("a") is None
    assert recent.size_bytes == 0
