#include "sim/condition.h"

#include <assert.h>
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
    waiter->previous = condition->tail;
    waiter->next = NULL;
    if (condition->tail)
        condition->tail->next = waiter;
    else
        condition->head = waiter;
    condition->tail = waiter;
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
    waiter->condition = NULL;
    waiter->previous = NULL;
    waiter->next = NULL;
}
