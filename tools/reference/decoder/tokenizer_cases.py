"""Small tokenizer.json files built like the published ones, and what the tokenizers library makes of
some sixty strings with each.

    python tokenizer_cases.py ../../../Tests/OCRInferenceTests/Golden/tokenizers ../../../Tests/OCRInferenceTests/Golden/line-reader
"""

import json
import pathlib
import sys
import unicodedata

import tokenizers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from tiny_tokenizer import QWEN2_PATTERN, byte_characters

LLAMA3_PATTERN = QWEN2_PATTERN.replace(r"|\p{N}|", r"|\p{N}{1,3}|")

CORPUS = """환자는 2일 전부터 복통이 있었음. 혈압 120/80 mmHg, 맥박 72회, 체온 36.5도. 투약 기록지를 확인하였다.
진단명: 급성 충수염. 수술 후 경과 관찰. 알레르기: 페니실린. 검사 결과 정상 범위 내에 있음. 이 서식을 작성한 의사의 서명.
The patient was admitted with abdominal pain. The patient's blood pressure is 120/80 and the pulse is 72. Dosage: 500 mg twice a day.
He doesn't take aspirin; they've seen her, I'm sure we'll see. Read the page and write the text. The test results are in the normal range.
이름: 홍길동 (남/45세) 등록번호 00123456 진료과: 내과 처방: 아목시실린 500mg 1일 3회 7일분. 보호자에게 설명함.
TSH 3.8 uIU/mL (0.27-4.20)  Hb 13.5 g/dL  WBC 7,200 /uL  CRP 0.5 mg/dL   Na 140  K 4.1
for i in range(10):
    print("hello, world", i)

    return value  # comment
""".split("\n") * 3

STRINGS = [
    "", " ", "  ", "   a", "a   ", "\n", "\n\n", " \n \n ", "\t", "a\tb", "\r\n", "a\r\nb\r\n\r\nc", "   \n  x",
    "hello", "Hello, world!", " hello", "hello world  again   and    more",
    "환자는 2일 전부터 복통이 있었음.", "진단명: 급성 충수염", "이 서식을", "뷁쀍햏 똠방각하", "ㄱㄴㄷ ㅏㅑㅓ ㅋㅋㅋ",
    "The patient's", "they've I'm we'll don't he'd it's you're", "THEY'VE I'M WE'LL DON'T HE'D IT'S YOU'RE",
    "it’s “quoted”", "'tis 'sword 'reddit", "patient", "patients", " patient",
    "1", "12", "123", "1234", "1234567", "120/80 mmHg", "0.27-4.20", "2024-03-01", "5 mg 10mg", "Ⅳ ½ ² ①②③ ٣٤", "１２３",
    "mg/dL µg ㎎ ℃ ±5% → ≥10 ≤3 × ÷",
    "!!!", "... --- ***", "(a)[b]{c}<d>", "a_b__c", "e-mail: a.b+c@d.kr", "https://example.org/a?b=c&d=%20",
    "#include <x.h>\n\tint main() {\n\t\treturn 0;\n\t}\n",
    "😀", "👩‍⚕️ 👨‍👩‍👧‍👦 🇰🇷", "👍🏽ok", "a😀b\n\n😀",
    unicodedata.normalize("NFD", "환자 한글 값"), unicodedata.normalize("NFD", "é ñ ü café"), "é ñ ü café", "a\u0301\u0323 q\u0307\u0323",
    "각ᆨ 각", "日本語 中文 Русский العربية हिन्दी ไทย", "\u200b\u200d\ufeff", "a\u00a0b\u3000c\u2028d", "\x00\x01\x7f", "\ufffd \U0010ffff \ue000",
    "ﬁ ﬂ Å Å Ω Ω", "İi ſ K", "don\u2019t",
    "a" * 40, " " * 20 + "x", "가" * 20, "▁a ▁▁b", "<unk> <0x41> <s>", "ĠaĊ",
]

SPECIAL = {
    "qwen2": ["<|im_start|>user\n안녕<|im_end|>\n", "a<|vision_start|><|image_pad|><|image_pad|><|vision_end|>b",
              "<|im_start|", "<|im_end|><|im_end|>", " <|endoftext|> ", "<tool_call>\n{}\n</tool_call>", "x<|image_pad|>'s"],
    "llama3": ["<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>", "a <|eot_id|> b", "<|eot_id|"],
    "llama2": ["<s>[INST] 안녕 [/INST] hi </s>", "a</s>b", "<s><s>", " <s> a"],
    "llama2-metaspace": ["<s>[INST] 안녕 [/INST] hi </s>", "a</s>b", "<s><s>", " <s> a"],
    "gpt-neox": ["<|endoftext|>a", "a<|padding|>", "x     y        z", "    if x:\n        y"],
    "line-reader": ["<|vision_start|><|image_pad|><|vision_end|>정상<eos>", "<eos", "a<unk>b"],
}


def trained(size, pattern, normalizer=None):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(pattern), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    if normalizer:
        tokenizer.normalizer = normalizer
    trainer = trainers.BpeTrainer(vocab_size=size, show_progress=False, initial_alphabet=byte_characters())
    tokenizer.train_from_iterator(CORPUS, trainer)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def special(*tokens):
    return [AddedToken(token, special=True, normalized=False) for token in tokens]


def qwen2():
    tokenizer = trained(600, QWEN2_PATTERN, normalizers.NFC())
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    tokenizer.add_special_tokens(special("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>",
                                         "<|vision_end|>", "<|image_pad|>", "<|video_pad|>"))
    tokenizer.add_tokens([AddedToken(t, special=False, normalized=False) for t in ("<tool_call>", "</tool_call>")])
    return json.loads(tokenizer.to_str())


def llama3():
    tokenizer = trained(560, LLAMA3_PATTERN)
    tokenizer.add_special_tokens(special("<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>",
                                         "<|end_header_id|>", "<|eot_id|>"))
    start = tokenizer.token_to_id("<|begin_of_text|>")
    tokenizer.post_processor = processors.Sequence([
        processors.ByteLevel(trim_offsets=True),
        processors.TemplateProcessing(single="<|begin_of_text|> $A", pair="<|begin_of_text|> $A <|begin_of_text|>:1 $B:1",
                                      special_tokens=[("<|begin_of_text|>", start)])])
    made = json.loads(tokenizer.to_str())
    # ignore_merges: a whole word of the vocabulary is taken even where no merge leads to it.
    made["model"]["ignore_merges"] = True
    merges = made["model"]["merges"]
    lost = [m for m in merges if "".join(m) in ("Ġpatient", "Ġthe", "환자", "íĻĺìŀĲ")]
    assert lost
    # Only merges that no later merge builds on may go.
    made["model"]["merges"] = [" ".join(m) for m in merges if m not in lost]  # spelled as published
    return made


def sentencepiece_vocabulary():
    """Characters and merges learned as SentencePiece does: within words that begin with U+2581."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    trainer = trainers.BpeTrainer(vocab_size=420, show_progress=False, limit_alphabet=160)
    tokenizer.train_from_iterator(CORPUS, trainer)
    learned = json.loads(tokenizer.to_str())["model"]
    ordered = sorted(learned["vocab"], key=learned["vocab"].get)
    letters = [t for t in ordered if len(t) == 1]
    pieces = ["<unk>", "<s>", "</s>", *(f"<0x{b:02X}>" for b in range(256))]
    merges = [["▁", "▁"], ["▁▁", "▁▁"]] + learned["merges"]
    pieces += ["▁▁", "▁▁▁▁"] + [t for t in ordered if len(t) > 1] + letters
    return {t: i for i, t in enumerate(pieces)}, merges


def llama2(metaspace=False):
    vocabulary, merges = sentencepiece_vocabulary()
    tokenizer = Tokenizer(models.BPE(vocabulary, [tuple(m) for m in merges], unk_token="<unk>",
                                     fuse_unk=True, byte_fallback=True))
    if metaspace:
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="first", split=False)
    else:
        tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(),
                                           decoders.Strip(" ", 1, 0)])
    tokenizer.add_special_tokens(special("<unk>", "<s>", "</s>"))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s>:1 $B:1", special_tokens=[("<s>", 1)])
    made = json.loads(tokenizer.to_str())
    if not metaspace:  # as published: "a b", where newer files have ["a", "b"]
        made["model"]["merges"] = [" ".join(m) for m in made["model"]["merges"]]
    return made


def gpt_neox():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    trainer = trainers.BpeTrainer(vocab_size=500, show_progress=False, initial_alphabet=byte_characters())
    tokenizer.train_from_iterator(CORPUS, trainer)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=True)
    tokenizer.add_special_tokens(special("<|endoftext|>", "<|padding|>"))
    tokenizer.add_tokens([AddedToken(" " * n, special=False, normalized=True) for n in range(24, 1, -1)])
    return json.loads(tokenizer.to_str())


def cases(tokenizer, name):
    rows = []
    for text in STRINGS + SPECIAL[name]:
        plain = tokenizer.encode(text, add_special_tokens=False).ids
        rows.append(dict(
            text=text, ids=plain, ids_with_special=tokenizer.encode(text, add_special_tokens=True).ids,
            decoded=tokenizer.decode(plain, skip_special_tokens=True),
            decoded_with_special=tokenizer.decode(plain, skip_special_tokens=False)))
    size = tokenizer.get_vocab_size()
    for ids in ([], [size - 1], [0, 1, 2], [size - 1, size - 2], list(range(200, 240))):  # ids no text gave
        rows.append(dict(ids=ids, decoded=tokenizer.decode(ids, skip_special_tokens=True),
                         decoded_with_special=tokenizer.decode(ids, skip_special_tokens=False)))
    return rows


def write_cases(path, tokenizer, name):
    rows = cases(tokenizer, name)
    head = dict(script="tools/reference/decoder/tokenizer_cases.py", tokenizers=tokenizers.__version__)
    lines = ",\n".join(json.dumps(row) for row in rows)  # ASCII: an editor cannot compose or drop anything
    path.write_text(json.dumps(head)[:-1] + ', "cases": [\n' + lines + "\n]}\n")
    print(name, len(rows), "cases, vocabulary", tokenizer.get_vocab_size())


def main(root, line_reader):
    makers = {"qwen2": qwen2, "llama3": llama3, "llama2": llama2,
              "llama2-metaspace": lambda: llama2(metaspace=True), "gpt-neox": gpt_neox}
    for name, make in makers.items():
        (root / name).mkdir(parents=True, exist_ok=True)
        text = json.dumps(make(), ensure_ascii=False, indent=1)
        (root / name / "tokenizer.json").write_text(text + "\n")
        write_cases(root / name / "cases.json", Tokenizer.from_str(text), name)
    write_cases(line_reader / "tokenizer_cases.json",
                Tokenizer.from_file(str(line_reader / "tokenizer.json")), "line-reader")


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))
