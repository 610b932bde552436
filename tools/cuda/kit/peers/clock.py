"""Times of contenders in turn: by device events around a series of launches, by the clock where there is no GPU."""
import statistics
import time

import torch

SERIES = 20


class Clock:
    def __init__(self, device, rounds):
        self.device, self.rounds = device, rounds
        self.series = SERIES if device == "cuda" else 1

    def measure(self, contenders):
        """Seconds of one call of each, a list per contender; all of them in every round."""
        times = {name: [] for name in contenders}
        for run in contenders.values():
            for i in range(3):
                run(i)
        self._wait()
        for _ in range(self.rounds):
            for name, run in contenders.items():
                times[name].append(self._time(run))
        return times

    def _time(self, run):
        if self.device != "cuda":
            start = time.perf_counter()
            run(0)
            return time.perf_counter() - start
        start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        start.record()
        for i in range(self.series):
            run(i)
        end.record()
        end.synchronize()
        return start.elapsed_time(end) / 1e3 / self.series

    def _wait(self):
        if self.device == "cuda":
            torch.cuda.synchronize()


def quartiles(times):
    """Lower quartile, median and upper quartile."""
    if len(times) < 2:
        return times[0], times[0], times[0]
    return tuple(statistics.quantiles(times, n=4))
