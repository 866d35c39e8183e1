"""What becomes of a file that somebody says is a picture."""

import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from moderation import sanitize
from tests.factories.pictures import jpeg, png, webp


def opened(picture):
    return Image.open(BytesIO(picture.content))


class TestACleanPicture:
    @pytest.mark.parametrize("make", [jpeg, png, webp])
    def test_is_painted_anew_in_one_format(self, make):
        clean = sanitize.clean_picture(make(size=(40, 30)))
        assert opened(clean).format == "WEBP"
        assert (clean.width, clean.height) == (40, 30)

    def test_says_nothing_of_place_time_and_camera(self):
        sent = jpeg(maker="Fernhaven Cameras", latitude=51.5)
        assert b"Fernhaven Cameras" in sent
        clean = sanitize.clean_picture(sent)
        assert b"Fernhaven" not in clean.content
        assert not opened(clean).getexif()
        assert opened(clean).info.keys() <= {"loop", "background", "timestamp"}

    def test_says_nothing_that_was_written_into_it(self):
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", "<script>alert(1)</script>")
        notes.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>Robin</x:xmpmeta>")
        clean = sanitize.clean_picture(png(pnginfo=notes))
        assert b"script" not in clean.content
        assert b"Robin" not in clean.content

    def test_has_no_second_file_behind_it(self):
        clean = sanitize.clean_picture(
            jpeg() + b"<?php system($_GET['x']); ?>PK\x03\x04"
        )
        assert b"php" not in clean.content

    def test_stands_upright(self):
        clean = sanitize.clean_picture(jpeg(size=(40, 20), orientation=6))
        assert (clean.width, clean.height) == (20, 40)

    def test_is_no_larger_than_it_is_shown(self):
        clean = sanitize.clean_picture(jpeg(size=(3200, 800)))
        assert (clean.width, clean.height) == (1600, 400)

    def test_keeps_holes(self):
        assert opened(sanitize.clean_picture(png(mode="RGBA"))).mode == "RGBA"

    def test_is_the_first_of_those_that_move(self):
        file = BytesIO()
        frames = [Image.new("P", (8, 8), shade) for shade in (0, 9)]
        frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
        assert (
            getattr(opened(sanitize.clean_picture(file.getvalue())), "n_frames", 1) == 1
        )


class TestWhatIsNoPicture:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\x00" * 100,
            b"%PDF-1.7\n1 0 obj",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"<html><script>alert(1)</script></html>",
            b"GIF89a/*<script>*/=1;alert(1)",
            b"II*\x00\x08\x00\x00\x00",
            b"8BPS\x00\x01" + b"\x00" * 30,
            jpeg()[:300],
            b"\xff\xd8\xff\xe0" + b"A" * 1000,
        ],
    )
    def test_is_refused(self, content):
        with pytest.raises(sanitize.NoPicture):
            sanitize.clean_picture(content)

    def test_is_refused_whatever_pillow_could_open_besides(self):
        for kind in ("BMP", "TIFF", "ICO", "PPM"):
            file = BytesIO()
            Image.new("RGB", (8, 8)).save(file, kind)
            with pytest.raises(sanitize.NoPicture):
                sanitize.clean_picture(file.getvalue())


class TestWhatIsTooLarge:
    def test_is_refused_by_its_bytes(self):
        with pytest.raises(sanitize.TooLarge):
            sanitize.clean_picture(b"\x00" * (sanitize.MOST_BYTES + 1))

    @pytest.mark.parametrize("side", [8_000, 20_000, 60_000])
    def test_is_refused_by_its_pixels_before_it_unfolds(self, side, within_seconds):
        bomb = bytearray(png(size=(8, 8)))
        header = b"IHDR" + side.to_bytes(4, "big") * 2 + bytes(bomb[24:29])
        bomb[12:29] = header
        bomb[29:33] = zlib.crc32(header).to_bytes(4, "big")
        with within_seconds(1), pytest.raises(sanitize.TooLarge):
            sanitize.clean_picture(bytes(bomb))
