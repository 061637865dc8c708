/* Why something could not be written, in words for the user.
 *
 * The writers neither print nor exit. What the operating system refuses they hand back as a
 * sentence with the path and the system's own reason, for the command line to print.
 */
#ifndef STROKESIM_SCENARIOS_WRITE_FAULT_H
#define STROKESIM_SCENARIOS_WRITE_FAULT_H

#include <stdbool.h>

/* Embedded by the caller; start with `= {0}`. Empty text: nothing went wrong. */
struct write_fault {
    char text[1024];
};

/* Sets the text: the message, and, unless `error` is 0, ": " and what that errno means. A NULL
   fault is legal and ignored. Always returns false, so that a failing function can end with it. */
__attribute__((format(printf, 3, 4))) bool write_fault_set(struct write_fault *fault, int error,
                                                           const char *format, ...);

#endif
