"""Text as tokens: one for each conjoining jamo, ASCII character and symbol of vocabulary.txt.

A text is decomposed (NFD), each code point is a token, and a reading is composed again (NFC).
Eleven thousand syllables are so learnt as 67 jamo; a vocabulary of syllables learnt far too slowly.
"""

import json
import pathlib
import unicodedata

SPECIALS = [
    "<pad>", "<eos>", "<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<unk>",
    "<|reserved_0|>", "<|video_pad|>",
]  # fmt: skip
PAD, EOS, VISION_START, VISION_END, IMAGE, UNKNOWN, _, VIDEO = range(len(SPECIALS))

JAMO = (
    [chr(0x1100 + i) for i in range(19)]
    + [chr(0x1161 + i) for i in range(21)]
    + [chr(0x11A8 + i) for i in range(27)]
)


class Vocabulary:
    def __init__(self, symbols: str):
        """symbols: what is known beside jamo and ASCII; each gives its canonical decomposition."""
        ascii_characters = [chr(c) for c in range(0x20, 0x7F)]
        decomposed = unicodedata.normalize("NFD", "".join(symbols.split()))
        characters = dict.fromkeys(ascii_characters + list(decomposed))
        self.tokens = SPECIALS + [c for c in characters if c not in JAMO] + JAMO
        self.ids = {token: i for i, token in enumerate(self.tokens)}

    @classmethod
    def read(cls, path=pathlib.Path(__file__).with_name("vocabulary.txt")):
        return cls(pathlib.Path(path).read_text(encoding="utf-8"))

    @classmethod
    def of_model(cls, directory):
        """The vocabulary of an exported model, in its order."""
        tokenizer = json.loads((pathlib.Path(directory) / "tokenizer.json").read_text("utf-8"))
        ids = tokenizer["model"]["vocab"]
        vocabulary = cls("")
        vocabulary.tokens = sorted(ids, key=ids.get)
        vocabulary.ids = dict(ids)
        return vocabulary

    def __len__(self):
        return len(self.tokens)

    def unknown(self, text: str) -> set:
        """The code points of a text that have no token."""
        return {c for c in unicodedata.normalize("NFD", text) if c not in self.ids}

    def encode(self, text: str):
        """The ids of a text and, for each, the index of the character (a code point) it is of."""
        ids, characters = [], []
        for index, character in enumerate(text):
            for part in unicodedata.normalize("NFD", character):
                ids.append(self.ids[part])
                characters.append(index)
        return ids, characters

    def decode(self, ids) -> str:
        known = (self.tokens[i] for i in ids if len(SPECIALS) <= i < len(self.tokens))
        return unicodedata.normalize("NFC", "".join(known)).strip()

    def tokenizer_json(self) -> dict:
        """tokenizer.json of the Hugging Face tokenizers library."""
        added = [
            {"id": i, "content": token, "single_word": False, "lstrip": False, "rstrip": False,
             "normalized": False, "special": True}
            for i, token in enumerate(SPECIALS)
        ]  # fmt: skip
        return {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": added,
            "normalizer": {"type": "NFD"},
            "pre_tokenizer": None,
            "post_processor": None,
            "decoder": {"type": "Fuse"},
            "model": {
                "type": "BPE", "dropout": None, "unk_token": SPECIALS[UNKNOWN],
                "continuing_subword_prefix": None, "end_of_word_suffix": None, "fuse_unk": False,
                "byte_fallback": False, "ignore_merges": False, "vocab": self.ids, "merges": [],
            },
        }  # fmt: skip
