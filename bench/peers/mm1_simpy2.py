"""The M/M/1 queue in SimPy 2, a process for every customer and a resource: prints nanoseconds a
customer and the mean wait.

Usage: mm1_simpy2.py CUSTOMERS LOAD
"""
import math
import random
import sys
import time

from SimPy.Simulation import Process, Resource, Simulation, hold, release, request


class Customer(Process):
    def visit(self, server, service, waits):
        asked = self.sim.now()
        yield request, self, server
        waits.append(self.sim.now() - asked)
        yield hold, self, service(1.0)
        yield release, self, server


class Arrivals(Process):
    def send(self, customers, gap, load, service, waits):
        server = Resource(capacity=1, sim=self.sim)
        for _ in range(customers):
            yield hold, self, gap(load)
            customer = Customer(sim=self.sim)
            self.sim.activate(customer, customer.visit(server, service, waits))


def main():
    customers, load = int(sys.argv[1]), float(sys.argv[2])
    gap, service = random.Random(1).expovariate, random.Random(2).expovariate
    sim = Simulation()
    sim.initialize()
    waits = []
    arrivals = Arrivals(sim=sim)
    sim.activate(arrivals, arrivals.send(customers, gap, load, service, waits))
    start = time.process_time_ns()
    sim.simulate(until=math.inf)
    spent = time.process_time_ns() - start
    print(spent / customers, sum(waits) / len(waits))


main()
