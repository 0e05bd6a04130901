"""Threads of the tests themselves, under the tracer of coverage."""

from __future__ import annotations

import sys
import threading

from wardline.threads import in_turn


def test_a_thread_waits_while_another_begins_to_be_traced(monkeypatch):
    refusals = [RuntimeError("Cannot install a trace function while another trace function is being installed")] * 3

    def settrace(function):
        if refusals:
            raise refusals.pop()

    monkeypatch.setattr(threading, "_trace_hook", lambda *_: None)
    monkeypatch.setattr(sys, "settrace", settrace)
    assert list(in_turn(str, range(5), at_once=1)) == ["0", "1", "2", "3", "4"]
    assert not refusals
