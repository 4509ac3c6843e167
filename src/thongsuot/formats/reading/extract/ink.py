"""Red ink and black ink: seals cover names, stamps cover the head; each is read better without the other."""

from PIL import Image, ImageChops

RED = 60  # of 255: how much more red than green and blue a dot of stamp ink has
LEAST, MOST = 0.0004, 0.04  # of the page: less is dust, more is coloured paper or coloured text


def parted_by_ink(picture: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """The page in greys without red ink, and the red ink alone in black; None where there is none."""
    if picture.mode != "RGB":
        return picture.convert("L"), None
    red, green, blue = picture.split()
    ink = ImageChops.subtract(red, ImageChops.lighter(green, blue)).point(lambda v: 0 if v > RED else 255)
    share = ink.histogram()[0] / max(1, picture.width * picture.height)
    if not LEAST <= share <= MOST:
        return picture.convert("L"), None
    # In the red channel red ink is as bright as paper.
    return red, ink
