/*
 * Whether a function ends its process by an assertion: tried in a process of its own, so that one
 * test can go through a table of them. What the assertion prints goes nowhere.
 */
#ifndef TESTS_SIM_ABORTS_H
#define TESTS_SIM_ABORTS_H

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

static inline bool aborts(void (*function)(void))
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
        function();
        _exit(0);
    }
    return child > 0 && waitpid(child, &status, 0) == child && WIFSIGNALED(status) &&
           WTERMSIG(status) == SIGABRT;
}

#endif
