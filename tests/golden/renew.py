"""Write golden data down anew: `python -m tests.golden.renew wire|ids|keys|journal`, from the root of the repository.

`wire`, after a change of the wire on purpose: asks for a new VERSION, or for `--again` where that was raised already
and nobody runs it yet. `ids` and `keys`, likewise on purpose: test_ids.py and test_commands.py say what that costs.
`journal` adds events that are new, and never changes what is there.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from proactive_tui.journal.events import event_to_json
from tests.golden import ids, old, wire
from tests.golden.commands import ON_THE_VAULT, commands, keys, names, on_old_data
from tests.golden.events import EVENTS
from tests.golden.pinned import DATA, in_utc, read, vault, write


def renew_wire(*, again: bool) -> None:
    """Refuses where messages are others and the version is the same."""
    now: dict[str, Any] = wire.golden()
    if (DATA / "wire.json").exists() and not again:
        was = read("wire.json")
        if was != now and now["version"] <= was["version"]:
            sys.exit("The wire has changed: raise VERSION, or say --again where it was raised already.")
    write("wire.json", now)


def renew_ids() -> None:
    """The ids of the vault as it is now."""
    with tempfile.TemporaryDirectory() as folder, closing(ids.opened(Path(folder))) as services:
        write("ids.json", ids.golden(services))


def renew_keys() -> None:
    """The keys that commands print now."""
    with tempfile.TemporaryDirectory() as folder, commands(Path(folder)) as command:
        vault(Path(folder))
        found = {**keys(command, ON_THE_VAULT), **names(command)}
    with tempfile.TemporaryDirectory() as folder, old.at(read(f"journal-{old.COMMIT}.json")["at"]):
        which = on_old_data(old.first_offer(old.unpacked(Path(folder))).id)
        with commands(Path(folder), old.Counting) as command:
            write("keys.json", {**found, "on old data": keys(command, which)})


def renew_journal() -> None:
    """Events that are new."""
    was = read("journal.json") if (DATA / "journal.json").exists() else {}
    write(
        "journal.json", {name: was.get(name) or json.loads(event_to_json(each)) for name, each in EVENTS.items()} | was
    )


def main() -> None:
    """As asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", choices=("wire", "ids", "keys", "journal"))
    asked.add_argument("--again", action="store_true", help="of the wire: its version was raised already")
    given = asked.parse_args()
    with in_utc():
        match given.what:
            case "wire":
                renew_wire(again=given.again)
            case "ids":
                renew_ids()
            case "keys":
                renew_keys()
            case "journal":
                renew_journal()


if __name__ == "__main__":
    main()
