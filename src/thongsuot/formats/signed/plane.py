"""How a flat page lies in a picture: from a few points known on both, where every other point of the page is."""

from collections.abc import Sequence

Point = tuple[float, float]
Plane = tuple[float, float, float, float, float, float, float, float]
_SCALE = 1000.0  # so that the sums below stay near one
_FLAT = 1e-12


def plane_through(pairs: Sequence[tuple[Point, Point]]) -> Plane | None:
    """The perspective that carries each first point to its second best, by least squares; at least four pairs.

    Nothing when the points say too little (all on a line).
    """
    normal = [[0.0] * 9 for _row in range(8)]
    for (x, y), (u, v) in pairs:
        x, y, u, v = x / _SCALE, y / _SCALE, u / _SCALE, v / _SCALE
        _add(normal, [x, y, 1.0, 0.0, 0.0, 0.0, -x * u, -y * u, u])
        _add(normal, [0.0, 0.0, 0.0, x, y, 1.0, -x * v, -y * v, v])
    solved = _solve(normal)
    if solved is None:
        return None
    a, b, c, d, e, f, g, h = solved
    return a, b, c * _SCALE, d, e, f * _SCALE, g / _SCALE, h / _SCALE


def carried(plane: Plane, point: Point) -> Point:
    a, b, c, d, e, f, g, h = plane
    x, y = point
    below = g * x + h * y + 1.0
    return (a * x + b * y + c) / below, (d * x + e * y + f) / below


def _add(normal: list[list[float]], row: list[float]) -> None:
    for i in range(8):
        for j in range(9):
            normal[i][j] += row[i] * row[j]


def _solve(rows: list[list[float]]) -> list[float] | None:
    for at in range(8):
        best = max(range(at, 8), key=lambda line: abs(rows[line][at]))
        rows[at], rows[best] = rows[best], rows[at]
        if abs(rows[at][at]) < _FLAT:
            return None
        for line in range(8):
            if line != at:
                factor = rows[line][at] / rows[at][at]
                rows[line] = [value - factor * head for value, head in zip(rows[line], rows[at], strict=True)]
    return [rows[at][8] / rows[at][at] for at in range(8)]
