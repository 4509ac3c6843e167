"""Stamps as offices set them: a word or two in a frame, in ink."""

from PIL import Image, ImageDraw, ImageFont

from tests.formats.fonts import vietnamese_font

RED, VIOLET, BLACK, PALE = (205, 30, 35), (120, 30, 140), (0, 0, 0), (235, 140, 140)


def one_stamp(words: str, degrees: float = 0, ink: tuple[int, int, int] = RED) -> Image.Image:
    font = ImageFont.truetype(vietnamese_font(), 36)
    box = font.getbbox(words)
    stamp = Image.new("RGB", (round(box[2]) + 30, 70), "white")
    draw = ImageDraw.Draw(stamp)
    draw.rectangle((3, 3, stamp.width - 4, 66), outline=ink, width=4)
    draw.text((15, 12), words, font=font, fill=ink)
    return stamp.rotate(degrees, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
