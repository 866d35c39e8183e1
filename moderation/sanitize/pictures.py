"""From whatever somebody sends to a picture that is only a picture.

What is kept is painted anew from the pixels: no place and no owner of a camera, no
second file behind the first, no script, survives that.
"""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

MEDIA_TYPE = "image/webp"
# A telephone's largest pictures pass; a small file that unfolds to more does not.
MOST_PIXELS = 50_000_000
MOST_BYTES = 12_000_000
LONGEST_SIDE = 1_600
QUALITY = 78
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class NoPicture(ValueError):
    """The bytes are no picture of a kind that is shown here, or a damaged one."""


class TooLarge(ValueError):
    """The picture has more bytes or pixels than are taken."""


@dataclass(frozen=True)
class CleanPicture:
    """A picture as it is stored and shown."""

    content: bytes
    width: int
    height: int


def clean_picture(content: bytes) -> CleanPicture:
    """Return the picture painted anew, upright and no larger than is shown.

    Only the bytes say what it is, never a name. Raises NoPicture or TooLarge.
    """
    if len(content) > MOST_BYTES:
        raise TooLarge
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise TooLarge
            return _painted_anew(opened)
    except TooLarge:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooLarge from None
    # A broken file breaks its reader in any way.
    except Exception as error:
        raise NoPicture from error


def _painted_anew(opened: Image.Image) -> CleanPicture:
    # Lets a JPEG be read at half or a quarter of its size: less memory, same result.
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(opened)
    has_holes = "A" in upright.getbands() or "transparency" in upright.info
    picture = upright.convert("RGBA" if has_holes else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A picture without the notes that came with the file.
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    file = BytesIO()
    bare.save(file, "WEBP", quality=QUALITY)
    return CleanPicture(file.getvalue(), *bare.size)
