"""A line reader of the Qwen2.5-VL kind, for training.

Parameters have the names of a Hugging Face Qwen2_5_VLForConditionalGeneration, so that a checkpoint
is the state dict; only `ctc` is ours, and thrown away. A strip is one grey channel here: the patch
embedding of the checkpoint is this one's sixth part, over 3 equal channels and 2 equal frames.

B strips, N patches, C image tokens, T positions of the decoder.
Attention is written out: PyTorch's fused one is slow backwards on a CPU, and the guide needs its
probabilities.
"""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

import tokens
from recipe import ModelShape


class RMSNorm(nn.Module):
    def __init__(self, width, epsilon):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x):
        exact = x.float()
        exact = exact * torch.rsqrt(exact.pow(2).mean(-1, keepdim=True) + self.epsilon)
        return self.weight * exact.to(x.dtype)


class SwiGLU(nn.Module):
    def __init__(self, width, inner, bias):
        super().__init__()
        self.gate_proj = nn.Linear(width, inner, bias=bias)
        self.up_proj = nn.Linear(width, inner, bias=bias)
        self.down_proj = nn.Linear(inner, width, bias=bias)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


def rotated(x, cos, sin):
    """Rotary positions, halves paired (RoFormer, as Hugging Face lays it out). x [..., T, head]."""
    first, second = x.chunk(2, -1)
    return x * cos + torch.cat((-second, first), -1) * sin


# Vision


class VisionAttention(nn.Module):
    def __init__(self, shape: ModelShape):
        super().__init__()
        self.heads = shape.vision_heads
        self.qkv = nn.Linear(shape.vision_width, 3 * shape.vision_width)
        self.proj = nn.Linear(shape.vision_width, shape.vision_width)

    def forward(self, x, cos, sin):
        B, N, width = x.shape
        q, k, v = self.qkv(x).view(B, N, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        q, k = rotated(q, cos, sin) * q.shape[-1] ** -0.5, rotated(k, cos, sin)
        probabilities = (q @ k.mT).float().softmax(-1).to(v.dtype)
        return self.proj((probabilities @ v).transpose(1, 2).reshape(B, N, width))


class VisionBlock(nn.Module):
    def __init__(self, shape: ModelShape):
        super().__init__()
        self.norm1 = RMSNorm(shape.vision_width, shape.norm_epsilon)
        self.norm2 = RMSNorm(shape.vision_width, shape.norm_epsilon)
        self.attn = VisionAttention(shape)
        self.mlp = SwiGLU(shape.vision_width, shape.vision_mlp, bias=True)

    def forward(self, x, cos, sin):
        x = x + self.attn(self.norm1(x), cos, sin)
        return x + self.mlp(self.norm2(x))


class PatchEmbed(nn.Module):
    def __init__(self, shape: ModelShape):
        super().__init__()
        self.proj = nn.Linear(shape.patch**2, shape.vision_width, bias=False)


class PatchMerger(nn.Module):
    """merge x merge patches become one image token."""

    def __init__(self, shape: ModelShape):
        super().__init__()
        self.merged = shape.vision_width * shape.merge**2
        self.ln_q = RMSNorm(shape.vision_width, shape.norm_epsilon)
        self.mlp = nn.Sequential(
            nn.Linear(self.merged, self.merged), nn.GELU(), nn.Linear(self.merged, shape.width)
        )

    def forward(self, x):
        return self.mlp(self.ln_q(x).reshape(x.shape[0], -1, self.merged))


class VisionTower(nn.Module):
    def __init__(self, shape: ModelShape):
        super().__init__()
        self.shape = shape
        self.patch_embed = PatchEmbed(shape)
        self.blocks = nn.ModuleList(VisionBlock(shape) for _ in range(shape.vision_layers))
        self.merger = PatchMerger(shape)

    def forward(self, strips):
        """strips [B, height, width], normalised; image tokens [B, C, width of the decoder]."""
        B, height, width = strips.shape
        p, m = self.shape.patch, self.shape.merge
        patches = strips.view(B, height // (p * m), m, p, width // (p * m), m, p)
        x = self.patch_embed.proj(patches.permute(0, 1, 4, 2, 5, 3, 6).reshape(B, -1, p * p))
        cos, sin = self.positions(height // p, width // p, x)
        for block in self.blocks:
            x = block(x, cos, sin)
        return self.merger(x)

    def positions(self, rows, columns, like):
        """cos and sin [N, head]: a quarter of the pairs turn with the row, a quarter with the column."""
        pairs = self.shape.vision_width // self.shape.vision_heads // 2
        m = self.shape.merge
        row, column = torch.meshgrid(
            torch.arange(rows, device=like.device),
            torch.arange(columns, device=like.device),
            indexing="ij",
        )
        inverse = 10000.0 ** -(torch.arange(0, pairs, 2, device=like.device) / pairs)

        def angles(index):  # in the order of the patches: merged squares one after another
            index = index.reshape(rows // m, m, columns // m, m).permute(0, 2, 1, 3).flatten()
            return index[:, None] * inverse

        angle = torch.cat([angles(row), angles(column)], -1).repeat(1, 2)
        return angle.cos().to(like.dtype), angle.sin().to(like.dtype)


# Decoder


class Attention(nn.Module):
    def __init__(self, shape: ModelShape):
        super().__init__()
        self.head, self.kv_heads = shape.head_width, shape.kv_heads
        self.q_proj = nn.Linear(shape.width, shape.heads * self.head)
        self.k_proj = nn.Linear(shape.width, shape.kv_heads * self.head)
        self.v_proj = nn.Linear(shape.width, shape.kv_heads * self.head)
        self.o_proj = nn.Linear(shape.heads * self.head, shape.width, bias=False)

    def forward(self, x, cos, sin, mask, past=None):
        """mask [T, S], added to the scores; past: keys and values before x, [B, kv, S - T, head].

        Gives the output, the probabilities of head 0 [B, T, S], and the keys and values up to here.
        """
        B, T, _ = x.shape
        q = self.q_proj(x).view(B, T, -1, self.head).transpose(1, 2)
        k = self.k_proj(x).view(B, T, -1, self.head).transpose(1, 2)
        v = self.v_proj(x).view(B, T, -1, self.head).transpose(1, 2)
        q, k = rotated(q, cos, sin) * self.head**-0.5, rotated(k, cos, sin)
        if past is not None:
            k, v = torch.cat([past[0], k], 2), torch.cat([past[1], v], 2)
        # The queries that share a key head stand below each other: one product for the group.
        S, group = k.shape[2], q.shape[1] // self.kv_heads
        scores = q.reshape(B, self.kv_heads, group * T, self.head) @ k.mT
        scores = scores.view(B, self.kv_heads, group, T, S).float() + mask
        probabilities = scores.softmax(-1)
        mixed = probabilities.to(v.dtype).view(B, self.kv_heads, group * T, S) @ v
        mixed = mixed.view(B, -1, T, self.head).transpose(1, 2).reshape(B, T, -1)
        return self.o_proj(mixed), probabilities[:, 0, 0], (k, v)


class DecoderLayer(nn.Module):
    def __init__(self, shape: ModelShape):
        super().__init__()
        self.input_layernorm = RMSNorm(shape.width, shape.norm_epsilon)
        self.post_attention_layernorm = RMSNorm(shape.width, shape.norm_epsilon)
        self.self_attn = Attention(shape)
        self.mlp = SwiGLU(shape.width, shape.mlp, bias=False)

    def forward(self, x, cos, sin, mask, past=None):
        mixed, looked_at, cache = self.self_attn(self.input_layernorm(x), cos, sin, mask, past)
        x = x + mixed
        return x + self.mlp(self.post_attention_layernorm(x)), looked_at, cache


class Decoder(nn.Module):
    def __init__(self, shape: ModelShape):
        super().__init__()
        self.embed_tokens = nn.Embedding(shape.vocabulary, shape.width)
        self.layers = nn.ModuleList(DecoderLayer(shape) for _ in range(shape.layers))
        self.norm = RMSNorm(shape.width, shape.norm_epsilon)


class LineReader(nn.Module):
    def __init__(self, shape: ModelShape):
        super().__init__()
        self.shape = shape
        self.visual = VisionTower(shape)
        self.model = Decoder(shape)
        self.ctc = nn.Linear(shape.width * shape.rows, shape.ctc_frames * shape.vocabulary)
        self.reset()

    @torch.no_grad()
    def reset(self):
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                deviation = 0.7 * parameter.shape[1] ** -0.5
                if "embed_tokens" in name:
                    deviation = 0.02
                if name.endswith(("attn.proj.weight", "o_proj.weight", "down_proj.weight")):
                    visual = name.startswith("visual")
                    layers = self.shape.vision_layers if visual else self.shape.layers
                    deviation /= math.sqrt(2 * layers)
                parameter.normal_(0, deviation)
            elif name.endswith("bias"):
                parameter.zero_()

    def frames(self, image):
        """What stands in each sub-frame, left to right: logits [B, C * ctc_frames, vocabulary]."""
        B, C, width = image.shape
        rows = self.shape.rows
        columns = image.view(B, rows, C // rows, width).transpose(1, 2).flatten(2)
        return self.ctc(columns).view(B, -1, self.shape.vocabulary)

    def text(self, image, inputs):
        """Teacher forcing. inputs [B, L] begin with <|vision_end|>.

        Gives the logits after each of them [B, L, vocabulary], and for every layer what head 0 of
        each looks at among the image tokens [B, L, C].
        """
        B, C, _ = image.shape
        embedding = self.model.embed_tokens
        start = inputs.new_full((B, 1), tokens.VISION_START)
        x = torch.cat([embedding(start), image, embedding(inputs)], 1)
        cos, sin = self.positions(C, inputs.shape[1], x)
        mask = torch.full((x.shape[1], x.shape[1]), -1e4, device=x.device).triu(1)
        looks = []
        for layer in self.model.layers:
            x, looked_at, _ = layer(x, cos, sin, mask)
            looks.append(looked_at[:, 1 + C :, 1 : 1 + C])
        return self.logits(x[:, 1 + C :]), looks

    def logits(self, x):
        return F.linear(self.model.norm(x), self.model.embed_tokens.weight)

    def positions(self, image_tokens, length, like):
        """M-RoPE (Qwen2-VL, section 2.1) for <|vision_start|>, the image and `length` of text.

        cos and sin [T, head]. The image stands at time 1, and at its row and column; text goes on
        after the largest of these in all three.
        """
        rows = self.shape.rows
        columns = image_tokens // rows
        index = torch.arange(image_tokens, device=like.device)
        text = 1 + max(rows, columns) + torch.arange(length, device=like.device)
        start = index.new_zeros(1)
        time = torch.cat([start, torch.ones_like(index), text])
        row = torch.cat([start, 1 + index // columns, text])
        column = torch.cat([start, 1 + index % columns, text])

        pairs = self.shape.head_width // 2
        inverse = self.shape.rope_theta ** -(torch.arange(pairs, device=like.device) / pairs)
        angles = torch.stack([time, row, column])[:, :, None] * inverse
        parts = angles.split(self.shape.mrope_section, -1)
        angle = torch.cat([part[axis] for axis, part in enumerate(parts)], -1).repeat(1, 2)
        return angle.cos().to(like.dtype), angle.sin().to(like.dtype)

    @torch.no_grad()
    def read(self, strips, limit):
        """Greedy, with a cache of keys and values. strips [B, height, width]; a list of ids each."""
        image = self.visual(strips)
        B, C, _ = image.shape
        embedding = self.model.embed_tokens
        ends = torch.tensor([tokens.VISION_START, tokens.VISION_END], device=strips.device)
        start, end = embedding(ends).expand(B, 2, -1).split(1, 1)
        x = torch.cat([start, image, end], 1)
        cos, sin = self.positions(C, limit + 1, x)
        mask = torch.full((x.shape[1], x.shape[1]), -1e4, device=x.device).triu(1)
        caches = [None] * len(self.model.layers)
        read, done, position = [], torch.zeros(B, dtype=torch.bool, device=x.device), 0
        while len(read) < limit and not done.all():
            here = slice(position, position + x.shape[1])
            for i, layer in enumerate(self.model.layers):
                x, _, caches[i] = layer(x, cos[here], sin[here], mask, caches[i])
            best = self.logits(x[:, -1]).argmax(-1).masked_fill(done, tokens.EOS)
            read.append(best)
            done = done | (best == tokens.EOS)
            x, position, mask = embedding(best)[:, None], here.stop, mask.new_zeros(1, 1)
        rows = torch.stack(read, 1).tolist() if read else [[]] * B
        return [row[: row.index(tokens.EOS)] if tokens.EOS in row else row for row in rows]
