"""What stands apart from the flow of the text: page margins, text boxes, remarks, descriptions, decorated words.

The reading text joins the lines of a cell and leaves page footers out. A stamp may stand in just such a place,
so every reader keeps such lines beside the text for the one question whether the paper is marked.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from thongsuot.formats.reading.errors import TooLarge

MOST_PLACES = 1_900  # different lines; the question of a stamp is asked of 2,000
MOST_OF_THE_FLOW = 60  # further down a word alone on a line may head a column of a table
MOST_SAID = 5_000_000  # letters; of the margins and notes of 2,000 pages there are not a fifth of that
A_LINE = 10  # letters' worth of work to look at a line
LONGEST = 1_000  # letters: far more than a stamp, enough to tell the encoding of the words


def lines_apart(places: Iterable[str], flow: Iterable[str] = ()) -> str:
    """The lines of places beside the text, each once, then the first lines of the text itself as they stand."""
    beside: dict[str, None] = {}
    for line in _with_words(_bounded(places)):
        beside[line] = None
        if len(beside) >= MOST_PLACES:
            break
    return "\n".join((*beside, *islice(_with_words(flow), MOST_OF_THE_FLOW)))


def _bounded(texts: Iterable[str]) -> Iterator[str]:
    """Places inside places say the same words at every depth: what says too much is no paper."""
    said = 0
    for text in texts:
        said += len(text) + A_LINE
        if said > MOST_SAID:
            raise TooLarge("words beside the text")
        yield text


def _with_words(texts: Iterable[str]) -> Iterator[str]:
    return (line[:LONGEST] for text in texts for line in text.split("\n") if line.strip())
