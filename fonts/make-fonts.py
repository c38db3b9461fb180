#!/usr/bin/env python3
"""Make the faces of this folder from the Debian packages named in README.md.

    make-fonts.py                  write the faces, coverage.txt and SHA256SUMS beside this script
    make-fonts.py --verify         make them in a scratch folder and compare the bytes with those here
    make-fonts.py --check DIR...   name the characters of the text files under DIR that no SC face has

Needs fontTools; the bytes are reproducible with the version named in README.md.
"""

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection

HERE = Path(__file__).resolve().parent
CHARSET = HERE / "charset"

# Options as pyftsubset takes them on its command line.
COMMON = [
    "--no-hinting",
    "--notdef-outline",
    "--name-IDs=*",
    "--name-languages=*",
    "--no-recalc-timestamp",  # head.modified stays the source's, so the bytes do
    "--drop-tables+=DSIG",
]
# Only the default and the Simplified Chinese language systems: `locl` would otherwise pull in the
# Japanese, Korean and Traditional shape of every character.
SC = COMMON + [
    "--layout-features=ccmp,locl,calt,liga,fwid,hwid,pwid,kern,mark,palt,halt",
    "--layout-scripts=DFLT.dflt,latn.dflt,latn.ZHS,grek.dflt,grek.ZHS,hani.dflt,hani.ZHS",
    "--drop-tables+=vhea,vmtx,VORG",
]
LATIN = COMMON + [
    "--layout-features=ccmp,locl,liga,kern,mark,mkmk,case,frac,numr,dnom,ordn,subs,sups,lnum,onum,pnum,tnum,zero",
    "--layout-scripts=DFLT,latn,grek",
]
MATH = COMMON + [
    "--layout-features=ssty,dtls",
    "--drop-tables+=FFTM",
]

MATH_FAMILY = "Rankpress Math"


def ranges(path):
    """Code points of a file of `U+0041-005A  # note` lines."""
    found = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].strip()
        if line:
            first, _, last = line.removeprefix("U+").partition("-")
            found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def gb2312(rows):
    """Code points of GB 2312 rows; cells that the standard leaves empty do not decode."""
    found = set()
    for row in rows:
        for cell in range(1, 95):
            try:
                found.add(ord(bytes([0xA0 + row, 0xA0 + cell]).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    return found


def tgscc():
    """Code points of the table of General Standard Chinese Characters."""
    lines = (CHARSET / "tgscc.txt").read_text(encoding="utf-8").splitlines()
    text = "".join(line for line in lines if not line.startswith("#"))
    if len(text) != 8105 or len(set(text)) != 8105:
        sys.exit("charset/tgscc.txt: expected 8105 different characters")
    return {ord(c) for c in text}


def sc_charset():
    return gb2312([1, 2, 3, 6, *range(16, 88)]) | tgscc() | ranges(CHARSET / "sc.txt")


def face_number(path, family):
    """The place in a collection of the face that calls itself `family`."""
    for number, face in enumerate(TTCollection(path, lazy=True).fonts):
        if face["name"].getDebugName(1) == family:
            return number
    sys.exit(f"{path.name}: no face named {family}")


def add_minus(font):
    """Draw U+2212, which Noto Serif and Noto Sans lack, as the bar of their plus sign."""
    plus = font.getBestCmap()[ord("+")]
    shape = font["glyf"][plus]
    xs = sorted({x for x, _ in shape.coordinates})
    ys = sorted({y for _, y in shape.coordinates})
    if shape.numberOfContours != 1 or len(xs) != 4 or len(ys) != 4:
        sys.exit("the plus sign is not a plain cross")
    pen = TTGlyphPen(None)
    pen.moveTo((xs[0], ys[1]))
    for point in [(xs[0], ys[2]), (xs[3], ys[2]), (xs[3], ys[1])]:
        pen.lineTo(point)
    pen.closePath()
    minus = pen.glyph()
    minus.recalcBounds(font["glyf"])
    font["glyf"]["uni2212"] = minus  # also extends the glyph order
    font["hmtx"]["uni2212"] = font["hmtx"][plus]
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x2212] = "uni2212"


def rename(font, names):
    """Set name records, in every language they stand in, and the names inside `CFF `."""
    table = font["name"]
    for record in table.names:
        if record.nameID in names:
            record.string = names[record.nameID]
    if 10 in names:
        table.setName(names[10], 10, 3, 1, 0x409)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames[0] = names[6]
        cff.topDictIndex[0].FamilyName = names[1]
        cff.topDictIndex[0].FullName = names[4]


def family_names(family, style):
    """Name records 1-4, 6, 16 and 17 of a face in a family of regular and bold."""
    postscript = f"{family.replace(' ', '')}-{style}"
    full = family if style == "Regular" else f"{family} {style}"
    return {
        1: family,
        2: style,
        3: f"{postscript};subset",
        4: full,
        6: postscript,
        16: family,
        17: style,
    }


def make(source, out, wanted, arguments, names=None, number=-1, minus=False):
    """Subset a face and save it; return the code points that it has."""
    options = subset.Options()
    rest = options.parse_opts(list(arguments))
    assert not rest, rest
    options.font_number = number
    font = subset.load_font(str(source), options)
    version = font["name"].getDebugName(5).strip()
    if minus:
        add_minus(font)
    lacks = wanted - set(font.getBestCmap())
    worker = subset.Subsetter(options=options)
    worker.populate(unicodes=sorted(wanted))
    worker.subset(font)
    rename(font, {5: f"{version};subset", **(names or {})})
    has = set(font.getBestCmap())
    subset.save_font(font, str(out), options)
    print(f"{out.name}: {out.stat().st_size:,} bytes, {len(has)} code points")
    if lacks:
        print("  lacks " + " ".join(f"U+{c:04X}" for c in sorted(lacks)))
    return has


def compact(codepoints):
    """Sorted `U+4E00-4E0B` lines."""
    runs = []
    for c in sorted(codepoints):
        if runs and c == runs[-1][1] + 1:
            runs[-1][1] = c
        else:
            runs.append([c, c])
    return [f"U+{a:04X}" if a == b else f"U+{a:04X}-{b:04X}" for a, b in runs]


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make_all(cjk, noto, math, out):
    """Make every file; return their names."""
    out.mkdir(parents=True, exist_ok=True)
    made, sc_has = [], []

    wanted = sc_charset()
    for kind in ("Serif", "Sans"):
        family = f"Noto {kind} SC"
        for style in ("Regular", "Bold"):
            source = cjk / f"Noto{kind}CJK-{style}.ttc"
            number = face_number(source, f"Noto {kind} CJK SC")
            made.append(f"Noto{kind}SC-{style}.otf")
            names = family_names(family, style)
            sc_has.append(make(source, out / made[-1], wanted, SC, names, number))

    wanted = ranges(CHARSET / "latin.txt")
    for kind in ("Serif", "Sans"):
        for style in ("Regular", "Bold", "Italic", "BoldItalic"):
            made.append(f"Noto{kind}-{style}.ttf")
            make(noto / made[-1], out / made[-1], wanted, LATIN, minus=True)

    made.append("RankpressMath-Regular.otf")
    names = family_names(MATH_FAMILY, "Regular")
    names[10] = (
        "A subset of TeX Gyre Pagella Math 1.632, renamed as the GUST Font License asks. "
        "The complete original: http://www.gust.org.pl/projects/e-foundry/tex-gyre"
    )
    source = math / "texgyrepagella-math.otf"
    make(source, out / made[-1], ranges(CHARSET / "math.txt"), MATH, names)

    common = set.intersection(*sc_has)
    head = f"# The {len(common)} code points that all four SC faces have, by make-fonts.py."
    text = "\n".join([head, *compact(common)]) + "\n"
    (out / "coverage.txt").write_text(text, encoding="utf-8")
    sums = "".join(f"{sha256(out / name)}  {name}\n" for name in sorted(made))
    (out / "SHA256SUMS").write_text(sums, encoding="utf-8")
    total = sum((out / name).stat().st_size for name in made)
    print(f"{len(made)} faces, {total:,} bytes")
    return [*made, "coverage.txt", "SHA256SUMS"]


def check(folders):
    """Print the characters of the text files under `folders` that coverage.txt lacks."""
    have = ranges(HERE / "coverage.txt")
    missing = {}
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            try:
                text = path.read_text(encoding="utf-8-sig")
            except UnicodeDecodeError:
                continue
            for c in set(text) - set("\t\r\n"):
                if ord(c) not in have:
                    missing.setdefault(c, path.relative_to(folder))
    for c in sorted(missing):
        print(f"U+{ord(c):04X} {c}  {missing[c]}")
    return 1 if missing else 0


def main():
    parser = argparse.ArgumentParser(description="Make the faces of this folder.")
    parser.add_argument("--cjk", type=Path, default=Path("/usr/share/fonts/opentype/noto"))
    parser.add_argument("--noto", type=Path, default=Path("/usr/share/fonts/truetype/noto"))
    parser.add_argument(
        "--math",
        type=Path,
        default=Path("/usr/share/texmf/fonts/opentype/public/tex-gyre-math"),
    )
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--verify", action="store_true")
    parser.add_argument("--check", type=Path, nargs="+", metavar="DIR")
    args = parser.parse_args()

    if args.check:
        return check(args.check)
    if not args.verify:
        make_all(args.cjk, args.noto, args.math, args.out)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        names = make_all(args.cjk, args.noto, args.math, Path(scratch))
        differ = [n for n in names if not (args.out / n).is_file() or sha256(Path(scratch) / n) != sha256(args.out / n)]
    print("differ: " + ", ".join(differ) if differ else "all identical")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
