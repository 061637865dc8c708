#include "sim/condition.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>

void condition_changed(struct condition *condition, struct calendar *calendar)
{
    for (struct waiter *waiter = condition->head; waiter; waiter = waiter->next)
        process_wake(waiter->process, calendar);
}

int condition_waiting(const struct condition *condition)
{
    int count = 0;
    for (const struct waiter *waiter = condition->head; waiter; waiter = waiter->next)
        count++;
    return count;
}

void condition_join(struct condition *condition, struct waiter *waiter, struct process *process)
{
    assert(!waiter->condition || waiter->condition == condition);
    if (waiter->condition)
        return;
    waiter->condition = condition;
    waiter->process = process;
    process->awaiting = PROCESS_ANY_CLAIM(process);
    waiter->previous = condition->tail;
    waiter->next = NULL;
    if (condition->tail)
        condition->tail->next = waiter;
    else
        condition->head = waiter;
    condition->tail = waiter;
}

void condition_join_for(struct condition *condition, struct waiter *waiter, struct process *process,
                        struct calendar *calendar)
{
    condition_join(condition, waiter, process);
    if (!(waiter->until >= INFINITY)) /* NaN is one for process_hold_until() to refuse */
        process_hold_until(process, calendar, waiter->until);
}

void condition_leave(struct waiter *waiter)
{
    struct condition *condition = waiter->condition;
    if (!condition)
        return;
    if (waiter->previous)
        waiter->previous->next = waiter->next;
    else
        condition->head = waiter->next;
    if (waiter->next)
        waiter->next->previous = waiter->previous;
    else
        condition->tail = waiter->previous;
    waiter->process->awaiting = NULL;
    waiter->condition = NULL;
    waiter->previous = NULL;
    waiter->next = NULL;
}
