"""Prints pages in the encodings that Python has, a line each: name of the encoding, bytes and text, both as hex of UTF-8.

Python's tables are its own, so they and ours vouch for each other. Where a codec differs from the Encoding Standard by
design, its page keeps to the characters that both have.
"""

LATIN = {
    "iso8859_2": "Zażółć gęślą jaźń. Příliš žluťoučký kůň. Árvíztűrő tükörfúrógép.",
    "iso8859_3": "Ĉu vi parolas Esperanton? Eĥoŝanĝo ĉiuĵaŭde. Il-Malti: ħobż, ġnien, żmien.",
    "iso8859_4": "Õun, ööbik ja ämblik. Glāžšķūņa rūķīši. Šešios žąsys su šešiais žąsyčiais.",
    "iso8859_10": "Sámi: čáhci, đđ, ŋ, ŧ, ž. Þetta er íslenska; kalaallisut.",
    "iso8859_13": "Įlinkdama fechtuotojo špaga sublykčiojusi pragręžė apvalų arbūzą.",
    "iso8859_14": "Tŷ yng Nghymru, dŵr. Ḃí an ḟear ag ól. Ġaeilge.",
    "iso8859_15": "Bœuf, cœur, Šuša, žába, 5 €, Ÿ.",
    "iso8859_16": "Muzicologă în bej vând whisky și tequila, preț fix: 5 €.",
    "mac_roman": "Él niño; déjà vu ∑ ∞ ≠ “so” – 5 €",
    "cp1250": "Zażółć gęślą jaźń, 5 €. Příliš žluťoučký kůň.",
    "cp1252": "“Voix ambiguë d’un cœur qui préfère les jattes de kiwis” – 5 €",
    "cp1254": "Pijamalı hasta yağız şoföre çabucak güvendi.",
    "iso8859_9": "Pijamalı hasta yağız şoföre çabucak güvendi.",
    "cp1257": "„Glāžšķūņa rūķīši dzērumā“ – įlinkdama fechtuotojo špaga",
    "cp1258": "Viê\u0323t Nam, tiê\u0301ng Viê\u0323t, 5 ₫",
}
OTHER = {
    "cp866": "Съешь же ещё этих мягких французских булок ╔═╗",
    "koi8_r": "Съешь же ещё этих мягких французских булок ╔═╗",
    "koi8_u": "Чуєш їх, доцю, га? Кумедна ж ти, прощайся без ґольфів!",
    "cp1251": "Съешь же ещё этих «мягких» булок № 5, да выпей чаю. Чуєш їх, ґ?",
    "iso8859_5": "Съешь же ещё этих мягких французских булок. Љубазни фењерџија.",
    "mac_cyrillic": "Съешь же ещё этих мягких французских булок",
    "iso8859_6": "صِف خَلقَ خَودِ كَمِثلِ الشَمسِ",
    "cp1256": "صِف خَلقَ خَودِ كَمِثلِ الشَمسِ، گچپژ",
    "iso8859_7": "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία",
    "cp1253": "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία – 5 €",
    "iso8859_8": "דג סקרן שט בים מאוכזב",
    "cp1255": "דג סקרן שט לו בים זך, 5 ₪. בְּרֵאשִׁית",
    "cp874": "เป็นมนุษย์สุดประเสริฐเลิศคุณค่า – 5 €",
    "gb18030": "视野无限广，窗外有蓝天。𠀀😀 é ü ß ŀ Ж ਗ ゟ 㐀",
    "gbk": "视野无限广，窗外有蓝天。繁體字 αβγ ①②③",
    "gb2312": "视野无限广，窗外有蓝天。",
    "big5": "視野無限廣，窗外有藍天。注音符號ㄅㄆㄇ",
    "big5hkscs": "嘅啲咗喺嚟 香港增補字符集 𠝹𡃁",
    "euc_jp": "いろはにほへと　ちりぬるを ｲﾛﾊ 漢字 丂侄",
    "shift_jis": "いろはにほへと　ちりぬるを ｲﾛﾊ 漢字",
    "cp932": "㈱①Ⅳ 髙﨑 いろは ｲﾛﾊ \ue000\ue757",
    "iso2022_jp": "いろはにほへと abc 漢字 ok",
    "iso2022_jp_1": "いろはにほへと abc",
    "euc_kr": "키스의 고유조건은 입술끼리 만나야 하고",
    "cp949": "똠방각하 펲시콜라 찦차를 타고 온",
    "utf_8": "naïve 日本語 한국어 😀",
    "utf_16_le": "naïve 日本語 한국어 😀",
    "utf_16_be": "naïve 日本語 한국어 😀",
}
NAMES = {
    "cp866": "IBM866", "cp874": "windows-874", "koi8_r": "KOI8-R", "koi8_u": "KOI8-U", "mac_roman": "macintosh",
    "mac_cyrillic": "x-mac-cyrillic", "gb18030": "gb18030", "gbk": "GBK", "gb2312": "GBK", "big5": "Big5",
    "big5hkscs": "Big5", "euc_jp": "EUC-JP", "shift_jis": "Shift_JIS", "cp932": "Shift_JIS", "euc_kr": "EUC-KR",
    "cp949": "EUC-KR", "iso2022_jp": "ISO-2022-JP", "iso2022_jp_1": "ISO-2022-JP", "utf_8": "UTF-8",
    "utf_16_le": "UTF-16LE", "utf_16_be": "UTF-16BE", "iso8859_9": "windows-1254",
}


def name_of(codec):
    if codec in NAMES:
        return NAMES[codec]
    return codec.replace("iso8859_", "ISO-8859-").replace("cp", "windows-")


def upper_half(codec):
    """What the codec makes of the bytes from 0x80 on, as far as it has them."""
    for byte in range(0x80, 0x100):
        try:
            yield bytes([byte]), bytes([byte]).decode(codec)
        except UnicodeDecodeError:
            pass


def show(name, encoded, text):
    print(name, encoded.hex(), text.encode("utf-8").hex())


for codec, sentence in {**LATIN, **OTHER}.items():
    page = f"<!doctype html><title>{sentence}</title><p>\\~ plain text</p>\n" * 3
    show(name_of(codec), page.encode(codec), page)
    if codec != "iso8859_9" and codec.startswith(("cp8", "cp125", "koi8_r", "iso8859", "mac")):
        pairs = list(upper_half(codec))
        show(name_of(codec), b"".join(b for b, _ in pairs), "".join(t for _, t in pairs))
show("ISO-8859-8-I", OTHER["iso8859_8"].encode("iso8859_8"), OTHER["iso8859_8"])
