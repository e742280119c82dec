#!/usr/bin/python3
"""Takes the outlines of the characters that explicit labels need out of Debian's Noto Sans CJK SC Bold.

    apt-get install fonts-noto-cjk python3-fonttools
    label/src/glyphs/outlines.py          (writes outlines.bin beside the class that reads it)

The characters: ASCII, everything in wordings.tsv, and notice.txt beside this script (words that own wordings often use).
Layout of outlines.bin, big-endian: "CBGL", version u8 = 1, units per em u16, height of capitals u16, count u16; then for each character, in
the order of the code points: code point u32, advance u16, number of operations u16, and the operations: u8 kind (0 move, 1 line, 2 cubic,
3 close) with its points as i16 x, y; y grows upwards from the base line.
"""
import pathlib
import struct
from fontTools.ttLib import TTCollection
from fontTools.pens.recordingPen import DecomposingRecordingPen

HERE = pathlib.Path(__file__).resolve().parent
RESOURCES = HERE.parent / "main/resources/dev/cinnabar/label"
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
FAMILY = "Noto Sans CJK SC"
KIND = {"moveTo": 0, "lineTo": 1, "curveTo": 2, "closePath": 3, "endPath": 3}


def characters():
    wanted = {chr(c) for c in range(0x20, 0x7F)}
    for line in (RESOURCES / "wordings.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            wanted |= set(line.split("\t")[3])
    wanted |= {c for c in (HERE / "notice.txt").read_text("utf-8") if c > " "}
    return sorted(wanted)


def main():
    font = next(f for f in TTCollection(FONT).fonts if f["name"].getDebugName(1).startswith(FAMILY) and "Mono" not in f["name"].getDebugName(1))
    glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
    out = bytearray(b"CBGL" + struct.pack(">BHH", 1, font["head"].unitsPerEm, font["OS/2"].sCapHeight))
    chars = characters()
    out += struct.pack(">H", len(chars))
    for char in chars:
        glyph = glyphs[cmap[ord(char)]]
        pen = DecomposingRecordingPen(glyphs)
        glyph.draw(pen)
        out += struct.pack(">IHH", ord(char), round(glyph.width), len(pen.value))
        for op, points in pen.value:
            out.append(KIND[op])
            for x, y in points:
                out += struct.pack(">hh", round(x), round(y))
    target = RESOURCES / "glyphs/outlines.bin"
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(out)
    print(f"{len(chars)} characters, {len(out)} bytes: {target}")


main()
