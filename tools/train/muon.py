"""Muon for the hidden matrices, AdamW for the rest, on float32 masters of bf16 weights.

Muon (Jordan et al. 2024): momentum, then the nearest orthogonal matrix by five Newton-Schulz steps.
The tower of the recipe read twice as well with it after two minutes as with AdamW alone.
"""

from dataclasses import dataclass, field

import torch

NOT_HIDDEN = ("embed_tokens", "ctc", "patch_embed", "merger.mlp.0")
MUON_MOMENTUM = 0.95
ADAM_BETAS = (0.9, 0.98)


def orthogonalized(matrices):
    """[n, rows, columns] -> the same with singular values near 1."""
    a, b, c = 3.4445, -4.7750, 2.0315  # quintic that lifts small singular values fastest
    x = matrices.bfloat16()
    tall = x.shape[-2] > x.shape[-1]
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(5):
        square = x @ x.mT
        x = a * x + (b * square + c * square @ square) @ x
    return (x.mT if tall else x).float()


@dataclass
class Master:
    """A parameter's exact value and what the optimizer remembers of it."""

    name: str
    parameter: torch.nn.Parameter
    value: torch.Tensor
    momentum: torch.Tensor
    variance: torch.Tensor = None  # AdamW's; None under Muon
    steps: int = 0
    split: int = 1  # matrices that lie below each other in one: q, k and v

    def state(self):
        return {k: getattr(self, k) for k in ("value", "momentum", "variance", "steps")}


@dataclass
class Optimizer:
    weight_decay: float
    clip: float
    adamw: list = field(default_factory=list)
    muon: dict = field(default_factory=dict)  # (rows, columns) -> masters

    @classmethod
    def of(cls, model, weight_decay, clip):
        """The masters are what the parameters hold now; bf16 parameters are rounded from them."""
        self = cls(weight_decay, clip)
        for name, parameter in model.named_parameters():
            value = parameter.detach().float().clone()
            master = Master(name, parameter, value, torch.zeros_like(value))
            if parameter.dim() == 2 and not any(part in name for part in NOT_HIDDEN):
                master.split = 3 if "qkv" in name else 1
                rows, columns = parameter.shape
                self.muon.setdefault((rows // master.split, columns), []).append(master)
            else:
                master.variance = torch.zeros_like(value)
                self.adamw.append(master)
        return self

    def masters(self):
        return self.adamw + [master for group in self.muon.values() for master in group]

    def values(self) -> dict:
        return {master.name: master.value for master in self.masters()}

    def state(self) -> dict:
        return {master.name: master.state() for master in self.masters()}

    @torch.no_grad()
    def load(self, state: dict):
        for master in self.masters():
            for key, value in state[master.name].items():
                if torch.is_tensor(value):
                    value = value.to(master.parameter.device)
                setattr(master, key, value)
            master.parameter.copy_(master.value)

    @torch.no_grad()
    def step(self, adamw_rate, muon_rate) -> float:
        """One step on the gradients, which are then dropped; gives their norm before clipping.

        Gradients that are not finite change nothing: one bad batch must not end a night's run.
        """
        moved = [m for m in self.masters() if m.parameter.grad is not None]
        norms = [m.parameter.grad.float().norm() for m in moved]
        norm = float(torch.stack(norms).norm())
        if norm < float("inf"):
            scale = min(1.0, self.clip / (norm + 1e-6))
            self._adamw_step(adamw_rate, scale)
            for (rows, columns), group in self.muon.items():
                self._muon_step(group, rows, columns, muon_rate, scale)
        for master in moved:
            master.parameter.grad = None
        return norm

    def _adamw_step(self, rate, scale):
        slow, slower = ADAM_BETAS
        for m in self.adamw:
            if m.parameter.grad is None:
                continue
            m.steps += 1
            gradient = m.parameter.grad.float() * scale
            m.momentum.lerp_(gradient, 1 - slow)
            m.variance.lerp_(gradient * gradient, 1 - slower)
            if m.value.dim() == 2:
                m.value.mul_(1 - rate * self.weight_decay)
            deviation = (m.variance / (1 - slower**m.steps)).sqrt_().add_(1e-8)
            m.value.addcdiv_(m.momentum / (1 - slow**m.steps), deviation, value=-rate)
            m.parameter.copy_(m.value)

    def _muon_step(self, group, rows, columns, rate, scale):
        group = [m for m in group if m.parameter.grad is not None]
        if not group:
            return
        directions = []
        for m in group:
            gradient = m.parameter.grad.float() * scale
            m.momentum.lerp_(gradient, 1 - MUON_MOMENTUM)
            nesterov = torch.lerp(gradient, m.momentum, MUON_MOMENTUM)
            directions.append(nesterov.view(m.split, rows, columns))
        updates = orthogonalized(torch.cat(directions)) * max(1, rows / columns) ** 0.5
        for m, update in zip(group, updates.split([m.split for m in group])):
            m.value.mul_(1 - rate * self.weight_decay)
            m.value.add_(update.reshape(m.value.shape), alpha=-rate)
            m.parameter.copy_(m.value)
