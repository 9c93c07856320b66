"""GitHub as a source, over HTTP: what is asked, what comes of it, and every way in which an answer can be odd."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from proactive_tui.config import ForgeConfig
from proactive_tui.errors import SourceError, SourcePausedError
from proactive_tui.sources.contract import SourceItem, SourcePoll
from proactive_tui.sources.forge.forge_source import ForgeSource, read_memory
from proactive_tui.sources.web_client import MAX_PAGE_BYTES
from tests.sources.forge.github_server import (
    GitHubServer,
    comment,
    github_server,
    person,
    pull_node,
    pulls_data,
    thread,
    threads_page,
    waiting_data,
)

NOW = 1_795_000_000.0
CLASSIC, FINE = "ghp_0123456789abcdef", "github_pat_11ABC"


@pytest.fixture
def github() -> Iterator[GitHubServer]:
    with github_server() as server:
        yield server


def poll(github: GitHubServer, state: str = "", now: float = NOW, *, token: str = FINE, **settings: Any) -> SourcePoll:
    config = ForgeConfig(enabled=True, github=(github.origin,), token_command=f"echo {token}", **settings)
    return ForgeSource(config).poll(state, now)


def by_form(found: SourcePoll, form: str) -> list[SourceItem]:
    return [item for item in found.items if item.facts["form"] == form]


def test_a_pull_request_with_all_that_was_said(github: GitHubServer) -> None:
    checks = {"contexts": {"nodes": [
        {"__typename": "CheckRun", "id": "C1", "name": "unit tests", "status": "COMPLETED", "conclusion": "FAILURE",
         "title": "2 failed", "completedAt": "2026-11-21T11:00:00Z", "detailsUrl": "https://ci.example/1"},
        {"__typename": "CheckRun", "id": "C2", "name": "lint", "status": "IN_PROGRESS", "conclusion": None},
        {"__typename": "StatusContext", "id": "S1", "context": "deploy", "state": "SUCCESS"},
    ]}}  # fmt: skip
    node = pull_node(
        comments={"nodes": [comment("IC_1", "Looks good.", by="kofi")]},
        reviews={"nodes": [
            {"id": "R_1", "state": "CHANGES_REQUESTED", "body": "", "submittedAt": "2026-11-21T10:00:00Z",
             "url": "https://github.com/x", "isMinimized": False, "author": person("mara")},
            {"id": "R_2", "state": "PENDING", "body": "my own draft", "submittedAt": None, "author": person("ada")},
        ]},
        reviewThreads=threads_page(thread("T_1", comment("RC_1", "issue (blocking): it swallows the exception"))),
        commits={"nodes": [{"commit": {"oid": "abc", "committedDate": "2026-11-20T10:00:00Z",
                                       "statusCheckRollup": checks}}]},
    )  # fmt: skip
    github.set_data("OwnPulls", pulls_data(node))
    found = poll(github)
    host = github.origin.partition("://")[2]
    assert [item.id for item in found.items] == [
        f"{host}/PR_1", f"{host}/PR_1/IC_1", f"{host}/PR_1/R_1", f"{host}/PR_1/RC_1",
        f"{host}/PR_1/check/{found.items[-1].id.rpartition('/')[2]}",
    ]  # fmt: skip
    (said,) = by_form(found, "review comment")
    assert (said.origin.author, said.origin.own, said.origin.place) == ("mara", False, "src/retry.py:41")
    assert said.origin.thread == f"forge://{host}/PR_1"
    assert said.origin.address == "https://github.com/acme/api/pull/12#RC_1"
    assert (said.facts["blocking"], said.facts["thread"], said.facts["label"]) == (
        "said to block",
        "T_1",
        "acme/api#12",
    )
    (check,) = by_form(found, "check")
    assert (check.facts["name"], check.origin.address) == ("unit tests", "https://ci.example/1")
    (whole,) = by_form(found, "pull request")
    assert whole.origin.own
    assert whole.facts["acted"] == "2026-11-20T10:00:00+00:00"
    assert found.trouble == ""


def test_what_is_asked_carries_the_token_and_is_one_query_for_pull_requests(github: GitHubServer) -> None:
    poll(github)
    assert github.names() == ["OwnPulls", "Waiting"]
    assert {headers["authorization"] for headers in github.headers} == {f"Bearer {FINE}"}


def test_what_is_there_no_more_is_gone(github: GitHubServer) -> None:
    github.set_data("OwnPulls", pulls_data(pull_node(), pull_node(id="PR_2", number=13)))
    first = poll(github)
    github.set_data("OwnPulls", pulls_data(pull_node()))
    second = poll(github, first.state)
    assert second.gone == (f"{github.origin.partition('://')[2]}/PR_2",)
    assert poll(github, second.state).gone == ()


def test_merged_closed_and_archived_ones_are_left_out(github: GitHubServer) -> None:
    archived = pull_node(id="PR_3", repository={"nameWithOwner": "acme/old", "isArchived": True})
    github.set_data("OwnPulls", pulls_data(pull_node(state="MERGED"), pull_node(id="PR_2", state="CLOSED"), archived))
    assert poll(github).items == ()


def test_a_renamed_repository_keeps_its_ids(github: GitHubServer) -> None:
    github.set_data("OwnPulls", pulls_data(pull_node()))
    first = poll(github)
    renamed = {"nameWithOwner": "acme-labs/api-server", "isArchived": False}
    github.set_data("OwnPulls", pulls_data(pull_node(repository=renamed)))
    second = poll(github, first.state)
    assert [item.id for item in first.items] == [item.id for item in second.items]
    assert second.gone == ()
    assert second.items[0].facts["label"] == "acme-labs/api-server#12"


def test_all_pages_are_read(github: GitHubServer) -> None:
    github.set_data("OwnPulls", pulls_data(pull_node(), after="c1"), pulls_data(pull_node(id="PR_2", number=13)))
    assert len(by_form(poll(github), "pull request")) == 2
    assert [sent["variables"]["after"] for name, sent in github.asked if name == "OwnPulls"] == [None, "c1"]


def test_more_pages_than_are_read_leave_nothing_gone(github: GitHubServer) -> None:
    github.set_data("OwnPulls", pulls_data(pull_node(), pull_node(id="PR_2")))
    first = poll(github)
    github.set_data("OwnPulls", pulls_data(pull_node(), after="again"))
    second = poll(github, first.state)
    assert github.names().count("OwnPulls") == 7
    assert second.gone == ()
    github.set_data("OwnPulls", pulls_data(pull_node()))
    assert len(poll(github, second.state).gone) == 1


def test_answers_that_are_too_long_are_asked_for_in_smaller_pages(github: GitHubServer) -> None:
    long = json.dumps({"data": pulls_data(pull_node(body="x" * (MAX_PAGE_BYTES + 1)))}).encode()
    github.answers["OwnPulls"] = [(200, long, {}), {"data": pulls_data(pull_node())}]
    assert len(poll(github).items) == 1
    assert [sent["variables"]["count"] for name, sent in github.asked if name == "OwnPulls"] == [10, 2]
    github.answers["OwnPulls"] = [(200, long, {})]
    with pytest.raises(SourceError, match="too long"):
        poll(github)


def test_one_token_never_goes_to_two_hosts(github: GitHubServer) -> None:
    config = ForgeConfig(enabled=True, github=(github.origin, "github.com"), token_command="echo t")
    with pytest.raises(SourceError, match="several hosts"):
        ForgeSource(config).poll("", NOW)
    assert github.asked == []


def test_threads_go_on_in_pages(github: GitHubServer) -> None:
    github.set_data(
        "OwnPulls", pulls_data(pull_node(reviewThreads=threads_page(thread("T_1", comment("a")), after="t1")))
    )
    github.set_data("MoreThreads", {"node": {"reviewThreads": threads_page(thread("T_2", comment("b")))}})
    assert [item.facts["thread"] for item in by_form(poll(github), "review comment")] == ["T_1", "T_2"]
    assert github.asked[1][1]["variables"] == {"pull": "PR_1", "after": "t1"}


def test_people_who_are_gone_and_programs(github: GitHubServer) -> None:
    comments = [
        comment("a", by=None),
        {**comment("b"), "author": person("renovate", "Bot")},
        comment("c", by="ci[bot]"),
    ]
    github.set_data("OwnPulls", pulls_data(pull_node(comments={"nodes": [*comments, None]}, author=None)))
    found = by_form(poll(github), "comment")
    assert [(item.origin.author, item.facts.get("bot", "")) for item in found] == [
        ("ghost", ""), ("renovate", "yes"), ("ci[bot]", "yes"),
    ]  # fmt: skip


def test_the_owner_is_known_in_any_case(github: GitHubServer) -> None:
    github.set_data("OwnPulls", pulls_data(pull_node(comments={"nodes": [comment("a", by="ADA")]})))
    assert by_form(poll(github), "comment")[0].origin.own


def test_null_wherever_null_may_stand(github: GitHubServer) -> None:
    empty = {"id": "PR_1", "number": 12, "title": "Bare", "repository": {"nameWithOwner": "acme/api"}}
    names = ("comments", "reviews", "reviewThreads", "timelineItems", "commits", "author", "body", "url", "updatedAt")
    github.set_data("OwnPulls", pulls_data({**empty, **dict.fromkeys(names)}))
    (item,) = poll(github).items
    assert item.title == "Bare"


def test_very_long_texts_are_cut_and_odd_ones_kept_out_of_ids(github: GitHubServer) -> None:
    node = pull_node(
        id="PR_1/../../x y", title="a\nb", body="word " * 50_000, url="javascript:alert(1)",
        comments={"nodes": [comment("c", "\x00\x1b[31m\u202e")]},
    )  # fmt: skip
    github.set_data("OwnPulls", pulls_data(node))
    item = poll(github).items[0]
    assert len(item.text) < 21_000
    assert item.title == "a b"
    assert item.origin.address == ""
    assert item.id.count("/") == 1
    assert " " not in item.id


def test_a_head_commit_from_the_future_and_a_force_push(github: GitHubServer) -> None:
    ahead = {"nodes": [{"commit": {"oid": "x", "committedDate": "2031-01-01T00:00:00Z"}}]}
    github.set_data("OwnPulls", pulls_data(pull_node(commits=ahead)))
    assert poll(github).items[0].facts["acted"] == "2026-11-22T09:00:00+00:00"
    pushed = {"nodes": [{"createdAt": "2026-11-21T12:00:00Z"}]}
    github.set_data("OwnPulls", pulls_data(pull_node(timelineItems=pushed)))
    assert poll(github).items[0].facts["acted"] == "2026-11-21T12:00:00+00:00"


def issue_node(**facts: Any) -> dict[str, Any]:
    known = {
        "id": "I_7", "number": 7, "title": "Sort", "body": "Unsorted.", "url": "https://github.com/acme/web/issues/7",
        "createdAt": "2026-11-01T09:00:00Z", "updatedAt": "2026-11-02T09:00:00Z", "author": person("mara"),
        "repository": {"nameWithOwner": "acme/web", "isArchived": False}, "comments": {"nodes": []},
        "timelineItems": {"nodes": []},
    }  # fmt: skip
    return {**known, **facts}


def test_what_waits_elsewhere(github: GitHubServer) -> None:
    asked = {"nodes": [
        {"createdAt": "2026-11-05T09:00:00Z", "requestedReviewer": person("kofi")},
        {"createdAt": "2026-11-04T09:00:00Z", "requestedReviewer": person("ada")},
        {"createdAt": "2026-11-06T09:00:00Z", "requestedReviewer": None},
    ]}  # fmt: skip
    mention = comment("IC_9", "What do you think, @ada?", at="2026-11-03T09:00:00Z")
    waiting = waiting_data(
        asked=[issue_node(id="PR_7", timelineItems=asked), issue_node(id="PR_8", isDraft=True)],
        assigned=[issue_node(number=8)],
        mentions=[issue_node(id="I_9", number=9, comments={"nodes": [comment("IC_8"), mention]}), {}],
    )
    github.set_data("Waiting", waiting)
    found = poll(github)
    assert [(item.facts["form"], item.facts["label"], item.facts["since"]) for item in found.items] == [
        ("review request", "acme/web#7", "2026-11-04T09:00:00+00:00"),
        ("issue", "acme/web#8", "2026-11-01T09:00:00+00:00"),
        ("mention", "acme/web#9", "2026-11-03T09:00:00+00:00"),
    ]


@pytest.mark.parametrize(
    ("bodies", "answered"),
    [
        (["@ada look", "(mine) Will do"], "yes"),
        (["(mine) before", "@ada look"], None),
        (["@adam look"], "absent"),
        (["mail to x@ada.example"], "absent"),
        (["`@ada` is code"], "absent"),
        (["> @ada said so\n\nyes"], "absent"),
        (["@ADA look"], None),
    ],
)
def test_mentions_that_are_answered_or_none(github: GitHubServer, bodies: list[str], answered: str | None) -> None:
    said = [
        comment(f"c{place}", body, by="ada" if "(mine)" in body else "mara", at=f"2026-11-0{place + 1}T09:00:00Z")
        for place, body in enumerate(bodies)
    ]
    github.set_data("Waiting", waiting_data(mentions=[issue_node(comments={"nodes": said})]))
    found = poll(github).items
    assert ([item.facts.get("answered") for item in found] or ["absent"]) == [answered]


def test_repositories_may_be_left_out(github: GitHubServer) -> None:
    github.set_data("OwnPulls", pulls_data(pull_node()))
    github.set_data("Waiting", waiting_data(assigned=[issue_node()]))
    assert len(poll(github, ignore=("ACME/api",)).items) == 1
    assert poll(github, ignore=("acme/*",)).items == ()


# --- answers that are no answers ---------------------------------------------------------------------------------


def test_a_limit_within_a_successful_answer(github: GitHubServer) -> None:
    body = json.dumps({"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]}).encode()
    github.answers["OwnPulls"] = [(200, body, {"x_ratelimit_reset": str(int(NOW) + 900)})]
    with pytest.raises(SourcePausedError) as error:
        poll(github)
    assert error.value.until == NOW + 900


@pytest.mark.parametrize(
    ("status", "body", "headers", "seconds"),
    [
        (403, b"", {"retry_after": "120"}, 120),
        (429, b"", {"retry_after": "30"}, 30),
        (403, b"", {"x_ratelimit_remaining": "0", "x_ratelimit_reset": str(int(NOW) + 77)}, 77),
        (403, b'{"message": "You have exceeded a secondary rate limit."}', {}, None),
        (502, b"<html>", {}, None),
        (200, b"<html>log in</html>", {}, None),
        (200, b"", {}, None),
        (200, b"[1]", {}, None),
        (200, b'{"errors": [{"message": "You have exceeded a secondary rate limit"}]}', {}, 60),
    ],
)
def test_limits_and_trouble_are_waited_for(
    github: GitHubServer, status: int, body: bytes, headers: dict[str, str], seconds: float | None
) -> None:
    github.answers["OwnPulls"] = [(status, body, headers)]
    with pytest.raises(SourcePausedError) as error:
        poll(github)
    if seconds is not None and status != 429 and "x_ratelimit_reset" in headers:
        assert error.value.until == NOW + seconds
    elif seconds == 60:
        assert error.value.until >= NOW + 60


def test_an_answer_that_is_cut_short_is_asked_for_again(github: GitHubServer) -> None:
    whole = json.dumps({"data": pulls_data(pull_node())}).encode()
    github.answers["OwnPulls"] = [(200, whole[: len(whole) // 2], {})]
    with pytest.raises(SourcePausedError):
        poll(github)


@pytest.mark.parametrize("answer", [{"data": None, "errors": [{"message": "Bad"}]}, {"data": {"viewer": None}}, {}])
def test_nothing_but_errors(github: GitHubServer, answer: dict[str, Any]) -> None:
    github.answers["OwnPulls"] = [answer]
    with pytest.raises(SourceError, match="answered nothing"):
        poll(github)


def test_a_partial_answer_keeps_what_it_does_not_mention(github: GitHubServer) -> None:
    github.set_data("OwnPulls", pulls_data(pull_node(), pull_node(id="PR_2", number=13)))
    first = poll(github)
    errors = [{"type": "FORBIDDEN", "message": "Resource protected by organization SAML enforcement."}]
    github.answers["OwnPulls"] = [{"data": pulls_data(pull_node(), None), "errors": errors}]
    second = poll(github, first.state)
    assert len(second.items) == 1
    assert second.gone == ()
    assert "SAML" in second.trouble
    github.set_data("OwnPulls", pulls_data(pull_node()))
    assert len(poll(github, second.state).gone) == 1


def test_a_refused_token_is_told(github: GitHubServer) -> None:
    github.answers["OwnPulls"] = [(401, b'{"message":"Bad credentials"}', {})]
    with pytest.raises(SourceError) as error:
        poll(github)
    assert FINE not in str(error.value)


def test_one_host_out_of_reach_costs_no_other(github: GitHubServer) -> None:
    github.set_data("OwnPulls", pulls_data(pull_node()))
    config = ForgeConfig(enabled=True, github=(github.origin, "http://127.0.0.1:9"), token_command="echo {host}")
    found = ForgeSource(config).poll("", NOW)
    assert len(found.items) == 1
    assert "127.0.0.1 is out of reach" in found.trouble


def test_a_host_that_left_the_config_takes_its_items_along(github: GitHubServer) -> None:
    memory = '{"old.example": {"items": ["old.example/PR_1"]}}'
    assert poll(github, memory).gone == ("old.example/PR_1",)
    assert poll(github, "no json").gone == ()
    assert read_memory('{"x": 3}') == {}


def test_the_pause_is_that_of_the_config(github: GitHubServer) -> None:
    assert poll(github, poll_minutes=7).wait_seconds == 420


# --- notifications -----------------------------------------------------------------------------------------------


def notification(**facts: Any) -> dict[str, Any]:
    known = {
        "id": "55", "unread": True, "reason": "team_mention", "updated_at": "2026-11-20T09:00:00Z",
        "subject": {"title": "Plan", "url": "https://api.github.com/repos/acme/web/issues/31", "type": "Issue"},
        "repository": {"full_name": "acme/web"},
    }  # fmt: skip
    return {**known, **facts}


def notified(github: GitHubServer, *entries: dict[str, Any], **headers: str) -> None:
    github.answers["notifications"] = [(200, json.dumps(entries).encode(), headers)]


def test_only_a_classic_token_reads_notifications(github: GitHubServer) -> None:
    notified(github, notification())
    assert by_form(poll(github), "mention") == []
    assert "notifications" not in github.names()
    (mention,) = by_form(poll(github, token=CLASSIC), "mention")
    assert mention.origin.address == f"https://{github.origin.partition('://')[2]}/acme/web/issues/31"
    assert mention.facts["label"] == "acme/web#31"


def test_a_token_that_may_not_is_not_tried_again_for_a_while(github: GitHubServer) -> None:
    github.set_data("OwnPulls", pulls_data(pull_node()))
    github.answers["notifications"] = [(403, b"", {})]
    first = poll(github, token=CLASSIC)
    assert len(first.items) == 1
    assert first.trouble == ""
    second = poll(github, first.state, NOW + 86_400, token=CLASSIC)
    assert github.names().count("notifications") == 1
    poll(github, second.state, NOW + 8 * 86_400, token=CLASSIC)
    assert github.names().count("notifications") == 2


def test_a_304_says_nothing_about_what_was_read(github: GitHubServer) -> None:
    notified(github, notification(), last_modified="Fri, 20 Nov 2026 09:00:00 GMT", x_poll_interval="600")
    first = poll(github, token=CLASSIC)
    assert first.wait_seconds == 600
    github.answers["notifications"] = [(304, b"", {"x_poll_interval": "60"})]
    second = poll(github, first.state, NOW + 600, token=CLASSIC)
    assert github.headers[-1]["if-modified-since"] == "Fri, 20 Nov 2026 09:00:00 GMT"
    assert len(by_form(second, "mention")) == 1
    notified(github)
    third = poll(github, second.state, NOW + 3700, token=CLASSIC)  # asked anew, though nothing came: it was read
    assert "if-modified-since" not in github.headers[-1]
    assert by_form(third, "mention") == []
    assert len(third.gone) == 1


def test_since_is_never_asked_for(github: GitHubServer) -> None:
    notified(github)
    poll(github, token=CLASSIC)
    assert "since" not in github.asked[-1][1]["path"]


@pytest.mark.parametrize(
    "odd",
    [
        {"unread": False}, {"reason": "subscribed"}, {"subject": None}, {"subject": {"title": "x", "url": None}},
        {"repository": None}, {"subject": {"title": "x", "url": "https://api.github.com/repos/a/b/releases/1"}},
    ],
)  # fmt: skip
def test_other_notifications_are_left_out(github: GitHubServer, odd: dict[str, Any]) -> None:
    notified(github, notification(**odd))
    assert poll(github, token=CLASSIC).items == ()


def test_a_limit_on_notifications_keeps_what_was_known(github: GitHubServer) -> None:
    notified(github, notification())
    first = poll(github, token=CLASSIC)
    github.answers["notifications"] = [(429, b"", {"retry_after": "60"})]
    assert poll(github, first.state, token=CLASSIC).gone == ()


def test_a_mention_is_told_once(github: GitHubServer) -> None:
    notified(github, notification())
    github.set_data("Waiting", waiting_data(mentions=[issue_node(number=31, body="@ada?")]))
    assert len(by_form(poll(github, token=CLASSIC), "mention")) == 1
