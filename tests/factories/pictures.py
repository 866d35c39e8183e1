"""Small pictures as bytes, made on the spot."""

from io import BytesIO

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base


def jpeg(size=(40, 30), *, maker="", latitude=None, orientation=0) -> bytes:
    """Return a JPEG file with what a camera writes into it."""
    notes = Image.Exif()
    if maker:
        notes[Base.Make] = maker
    if orientation:
        notes[Base.Orientation] = orientation
    if latitude is not None:
        notes.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (latitude, 0.0, 0.0)
    return _file(Image.new("RGB", size, "teal"), "JPEG", exif=notes)


def png(size=(40, 30), mode="RGB", **save) -> bytes:
    """Return a PNG file."""
    return _file(Image.new(mode, size), "PNG", **save)


def webp(size=(40, 30)) -> bytes:
    """Return a WebP file."""
    return _file(Image.new("RGB", size, "teal"), "WEBP")


def _file(image, kind, **save) -> bytes:
    file = BytesIO()
    image.save(file, kind, **save)
    return file.getvalue()
