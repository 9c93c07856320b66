"""The GraphQL queries that GitHub is asked; they are validated against its schema (tests/sources/forge)."""

from __future__ import annotations

from typing import Final

PULLS_A_PAGE: Final = 10
"""Pull requests asked for at a time; fewer where an answer gets too long."""
MAX_PULL_PAGES: Final = 6
THREADS_A_PAGE: Final = 40
MAX_THREAD_PAGES: Final = 5

_ACTOR_FIELDS = "author { __typename login }"
_REMARK_FIELDS = f"id body url createdAt isMinimized {_ACTOR_FIELDS}"
_THREADS = f"""
    pageInfo {{ hasNextPage endCursor }}
    nodes {{ id isResolved isOutdated path line originalLine comments(first: 30) {{ nodes {{ {_REMARK_FIELDS} }} }} }}
"""

OWN_PULLS: Final = f"""
query OwnPulls($after: String, $count: Int!) {{
  viewer {{
    login
    pullRequests(first: $count, after: $after, states: OPEN, orderBy: {{field: UPDATED_AT, direction: DESC}}) {{
      pageInfo {{ hasNextPage endCursor }}
      nodes {{
        id number title body url state isDraft createdAt updatedAt headRefName headRefOid
        {_ACTOR_FIELDS}
        repository {{ nameWithOwner isArchived }}
        comments(last: 50) {{ nodes {{ {_REMARK_FIELDS} }} }}
        reviews(last: 50) {{ nodes {{ id state body url submittedAt isMinimized {_ACTOR_FIELDS} }} }}
        reviewThreads(first: {THREADS_A_PAGE}) {{ {_THREADS} }}
        timelineItems(last: 1, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]) {{
          nodes {{ ... on HeadRefForcePushedEvent {{ createdAt }} }}
        }}
        commits(last: 1) {{
          nodes {{
            commit {{
              oid committedDate
              statusCheckRollup {{
                contexts(first: 60) {{
                  nodes {{
                    __typename
                    ... on CheckRun {{ id name status conclusion title completedAt detailsUrl }}
                    ... on StatusContext {{ id context state description createdAt targetUrl }}
                  }}
                }}
              }}
            }}
          }}
        }}
      }}
    }}
  }}
}}
"""

MORE_THREADS: Final = f"""
query MoreThreads($pull: ID!, $after: String) {{
  node(id: $pull) {{
    ... on PullRequest {{ reviewThreads(first: {THREADS_A_PAGE}, after: $after) {{ {_THREADS} }} }}
  }}
}}
"""

_ISSUE = f"id number title body url createdAt updatedAt {_ACTOR_FIELDS} repository {{ nameWithOwner isArchived }}"
_TALK = f"comments(last: 20) {{ nodes {{ {_REMARK_FIELDS} }} }}"

WAITING: Final = f"""
query Waiting($asked: String!, $assigned: String!, $mentions: String!) {{
  viewer {{ login }}
  asked: search(type: ISSUE, first: 20, query: $asked) {{
    nodes {{
      ... on PullRequest {{
        {_ISSUE} isDraft
        timelineItems(last: 20, itemTypes: [REVIEW_REQUESTED_EVENT]) {{
          nodes {{
            ... on ReviewRequestedEvent {{
              createdAt
              requestedReviewer {{ __typename ... on User {{ login }} ... on Team {{ slug }} }}
            }}
          }}
        }}
      }}
    }}
  }}
  assigned: search(type: ISSUE, first: 20, query: $assigned) {{
    nodes {{
      ... on Issue {{
        {_ISSUE} {_TALK}
        timelineItems(last: 20, itemTypes: [ASSIGNED_EVENT]) {{
          nodes {{ ... on AssignedEvent {{ createdAt assignee {{ __typename ... on User {{ login }} }} }} }}
        }}
      }}
    }}
  }}
  mentions: search(type: ISSUE, first: 20, query: $mentions) {{
    nodes {{
      __typename
      ... on Issue {{ {_ISSUE} {_TALK} }}
      ... on PullRequest {{ {_ISSUE} {_TALK} }}
    }}
  }}
}}
"""

ASKED_SEARCH: Final = "is:pr is:open review-requested:@me archived:false sort:updated-desc"
ASSIGNED_SEARCH: Final = "is:issue is:open assignee:@me archived:false sort:updated-desc"
MENTIONS_SEARCH: Final = "is:open mentions:@me -author:@me archived:false sort:updated-desc"
