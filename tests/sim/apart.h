/*
 * Does something in a process of its own, to see whether it ends by an assertion: so that one test
 * can go through a table of what must.
 */
#ifndef TESTS_SIM_APART_H
#define TESTS_SIM_APART_H

#include <criterion/criterion.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

enum { APART_TEXT = 4096 };

/* Whether it was ended by an assertion, and what it said on stderr. Ten seconds at most. */
static inline bool aborts_apart(void (*function)(const void *context), const void *context,
                                char text[APART_TEXT])
{
    int ends[2], status = 0;
    cr_assert_eq(pipe(ends), 0);
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        signal(SIGABRT, SIG_DFL);
        alarm(10);
        function(context);
        _exit(0);
    }
    close(ends[1]);
    size_t length = 0;
    ssize_t more;
    while ((more = read(ends[0], text + length, APART_TEXT - 1 - length)) > 0)
        length += (size_t)more;
    text[length] = '\0';
    close(ends[0]);
    return waitpid(child, &status, 0) == child && WIFSIGNALED(status) &&
           WTERMSIG(status) == SIGABRT;
}

#endif
