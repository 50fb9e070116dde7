"""tokenizer.json of the tiny checkpoints: the Qwen2 layout with 256 bytes, 12 merges, 7 added tokens."""

from tiny_configurations import END_OF_TEXT

MERGES = ["Ġ t", "h e", "i n", "r e", "o n", "Ġt he", "e r", "Ġ a", "ì Ŀ", "ë ĭ", "ìĿ ´", "Ġ ìĿ´"]
ADDED = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>",
         "<|image_pad|>", "<|video_pad|>"]
QWEN2_PATTERN = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|"
                 r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")


def byte_characters():
    """GPT-2's printable stand-in of each byte, in its vocabulary order."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    return [chr(b) for b in plain] + [chr(256 + i) for i in range(256 - len(plain))]


def tokenizer_json():
    vocabulary = byte_characters() + [merge.replace(" ", "") for merge in MERGES]
    assert len(vocabulary) == END_OF_TEXT == len(set(vocabulary))
    byte_level = dict(type="ByteLevel", add_prefix_space=False, trim_offsets=False, use_regex=False)
    split = dict(type="Split", pattern=dict(Regex=QWEN2_PATTERN), behavior="Isolated", invert=False)
    return dict(
        version="1.0", truncation=None, padding=None,
        added_tokens=[dict(id=END_OF_TEXT + i, content=token, single_word=False, lstrip=False,
                           rstrip=False, normalized=False, special=True)
                      for i, token in enumerate(ADDED)],
        normalizer=dict(type="NFC"),
        pre_tokenizer=dict(type="Sequence", pretokenizers=[split, byte_level]),
        post_processor=byte_level, decoder=byte_level,
        model=dict(type="BPE", dropout=None, unk_token=None, continuing_subword_prefix="",
                   end_of_word_suffix="", fuse_unk=False, byte_fallback=False, ignore_merges=False,
                   vocab={token: i for i, token in enumerate(vocabulary)}, merges=MERGES))


def tokenizer_config(chat_template=None):
    config = dict(
        tokenizer_class="Qwen2Tokenizer", add_prefix_space=False, add_bos_token=False,
        clean_up_tokenization_spaces=False, bos_token=None, eos_token="<|im_end|>",
        pad_token="<|endoftext|>", unk_token=None, errors="replace", split_special_tokens=False,
        model_max_length=512, additional_special_tokens=ADDED[1:])
    return config | (dict(chat_template=chat_template) if chat_template else {})


# Published with Qwen2-VL and Qwen2.5-VL (chat_template.json).
VL_CHAT_TEMPLATE = (
    "{% set image_count = namespace(value=0) %}{% set video_count = namespace(value=0) %}"
    "{% for message in messages %}{% if loop.first and message['role'] != 'system' %}"
    "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n{% endif %}"
    "<|im_start|>{{ message['role'] }}\n{% if message['content'] is string %}"
    "{{ message['content'] }}<|im_end|>\n{% else %}{% for content in message['content'] %}"
    "{% if content['type'] == 'image' or 'image' in content or 'image_url' in content %}"
    "{% set image_count.value = image_count.value + 1 %}"
    "{% if add_vision_id %}Picture {{ image_count.value }}: {% endif %}"
    "<|vision_start|><|image_pad|><|vision_end|>"
    "{% elif content['type'] == 'video' or 'video' in content %}"
    "{% set video_count.value = video_count.value + 1 %}"
    "{% if add_vision_id %}Video {{ video_count.value }}: {% endif %}"
    "<|vision_start|><|video_pad|><|vision_end|>"
    "{% elif 'text' in content %}{{ content['text'] }}{% endif %}{% endfor %}<|im_end|>\n"
    "{% endif %}{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}")
