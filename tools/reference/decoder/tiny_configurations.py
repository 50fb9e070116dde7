"""config.json of each tiny checkpoint, spelled as the published checkpoints of its family spell theirs.

Every linear layer's input is a multiple of 32 wide (the block of q8_0 and q4_0); the vocabulary is
not a multiple of 16, so that the last tile of a repacked matrix is a partial one.
"""

VOCABULARY = 280  # 256 bytes, 12 merges, 7 special tokens, 5 rows that no token uses
END_OF_TEXT, IM_START, IM_END = 268, 269, 270
VISION_START, VISION_END, IMAGE_PAD, VIDEO_PAD = 271, 272, 273, 274

_decoder = dict(
    hidden_size=64, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
    vocab_size=VOCABULARY, rms_norm_eps=1e-6, hidden_act="silu", initializer_range=0.02,
    attention_dropout=0.0, use_cache=True, bos_token_id=END_OF_TEXT, eos_token_id=IM_END)

_special = dict(
    vision_start_token_id=VISION_START, vision_end_token_id=VISION_END,
    image_token_id=IMAGE_PAD, video_token_id=VIDEO_PAD)

QWEN2 = dict(
    architectures=["Qwen2ForCausalLM"], model_type="qwen2", **_decoder, intermediate_size=96,
    rope_theta=10000.0, tie_word_embeddings=True, max_position_embeddings=512,
    use_sliding_window=False, sliding_window=512, max_window_layers=2, torch_dtype="bfloat16")

_mrope = dict(
    rope_theta=10000.0, rope_scaling=dict(type="mrope", mrope_section=[2, 3, 3]),
    max_position_embeddings=512, use_sliding_window=False, sliding_window=512, max_window_layers=2,
    tie_word_embeddings=False, torch_dtype="bfloat16")

QWEN25_VL = dict(
    architectures=["Qwen2_5_VLForConditionalGeneration"], model_type="qwen2_5_vl",
    **_decoder, intermediate_size=64, **_special, **_mrope,
    vision_config=dict(
        depth=4, hidden_act="silu", hidden_size=32, intermediate_size=64, num_heads=2, in_chans=3,
        out_hidden_size=64, patch_size=14, spatial_merge_size=2, spatial_patch_size=14,
        temporal_patch_size=2, tokens_per_second=2,
        # 56 px = 2 x 2 image tokens a window; blocks 1 and 3 see the whole page.
        window_size=56, fullatt_block_indexes=[1, 3]))

QWEN2_VL = dict(
    architectures=["Qwen2VLForConditionalGeneration"], model_type="qwen2_vl",
    **_decoder, intermediate_size=64, **_special, **_mrope,
    vision_config=dict(
        depth=2, embed_dim=32, mlp_ratio=2, num_heads=2, in_chans=3, hidden_size=64,
        hidden_act="quick_gelu", patch_size=14, spatial_merge_size=2, spatial_patch_size=14,
        temporal_patch_size=2))

# Positions up to 40 reach past the short "original" context, so that each of the three bands of
# Llama 3's scaling (kept, interpolated, divided) holds at least one frequency that matters.
LLAMA = dict(
    architectures=["LlamaForCausalLM"], model_type="llama", **(_decoder | dict(rms_norm_eps=1e-5)),
    intermediate_size=96, head_dim=16, rope_theta=500000.0,
    rope_scaling=dict(
        rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
        original_max_position_embeddings=64),
    attention_bias=False, mlp_bias=False, pretraining_tp=1, tie_word_embeddings=False,
    max_position_embeddings=512, torch_dtype="bfloat16")
LLAMA_LINEAR = LLAMA | dict(rope_theta=10000.0, rope_scaling=dict(type="linear", factor=4.0))
LLAMA_PLAIN = LLAMA | dict(rope_theta=10000.0, rope_scaling=None)

GPT_NEOX = dict(
    architectures=["GPTNeoXForCausalLM"], model_type="gpt_neox", hidden_size=64,
    num_hidden_layers=2, num_attention_heads=4, intermediate_size=128, vocab_size=VOCABULARY,
    hidden_act="gelu", rotary_pct=0.25, rotary_emb_base=10000, layer_norm_eps=1e-5,
    use_parallel_residual=True, tie_word_embeddings=False, max_position_embeddings=64,
    initializer_range=0.02, use_cache=True, bos_token_id=END_OF_TEXT, eos_token_id=IM_END,
    torch_dtype="float16")
GPT_NEOX_SEQUENTIAL = GPT_NEOX | dict(use_parallel_residual=False)

GENERATION = dict(
    bos_token_id=END_OF_TEXT, pad_token_id=END_OF_TEXT, do_sample=False,
    eos_token_id=[IM_END, END_OF_TEXT])

# As published with Qwen2.5-VL, and as transformers 5 writes the same.
PREPROCESSOR = dict(
    min_pixels=3136, max_pixels=12845056, patch_size=14, temporal_patch_size=2, merge_size=2,
    image_mean=[0.48145466, 0.4578275, 0.40821073], image_std=[0.26862954, 0.26130258, 0.27577711],
    image_processor_type="Qwen2VLImageProcessor", processor_class="Qwen2_5_VLProcessor")
PREPROCESSOR_5 = {k: v for k, v in PREPROCESSOR.items() if k not in ("min_pixels", "max_pixels")} | dict(
    size=dict(shortest_edge=3136, longest_edge=12845056), do_convert_rgb=True, do_normalize=True,
    do_rescale=True, do_resize=True, resample=3, rescale_factor=1 / 255,
    processor_class="Qwen2VLProcessor")
