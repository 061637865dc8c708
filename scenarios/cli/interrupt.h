/* Ctrl-C: the run finishes the replication it is in and keeps what was finished. */
#ifndef SCENARIOS_CLI_INTERRUPT_H
#define SCENARIOS_CLI_INTERRUPT_H

#include <stdatomic.h>

/* From now on an interrupt sets the flag instead of ending the program; a second one ends it. */
const atomic_bool *interrupt_watch(void);

#endif
