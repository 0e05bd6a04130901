"""The guard in tests/conftest.py is there, and lets this machine talk to itself."""

import socket
from http.client import HTTPConnection

import pytest

ELSEWHERE = "192.0.2.1"  # reserved for documentation: nobody is there


def test_a_connection_to_another_machine_is_refused(network_blocked):
    with socket.socket() as connection, pytest.raises(network_blocked):
        connection.connect((ELSEWHERE, 80))


def test_a_datagram_to_another_machine_is_refused(network_blocked):
    with socket.socket(type=socket.SOCK_DGRAM) as sender, pytest.raises(network_blocked):
        sender.sendto(b"hello", (ELSEWHERE, 53))


def test_looking_up_another_machine_is_refused(network_blocked):
    with pytest.raises(network_blocked):
        HTTPConnection("wardline.example").connect()


def test_this_machine_may_be_spoken_to():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as connection:
        answering, _ = server.accept()
        with answering:
            connection.sendall(b"hello")
            assert answering.recv(5) == b"hello"
