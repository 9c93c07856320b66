"""English opener templates."""

from proactive_tui.talk.templates.base import OpenerTemplates

ENGLISH_TEMPLATES = OpenerTemplates(
    by_kind={
        ("question", "open question"): (
            "You asked {question} in {note}, {ago}. Did you find out?",
            "In {note} you asked {question}, {ago}. What is your answer today?",
            "You wondered {question} in {note}, {ago}. What would settle it?",
            "You asked {question}, {ago}. Did you find out?",
            "You left {quote} open in {note}, {ago}. What would settle it?",
            "You left {quote} open, {ago}. What would settle it?",
        ),
        ("question", "task"): (
            "You promised {person}: {quote}, due {due}. Where does it stand?",
            "You promised {person}: {quote}. That was due {overdue}: what is left to do?",
            "You promised {person}: {quote}. Where does it stand?",
            "{quote} is due {due}. Where does it stand?",
            "{quote}, in {note}, is due {due}. What is left to do?",
            "{quote} was due {overdue}. Is it still worth doing, or shall we drop it?",
            "{quote}, in {note}, was due {overdue}. Does it still matter?",
            "{quote} is planned {planned}. Where does it stand?",
            "{quote} was planned {missed}. Is it still worth doing?",
            "{quote} was planned {begun}. Where does it stand?",
            "{quote} is on your list in {note}, written {ago}. Is it still worth doing?",
            "You planned {quote} in {note}, {ago}. Is it still worth doing?",
            "{quote} is on your list. Is it still worth doing?",
        ),
        ("question", "theme"): (
            "You have been at {quote} for {span}, from {first} to {latest}. What is still open for you?",
            "{quote} came up in {note} and in {other}. What is the question behind it?",
            "You keep coming back to {quote}, as in {note}. What have you learned so far?",
            "You keep coming back to {quote}. What is the question behind it?",
        ),
        ("question", "fading"): (
            "You last wrote about {quote} in {note}, {ago}. Is it still true for you?",
            "Your last words on {quote}, in {note}, are from {ago}. Does it still matter to you?",
            "You last wrote about {quote} {ago}. Does it still matter to you?",
            "You last wrote about {quote} {ago}. What has changed since then?",
        ),
        ("question", "connection"): (
            "You asked {asked} in {asked_in}, and {answer_in} says {answer}. Does that settle it?",
            "{contrary} is in {note}, but {other} says {other_said}. Which one holds?",
            "{said} is in {note}, and {other_said} is in {other}. Do they belong together?",
            "Your notes {note} and {other} seem close. Do they belong together?",
        ),
        ("question", "thread"): (
            "You were just writing about {quote} in {note}. What is still open there?",
            "You just worked on {quote} in {note}. What is the hardest part of it?",
            "You were just writing about {quote}. What is still open there?",
        ),
        ("question", "goal"): (
            "{habit} went well until {worse_since}. What changed then?",
            "{habit} took a turn for the better {better_since}. What helped?",
            "The last entry for {habit} is from {entry}. What got in the way?",
            "You kept up {habit} {run}. What makes it work?",
            "You set yourself {quote} in {note}, {ago}. How is it going?",
            "In {note} you planned {quote}, {ago}. Does it still fit?",
            "You set yourself {quote} {ago}. How is it going?",
        ),
        ("question", "idea"): (
            "You had an idea in {note}, {ago}: {quote}. Does it still appeal to you?",
            "In {note} you had an idea, {ago}: {quote}. What do you think of it today?",
            "You had an idea {ago}: {quote}. Does it still appeal to you?",
        ),
        ("recap", "open question"): (
            "You asked {question} in {note}, {ago}. Shall we gather what your notes already say about it?",
            "You left {quote} open in {note}, {ago}. Shall we gather what your notes already say about it?",
        ),
        ("recap", "theme"): (
            "You have been at {quote} for {span}, from {first} to {latest}. Shall we sum up where you stand?",
            "{quote} runs through {note} and {other}. Shall we sum up where you stand?",
            "You keep coming back to {quote}, as in {note}. Shall we sum up what you have so far?",
            "You keep coming back to {quote}. Shall we sum up what you have so far?",
        ),
        ("recap", "fading"): (
            "You last wrote about {quote} in {note}, {ago}. Shall we go over the main points?",
            "You last wrote about {quote} {ago}: {said}. Shall we go over the rest together?",
            "You last wrote about {quote} {ago}. Shall we go over the main points?",
        ),
        ("recap", "thread"): (
            "You just worked on {quote} in {note}. Shall we sum up where it stands?",
            "You just worked on {quote}. Shall we sum up where it stands?",
        ),
        ("recap", "goal"): (
            "{habit} went well until {worse_since}. Shall we look at how it went?",
            "{habit} took a turn for the better {better_since}. Shall we look at what helped?",
            "You kept up {habit} {run}. Shall we look at how it went?",
            "You set yourself {quote} in {note}, {ago}. Shall we look at how it went?",
            "You set yourself {quote} {ago}. Shall we look at how it went?",
        ),
        ("next step", "task"): (
            "You promised {person}: {quote}, due {due}. Shall we sketch it together?",
            "You promised {person}: {quote}. That was due {overdue}: shall we sketch it now?",
            "You promised {person}: {quote}. Shall we sketch it together?",
            "{quote} is due {due}. Shall we pick the first small step?",
            "{quote}, in {note}, is due {due}. Shall we make a start together?",
            "{quote} was due {overdue}. What is the smallest part you could do today?",
            "{quote}, in {note}, was due {overdue}. What is the smallest step that would move it?",
            "{quote} is planned {planned}. Shall we pick the first small step?",
            "{quote} was planned {missed}. What is the smallest part you could do today?",
            "{quote} is on your list in {note}, written {ago}. What is the first small step?",
            "You planned {quote} in {note}, {ago}. Shall we make a start together?",
            "{quote} is on your list. What is the first small step?",
        ),
        ("next step", "thread"): (
            "You were just writing in {note} and left off at {step}. Shall we go on from there?",
            "You left off at {step} in {note}. What comes next?",
            "You were just writing about {quote} and left off at {step}. What comes next?",
            "You just worked on {quote} in {note}. What comes next?",
            "You were just writing about {quote} in {note}. Shall we sketch the next part?",
            "You just worked on {quote}. What comes next?",
        ),
        ("next step", "goal"): (
            "{habit} went well until {worse_since}. What is the smallest step to take it up again?",
            "The last entry for {habit} is from {entry}. What is the smallest step to take it up again?",
            "You kept up {habit} {run}. What is the next small step?",
            "You set yourself {quote} in {note}, {ago}. What is the next small step?",
            "In {note} you planned {quote}, {ago}. What would help you keep it up?",
            "You set yourself {quote} {ago}. What is the next small step?",
        ),
        ("next step", "idea"): (
            "You had an idea in {note}, {ago}: {quote}. What is the smallest way to try it?",
            "In {note} you had an idea, {ago}: {quote}. What would be the first small step?",
            "You had an idea {ago}: {quote}. What would be the first small step?",
        ),
        ("next step", "open question"): (
            "You asked {question} in {note}, {ago}. What is the smallest thing that would answer it?",
            "In {note} you asked {question}, {ago}. Where would you look first?",
            "You left {quote} open in {note}, {ago}. What is the smallest thing that would settle it?",
        ),
        ("next step", "theme"): (
            "You have been at {quote} for {span}, and left {open_end} open. Shall we take that next?",
            "You have been at {quote} for {span}, and your notes lead to {missing}. Is that the next step?",
            "You left {open_end} open while writing about {quote}. Shall we take that next?",
            "Your notes about {quote} mention {missing}. Is that the next step?",
            "You have been at {quote} for {span}, from {first} to {latest}. What comes next?",
            "{quote} came up in {note} and in {other}. What would you try next?",
            "You keep coming back to {quote}, as in {note}. What would you try next?",
            "You keep coming back to {quote}. What would you try next?",
        ),
        ("quiz", "fading"): (
            "You last wrote about {quote} in {note}, {ago}. Without looking, what do you remember of it?",
            "{ago} you last wrote about {quote}, in {note}. From memory, how would you explain it?",
            "You last wrote about {quote} {ago}. Without looking, what do you remember of it?",
            "You last wrote about {quote} {ago}. From memory, how would you explain it?",
        ),
        ("quiz", "theme"): (
            "You have been at {quote} for {span}, from {first} to {latest}. From memory, how would you explain it?",
            "{quote} came up in {note} and in {other}. From memory, how would you explain it in one sentence?",
        ),
        ("quiz", "thread"): (
            "You were just writing about {quote} in {note}. Without looking, what are its main points?",
        ),
        ("connect", "connection"): (
            "You asked {asked} in {asked_in}, and {answer_in} says {answer}. Does one answer the other?",
            "{contrary} is in {note}, but {other} says {other_said}. Can both be true?",
            "{said} is in {note}, and {other_said} is in {other}. What would one of them change about the other?",
            "{note} and {other} seem to touch the same thing. What is the link between them?",
            "{note} and {other} seem close. What would one of them change about the other?",
        ),
        ("connect", "theme"): (
            "{quote} runs through {note} and {other}. What is the link between them?",
            "{quote} came up in {note} and in {other}. Do they say the same thing?",
        ),
        ("connect", "open question"): (
            "You asked {question} in {note}, and {other} comes close to it. Is there an answer between them?",
        ),
    },
    plain={
        "question": (
            "You wrote about {quote} in {note}, {ago}. What do you think about it now?",
            "You wrote about {quote} {ago}. What do you think about it now?",
        ),
        "recap": (
            "You wrote about {quote} in {note}, {ago}. Shall we go over the main points?",
            "You wrote about {quote} {ago}. Shall we go over the main points?",
        ),
        "next step": (
            "You wrote about {quote} in {note}, {ago}. What comes next?",
            "You wrote about {quote} {ago}. What comes next?",
        ),
        "quiz": (
            "You wrote about {quote} in {note}, {ago}. From memory, how would you explain it?",
            "You wrote about {quote} {ago}. Without looking, what do you remember of it?",
        ),
        "connect": (
            "You wrote about {quote} in {note}, {ago}, and there is {other}. What is the link between them?",
            "You wrote about {quote} {ago}. What else in your notes belongs to it?",
        ),
    },
)
