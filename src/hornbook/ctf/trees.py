"""The elements of a stretch of a file, each with the bytes it spans: for repairs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from hornbook.ctf.edits import Edit, Whole, written_as_text
from hornbook.ctf.places import Piece, start_tag_end
from hornbook.ctf.scan import parser_for

_WHITE: Final = b" \t\r\n"
_EMPTY_ENDS: Final = b"/>"


@dataclass(slots=True, eq=False)
class Branch:
    """One element.

    tag is as written; start and end span it whole, inner and close its content.
    """

    tag: str
    start: int
    inner: int
    close: int = -1
    end: int = -1
    above: "Branch | None" = None
    kids: list["Branch"] = field(default_factory=list)
    text: str = ""

    @property
    def name(self) -> str:
        """The tag without a prefix."""
        return self.tag.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix with its colon, or nothing."""
        return self.tag[: -len(self.name)]

    def kid(self, name: str) -> "Branch | None":
        """The first element directly inside that has a name."""
        return next((kid for kid in self.kids if kid.name == name), None)

    def at(self, path: str) -> "Branch | None":
        """The first element at a path, such as BasicDetails/NCyearActual."""
        found: Branch | None = self
        for name in path.split("/"):
            found = found and found.kid(name)
        return found

    def all(self, path: str) -> Iterator["Branch"]:
        """Every element at a path, in the order of the file."""
        name, _, rest = path.partition("/")
        for kid in self.kids:
            if kid.name == name:
                yield from kid.all(rest) if rest else (kid,)


class Tree:
    """A piece of a file as elements, and the edits that can be made to it."""

    def __init__(self, piece: Piece) -> None:
        self._piece = piece
        self.root = _grown(piece)

    def raw(self, start: int, end: int) -> str:
        """What stands from start up to end, as written."""
        offset = self._piece.offset
        content = self._piece.content[start - offset : end - offset]
        return content.decode(self._piece.codec, "replace")

    def write(self, branch: Branch, value: str) -> Edit:
        """Put a value into an element in place of all that is in it."""
        return self.write_raw(branch, written_as_text(value))

    def write_raw(self, branch: Branch, text: str) -> Edit:
        """Put text into an element as it stands."""
        if branch.inner < branch.end:
            return Edit(branch.inner, branch.close, text)
        opening = self.raw(branch.start, branch.end - len(_EMPTY_ENDS)).rstrip()
        return Edit(branch.start, branch.end, f"{opening}>{text}</{branch.tag}>")

    def rename(self, branch: Branch, name: str) -> tuple[Edit, ...]:
        """Give an element another name; its prefix stays."""
        begins = branch.start + len(f"<{branch.prefix}".encode())
        edits = [Edit(begins, begins + len(branch.name.encode()), name)]
        if branch.inner < branch.end:
            ends = branch.close + len(f"</{branch.prefix}".encode())
            edits.append(Edit(ends, ends + len(branch.name.encode()), name))
        return tuple(edits)

    def take_out(self, branch: Branch) -> Edit:
        """Take an element out, with the white space before it."""
        return Edit(self._line_start(branch), branch.end)

    def take_out_before_next(self, branch: Branch) -> Edit:
        """Take an element out, with the white space behind it."""
        offset = self._piece.offset
        behind = self._piece.content[branch.end - offset :]
        return Edit(branch.start, branch.end + len(behind) - len(behind.lstrip(_WHITE)))

    def take_out_result(self, result: Branch) -> Edit:
        """Take a result out; a key stage without results goes with its last."""
        stage = result.above
        stages = stage.above if stage else None
        if stage is None or stages is None:
            return self.take_out(result)
        above = self._whole(stages, sum(kid.name == stage.name for kid in stages.kids))
        count = sum(kid.name == result.name for kid in stage.kids)
        edit = self.take_out(result)
        return Edit(edit.start, edit.end, "", self._whole(stage, count, above))

    def _whole(self, branch: Branch, count: int, above: Whole | None = None) -> Whole:
        return Whole(self._line_start(branch), branch.end, count, above)

    def put(self, parent: Branch, name: str, value: str, order: Sequence[str]) -> Edit:
        """Write a value into an element, which is made where it is not there.

        order names the elements of the parent in the order of the specification.
        """
        there = parent.kid(name)
        if there is not None:
            return self.write(there, value)
        return self.insert(parent, name, written_as_text(value), order)

    def insert(
        self, parent: Branch, name: str, content: str, order: Sequence[str]
    ) -> Edit:
        """Make an element inside another, in its place by the order."""
        tag = f"{parent.prefix}{name}"
        made = f"<{tag}>{content}</{tag}>"
        before = order[: order.index(name)]
        earlier = [kid for kid in parent.kids if kid.name in before]
        if earlier:
            last = earlier[-1]
            return Edit(last.end, last.end, self._margin(last) + made)
        if parent.inner == parent.end:
            return self.write_raw(parent, made)
        margin = self._margin(parent.kids[0]) if parent.kids else ""
        return Edit(parent.inner, parent.inner, margin + made)

    def _margin(self, branch: Branch) -> str:
        """The white space before an element."""
        return self.raw(self._line_start(branch), branch.start)

    def _line_start(self, branch: Branch) -> int:
        """Where the white space before an element begins."""
        before = self._piece.content[: branch.start - self._piece.offset]
        return self._piece.offset + len(before.rstrip(_WHITE))

    def sort(self, parent: Branch, order: Sequence[str]) -> tuple[Edit, ...]:
        """Put the known elements of another into order; the others stay put."""
        known = [kid for kid in parent.kids if kid.name in order]
        right = sorted(known, key=lambda kid: order.index(kid.name))
        return tuple(
            Edit(slot.start, slot.end, self.raw(kid.start, kid.end))
            for slot, kid in zip(known, right, strict=True)
            if slot is not kid
        )


class _Growing:
    """Takes a parser's events in."""

    def __init__(self, piece: Piece) -> None:
        self._piece = piece
        self._top: Branch | None = None
        self.root: Branch | None = None
        self.parser = parser_for(piece.codec)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _at(self) -> int:
        return self._piece.offset + self.parser.CurrentByteIndex

    def _start(self, tag: str, _: dict[str, str]) -> None:
        start = self._at()
        branch = Branch(tag, start, start_tag_end(self._piece, start), above=self._top)
        if self._top is None:
            self.root = branch
        else:
            self._top.kids.append(branch)
        self._top = branch

    def _end(self, _: str) -> None:
        branch = self._top
        if branch is None:
            return
        if self._is_empty(branch):
            branch.close = branch.end = branch.inner
        else:
            branch.close = self._at()
            branch.end = self._after_tag(branch.close)
        if branch.kids:
            branch.text = ""
        self._top = branch.above

    def _is_empty(self, branch: Branch) -> bool:
        """Whether it has one tag, such as <UPN/>."""
        behind = branch.inner - self._piece.offset
        return self._piece.content.endswith(_EMPTY_ENDS, 0, behind)

    def _after_tag(self, at: int) -> int:
        offset = self._piece.offset
        return offset + self._piece.content.index(b">", at - offset) + 1

    def _text(self, text: str) -> None:
        if self._top is not None:
            self._top.text += text


def _grown(piece: Piece) -> Branch:
    """The elements of a piece that is known to be well-formed."""
    growing = _Growing(piece)
    growing.parser.Parse(piece.content, True)
    if growing.root is None:
        raise ValueError("There is no element here.")
    return growing.root
