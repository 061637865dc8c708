#include "bench/peer.h"

#include <stdio.h>
#include <stdlib.h>

static const char python[] = "/usr/bin/python3";

bool peer_is_here(void)
{
    char command[256];
    snprintf(command, sizeof command, "%s -c 'import simpy, SimPy' 2>/dev/null", python);
    if (system(command) == 0) // NOLINT(cert-env33-c): a fixed command
        return true;
    fputs("SimPy is not here, so it is left out (Debian: python3-simpy and python3-simpy3)\n",
          stderr);
    return false;
}

/* The two numbers of a line; false: there are not two. */
static bool read_numbers(const char *line, double *ns, double *result)
{
    char *end, *last;
    *ns = strtod(line, &end);
    *result = strtod(end, &last);
    return end > line && last > end;
}

double peer_run(void *peer)
{
    struct peer *self = peer;
    char command[512], line[128];
    snprintf(command, sizeof command, "%s '%s'/bench/peers/%s", python, STROKESIM_ROOT,
             self->command);
    FILE *pipe = popen(command, "r"); // NOLINT(cert-env33-c): a fixed command
    if (!pipe)
        return -1.0;
    double ns = -1.0;
    bool read = fgets(line, sizeof line, pipe) && read_numbers(line, &ns, &self->result);
    return pclose(pipe) == 0 && read ? 1e-9 * ns * self->items : -1.0;
}
