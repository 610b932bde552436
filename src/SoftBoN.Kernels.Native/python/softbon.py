"""Soft best-of-n sampling: softbon.h for Python, in one file, with nothing but ctypes.

An Engine runs on the processor, a Cuda in the CUDA context of torch or whoever made one. Arrays of an Engine are anything with the array interface (NumPy), torch tensors of the processor, anything with the buffer protocol
(array.array, memoryview), or lists. Only lists are copied. Results are NumPy arrays where NumPy is installed, and memoryviews
otherwise; pass out={"index": array} to have them in memory of your own.

    import softbon
    with softbon.Engine() as engine:
        picks = engine.select(rewards, lam=0.5, seed=42)
        print(picks.index)

Arrays of a Cuda are torch tensors of the GPU, or anything with __cuda_array_interface__; results are torch tensors.

The library is found beside this file, or where SOFTBON_LIBRARY says, or by the system. An engine may be used by any number
of threads at once: ctypes lets go of Python's lock during a call.
"""
import array
import ctypes
import os
import sys
import types

__all__ = [
    "ABI", "Cuda", "Engine", "Plan", "SoftbonError", "signed", "target_kl", "target_ess", "ragged", "mapped", "version"]

ABI = 1

_STATUSES = {
    1: "invalid argument", 2: "no such engine", 3: "unsupported", 4: "out of memory", 5: "internal", 6: "device unavailable",
    7: "device fault",
}


class SoftbonError(ValueError):
    """A call that failed: what was wrong, and its status in `status`."""

    def __init__(self, status, words):
        super().__init__(f"{words} ({_STATUSES.get(status, status)})")
        self.status = status


class _Array(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("count", ctypes.c_int64)]


def _parameter(ctype):
    class Parameter(ctypes.Structure):
        _fields_ = [("is_given", ctypes.c_int32), ("value", ctype), ("per_row", _Array)]
    return Parameter


_F32 = _parameter(ctypes.c_float)
_I32 = _parameter(ctypes.c_int32)
_U64 = _parameter(ctypes.c_uint64)
_U8 = _parameter(ctypes.c_uint8)


class _Rows(ctypes.Structure):
    _fields_ = [
        ("layout", ctypes.c_int32), ("count", ctypes.c_int32), ("columns", ctypes.c_int32), ("reserved", ctypes.c_int32),
        ("row_stride", ctypes.c_int64), ("column_stride", ctypes.c_int64), ("starts", _Array), ("lengths", _Array),
    ]


class _Lambda(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_int32), ("value", ctypes.c_float), ("per_row", _Array)]


class _Matrix(ctypes.Structure):
    _fields_ = [
        ("data", ctypes.c_void_p), ("count", ctypes.c_int64), ("format", ctypes.c_int32), ("rows", ctypes.c_int32),
        ("columns", ctypes.c_int32), ("reserved", ctypes.c_int32), ("row_stride", ctypes.c_int64),
    ]


class _EngineOptions(ctypes.Structure):
    _fields_ = [
        ("size", ctypes.c_uint32), ("backend", ctypes.c_int32), ("threads", ctypes.c_int32), ("reserved", ctypes.c_int32),
    ]


_HEAD = [("size", ctypes.c_uint32), ("reserved", ctypes.c_uint32)]
_BATCH = [*_HEAD, ("rewards", _Array), ("rows", _Rows), ("lambda", _Lambda)]


def _arrays(*names):
    return [(name, _Array) for name in names]


def _integers(*names):
    return [(name, ctypes.c_int32) for name in names]


class _SelectArgs(ctypes.Structure):
    _fields_ = [
        *_BATCH, ("seed", _U64), ("position", _U64), *_integers("noise", "draws", "distinct", "reserved2"),
        *_arrays("offsets", "elements", "index", "reward", "log_probability", "margin", "lambda_used", "status"),
    ]


class _WeightsArgs(ctypes.Structure):
    _fields_ = [*_BATCH, *_arrays(
        "weights", "log_weights", "log_mean_exp", "effective_sample_size", "entropy", "kl_to_uniform", "expected_reward",
        "chi_square", "kl_from_tilt_bound", "kl_from_model_bound", "lambda_used", "status")]


class _MajorityArgs(ctypes.Structure):
    _fields_ = [*_BATCH, *_arrays("answers", "answer", "index", "share", "lambda_used", "status")]


class _TiltArgs(ctypes.Structure):
    _fields_ = [
        *_HEAD, ("logits", _Matrix), ("rewards", _Matrix), *_arrays("sparse_offsets", "sparse_tokens", "sparse_values"),
        ("lambda", _Lambda), ("temperature", _F32), ("top_k", _I32), ("top_p", _F32), ("min_p", _F32),
        ("top_n_sigma", _F32), ("least_logit", _F32), ("mode", _U8), ("seed", _U64), ("position", _U64), ("mask", _Array),
        *_integers("mask_words_per_row", "noise", "proposals", "draws", "top", "reserved2"),
        *_arrays(
            "row_map", "reward_map", "token", "rank", "log_probability", "base_log_probability", "model_log_probability",
            "top_token", "top_log_probability", "log_sum_exp", "base_log_sum_exp", "kl", "effective_sample_size",
            "least_kept"),
        ("tilted_logits", _Matrix), ("probabilities", _Matrix), ("status", _Array),
    ]


class _ScoreArgs(ctypes.Structure):
    _fields_ = [
        *_HEAD, ("hidden", _Matrix), ("weights", _Matrix),
        *_arrays("bias", "row_map", "mixture", "gating", "scores", "reward", "status"),
    ]


class _Step(ctypes.Structure):
    _fields_ = [*_integers("kind", "how"), ("first", ctypes.c_float), ("second", ctypes.c_float), ("table", _Array)]


class _PlanArgs(ctypes.Structure):
    _fields_ = [
        ("size", ctypes.c_uint32), *_integers("source"), ("weights", _Matrix), *_arrays("bias", "mixture"),
        *_integers("members", "pooling"), ("pooling_parameter", ctypes.c_float), *_integers("reserved"),
        ("steps", ctypes.c_void_p), ("step_count", ctypes.c_int64),
    ]


class _RunArgs(ctypes.Structure):
    _fields_ = [
        *_HEAD, ("plan", ctypes.c_uint64), ("prompts", _Rows), ("hidden", _Matrix),
        *_arrays("row_map", "gating", "rewards"), ("token_rows", _Rows),
        *_arrays("log_probability", "reference_log_probability", "length"),
        ("weights", ctypes.c_void_p), ("selection", ctypes.c_void_p), *_arrays("scores", "reward", "status"),
    ]


class _CudaOptions(ctypes.Structure):
    _fields_ = [*_HEAD, ("context", ctypes.c_uint64), ("stream", ctypes.c_uint64), ("driver", ctypes.c_char_p)]


class _Keep(list):
    """What a call holds on to until it is over, and where its memory lies: None for the processor, else a device."""

    device = None


# Types as array.array spells them; half and bfloat16 have no letter there.
_BYTES = {"f": 4, "i": 4, "I": 4, "q": 8, "Q": 8, "B": 1, "d": 8, "half": 2, "bfloat16": 2}
_NAMES = {
    "f": "float32", "i": "int32", "I": "uint32", "q": "int64", "Q": "uint64", "B": "uint8", "d": "float64",
    "half": "float16", "bfloat16": "bfloat16",
}
_FORMATS = {"f": 0, "half": 1, "bfloat16": 2}
_OF_TYPESTR = {"<f4": "f", "<i4": "i", "<u4": "I", "<i8": "q", "<u8": "Q", "|u1": "B", "<f8": "d", "<f2": "half"}
_OF_BUFFER = {"f": "f", "i": "i", "I": "I", "l": "q", "q": "q", "L": "Q", "Q": "Q", "B": "B", "d": "d", "e": "half"}
_OF_TORCH = {name: kind for kind, name in _NAMES.items()}


class _View:
    """Values where they lie: address, kind, shape, strides in values, and what keeps them there."""

    def __init__(self, address, kind, shape, strides, owner):
        self.address, self.kind, self.owner = address, kind, owner
        self.shape = tuple(shape)
        self.strides = tuple(strides)
        self.size = 1
        for length in self.shape:
            self.size *= length

    @property
    def extent(self):
        """Values from the first to the last, gaps included."""
        return 0 if self.size == 0 else 1 + sum((n - 1) * s for n, s in zip(self.shape, self.strides))

    @property
    def is_dense(self):
        return self.size <= 1 or self.strides == _dense(self.shape)


def _dense(shape):
    strides, step = [], 1
    for length in reversed(shape):
        strides.append(step)
        step *= length
    return tuple(reversed(strides))


def _check_place(values, name, wanted):
    """Throws where memory is of the processor and should be of a device, or the other way."""
    device = getattr(values, "device", None)
    is_there = hasattr(values, "__cuda_array_interface__") or getattr(device, "type", "cpu") != "cpu"
    if is_there and wanted is None:
        raise TypeError(
            f"{name} lies on {device or 'a CUDA device'}, and an Engine reads memory of the processor; pass {name}.cpu(), or "
            "call a softbon.Cuda.")
    if wanted is not None and not is_there:
        raise TypeError(f"{name} lies in memory of the processor, and a Cuda reads that of its device; pass {name}.cuda().")


def _view(values, name, kind, writable=False, device=None):
    """What an array is; a list becomes one of the kind that is wanted."""
    _check_place(values, name, device)
    if hasattr(values, "data_ptr") and hasattr(values, "stride"):
        dtype = str(values.dtype).rpartition(".")[2]
        return _View(values.data_ptr(), _OF_TORCH.get(dtype, dtype), values.shape, values.stride(), values)
    if hasattr(values, "__array_interface__") or device is not None:
        facts = values.__array_interface__ if device is None else values.__cuda_array_interface__
        address, is_read_only = facts["data"]
        if writable and is_read_only:
            raise TypeError(f"{name} is read-only; pass memory that may be written.")
        found = _OF_TYPESTR.get(facts["typestr"], facts["typestr"])
        size = _BYTES.get(found, int(facts["typestr"][2:]))
        strides = facts.get("strides")
        strides = _dense(facts["shape"]) if strides is None else [s // size for s in strides]
        return _View(address, found, facts["shape"], strides, values)
    if isinstance(values, (list, tuple)):
        if writable:
            raise TypeError(f"{name} is a {type(values).__name__}; pass an array that may be written.")
        return _from_list(values, name, kind)
    buffer = memoryview(values)
    if writable and buffer.readonly:
        raise TypeError(f"{name} is read-only; pass memory that may be written.")
    if not buffer.contiguous:
        raise TypeError(f"{name} has gaps; pass a contiguous buffer.")
    found = _OF_BUFFER.get(buffer.format.lstrip("@=<"), buffer.format)
    if buffer.nbytes == 0:
        return _View(None, found, buffer.shape, _dense(buffer.shape), values)
    return _View(_address_of(buffer), found, buffer.shape, _dense(buffer.shape), (values, buffer))


class _PyBuffer(ctypes.Structure):
    """CPython's Py_buffer, which has the address of read-only memory too."""

    _fields_ = [
        ("buf", ctypes.c_void_p), ("obj", ctypes.py_object), ("len", ctypes.c_ssize_t), ("itemsize", ctypes.c_ssize_t),
        ("readonly", ctypes.c_int), ("ndim", ctypes.c_int), ("format", ctypes.c_char_p), ("shape", ctypes.c_void_p),
        ("strides", ctypes.c_void_p), ("suboffsets", ctypes.c_void_p), ("internal", ctypes.c_void_p),
    ]


def _address_of(buffer):
    facts = _PyBuffer()
    ctypes.pythonapi.PyObject_GetBuffer(ctypes.py_object(buffer), ctypes.byref(facts), 0)
    try:
        return facts.buf
    finally:
        ctypes.pythonapi.PyBuffer_Release(ctypes.byref(facts))


def _from_list(values, name, kind):
    shape = [len(values)]
    if values and isinstance(values[0], (list, tuple)):
        shape.append(len(values[0]))
        if any(len(row) != shape[1] for row in values):
            raise ValueError(f"{name} has rows of several lengths; pass one list, and rows=softbon.ragged(offsets).")
        values = [value for row in values for value in row]
    if kind not in _BYTES or kind in ("half", "bfloat16"):
        kind = "f"
    flat = array.array(kind, values)
    return _View(flat.buffer_info()[0] if flat else None, kind, shape, _dense(shape), flat)


def _read(values, name, kind, keep):
    """An input of a kind, without gaps."""
    if values is None:
        return _Array()
    view = _view(values, name, kind, device=keep.device)
    _expect(view, name, kind)
    if not view.is_dense:
        raise TypeError(f"{name} has gaps; pass a contiguous array.")
    keep.append(view)
    return _Array(view.address, view.size)


def _expect(view, name, kind):
    if view.kind != kind:
        found = _NAMES.get(view.kind, view.kind)
        raise TypeError(f"{name} has values of type {found}, and {_NAMES[kind]} is needed; convert it.")


def _param(ctype, values, name, kind, keep):
    parameter = ctype()
    if values is None:
        return parameter
    if isinstance(values, (int, float)):
        parameter.is_given = 1
        parameter.value = values & (2**64 - 1) if kind == "Q" else values
    else:
        parameter.per_row = _read(values, name, kind, keep)
    return parameter


def _matrix(values, name, keep):
    if values is None:
        return _Matrix()
    view = _view(values, name, "f", device=keep.device)
    if view.kind not in _FORMATS:
        found = _NAMES.get(view.kind, view.kind)
        raise TypeError(f"{name} has values of type {found}; pass float32, float16 or bfloat16.")
    rows, columns, stride, step = _two(view, name)
    if columns > 1 and step != 1:
        raise TypeError(f"{name} has gaps between a row's values; pass rows whose values lie side by side.")
    keep.append(view)
    return _Matrix(view.address, view.extent, _FORMATS[view.kind], rows, columns, 0, stride)


def _two(view, name):
    """Rows, columns and strides of an array of one or two dimensions."""
    if len(view.shape) not in (1, 2):
        raise TypeError(f"{name} has {len(view.shape)} dimensions; pass [rows, values] or [values].")
    if len(view.shape) == 1:
        return 1, view.shape[0], view.shape[0], view.strides[0]
    if min(view.strides) < 0:
        raise TypeError(f"{name} has negative strides; pass a copy.")
    return view.shape[0], view.shape[1], view.strides[0], view.strides[1]


class _Layout:
    def __init__(self, layout, starts, lengths=None, longest=None, candidates=None):
        self.layout, self.starts, self.lengths = layout, starts, lengths
        self.longest, self.candidates = longest, candidates


def ragged(offsets, longest=None, candidates=None):
    """Rows of any length, one after the other: rows + 1 int64 offsets.

    On a GPU, where nobody but kernels looks at them, the most candidates of a row and of all rows have to be given.
    """
    return _Layout(2, offsets, longest=longest, candidates=candidates)


def mapped(starts, lengths, longest=None, candidates=None):
    """Each row any range of the rewards: int64 starts and int32 lengths.

    On a GPU the most candidates of a row and of all rows have to be given, as for ragged, and starts is [2, rows]: where each
    row starts among the rewards, and where in packed arrays.
    """
    return _Layout(3, starts, lengths, longest, candidates)


class _Temperature:
    def __init__(self, kind, values):
        self.kind, self.values = kind, values


def signed(lam):
    """A lambda of either sign."""
    return _Temperature(2, lam)


def target_kl(nats):
    """The smallest lambda at which KL(weights || uniform) is within so many nats."""
    return _Temperature(3, nats)


def target_ess(candidates):
    """The smallest lambda at which the effective sample size is at least so many candidates."""
    return _Temperature(4, candidates)


def _lambda(lam, keep):
    if lam is None:
        return _Lambda()
    if not isinstance(lam, _Temperature):
        lam = _Temperature(1, lam)
    if isinstance(lam.values, (int, float)):
        return _Lambda(lam.kind, lam.values)
    return _Lambda(lam.kind, 0.0, _read(lam.values, "lam", "f", keep))


class _Laid:
    """Rows as they are laid out: how many, and how many candidates they have."""

    def __init__(self, rows, keep):
        self.rows = _Rows(layout=rows.layout)
        self.rows.starts = _read(rows.starts, "starts", "q", keep)
        self.rows.lengths = _read(rows.lengths, "lengths", "i", keep)
        if keep.device is not None:
            self._announce(rows)
            return
        starts = _values(self.rows.starts, ctypes.c_int64)
        if rows.layout == 2:
            self.count = max(0, len(starts) - 1)
            self.packed = starts[-1] - starts[0] if starts else 0
        else:
            self.count = len(starts)
            self.packed = sum(_values(self.rows.lengths, ctypes.c_int32))

    def _announce(self, rows):
        if rows.longest is None or rows.candidates is None:
            raise ValueError("A Cuda cannot look at rows; pass ragged or mapped(..., longest=..., candidates=...).")
        self.count = max(0, self.rows.starts.count - 1) if rows.layout == 2 else self.rows.lengths.count
        self.packed = rows.candidates
        self.rows.count, self.rows.columns, self.rows.row_stride = self.count, rows.longest, rows.candidates


class _Prompts:
    """Which candidates each prompt has: (prompts, candidates), or ragged(offsets)."""

    def __init__(self, prompts, keep):
        if isinstance(prompts, _Layout):
            laid = _Laid(prompts, keep)
            self.rows, self.count, self.packed = laid.rows, laid.count, laid.packed
            self.shape = (self.packed,)
        else:
            self.count, columns = prompts
            self.rows = _Rows(0, self.count, columns)
            self.packed, self.shape = self.count * columns, (self.count, columns)


class _Batch:
    """Rewards and where their rows lie."""

    def __init__(self, rewards, rows, keep):
        view = _view(rewards, "rewards", "f", device=keep.device)
        _expect(view, "rewards", "f")
        keep.append(view)
        self.rewards = _Array(view.address, view.extent)
        if rows is None:
            self.count, columns, stride, step = _two(view, "rewards")
            self.packed = view.size
            self.shape = view.shape if len(view.shape) == 2 else (1, view.size)
            self.rows = _Rows(1, self.count, columns, 0, stride, step)
            return
        laid = _Laid(rows, keep)
        self.rows, self.count, self.packed = laid.rows, laid.count, laid.packed
        self.shape = (max(0, self.packed),)


def _values(values, ctype):
    return list((ctype * values.count).from_address(values.data)) if values.count else []


def _new(kind, shape, device):
    """Memory for results."""
    if device is not None:
        try:
            import torch
        except ImportError:
            raise TypeError("Results on a GPU are torch tensors, and there is no torch; pass memory for all of them in out.")
        return torch.empty(shape, dtype=getattr(torch, _NAMES[kind]), device=device)
    try:
        import numpy
        dtype = {"half": "float16", "bfloat16": "uint16"}.get(kind, _NAMES[kind])
        return numpy.empty(shape, dtype)
    except ImportError:
        count = 1
        for length in shape:
            count *= length
        letter = "H" if kind in ("half", "bfloat16") else kind
        return memoryview(array.array(letter, bytes(count * _BYTES[kind])))


class _Outputs:
    """Which outputs are wanted, and their memory."""

    def __init__(self, wanted, out, known, keep):
        self.given = dict(out or {})
        self.names = list(dict.fromkeys([*wanted, *self.given]))
        self.keep = keep
        self.results = {}
        unknown = [name for name in self.names if name not in known]
        if unknown:
            raise ValueError(f"There is no output '{unknown[0]}'; there are {', '.join(known)}.")

    def array(self, name, kind, shape):
        if name not in self.names:
            return _Array()
        memory = self.given[name] if name in self.given else _new(kind, shape, self.keep.device)
        self.results[name] = memory
        view = _view(memory, name, kind, writable=True, device=self.keep.device)
        _expect(view, name, kind)
        if not view.is_dense:
            raise TypeError(f"{name} has gaps; pass a contiguous array.")
        self.keep.append(view)
        return _Array(view.address, view.size)

    def matrix(self, name, like):
        if name not in self.names:
            return _Matrix()
        kind = {number: letter for letter, number in _FORMATS.items()}[like.format]
        if name in self.given:
            self.results[name] = self.given[name]
            _view(self.given[name], name, kind, writable=True, device=self.keep.device)
            return _matrix(self.given[name], name, self.keep)
        memory = _new(kind, (like.rows, like.columns), self.keep.device)
        self.results[name] = memory
        view = _view(memory, name, "B" if kind == "bfloat16" else kind, writable=True, device=self.keep.device)
        self.keep.append(view)
        return _Matrix(view.address, like.rows * like.columns, like.format, like.rows, like.columns, 0, like.columns)


_SHAPES = {
    "index": "i", "token": "i", "rank": "i", "answer": "i", "top_token": "i", "status": "B",
}
_SELECT_DRAWS = ("index", "reward", "log_probability", "margin")
_TILT_DRAWS = ("token", "rank", "log_probability", "base_log_probability", "model_log_probability")
_TILT_ROWS = ("log_sum_exp", "base_log_sum_exp", "kl", "effective_sample_size", "least_kept", "status")
_PLAN_CANDIDATES = ("scores", "rewards", "reward_status")
_PLAN_WEIGHTS = (
    "weights", "log_weights", "log_mean_exp", "effective_sample_size", "entropy", "kl_to_uniform", "expected_reward",
    "chi_square", "kl_from_tilt_bound", "kl_from_model_bound")
_WEIGHTS_ROWS = (
    "log_mean_exp", "effective_sample_size", "entropy", "kl_to_uniform", "expected_reward", "chi_square",
    "kl_from_tilt_bound", "kl_from_model_bound", "lambda_used", "status")


def _find_library():
    named = os.environ.get("SOFTBON_LIBRARY")
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), "libsoftbon.so")
    return named or (beside if os.path.exists(beside) else "libsoftbon.so")


class _Library:
    _loaded = None

    @classmethod
    def get(cls):
        if cls._loaded is None:
            library = ctypes.CDLL(_find_library())
            library.softbon_last_error.restype = ctypes.c_char_p
            library.softbon_version.restype = ctypes.c_char_p
            if library.softbon_abi() != ABI:
                raise ImportError(f"libsoftbon has interface {library.softbon_abi()}, and softbon.py is for {ABI}; use a pair.")
            library.softbon_engine_destroy.argtypes = [ctypes.c_uint64]
            library.softbon_plan_destroy.argtypes = [ctypes.c_uint64]
            library.softbon_cuda_detach.argtypes = [ctypes.c_uint64]
            library.softbon_cuda_set_stream.argtypes = [ctypes.c_uint64, ctypes.c_uint64]
            library.softbon_cuda_reserve.argtypes = [ctypes.c_uint64, ctypes.c_int64]
            library.softbon_cuda_load.argtypes = [ctypes.c_uint64, ctypes.c_int32]
            for name in ("select", "weights", "majority", "tilt", "score", "run"):
                getattr(library, "softbon_" + name).argtypes = [ctypes.c_uint64, ctypes.c_void_p]
                getattr(library, "softbon_cuda_" + name).argtypes = [ctypes.c_uint64, ctypes.c_void_p]
                getattr(library, f"softbon_cuda_{name}_workspace").argtypes = [
                    ctypes.c_uint64, ctypes.c_void_p, ctypes.c_void_p]
            cls._loaded = library
        return cls._loaded


def version():
    """The library's version."""
    return _Library.get().softbon_version().decode()


def _check(status):
    if status:
        raise SoftbonError(status, _Library.get().softbon_last_error().decode())


class _Operations:
    """What an Engine and a Cuda do alike."""

    device = None

    def _keep(self):
        keep = _Keep()
        keep.device = self.device
        return keep

    def select(self, rewards, lam=None, seed=None, *, rows=None, position=None, noise=0, draws=1, distinct=False,
               offsets=None, elements=None, outputs=("index",), out=None):
        """argmax of reward / lam + offset + noise: index, reward, log_probability, margin, lambda_used, status."""
        keep, args = self._keep(), _SelectArgs()
        batch = self._batch(args, rewards, rows, lam, keep)
        args.seed = _param(_U64, seed, "seed", "Q", keep)
        args.position = _param(_U64, position, "position", "Q", keep)
        args.noise, args.draws, args.distinct = noise, draws, int(distinct)
        args.offsets = _read(offsets, "offsets", "f", keep)
        args.elements = _read(elements, "elements", "I", keep)
        results = _Outputs(outputs, out, (*_SELECT_DRAWS, "lambda_used", "status"), keep)
        shape = (batch.count,) if draws == 1 else (batch.count, draws)
        self._fill(args, results, _SELECT_DRAWS, shape)
        self._fill(args, results, ("lambda_used", "status"), (batch.count,))
        return self._run("select", args, results)

    def weights(self, rewards, lam=None, *, rows=None, outputs=("weights",), out=None):
        """exp(reward / lam) / sum, and diagnostics: see softbon_weights_args."""
        keep, args = self._keep(), _WeightsArgs()
        batch = self._batch(args, rewards, rows, lam, keep)
        results = _Outputs(outputs, out, ("weights", "log_weights", *_WEIGHTS_ROWS), keep)
        self._fill(args, results, ("weights", "log_weights"), batch.shape)
        self._fill(args, results, _WEIGHTS_ROWS, (batch.count,))
        return self._run("weights", args, results)

    def majority(self, rewards, answers, lam=None, *, rows=None, outputs=("answer",), out=None):
        """The answer with the largest sum of weights: answer, index, share, lambda_used, status."""
        keep, args = self._keep(), _MajorityArgs()
        batch = self._batch(args, rewards, rows, lam, keep)
        args.answers = _read(answers, "answers", "i", keep)
        known = ("answer", "index", "share", "lambda_used", "status")
        results = _Outputs(outputs, out, known, keep)
        self._fill(args, results, known, (batch.count,))
        return self._run("majority", args, results)

    def tilt(self, logits, lam=None, seed=None, *, rewards=None, sparse=None, temperature=None, top_k=None, top_p=None,
             min_p=None, top_n_sigma=None, least_logit=None, mode=None, position=None, mask=None, mask_words_per_row=0,
             noise=0, proposals=0, draws=1, top=0, row_map=None, reward_map=None, outputs=("token",), out=None):
        """Tokens from softmax(logit / temperature) exp(reward / lam); sparse is (offsets, tokens, values)."""
        keep, args = self._keep(), _TiltArgs(size=ctypes.sizeof(_TiltArgs))
        args.logits = _matrix(logits, "logits", keep)
        args.rewards = _matrix(rewards, "rewards", keep)
        offsets, tokens, values = sparse or (None, None, None)
        args.sparse_offsets = _read(offsets, "sparse offsets", "q", keep)
        args.sparse_tokens = _read(tokens, "sparse tokens", "i", keep)
        args.sparse_values = _read(values, "sparse values", "f", keep)
        setattr(args, "lambda", _lambda(lam, keep))
        args.temperature = _param(_F32, temperature, "temperature", "f", keep)
        args.top_k = _param(_I32, top_k, "top_k", "i", keep)
        args.top_p = _param(_F32, top_p, "top_p", "f", keep)
        args.min_p = _param(_F32, min_p, "min_p", "f", keep)
        args.top_n_sigma = _param(_F32, top_n_sigma, "top_n_sigma", "f", keep)
        args.least_logit = _param(_F32, least_logit, "least_logit", "f", keep)
        args.mode = _param(_U8, mode, "mode", "B", keep)
        args.seed = _param(_U64, seed, "seed", "Q", keep)
        args.position = _param(_U64, position, "position", "Q", keep)
        args.mask = _read(mask, "mask", "I", keep)
        args.mask_words_per_row, args.noise, args.proposals = mask_words_per_row, noise, proposals
        args.draws, args.top = draws, top
        args.row_map = _read(row_map, "row_map", "i", keep)
        args.reward_map = _read(reward_map, "reward_map", "i", keep)
        tops = ("top_token", "top_log_probability")
        known = (*_TILT_DRAWS, *tops, *_TILT_ROWS, "tilted_logits", "probabilities")
        results = _Outputs(outputs, out, known, keep)
        count = args.row_map.count or args.logits.rows
        self._fill(args, results, _TILT_DRAWS, (count,) if draws == 1 else (count, draws))
        self._fill(args, results, tops, (count, top))
        self._fill(args, results, _TILT_ROWS, (count,))
        like = _Matrix(format=args.logits.format, rows=count, columns=args.logits.columns)
        args.tilted_logits = results.matrix("tilted_logits", like)
        args.probabilities = results.matrix("probabilities", like)
        return self._run("tilt", args, results)

    def score(self, hidden, weights, *, bias=None, row_map=None, mixture=None, gating=None, outputs=("reward",), out=None):
        """Linear reward heads: scores, reward, status."""
        keep, args = self._keep(), _ScoreArgs(size=ctypes.sizeof(_ScoreArgs))
        args.hidden = _matrix(hidden, "hidden", keep)
        args.weights = _matrix(weights, "weights", keep)
        args.bias = _read(bias, "bias", "f", keep)
        args.row_map = _read(row_map, "row_map", "i", keep)
        args.mixture = _read(mixture, "mixture", "f", keep)
        args.gating = _read(gating, "gating", "f", keep)
        results = _Outputs(outputs, out, ("scores", "reward", "status"), keep)
        count = args.row_map.count or args.hidden.rows
        self._fill(args, results, ("scores",), (count, args.weights.rows))
        self._fill(args, results, ("reward", "status"), (count,))
        return self._run("score", args, results)

    @staticmethod
    def _batch(args, rewards, rows, lam, keep):
        batch = _Batch(rewards, rows, keep)
        args.size = ctypes.sizeof(args)
        args.rewards, args.rows = batch.rewards, batch.rows
        setattr(args, "lambda", _lambda(lam, keep))
        return batch

    @staticmethod
    def _fill(args, results, names, shape):
        for name in names:
            setattr(args, name, results.array(name, _SHAPES.get(name, "f"), shape))

    def _parts(self, keep, results, prompts, lam, seed, position, noise, draws, distinct, offsets, elements):
        """The arguments of a plan's picks and weights; None for what is not wanted."""
        selection = weights = None
        if any(name in results.names for name in (*_SELECT_DRAWS, "lambda_used", "status")):
            selection = _SelectArgs(size=ctypes.sizeof(_SelectArgs), noise=noise, draws=draws, distinct=int(distinct))
            setattr(selection, "lambda", _lambda(lam, keep))
            selection.seed = _param(_U64, seed, "seed", "Q", keep)
            selection.position = _param(_U64, position, "position", "Q", keep)
            selection.offsets = _read(offsets, "offsets", "f", keep)
            selection.elements = _read(elements, "elements", "I", keep)
            self._fill(selection, results, _SELECT_DRAWS, (prompts.count,) if draws == 1 else (prompts.count, draws))
            self._fill(selection, results, ("lambda_used", "status"), (prompts.count,))
        if any(name in results.names for name in _PLAN_WEIGHTS):
            weights = _WeightsArgs(size=ctypes.sizeof(_WeightsArgs))
            if selection is None:
                setattr(weights, "lambda", _lambda(lam, keep))
            self._fill(weights, results, ("weights", "log_weights"), prompts.shape)
            self._fill(weights, results, _PLAN_WEIGHTS[2:], (prompts.count,))
        keep.extend((selection, weights))
        return (ctypes.addressof(weights) if weights else None, ctypes.addressof(selection) if selection else None)

    def run(self, plan, lam=None, seed=None, *, prompts, hidden=None, row_map=None, gating=None, rewards=None, token_rows=None,
            log_probability=None, reference_log_probability=None, length=None, position=None, noise=0, draws=1,
            distinct=False, offsets=None, elements=None, outputs=("index",), out=None):
        """A Plan, from features to picks. prompts is (prompts, candidates), or ragged(offsets).

        Outputs per candidate are scores, rewards and reward_status; the others are those of select and weights.
        """
        keep, args = self._keep(), _RunArgs(size=ctypes.sizeof(_RunArgs))
        laid = _Prompts(prompts, keep)
        args.plan, args.prompts = plan._number, laid.rows
        args.hidden = _matrix(hidden, "hidden", keep)
        args.row_map = _read(row_map, "row_map", "i", keep)
        args.gating = _read(gating, "gating", "f", keep)
        args.rewards = _read(rewards, "rewards", "f", keep)
        if token_rows is not None:
            args.token_rows = _Laid(token_rows, keep).rows
        args.log_probability = _read(log_probability, "log_probability", "f", keep)
        args.reference_log_probability = _read(reference_log_probability, "reference_log_probability", "f", keep)
        args.length = _read(length, "length", "i", keep)
        results = _Outputs(outputs, out, (*_PLAN_CANDIDATES, *_SELECT_DRAWS, "lambda_used", "status", *_PLAN_WEIGHTS), keep)
        args.weights, args.selection = self._parts(
            keep, results, laid, lam, seed, position, noise, draws, distinct, offsets, elements)
        args.scores = results.array("scores", "f", (laid.packed, plan._heads))
        args.reward = results.array("rewards", "f", laid.shape)
        args.status = results.array("reward_status", "B", laid.shape)
        return self._run("run", args, results)


class Engine(_Operations):
    """Runs operations on the processor. Any number of threads may use one."""

    BACKENDS = {"auto": 0, "reference": 1, "simd": 2}

    def __init__(self, threads=0, backend="auto"):
        """threads: that a call may use; 0 for as many as there are processors."""
        if backend not in self.BACKENDS:
            raise ValueError(f"There is no backend '{backend}'; there are {', '.join(self.BACKENDS)}.")
        self._library = _Library.get()
        self._number = ctypes.c_uint64()
        options = _EngineOptions(ctypes.sizeof(_EngineOptions), self.BACKENDS[backend], threads)
        _check(self._library.softbon_engine_create(ctypes.byref(options), ctypes.byref(self._number)))

    def close(self):
        """Ends the engine; calls that are under way finish."""
        number, self._number = self._number, ctypes.c_uint64()
        _check(self._library.softbon_engine_destroy(number))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        if getattr(self, "_number", None) and self._number.value:
            self._library.softbon_engine_destroy(self._number)

    def _run(self, name, args, results):
        _check(getattr(self._library, "softbon_" + name)(self._number, ctypes.byref(args)))
        return types.SimpleNamespace(**results.results)


class Plan:
    """From features to one reward per candidate. A plan never changes: each step returns a longer one."""

    _CALIBRATIONS = {"z_score": 0, "min_max": 1, "quantile": 2, "table": 3, "clip": 4}
    _POOLINGS = {
        "sum": 0, "mean": 1, "last": 2, "min": 3, "max": 4, "product": 5, "log_product": 6, "discounted_sum": 7,
        "mean_less_variance": 8,
    }

    def __init__(self, args, keep, steps, heads=0):
        self._args, self._kept, self._steps, self._heads = args, keep, steps, heads
        self._library = _Library.get()
        array_of_steps = (_Step * len(steps))(*steps)
        args.steps, args.step_count = ctypes.addressof(array_of_steps), len(steps)
        self._number = ctypes.c_uint64()
        _check(self._library.softbon_plan_create(ctypes.byref(args), ctypes.byref(self._number)))

    def __del__(self):
        if getattr(self, "_number", None) and self._number.value:
            self._library.softbon_plan_destroy(self._number)

    @classmethod
    def from_head(cls, weights, bias=None, mixture=None):
        """Scores of hidden states: a reward per head, or one with a mixture."""
        return cls._head(0, weights, bias, mixture)

    @classmethod
    def from_gated_head(cls, weights, bias=None):
        """Scores mixed by shares of each candidate's own, gating."""
        return cls._head(1, weights, bias, None)

    @classmethod
    def from_rewards(cls, members=1):
        """Rewards that are given: [members, candidates]."""
        return cls(_PlanArgs(size=ctypes.sizeof(_PlanArgs), source=2, members=members), _Keep(), [])

    @classmethod
    def from_tokens(cls, pooling="sum", parameter=0.0):
        """A row of token or step rewards per candidate, pooled."""
        args = _PlanArgs(size=ctypes.sizeof(_PlanArgs), source=3, pooling_parameter=parameter)
        args.pooling = cls._known(cls._POOLINGS, pooling, "pooling")
        return cls(args, _Keep(), [])

    def calibrate(self, how, low=0.0, high=0.0, table=None):
        """z_score, min_max, quantile, table (of a reference's quantiles), clip (low to high)."""
        step = _Step(1, self._known(self._CALIBRATIONS, how, "calibration"), low, high)
        step.table = _read(table, "table", "f", self._kept)
        return self._with(step)

    def ensemble(self, how="mean", parameter=0.0):
        """One reward of a candidate's several: mean, min, mean_less_variance and so on."""
        return self._with(_Step(2, self._known(self._POOLINGS, how, "pooling"), parameter))

    def penalize(self, beta=0.0, gamma=0.0):
        """Takes beta (log-probability - reference's) + gamma length off each reward."""
        return self._with(_Step(3, 0, beta, gamma))

    @classmethod
    def _head(cls, source, weights, bias, mixture):
        keep, args = _Keep(), _PlanArgs(size=ctypes.sizeof(_PlanArgs), source=source)
        args.weights = _matrix(weights, "weights", keep)
        args.bias = _read(bias, "bias", "f", keep)
        args.mixture = _read(mixture, "mixture", "f", keep)
        return cls(args, keep, [], args.weights.rows)

    def _with(self, step):
        return Plan(_PlanArgs.from_buffer_copy(self._args), self._kept, [*self._steps, step], self._heads)

    @staticmethod
    def _known(known, name, what):
        if name not in known:
            raise ValueError(f"There is no {what} '{name}'; there are {', '.join(known)}.")
        return known[name]


class Cuda(_Operations):
    """Runs operations in a CUDA context of the host, in place, queued on its stream: nothing is copied or waited for.

    With torch: make a tensor on the GPU first, then Cuda(stream=torch.cuda.current_stream().cuda_stream). Workspace grows as
    calls need it, which waits for the device; reserve it before a graph is captured. One thread at a time makes calls; the
    memory of a call has to stay until the stream is past it. Never run on a GPU so far.
    """

    KERNELS = {"weights": 1, "select": 2, "budgets": 4, "majority": 8, "tilt": 16, "score": 32, "steps": 64, "all": 127}

    def __init__(self, stream=0, context=0, device="cuda", driver=None):
        """context: 0 for the one that is current on this thread. device: where torch makes results."""
        self.device = device
        self._library = _Library.get()
        self._number = ctypes.c_uint64()
        self._bytes = 0
        options = _CudaOptions(ctypes.sizeof(_CudaOptions), 0, context, stream, driver.encode() if driver else None)
        _check(self._library.softbon_cuda_attach(ctypes.byref(options), ctypes.byref(self._number)))

    def close(self):
        """Unloads kernels and frees the workspace; not before the stream is past all calls."""
        number, self._number = self._number, ctypes.c_uint64()
        _check(self._library.softbon_cuda_detach(number))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def set_stream(self, stream):
        """The stream of later calls: torch.cuda.current_stream().cuda_stream."""
        _check(self._library.softbon_cuda_set_stream(self._number, stream))

    def load(self, kernels="all"):
        """Loads kernels before the first call, such as before a graph is captured."""
        _check(self._library.softbon_cuda_load(self._number, self.KERNELS[kernels]))

    def reserve(self, bytes):
        """Allocates workspace, in place of what there was: not while earlier calls run."""
        _check(self._library.softbon_cuda_reserve(self._number, bytes))
        self._bytes = bytes

    def _run(self, name, args, results):
        bytes = ctypes.c_int64()
        measure = getattr(self._library, f"softbon_cuda_{name}_workspace")
        _check(measure(self._number, ctypes.byref(args), ctypes.byref(bytes)))
        if bytes.value > self._bytes:
            self._wait()
            self.reserve(bytes.value)
        _check(getattr(self._library, "softbon_cuda_" + name)(self._number, ctypes.byref(args)))
        return types.SimpleNamespace(**results.results)

    @staticmethod
    def _wait():
        """What is queued may still use the workspace that is given back."""
        torch = sys.modules.get("torch")
        if torch is not None and torch.cuda.is_available():
            torch.cuda.synchronize()
