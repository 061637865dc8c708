/* What a finished sweep says, in words: read from its files. */
#ifndef SCENARIOS_CLI_SWEEP_ANSWER_H
#define SCENARIOS_CLI_SWEEP_ANSWER_H

#include <stdbool.h>

/* shard: only a part of the points is there, of which nothing is said. reported: it has a report.
 */
void sweep_answer(const char *folder, bool shard, bool reported);

#endif
