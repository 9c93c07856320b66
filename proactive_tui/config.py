"""The typed config: one TOML file, every key with a default, read once, frozen and passed in.

The definitions below are the only place that knows the keys; `config_reading` reads and describes them.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct, field

from proactive_tui.model.shared_words import TOPIC_KINDS, Kind

ClockSpan = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")]
"""A span of local time, "22:00-08:00"; it may cross midnight."""


class ConfigSection(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the config file."""


class NotesConfig(ConfigSection, frozen=True, kw_only=True):
    """Which notes are read. They are never written to, but for what [capture] says."""

    folder: Annotated[str, Meta(description="The folder that holds your notes; ~ is your home.")] = ""
    include: Annotated[tuple[str, ...], Meta(description="Globs of the files that are notes (gitignore syntax).")] = (
        "*.md",
        "*.markdown",
        "*.txt",
    )
    exclude: Annotated[
        tuple[str, ...],
        Meta(description="What may not be read (gitignore syntax); a .proactiveignore in the folder says the same."),
    ] = ()
    max_kilobytes: Annotated[int, Meta(ge=1, description="A larger file is skipped.")] = 1024
    watch: Annotated[
        Literal["auto", "events", "polling"],
        Meta(description="How changes are seen: auto tries the system's events and falls back to polling."),
    ] = "auto"
    poll_seconds: Annotated[float, Meta(ge=0.1, description="Time between two looks when polling.")] = 10.0
    debounce_seconds: Annotated[
        float, Meta(ge=0.05, description="Changes are taken in once it was quiet for so long.")
    ] = 0.5


MULTILINGUAL_MODEL: Final = "multilingual"
"""What `index.model` is for the model that reads many languages."""


class IndexConfig(ConfigSection, frozen=True, kw_only=True):
    """Words and vectors."""

    threads: Annotated[int, Meta(ge=0, description="Threads of the embedding model; 0 is half of the cores.")] = 0
    nice: Annotated[
        int, Meta(ge=0, le=19, description="CPU priority of the brain: 0 is normal, 19 yields to everything.")
    ] = 10
    batch: Annotated[int, Meta(ge=1, le=256, description="Passages embedded at a time; smaller reacts sooner.")] = 16
    model: Annotated[
        str,
        Meta(
            description=f"Embedding model: empty is MiniLM, for English; '{MULTILINGUAL_MODEL}' (an extra) is for other"
            " languages; else a folder (extra 'models')."
        ),
    ] = ""
    chroma_url: Annotated[str, Meta(description="A Chroma server, http://host:port; empty embeds Chroma.")] = ""
    allowed_hosts: Annotated[
        tuple[str, ...],
        Meta(
            description="Other machines that may be sent the vectors, as http://box:8000; all others are sent nothing."
        ),
    ] = ()


class TopicsConfig(ConfigSection, frozen=True, kw_only=True):
    """What is looked for in the notes."""

    kinds: Annotated[tuple[Kind, ...], Meta(description="Kinds of topic that may be raised.")] = TOPIC_KINDS
    theme_days: Annotated[int, Meta(ge=1, description="A theme is what so many days were about.")] = 14
    raise_tender_in: Annotated[
        tuple[str, ...],
        Meta(description="Folders whose hard things (illness, loss, doubt) may be raised as well; elsewhere never."),
    ] = ()


class OffersConfig(ConfigSection, frozen=True, kw_only=True):
    """How often it may speak."""

    per_day: Annotated[int, Meta(ge=0, description="Offers a day at the most; 0 never speaks by itself.")] = 6
    first_day: Annotated[
        int, Meta(ge=0, description="Offers on the first day at the most, while it does not know you.")
    ] = 3
    spacing_minutes: Annotated[
        float, Meta(ge=0, description="Rest between two offers; grows when they are dismissed, shrinks when welcome.")
    ] = 30.0
    idle_seconds: Annotated[float, Meta(ge=0, description="It waits until nothing was typed or saved for so long.")] = (
        45.0
    )
    first_after_seconds: Annotated[float, Meta(ge=0, description="It says nothing for so long after it started.")] = (
        60.0
    )
    ignored_after_seconds: Annotated[float, Meta(gt=0, description="An offer leaves by itself after so long.")] = 240.0
    hold_minutes: Annotated[
        float, Meta(gt=0, description="A topic that has to wait for a better moment is held for at most so long.")
    ] = 240.0
    quiet_hours: Annotated[tuple[ClockSpan, ...], Meta(description="Local times in which it never speaks.")] = (
        "22:00-07:30",
    )
    quiet_days: Annotated[
        tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...],
        Meta(description="Days on which it never speaks."),
    ] = ()
    active_hours: Annotated[ClockSpan, Meta(description="The part of the day over which the budget is spread.")] = (
        "08:00-20:00"
    )
    exploration: Annotated[
        float, Meta(ge=0, le=1, description="How much it tries what it is unsure about; 0 always takes the best.")
    ] = 1.0
    ask: Annotated[
        bool, Meta(description="In the first week, ask at most once a day whether the moment of an offer was good.")
    ] = True
    digest: Annotated[
        bool, Meta(description="Open the digest with the first offer of the day, where a source brought something.")
    ] = True
    prepare: Annotated[int, Meta(ge=0, le=10, description="Openers prepared ahead while nothing happens.")] = 3


class SensorsConfig(ConfigSection, frozen=True, kw_only=True):
    """What it may notice. What is off is neither stored nor used."""

    keys: Annotated[bool, Meta(description="That a key was pressed in this program (never which).")] = True
    edits: Annotated[bool, Meta(description="That notes were saved, and which.")] = True
    clock: Annotated[bool, Meta(description="Hour and weekday.")] = True
    focus: Annotated[bool, Meta(description="Whether this terminal has the focus, where it reports that.")] = True
    idle: Annotated[bool, Meta(description="How long the desktop or the terminals were idle.")] = True
    commits: Annotated[
        bool, Meta(description="That the notes' own git repository got a commit, and when each note did.")
    ] = True
    reactions: Annotated[bool, Meta(description="How its offers are answered: all that it learns from.")] = True
    conversations: Annotated[
        bool, Meta(description="What is said in conversations; off, they last until they are left.")
    ] = True
    away_minutes: Annotated[float, Meta(gt=0, description="Idle for longer than this counts as away.")] = 5.0


class LanguageModelConfig(ConfigSection, frozen=True, kw_only=True):
    """Who words the openers and converses."""

    backend: Annotated[
        Literal["auto", "ollama", "llama.cpp", "none"],
        Meta(description="auto takes Ollama where it answers, else the GGUF file, else works without."),
    ] = "auto"
    host: Annotated[str, Meta(description="Where Ollama listens; empty follows OLLAMA_HOST, else this machine.")] = ""
    allowed_hosts: Annotated[
        tuple[str, ...],
        Meta(description="Other machines that may be sent text of your notes, as http://box:11434; no other is asked."),
    ] = ()
    model: Annotated[str, Meta(description="Ollama's model; empty takes the best one installed.")] = ""
    gguf: Annotated[str, Meta(description="A GGUF file for llama.cpp (needs the extra 'embedded').")] = ""
    keep_alive: Annotated[str, Meta(description="How long Ollama keeps the model loaded after use.")] = "10m"
    max_context: Annotated[int, Meta(ge=1024, description="The most tokens of context ever asked for.")] = 8192
    think: Annotated[bool, Meta(description="Let a model that can reason do so before it answers.")] = False
    timeout_seconds: Annotated[
        float,
        Meta(
            gt=0,
            description="Seconds a model may give no sign of life; while its server does, the first word may take 5 x.",
        ),
    ] = 60.0
    read_notes: Annotated[
        bool,
        Meta(description="Let a model of this machine read new notes for what they leave open, while nobody is busy."),
    ] = False
    beyond_notes: Annotated[
        bool, Meta(description="Let a model also say in a reply what your notes do not, marked as such.")
    ] = False
    temperature: Annotated[float, Meta(ge=0, le=2, description="How freely it words things.")] = 0.4


class FaceConfig(ConfigSection, frozen=True, kw_only=True):
    """The screen."""

    theme: Annotated[str, Meta(description="A theme of Textual's, or your own: themes/NAME.toml beside this file.")] = (
        "textual-dark"
    )
    compact: Annotated[bool, Meta(description="Fewer borders and blank lines, for a narrow split.")] = False
    bell: Annotated[
        Literal["never", "unfocused", "always"], Meta(description="Ring the terminal's bell when an offer arrives.")
    ] = "never"
    notify: Annotated[
        Literal["never", "unfocused", "always"],
        Meta(description="Show a notification of the desktop when an offer arrives."),
    ] = "unfocused"
    notify_text: Annotated[
        Literal["kind", "opener"],
        Meta(description="What the notification says: the kind of topic, or the opener, which quotes your notes."),
    ] = "kind"
    motion: Annotated[
        bool, Meta(description="Let offers slide in; TEXTUAL_ANIMATIONS=none in the environment stops it as well.")
    ] = True
    guard_seconds: Annotated[
        float, Meta(ge=0, description="Keys pressed within so long of an offer's arrival do not answer it.")
    ] = 0.8
    vim: Annotated[bool, Meta(description="The keys of Vim in the message field; it begins in insert mode.")] = False
    editor: Annotated[str, Meta(description="Command that opens a source; empty is $VISUAL, then $EDITOR.")] = ""
    keys: Annotated[
        dict[str, str], Meta(description='Your own keys, by the id of the command: {"offer.not_now" = "l"}.')
    ] = field(default_factory=dict)


class GitConfig(ConfigSection, frozen=True, kw_only=True):
    """Your repositories: what you left unfinished in them. Nothing leaves this machine."""

    enabled: Annotated[bool, Meta(description="Read your repositories.")] = False
    folders: Annotated[
        tuple[str, ...], Meta(description="Repositories, or folders below which they are found; ~ is your home.")
    ] = ()
    authors: Annotated[
        tuple[str, ...], Meta(description="Your e-mail addresses in commits; empty asks each repository's config.")
    ] = ()
    stale_days: Annotated[float, Meta(gt=0, description="Work that rested for so many days may be raised.")] = 3.0
    keep_days: Annotated[float, Meta(gt=0, description="What is older than so many days is forgotten.")] = 90.0


class ForgeConfig(ConfigSection, frozen=True, kw_only=True):
    """Your pull requests and reviews. These hosts are asked, and told who you are by your token."""

    enabled: Annotated[bool, Meta(description="Ask for your pull requests, reviews, mentions and issues.")] = False
    github: Annotated[tuple[str, ...], Meta(description="Hosts of GitHub.")] = ("github.com",)
    gitlab: Annotated[tuple[str, ...], Meta(description="Hosts of GitLab, as gitlab.com.")] = ()
    forgejo: Annotated[tuple[str, ...], Meta(description="Hosts of Forgejo or Gitea, as codeberg.org.")] = ()
    token_command: Annotated[
        str,
        Meta(
            description="Command that prints the token of {host}, which is never stored; empty takes the environment "
            "(GITHUB_TOKEN, GITLAB_TOKEN, FORGEJO_TOKEN), then gh."
        ),
    ] = ""
    ignore: Annotated[
        tuple[str, ...], Meta(description="Repositories that are left out, as owner/name or owner/*.")
    ] = ()
    poll_minutes: Annotated[float, Meta(ge=1, description="Time between two polls, at the least.")] = 5.0
    keep_days: Annotated[float, Meta(gt=0, description="What is older than so many days is forgotten.")] = 60.0


class CalendarConfig(ConfigSection, frozen=True, kw_only=True):
    """Your appointments: no offer in a busy one, and what to know before it."""

    enabled: Annotated[bool, Meta(description="Read your calendars.")] = False
    files: Annotated[tuple[str, ...], Meta(description="ICS files, or folders of them (vdir); ~ is your home.")] = ()
    addresses: Annotated[
        tuple[str, ...],
        Meta(description="ICS addresses. As they are secrets, better env:NAME or command:pass show calendar."),
    ] = ()
    caldav: Annotated[str, Meta(description="A CalDAV address, https://host/path, or empty.")] = ""
    caldav_user: Annotated[str, Meta(description="The user's name there.")] = ""
    caldav_password: Annotated[str, Meta(description="Where the password is: env:NAME or command:pass show dav.")] = ""
    gate: Annotated[bool, Meta(description="Say nothing during a busy appointment.")] = True
    own_addresses: Annotated[tuple[str, ...], Meta(description="Your e-mail addresses in invitations.")] = ()
    poll_minutes: Annotated[float, Meta(ge=1, description="Time between two polls, at the least.")] = 15.0
    keep_days: Annotated[float, Meta(gt=0, description="What is older than so many days is forgotten.")] = 30.0


class ActivityConfig(ConfigSection, frozen=True, kw_only=True):
    """The shape of your days, from what it notices already: when they begin and end. Nothing leaves this machine."""

    enabled: Annotated[bool, Meta(description="Follow when you are active.")] = False
    activitywatch: Annotated[
        str, Meta(description="ActivityWatch's address, as http://localhost:5600; empty does without.")
    ] = ""
    without_goal: Annotated[
        bool, Meta(description="Raise late work and long stretches even where no note of yours wants it otherwise.")
    ] = False
    keep_days: Annotated[float, Meta(gt=0, description="What is older than so many days is forgotten.")] = 60.0


class NewsConfig(ConfigSection, frozen=True, kw_only=True):
    """Feeds. A story is raised only where it meets your notes."""

    enabled: Annotated[bool, Meta(description="Read your feeds.")] = False
    feeds: Annotated[tuple[str, ...], Meta(description="Addresses of feeds, or of sites that name theirs.")] = ()
    opml: Annotated[str, Meta(description="An OPML file with more feeds; ~ is your home.")] = ""
    per_day: Annotated[int, Meta(ge=0, description="Stories raised a day by themselves, at the most.")] = 1
    poll_minutes: Annotated[float, Meta(ge=10, description="Time between two polls of a feed, at the least.")] = 60.0
    keep_days: Annotated[float, Meta(gt=0, description="What is older than so many days is forgotten.")] = 30.0


class BrainConfig(ConfigSection, frozen=True, kw_only=True):
    """The process that notices and thinks, which may outlive the terminal that shows it."""

    stay: Annotated[
        Literal["with the face", "always"],
        Meta(description='Whether it ends with the terminal, or goes on until "proactive-tui stop".'),
    ] = "with the face"
    notify: Annotated[
        bool,
        Meta(
            description="While no terminal shows it, offer by a notification of the desktop, in the words that "
            "face.notify_text allows; the offer waits for you."
        ),
    ] = False


class CaptureConfig(ConfigSection, frozen=True, kw_only=True):
    """The one note that a captured line is appended to, at your command. Nothing else is ever written into a note."""

    daily: Annotated[
        str,
        Meta(
            description="The daily note, in the notes folder, as journal/{date}.md; {date:%Y_%m_%d} writes the day "
            "otherwise. It goes before file."
        ),
    ] = ""
    file: Annotated[str, Meta(description="A note that collects them, as inbox.md.")] = ""
    line: Annotated[str, Meta(description="How a line reads: {text} is what you say, {time} and {date} are now.")] = (
        "- {text}"
    )


class JournalConfig(ConfigSection, frozen=True, kw_only=True):
    """What is kept."""

    keep_days: Annotated[
        float, Meta(ge=0, description="What is older than so many days is forgotten; 0 keeps it for good.")
    ] = 0.0
    keep_deleted_days: Annotated[
        float,
        Meta(
            ge=0,
            description="What is kept of a note is forgotten so many days after it was deleted; if excluded, at once.",
        ),
    ] = 7.0
    log_level: Annotated[Literal["error", "warning", "info", "debug"], Meta(description="Level of the log file.")] = (
        "info"
    )


class Config(ConfigSection, frozen=True, kw_only=True):
    """Settings of proactive-tui. Every key has a default; keep only what you change."""

    notes: NotesConfig = field(default_factory=NotesConfig)
    brain: BrainConfig = field(default_factory=BrainConfig)
    index: IndexConfig = field(default_factory=IndexConfig)
    topics: TopicsConfig = field(default_factory=TopicsConfig)
    offers: OffersConfig = field(default_factory=OffersConfig)
    sensors: SensorsConfig = field(default_factory=SensorsConfig)
    llm: LanguageModelConfig = field(default_factory=LanguageModelConfig)
    git: GitConfig = field(default_factory=GitConfig)
    forge: ForgeConfig = field(default_factory=ForgeConfig)
    calendar: CalendarConfig = field(default_factory=CalendarConfig)
    activity: ActivityConfig = field(default_factory=ActivityConfig)
    news: NewsConfig = field(default_factory=NewsConfig)
    capture: CaptureConfig = field(default_factory=CaptureConfig)
    face: FaceConfig = field(default_factory=FaceConfig)
    journal: JournalConfig = field(default_factory=JournalConfig)
