"""The tensors that every contender works on, the library's own benchmark included: plain little-endian values in files."""
import os

import torch

DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16}


class Case:
    """One job on one batch."""

    def __init__(self, job, rows, columns, dtype="float32"):
        self.job, self.rows, self.columns, self.dtype = job, rows, columns, dtype
        self.logits, self.rewards, self.weights = [], [], None

    @property
    def name(self):
        return f"{self.job}, {self.dtype} {self.rows}x{self.columns}"

    @property
    def bytes_read(self):
        """Of the inputs, once; soft weights are written as well."""
        size = self.rows * self.columns * torch.empty(0, dtype=DTYPES[self.dtype]).element_size()
        return size * (2 if self.job in ("token tilt", "soft weights") else 1)

    def load(self, folder, device, fill):
        """Copies of the inputs, as many as it takes to be larger than `fill` bytes, so that no cache holds them."""
        values = read(folder, "logits", self.rows, self.columns, self.dtype).to(device)
        copies = max(1, min(64, -(-fill // (values.numel() * values.element_size()))))
        self.logits = [values] + [values.clone() for _ in range(copies - 1)]
        if self.job == "token tilt":
            rewards = read(folder, "rewards", self.rows, self.columns, self.dtype).to(device)
            self.rewards = [rewards] + [rewards.clone() for _ in range(copies - 1)]
        if self.job == "reward head":
            self.weights = read(folder, "weights", 1, self.columns, self.dtype).to(device)


def cases(quick):
    """Everything that is measured; `quick` is for trying the program, its times mean nothing."""
    rows, columns = (4, 3000) if quick else (1024, 128_256)
    few = (2, 3000) if quick else (64, 128_256)
    small = (64, 64) if quick else (8192, 64)
    large = (256, 64) if quick else (1 << 20, 64)
    head = (16, 256) if quick else (8192, 4096)
    found = [Case("token sample", rows, columns, dtype) for dtype in DTYPES]
    found += [Case("token sample", *few), Case("token tilt", rows, columns), Case("token tilt", rows, columns, "bfloat16")]
    found += [Case(job, *shape) for job in ("soft weights", "selection") for shape in (small, large)]
    found += [Case("reward head", *head, dtype) for dtype in DTYPES]
    return found


def path_of(folder, kind, rows, columns, dtype):
    return os.path.join(folder, f"{kind}-{rows}x{columns}-{dtype}.bin")


def write(folder, quick):
    """Writes what is not there yet."""
    os.makedirs(folder, exist_ok=True)
    for case in cases(quick):
        kinds = {"token tilt": ["logits", "rewards"], "reward head": ["logits", "weights"]}.get(case.job, ["logits"])
        for kind in kinds:
            rows = 1 if kind == "weights" else case.rows
            path = path_of(folder, kind, rows, case.columns, case.dtype)
            if not os.path.exists(path):
                generator = torch.Generator().manual_seed(len(kind) + case.rows + case.columns)
                values = torch.randn(rows, case.columns, generator=generator).to(DTYPES[case.dtype])
                with open(path, "wb") as file:
                    file.write(values.view(torch.int16 if case.dtype == "bfloat16" else torch.int32).numpy().tobytes())


def read(folder, kind, rows, columns, dtype):
    """A tensor from its file."""
    path = path_of(folder, kind, rows, columns, dtype)
    bits = torch.int16 if dtype == "bfloat16" else torch.int32
    with open(path, "rb") as file:
        values = torch.frombuffer(bytearray(file.read()), dtype=bits)
    return values.view(DTYPES[dtype]).reshape(rows, columns)
