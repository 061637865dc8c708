"""The M/M/1 queue in SimPy 3 (or 4, whose interface is the same): prints nanoseconds a customer
and the mean wait.

Usage: mm1_simpy3.py FORM CUSTOMERS LOAD

FORM  per-customer   a process for every customer and a resource, as SimPy's own examples have it
      two-processes  one process for arrivals and one for service with a store between them, which
                     is the fastest form that SimPy allows
"""
import random
import sys
import time

import simpy


def customer(env, server, service, waits):
    asked = env.now
    with server.request() as claim:
        yield claim
        waits.append(env.now - asked)
        yield env.timeout(service(1.0))


def send_customers(env, customers, gap, load, service, waits):
    server = simpy.Resource(env, capacity=1)
    for _ in range(customers):
        yield env.timeout(gap(load))
        env.process(customer(env, server, service, waits))


def serve(env, store, service, waits):
    while True:
        asked = yield store.get()
        waits.append(env.now - asked)
        yield env.timeout(service(1.0))


def send_arrivals(env, customers, gap, load, store):
    for _ in range(customers):
        yield env.timeout(gap(load))
        store.put(env.now)


def main():
    form, customers, load = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    gap, service = random.Random(1).expovariate, random.Random(2).expovariate
    env = simpy.Environment()
    waits = []
    if form == "per-customer":
        env.process(send_customers(env, customers, gap, load, service, waits))
    else:
        store = simpy.Store(env)
        env.process(serve(env, store, service, waits))
        env.process(send_arrivals(env, customers, gap, load, store))
    start = time.process_time_ns()
    env.run()
    spent = time.process_time_ns() - start
    print(spent / customers, sum(waits) / len(waits))


main()
