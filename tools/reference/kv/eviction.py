"""Llama and GPT-NeoX, one token at a time, with caches that drop rows: each policy as its paper says it.

StreamingLLM (arXiv 2309.17453, section 3.2): keys are cached before they are turned, and at every step each cached key
is turned by its place in the cache, the query by the last place. The L2 policy (arXiv 2406.11430): each head of each
layer keeps the keys of lowest norm; the skipped layers keep everything, and positions are those of the text.
"""

import torch


def rotated(x, positions, frequencies):
    """rotate_half of x [heads, n, dim] at positions [n]; what lies beyond the frequencies' pairs stays."""
    angles = positions[:, None].to(torch.float32) * frequencies[None]
    cos, sin = angles.cos(), angles.sin()
    half = frequencies.numel()
    a, b, rest = x[..., :half], x[..., half:2 * half], x[..., 2 * half:]
    return torch.cat([a * cos - b * sin, b * cos + a * sin, rest], -1)


class Full:
    """Everything is kept, at the text's positions."""

    def seen(self, layer, rows):
        return rows

    def places(self, rows, position):
        """Where the cached rows and the query stand."""
        return torch.tensor([row["position"] for row in rows]), position


class Streaming(Full):
    """The first `sinks` rows and the last `recent`, positions counted inside the cache."""

    def __init__(self, sinks, recent):
        self.sinks, self.recent = sinks, recent

    def seen(self, layer, rows):
        if len(rows) <= self.sinks + self.recent:
            return rows
        return rows[:self.sinks] + rows[-self.recent:]

    def places(self, rows, position):
        return torch.arange(len(rows)), len(rows) - 1


class Window(Streaming):
    """The last rows alone; their distances are the text's."""

    def __init__(self, size):
        super().__init__(0, size)


class SmallNorm(Full):
    """The keys of lowest L2 norm, each head its own, the newest always among them."""

    def __init__(self, size, skipped):
        self.size, self.skipped = size, skipped

    def seen(self, layer, rows):
        if layer in self.skipped or len(rows) <= self.size:
            return rows
        older = sorted(rows[:-1], key=lambda row: (row["norm"], row["position"]))[:self.size - 1]
        return sorted(older, key=lambda row: row["position"]) + rows[-1:]


class Attention:
    """One layer's cache, a list of rows for every head, and what a query sees of it."""

    def __init__(self, layer, kv_heads, policy, frequencies):
        self.layer, self.policy, self.frequencies = layer, policy, frequencies
        self.heads = [[] for _ in range(kv_heads)]

    def __call__(self, position, queries, keys, values):
        """queries [heads, dim], keys and values [kv heads, dim], all unturned -> [heads, dim]."""
        group = queries.shape[0] // len(self.heads)
        out = []
        for head, rows in enumerate(self.heads):
            rows.append(dict(position=position, key=keys[head], value=values[head],
                             norm=float(keys[head].double().norm())))
            self.heads[head] = rows = self.policy.seen(self.layer, rows)
            places, own = self.policy.places(rows, position)
            k = rotated(torch.stack([row["key"] for row in rows])[None], places, self.frequencies)[0]
            v = torch.stack([row["value"] for row in rows])
            q = rotated(queries[head * group:(head + 1) * group, None], torch.tensor([own]),
                        self.frequencies)[:, 0]
            scores = (q @ k.T) / k.shape[1] ** 0.5
            out.append(scores.softmax(-1) @ v)
        return torch.cat(out)


def llama(model, ids, policy):
    """Logits [n, vocabulary] of a transformers LlamaForCausalLM, teacher-forced token by token."""
    config, frequencies = model.config, model.model.rotary_emb.inv_freq
    dim = config.head_dim
    caches = [Attention(i, config.num_key_value_heads, policy, frequencies)
              for i in range(config.num_hidden_layers)]
    logits = []
    for position, token in enumerate(ids.tolist()):
        x = model.model.embed_tokens.weight[token]
        for layer, cache in zip(model.model.layers, caches):
            h = layer.input_layernorm(x)
            q, k, v = (getattr(layer.self_attn, f"{name}_proj")(h).view(-1, dim) for name in "qkv")
            x = x + layer.self_attn.o_proj(cache(position, q, k, v).flatten())
            x = x + layer.mlp(layer.post_attention_layernorm(x))
        logits.append(model.lm_head(model.model.norm(x)))
    return torch.stack(logits)


def gpt_neox(model, ids, policy):
    """The same of a GPTNeoXForCausalLM with parallel residuals."""
    config, backbone = model.config, model.gpt_neox
    frequencies = backbone.rotary_emb.inv_freq
    dim = config.hidden_size // config.num_attention_heads
    caches = [Attention(i, config.num_attention_heads, policy, frequencies)
              for i in range(config.num_hidden_layers)]
    logits = []
    for position, token in enumerate(ids.tolist()):
        x = backbone.embed_in.weight[token]
        for layer, cache in zip(backbone.layers, caches):
            fused = layer.attention.query_key_value(layer.input_layernorm(x)).view(-1, 3, dim)
            attended = cache(position, fused[:, 0], fused[:, 1], fused[:, 2])
            x = (x + layer.attention.dense(attended.flatten())
                 + layer.mlp(layer.post_attention_layernorm(x)))
        logits.append(model.get_output_embeddings()(backbone.final_layer_norm(x)))
    return torch.stack(logits)
