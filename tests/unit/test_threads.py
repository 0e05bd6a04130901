"""Work done side by side gives its results in turn, its errors in turn, and ends soon where somebody leaves."""

from threading import Event, Lock, Timer

import pytest

from wardline.threads import AT_ONCE, Together, ahead, beside, in_turn


def test_results_come_in_the_order_of_the_tasks_whichever_is_finished_first():
    second_is_done = Event()

    def work(number: int) -> int:
        if number == 0:
            assert second_is_done.wait(10), "the second was not worked on beside the first"
        elif number == 1:
            second_is_done.set()
        return number * 10

    assert list(in_turn(work, range(5))) == [0, 10, 20, 30, 40]


def test_no_task_gives_no_result():
    assert list(in_turn(str, [])) == []


def test_never_more_are_under_way_than_may_be():
    lock, under_way, most = Lock(), 0, 0

    def work(number: int) -> None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        Event().wait(0.005)
        with lock:
            under_way -= 1

    assert len(list(in_turn(work, range(20)))) == 20
    assert most == AT_ONCE


def test_tasks_are_taken_only_as_there_is_room_for_them():
    taken = []

    def tasks():
        for number in range(100):
            taken.append(number)
            yield number

    results = in_turn(str, tasks())
    assert next(results) == "0"
    assert len(taken) == AT_ONCE + 1
    results.close()


def test_an_error_is_raised_when_its_turn_comes():
    def work(number: int) -> int:
        if number == 1:
            raise ValueError("the second")
        return number

    results = in_turn(work, range(4))
    assert next(results) == 0
    with pytest.raises(ValueError, match="the second"):
        next(results)


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_long_work_is_told_to_stop_where_another_ends_in_an_error(error):
    stop = Event()

    def work(number: int) -> bool:
        if number == 0:
            raise error
        return stop.wait(10)

    with pytest.raises(error):
        list(in_turn(work, range(2), stop=stop))
    assert stop.is_set()


def test_long_work_is_told_to_stop_where_its_results_are_no_longer_wanted():
    stop = Event()
    results = in_turn(lambda number: number == 0 or stop.wait(10), range(2), stop=stop)
    assert next(results)
    results.close()
    assert stop.is_set()


def test_work_beside_a_block_is_done_when_the_block_ends():
    begun, may_end, done = Event(), Event(), []

    def work() -> None:
        begun.set()
        assert may_end.wait(10)
        done.append("beside")

    with beside(work, Event()):
        assert begun.wait(10), "it waits for the block to end"
        may_end.set()
    assert done == ["beside"]


def test_an_error_beside_a_block_is_raised_when_the_block_has_ended():
    def work() -> None:
        raise ValueError("beside")

    ended = []
    with pytest.raises(ValueError, match="beside"), beside(work, Event()):
        ended.append(True)
    assert ended == [True]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_work_beside_a_block_is_told_to_stop_where_the_block_ends_in_an_error(error):
    stop, told = Event(), []
    with pytest.raises(error), beside(lambda: told.append(stop.wait(10)), stop):
        raise error
    assert told == [True]


def test_how_far_threads_are_together_is_added_up_and_told_one_after_the_other():
    told = []
    together = Together(lambda *given: told.append(given), 40)
    list(in_turn(lambda number: together.add(10, "reading"), range(3)))
    together.add(10)
    assert told == [("reading", 10, 40), ("reading", 20, 40), ("reading", 30, 40)]
    assert together.done == 40


def test_a_thread_that_is_to_stop_goes_no_further():
    together = Together(lambda *given: pytest.fail("it went on"), 1)
    together.stop.set()
    with pytest.raises(KeyboardInterrupt):
        together.add(1, "reading")


def test_what_is_made_ahead_comes_in_order_and_is_made_while_the_first_is_used():
    last_is_made = Event()

    def items():
        yield 1
        yield 2
        last_is_made.set()

    found = ahead(items())
    assert next(found) == 1
    assert last_is_made.wait(10), "the second was not made while the first was used"
    assert list(found) == [2]


def test_an_error_in_making_ahead_is_raised_after_what_was_made_before_it():
    def items():
        yield 1
        raise ValueError("after the first")

    found = ahead(items())
    assert next(found) == 1
    with pytest.raises(ValueError, match="after the first"):
        next(found)


def test_whoever_leaves_what_is_made_ahead_early_ends_the_making():
    may_go_on, made = Event(), []

    def items():
        for number in range(100):
            made.append(number)
            yield number
            if number == 1:
                assert may_go_on.wait(10)

    found = ahead(items())
    assert next(found) == 0
    Timer(0.05, may_go_on.set).start()
    found.close()
    assert len(made) <= 3
