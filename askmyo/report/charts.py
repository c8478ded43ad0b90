"""Small pictures as SVG text, for a page that must not load anything. Sizes are in pixels.

Every picture has a title for screen readers; the page also gives its numbers as a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from askmyo.report.figures import Bin

INK, QUIET, LINE = "#1f2933", "#52606d", "#d5dbe1"
GOOD, BAD, BLUE = "#2f7d5b", "#c2553d", "#2b6cb0"


def histogram(bins: Sequence[Bin]) -> str:
    """How many questions have which confidence; right and wrong stacked."""
    width, height, left, bottom = 520, 260, 48, 40
    most = max((one.count for one in bins), default=0) or 1
    step, room = (width - left - 10) / len(bins), height - bottom - 24
    parts = list(_rows(width, height, left, bottom, [f"{most * part // 4}" for part in range(5)]))
    for number, one in enumerate(bins):
        x = left + number * step + 3
        for count, below, color in ((one.right, 0, GOOD), (one.count - one.right, one.right, BAD)):
            tall = room * count / most
            y = height - bottom - room * below / most - tall
            parts.append(_box(x, y, step - 6, tall, color))
        parts.append(_text(x + step / 2 - 3, height - bottom + 16, f"{one.low:.1f}", "middle"))
    parts.append(_text(width / 2 + 20, height - 6, "confidence of the first label", "middle"))
    parts += _legend(((GOOD, "ranked right"), (BAD, "ranked wrong")), left + 12, 10)
    return _svg(width, height, "Histogram of confidence, right and wrong", parts)


def reliability_curve(bins: Sequence[Bin]) -> str:
    """Accuracy over confidence; on the dashed line the model is as right as it is sure."""
    width, height, left, bottom = 520, 260, 48, 40
    across, room = width - left - 20, height - bottom - 24

    def place(x: float, y: float) -> tuple[float, float]:
        return left + across * x, height - bottom - room * y

    parts = list(_rows(width, height, left, bottom, [f"{part * 25} %" for part in range(5)]))
    (x1, y1), (x2, y2) = place(0, 0), place(1, 1)
    parts.append(
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{QUIET}" '
        'stroke-dasharray="5 4"/>'
    )
    points = [(*place(one.confidence, one.accuracy), one) for one in bins if one.count]
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    parts.append(f'<polyline points="{joined}" fill="none" stroke="{BLUE}" stroke-width="2"/>')
    most = max((one.count for one in bins), default=0) or 1
    for x, y, one in points:
        size = 3 + 7 * (one.count / most) ** 0.5
        note = f"{one.count} questions, {one.confidence:.0%} sure, {one.accuracy:.0%} right"
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{BLUE}">'
            f"<title>{note}</title></circle>"
        )
    for mark in (0.0, 0.25, 0.5, 0.75, 1.0):
        parts.append(_text(place(mark, 0)[0], height - bottom + 16, f"{mark:.0%}", "middle"))
    parts.append(_text(width / 2 + 20, height - 6, "confidence; a dot's size: questions", "middle"))
    return _svg(width, height, "Reliability: accuracy over confidence", parts)


def confusion_matrix(columns: Sequence[str], table: Sequence[Sequence[int]]) -> str:
    """Expected topic down, topic ranked first across; darker is more of the row."""
    cell, left, top = 46, 120, 112
    width, height = left + cell * len(columns) + 30, top + cell * len(table) + 10
    parts = []
    for number, name in enumerate(columns):
        x = left + cell * number + cell / 2
        parts.append(
            f'<text transform="translate({x + 4:.0f},{top - 8}) rotate(-45)" fill="{INK}">'
            f"{escape(name)}</text>"
        )
    for row, counts in enumerate(table):
        y, total = top + cell * row, sum(counts) or 1
        parts.append(_text(left - 8, y + cell / 2 + 4, columns[row], "end", INK))
        for column, count in enumerate(counts):
            parts += _cell(left + cell * column, y, cell, (count, total), row == column)
    return _svg(width, height, "Confusion of topics: expected down, ranked first across", parts)


def stacked_bar(shares: Iterable[tuple[str, float, str]]) -> str:
    """One bar of parts: name, share from 0 to 1, color."""
    width, height, x = 1168, 34, 0.0
    parts = []
    for name, part, color in shares:
        wide = width * part
        parts.append(
            f"<g>{_box(x, 0, max(wide - 1, 0), height, color)}<title>{escape(name)}: {part:.1%}"
            "</title></g>"
        )
        if wide > 46:
            parts.append(_text(x + wide / 2, 22, f"{part:.1%}", "middle", "#ffffff"))
        x += wide
    return _svg(width, height, "What becomes of a held-out question", parts)


def _cell(x: float, y: float, size: int, part: tuple[int, int], right: bool) -> list[str]:
    """A square of the matrix: `part` is its count and its row's total."""
    count, total = part
    share = count / total
    strength = share if right else min(1.0, 4 * share)
    box = _box(x, y, size - 2, size - 2, GOOD if right else BAD, opacity=strength)
    frame = f'<rect x="{x:.1f}" y="{y:.1f}" width="{size - 2}" height="{size - 2}" fill="#f4f6f8"/>'
    color = "#ffffff" if strength > 0.6 else INK
    label = _text(x + size / 2 - 1, y + size / 2 + 4, str(count), "middle", color) if count else ""
    return [frame, box, label]


def _rows(width: int, height: int, left: int, bottom: int, marks: Sequence[str]) -> Iterable[str]:
    """Horizontal lines with their marks, from the axis up."""
    room = height - bottom - 24
    for number, mark in enumerate(marks):
        y = height - bottom - room * number / (len(marks) - 1)
        yield f'<line x1="{left}" x2="{width - 8}" y1="{y:.1f}" y2="{y:.1f}" stroke="{LINE}"/>'
        yield _text(left - 6, y + 4, mark, "end")


def _legend(entries: Iterable[tuple[str, str]], x: float, y: float) -> list[str]:
    parts = []
    for color, name in entries:
        parts += [_box(x, y - 8, 11, 11, color), _text(x + 16, y + 2, name, "start", INK)]
        x += 110
    return parts


def _box(x: float, y: float, wide: float, tall: float, color: str, opacity: float = 1.0) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}" fill="{color}" '
        f'fill-opacity="{opacity:.2f}"/>'
    )


def _text(x: float, y: float, text: str, anchor: str, color: str = QUIET) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}">{escape(text)}</text>'
    )


def _svg(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    body = "".join(parts)
    return (
        f'<svg viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" role="img" '
        f'font-size="12"><title>{escape(title)}</title>{body}</svg>'
    )
