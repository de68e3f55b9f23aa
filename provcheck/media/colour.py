"""Any Pillow image to upright 8-bit sRGB.

Pillow's own `convert("RGB")` is not enough: it drops alpha (black fringes instead of the white a reader sees), clips
16-bit and float pictures to white, and knows nothing of colour profiles or orientation. Each step below mends one.
"""

import struct
from io import BytesIO
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image, ImageCms

from provcheck.media.refusals import quiet
from provcheck.records import RGB, Size

DEEPER_THAN_EIGHT_BITS: Final = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N", "F"})
WHOLE_BIT_DEPTHS: Final = (8, 10, 12, 14, 16)
TURNS: Final = MappingProxyType(
    {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
)
SWAPS_SIDES: Final = frozenset({5, 6, 7, 8})
MODE_OF_SPACE: Final = MappingProxyType({"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"})
UNUSABLE_PROFILE: Final = (ImageCms.PyCMSError, OSError, ValueError, TypeError, KeyError)
UNUSABLE_EXIF: Final = (
    *(OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError),
    *(OverflowError, ZeroDivisionError, struct.error),
)


def upright_rgb(image: Image.Image, *, reduce: int = 1) -> RGB:
    """Return the pixels of a Pillow image as a viewer would show them on white paper.

    1. Decode. (A TIFF is turned upright by this, and forgets its orientation.)
    2. Split off alpha, palettes resolved.
    3. Bring deeper samples to 8 bits.
    4. Convert colours to sRGB, by the embedded profile where it is usable.
    5. Composite on white; apply the EXIF (or XMP) orientation.

    Parameters
    ----------
    image : PIL.Image.Image
        At the frame that is wanted.
    reduce : int
        Pixels of the result are averages over blocks of so many pixels each way.

    Returns
    -------
    (height, width, 3) uint8 array

    Raises
    ------
    Exception
        Whatever Pillow's decoder raises for damaged bytes; `images` turns it into `UnreadableMedia`.
    """
    with quiet():
        image.load()
        colour, alpha = _split_alpha(image)
        shallow = _with_eight_bits(colour)
        icc_profile = image.info.get("icc_profile")
        if alpha is None:  # the sooner reduced, the less to convert
            rgb = _in_srgb(_reduced(shallow, reduce), icc_profile)
        else:
            rgb = _reduced(_on_white(_in_srgb(shallow, icc_profile), alpha), reduce)
        turn = TURNS.get(orientation_of(image))
        return np.array(rgb if turn is None else rgb.transpose(turn))


def upright_size(image: Image.Image) -> Size:
    """Return `(width, height)` after orientation, without decoding the pixels."""
    width, height = image.size
    # Pillow already reports the turned size of a TIFF, and turns its pixels while loading them.
    if image.format != "TIFF" and orientation_of(image) in SWAPS_SIDES:
        return height, width
    return width, height


def orientation_of(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; 1 where there is none or the EXIF block is damaged."""
    try:
        with quiet():
            value = image.getexif().get(ExifTags.Base.Orientation, 1)
    except UNUSABLE_EXIF:
        return 1
    return value if isinstance(value, int) and value in TURNS else 1


def _split_alpha(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    if image.mode in DEEPER_THAN_EIGHT_BITS:
        return image, None
    if image.has_transparency_data:
        whole = image.convert("LA" if image.mode in {"LA", "La"} else "RGBA")
        return whole.convert("L" if whole.mode == "LA" else "RGB"), whole.getchannel("A")
    return (image.convert("RGB") if image.mode in {"P", "PA"} else image), None


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    return image if factor == 1 else image.reduce(factor)


def _on_white(rgb: Image.Image, alpha: Image.Image) -> Image.Image:
    return Image.composite(rgb, Image.new("RGB", rgb.size, "white"), alpha)


def _with_eight_bits(image: Image.Image) -> Image.Image:
    if image.mode not in DEEPER_THAN_EIGHT_BITS:
        return image.convert("L") if image.mode == "1" else image
    samples = np.asarray(image).astype(np.float32)
    low, high = _sample_range(samples[np.isfinite(samples)])
    scaled = np.nan_to_num((samples - low) * (255.0 / (high - low)), nan=0.0, posinf=255.0, neginf=0.0)
    return Image.fromarray(np.clip(np.rint(scaled), 0, 255).astype(np.uint8))


def _sample_range(finite: npt.NDArray[np.float32]) -> tuple[float, float]:
    """Return which sample values mean black and white.

    Files say how wide a sample is stored, seldom how much of it is used: 12-bit scanners and infrared cameras write
    16-bit files. So white is the end of the smallest usual depth that holds the brightest sample. Samples that cannot
    be a brightness (negative, or beyond 16 bits) are stretched from their least to their greatest.
    """
    least, greatest = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    if least < 0 or greatest >= 2 ** WHOLE_BIT_DEPTHS[-1]:
        return least, max(greatest, least + 1.0)
    if greatest <= 1.0:
        return 0.0, 1.0
    return 0.0, float(next(2**depth - 1 for depth in WHOLE_BIT_DEPTHS if greatest < 2**depth))


def _in_srgb(image: Image.Image, icc_profile: Any) -> Image.Image:
    if image.mode == "LAB":
        return _by_profile(image, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))) or image.convert("RGB")
    by_profile: Image.Image | None = None
    if isinstance(icc_profile, bytes) and icc_profile:
        by_profile = _by_embedded_profile(image, icc_profile)
    return by_profile or (image if image.mode == "RGB" else image.convert("RGB"))


def _by_embedded_profile(image: Image.Image, icc_profile: bytes) -> Image.Image | None:
    """Return the image in sRGB, or None where the profile is damaged, foreign to the mode, or sRGB already."""
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc_profile))
        if MODE_OF_SPACE.get(profile.profile.xcolor_space.strip()) != image.mode:
            return None
        if ImageCms.getProfileDescription(profile).startswith("sRGB"):
            return None
    except UNUSABLE_PROFILE:
        return None
    return _by_profile(image, profile)


def _by_profile(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image | None:
    try:
        return ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except UNUSABLE_PROFILE:
        return None
