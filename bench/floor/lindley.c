#include "bench/mm1.h"

bool mm1_lindley(const struct mm1_task *task, struct mm1_outcome *outcome)
{
    struct mm1_draws draws = mm1_draws(task);
    double now_min = 0.0, wait_min = 0.0, service_min = 0.0, sum_min = 0.0;
    for (uint64_t i = 0; i < task->customers; i++) {
        double gap_min = sampler_exponential(&draws.gap, draws.mean_gap_min);
        double left_min = wait_min + service_min - gap_min;
        wait_min = left_min > 0.0 ? left_min : 0.0;
        service_min = sampler_exponential(&draws.service, 1.0);
        now_min += gap_min;
        sum_min += wait_min;
    }
    *outcome = (struct mm1_outcome){.end_min = now_min + wait_min + service_min,
                                    .wait_min = sum_min / (double)task->customers};
    return true;
}
