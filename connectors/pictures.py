"""Small pictures that a message shows, drawn on the server: nothing of the person is in their address or in them."""

from xml.sax.saxutils import escape

from fastapi import APIRouter, HTTPException, Response

from connectors.texts import INTERESTS

WIDTH, BAR, GAP, LEFT = 320, 18, 10, 110
COLOURS = ("#8a4b08", "#00566b", "#7a2e8e", "#0f6b3a", "#a3243b", "#3d4a5c")  # each at least 4.5:1 on white

router = APIRouter(include_in_schema=False)


@router.get("/pictures/interests/{parts}.svg")
async def interests(parts: str) -> Response:
    """Draw the six bars of the interests quiz; `parts` are six percentages joined by hyphens."""
    numbers = [int(part) for part in parts.split("-") if part.isdecimal() and len(part) <= 3]
    if len(numbers) != len(INTERESTS) or len(parts.split("-")) != len(numbers) or max(numbers) > 100:
        raise HTTPException(404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(bars(numbers), media_type="image/svg+xml", headers=headers)


def bars(numbers: list[int]) -> str:
    """Draw named horizontal bars, each with its number."""
    rows = []
    for rank, (name, number, colour) in enumerate(zip(INTERESTS, numbers, COLOURS, strict=True)):
        top = GAP + rank * (BAR + GAP)
        length = (WIDTH - LEFT - 50) * number // 100
        rows.append(
            f'<text x="{LEFT - 8}" y="{top + 14}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="{LEFT}" y="{top}" width="{length}" height="{BAR}" rx="3" fill="{colour}"/>'
            f'<text x="{LEFT + length + 6}" y="{top + 14}">{number} %</text>'
        )
    height = GAP + len(numbers) * (BAR + GAP)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f' font-family="sans-serif" font-size="13" fill="#1b1b1b"><rect width="100%" height="100%" fill="#fff"/>'
        f"{''.join(rows)}</svg>"
    )
