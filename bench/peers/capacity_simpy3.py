"""The capacity model of bench/capacity.h in SimPy 3 (or 4): prints nanoseconds a replication and
the mean number of beds occupied in the acute unit.

Usage: capacity_simpy3.py REPLICATIONS
"""
import math
import random
import sys
import time

import simpy

# Mean days between arrivals, diagnosis; the first four groups go to the acute unit, the others straight to
# rehabilitation.
ARRIVALS = [(1.2, 0), (9.3, 1), (3.6, 2), (3.2, 3), (21.8, 0), (31.7, 2), (28.6, 3)]
ASU_GROUPS = 4
REHAB, ESD, OTHER = range(3)
# Cumulative shares of those who go to rehabilitation and to early supported discharge.
ASU_ROUTES = [(0.24, 0.37), (0.01, 0.02), (0.11, 0.16), (0.05, 0.15)]
REHAB_ROUTES = [(0, 0.40), (0, 0), (0, 0.09), (0, 0.13 / 1.01)]
# Mean and standard deviation of the stay, days, by diagnosis and next stop.
ASU_STAYS = [[(7.4, 8.61), (4.6, 4.8), (7.0, 8.7)], [(1.8, 2.3)] * 3, [(4.0, 5.0)] * 3,
             [(3.8, 5.2)] * 3]
REHAB_STAYS = [[(28.4, 27.2), (30.3, 23.1), (28.4, 27.2)], [(18.7, 23.5)] * 3, [(27.6, 28.4)] * 3,
               [(16.1, 14.1)] * 3]
WARM_UP_DAYS, AUDITS = 3 * 365, 5 * 365


def moments(stays):
    """Of the logarithm."""
    table = []
    for row in stays:
        squares = [math.log(1 + (sd / mean) ** 2) for mean, sd in row]
        table.append([(math.log(mean) - s / 2, math.sqrt(s)) for (mean, _), s in zip(row, squares)])
    return table


class Unit:
    def __init__(self, env, rng, routes, stays):
        self.beds = simpy.Resource(env, capacity=sys.maxsize)
        self.routes, self.stays = routes, moments(stays)
        self.random, self.lognormal = rng.random, rng.lognormvariate

    def stay(self, diagnosis):
        """Where the patient goes next, and after how long."""
        to_rehab, to_esd = self.routes[diagnosis]
        u = self.random()
        stop = REHAB if u < to_rehab else ESD if u < to_esd else OTHER
        return stop, self.lognormal(*self.stays[diagnosis][stop])


def patient(env, diagnosis, units):
    for unit in units:
        with unit.beds.request() as bed:
            yield bed
            stop, days = unit.stay(diagnosis)
            yield env.timeout(days)
        if stop != REHAB:
            break


def arrivals(env, gap, mean_days, diagnosis, units):
    while True:
        yield env.timeout(gap(1 / mean_days))
        env.process(patient(env, diagnosis, units))


def audit(env, units, counts):
    yield env.timeout(WARM_UP_DAYS)
    for _ in range(AUDITS):
        yield env.timeout(1)
        counts.append([unit.beds.count for unit in units])


def replication(seed):
    env = simpy.Environment()
    rng = random.Random(seed)
    units = [Unit(env, rng, ASU_ROUTES, ASU_STAYS), Unit(env, rng, REHAB_ROUTES, REHAB_STAYS)]
    for number, (mean_days, diagnosis) in enumerate(ARRIVALS):
        route = units if number < ASU_GROUPS else units[1:]
        env.process(arrivals(env, rng.expovariate, mean_days, diagnosis, route))
    counts = []
    env.run(until=env.process(audit(env, units, counts)))
    return sum(asu for asu, _ in counts) / AUDITS


def main():
    replications = int(sys.argv[1])
    start = time.process_time_ns()
    means = [replication(seed) for seed in range(replications)]
    spent = time.process_time_ns() - start
    print(spent / replications, sum(means) / replications)


main()
