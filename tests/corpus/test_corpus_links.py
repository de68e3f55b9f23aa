import io
from collections.abc import Mapping
from dataclasses import replace

import requests
from corpus_records import source
from requests.adapters import BaseAdapter

from provcheck.corpus.links import TIMEOUT_S, DeadLink, find_dead_links
from provcheck.records import Facts


class Web(BaseAdapter):
    """Answers as told, and notes what was asked."""

    def __init__(self, answers: Mapping[str, int | Exception]) -> None:
        super().__init__()
        self.answers = answers
        self.asked: list[str] = []

    def send(  # type: ignore[override]
        self, request: requests.PreparedRequest, *, timeout: object = None, **_: object
    ) -> requests.Response:
        assert timeout == TIMEOUT_S
        assert request.method == "GET"
        assert "provcheck" in request.headers["User-Agent"]
        self.asked.append(str(request.url))
        answer = self.answers[str(request.url)]
        if isinstance(answer, Exception):
            raise answer
        response = requests.Response()
        response.status_code, response.reason, response.url = answer, "Reason", str(request.url)
        response.raw = io.BytesIO()
        return response

    def close(self) -> None:
        pass


def session_of(web: Web) -> requests.Session:
    session = requests.Session()
    session.mount("https://", web)
    return session


def test_links_that_do_not_answer_are_named_with_the_reason() -> None:
    web = Web(
        {
            "https://e.org/ok": 200,
            "https://e.org/gone": 404,
            "https://e.org/slow": requests.ReadTimeout(),
            "https://e.org/dead": requests.ConnectionError(),
        }
    )
    alive = replace(source("a"), facts=Facts(url="https://e.org/ok", archive_url="https://e.org/gone"))
    dead = replace(source("b"), facts=Facts(url="https://e.org/slow", archive_url="https://e.org/dead"))
    found = list(find_dead_links([alive, dead, source("none")], session=session_of(web)))
    assert found == [
        DeadLink(alive.id, "https://e.org/gone", "404 Reason"),
        DeadLink(dead.id, "https://e.org/slow", "no answer in time"),
        DeadLink(dead.id, "https://e.org/dead", "no answer: ConnectionError"),
    ]


def test_an_address_of_many_sources_is_asked_once_and_reported_for_each() -> None:
    web = Web({"https://e.org/gone": 410})
    sources = [replace(source(name), facts=Facts(url="https://e.org/gone")) for name in "ab"]
    told: list[tuple[int, int, str]] = []
    found = list(find_dead_links(sources, session=session_of(web), progress=lambda *step: told.append(step)))
    assert [link.source_id for link in found] == [one.id for one in sources]
    assert web.asked == ["https://e.org/gone"]
    assert told == [(1, 2, "https://e.org/gone"), (2, 2, "https://e.org/gone")]


def test_an_address_that_is_none_is_dead_and_nothing_is_asked() -> None:
    web = Web({})
    (found,) = find_dead_links([replace(source("a"), facts=Facts(url="no address"))], session=session_of(web))
    assert found.reason == "no answer: InvalidURL"
    assert web.asked == []
