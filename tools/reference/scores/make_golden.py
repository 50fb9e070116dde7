"""Writes the scores that the peers give to pairs of texts, as golden values for ScoringTests.

    python3 -m venv venv
    venv/bin/pip install jiwer==4.0.0 dinglehopper==0.11.0 rapidfuzz==3.14.6 uniseg==0.10.1
    venv/bin/python tools/reference/scores/make_golden.py Tests/ScoringTests/Golden/scores.json

Edit counts are jiwer's over lists of grapheme clusters and of words, where both sides make them the
same way; CER and WER are dinglehopper's, null where it says infinity.
"""

import json
import math
import random
import sys
import unicodedata

import jiwer
from dinglehopper.character_error_rate import character_error_rate_n
from dinglehopper.word_error_rate import word_error_rate_n, words_normalized
from rapidfuzz.distance import Levenshtein
from uniseg.graphemecluster import grapheme_clusters
from uniseg.wordbreak import words

PAIRS = [
    ("", ""), ("", "잡음"), ("처방전", ""), ("처방전", "처방전"), ("abc", "xyz"),
    ("아목시실린캡슐 500mg 1일 3회", "아목시실린캡슐 50Omg 1일 3희"),
    ("아목시실린캡슐 500mg", "아목시실린캡슐500 mg"),
    ("BE -3.5", "3.5"), ("<0.5", ">0.5"), ("CRP 1,000.5 mg/dL", "CRP 1000.5 mg/dl"),
    ("10³/µL", "103/μL"), ("½정", "1/2정"), ("㎎ ㎖", "mg mL"),
    (unicodedata.normalize("NFD", "당뇨병성 신증"), "당뇨병성 신증"),
    ("당뇨병성 신증", unicodedata.normalize("NFD", "당뇨병 신증")),
    ("ㄱㄴㄷ 초성", "ㄱㄷ 초성"), ("\u1112\u1161\u11ab글", "한글"), ("e\u0301te\u0301", "été"),
    ("a\u0323\u0307b", "a\u0307\u0323b"), ("ＡＢＣ　１２３", "ABC 123"),
    ("가족 👨‍👩‍👧‍👦 🇰🇷", "가족 👨‍👩‍👧 🇰🇷"), ("👍🏽 ok", "👍 ok"), ("❤️", "❤"),
    ("can't o'clock", "cant oclock"), ("서울-부산 3.5kg", "서울 부산 35kg"),
    ("x_y a.b 1.2.3", "xy ab 123"), ("カタカナ ひらがな 漢字", "カタカ ひらがな 漢宇"),
    ("שלום \"ab\" ש\"ב", "שלום ab שב"), ("ไทย ภาษา", "ไทย ภาสา"), ("हिन्दी क्षेत्र", "हिनदी क्षेत्र"),
    ("1. 혈당 70-99\n2. 혈압 120/80", "1. 혈당 70~99\n2. 혈압 12O/80"),
    ("5 mg", "15 mg"), ("5 mg", ".5 mg"), ("a\u200db", "ab"), ("zero\u200bwidth", "zerowidth"),
    ("soft\u00adhyphen", "softhyphen"), ("a\nb\nc", "a b c"), ("Hb A1c ≥ 6.5 %", "HbA1c > 6.5%"),
    ("\u0308a b", "a b"), ("a\n\u0308b", "a\nb"), ("🇰🇷🇺🇸🇯🇵", "🇰🇷🇯🇵"), ("37.5 °C ± 0.2", "37.5 ℃ + 0.2"),
]

SYLLABLES = "가나다라마바사아자차카타파하약정캡슐 \n0123456789mgLdABC.,-/()<>%"


def noisy(rng, text, rate):
    out = []
    for character in text:
        draw = rng.random()
        if draw < rate / 3:
            continue
        if draw < 2 * rate / 3:
            out.append(rng.choice(SYLLABLES))
            continue
        out.append(character)
        if draw < rate:
            out.append(rng.choice(SYLLABLES))
    return "".join(out)


def clusters(text):
    return list(grapheme_clusters(unicodedata.normalize("NFC", text)))


def counts(reference, reading):
    """Hits, substitutions, deletions, insertions: jiwer's of a list of tokens."""
    if not reference:
        return [0, 0, 0, len(reading)]
    coded = {}
    code = lambda token: f"t{coded.setdefault(token, len(coded))}"
    result = jiwer.process_words(
        [" ".join(map(code, reference))], [" ".join(map(code, reading))]
    )
    total = [result.hits, result.substitutions, result.deletions, result.insertions]
    assert sum(total[1:]) == Levenshtein.distance(reference, reading)
    return total


def finite(value):
    return None if math.isinf(value) else value


rng = random.Random(20260105)
for length, rate in [(40, 0.1), (200, 0.02), (200, 0.5), (700, 0.05), (900, 0.3)]:
    text = "".join(rng.choice(SYLLABLES) for _ in range(length)).strip()
    PAIRS.append((text, noisy(rng, text, rate)))

cases = []
for reference, reading in PAIRS:
    words_a, words_b = list(words_normalized(reference)), list(words_normalized(reading))
    cases.append({
        "truth": reference,
        "reading": reading,
        "clusters": clusters(reference),
        "segments": list(words(unicodedata.normalize("NFC", reference))),
        "words": words_a,
        "cer": finite(character_error_rate_n(reference, reading)[0]),
        "wer": finite(word_error_rate_n(words_a, words_b)[0]),
        "character_counts": counts(clusters(reference), clusters(reading)),
        "word_counts": counts(words_a, words_b),
    })

with open(sys.argv[1], "w") as file:
    # ASCII, so that no editor or checkout recomposes the texts.
    json.dump(cases, file, ensure_ascii=True, indent=0)
    file.write("\n")
