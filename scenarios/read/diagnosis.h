/* Collects what is wrong with a scenario.
 *
 * A planner who mends one typing error, runs again, and is told of the next loses an afternoon.
 * So nothing that reads a scenario stops at the first problem: each reader adds what it finds to
 * one diagnosis, and the command prints it whole, in the order of the files. A problem says where
 * (file, line, column, key), what is wrong, and, where known, what would be right.
 *
 * A table with a text in a column of numbers has the same problem in every row. The first
 * DIAGNOSIS_REPEATS of a kind in a file are kept; the rest are counted. Two problems are of one
 * kind when their severity, file and format text agree (for the bare format "%s", their message).
 *
 * All strings are copied. Adding never fails visibly: if memory runs out the problem still
 * counts, and printing says that memory ran out. A diagnosis must not be shared among threads.
 */
#ifndef STROKESIM_SCENARIOS_READ_DIAGNOSIS_H
#define STROKESIM_SCENARIOS_READ_DIAGNOSIS_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { DIAGNOSIS_REPEATS = 20 };

enum diagnosis_severity {
    DIAGNOSIS_ERROR,  /* the scenario cannot be run */
    DIAGNOSIS_WARNING /* it can, but a reader should know */
};

/* Where a problem is. Borrowed strings; any may be NULL or empty when not known. */
struct place {
    const char *file; /* as the user knows it, e.g. "scenario.yaml" */
    size_t line;      /* from 1; 0 when not known */
    size_t column;    /* in characters, from 1; 0 when not known */
    const char *key;  /* dotted key or column name */
};

/* One kept problem. The strings belong to the diagnosis and are never NULL. */
struct diagnosis_problem {
    enum diagnosis_severity severity;
    const char *file;
    size_t line;
    size_t column;
    const char *key;
    const char *message;
    const char *remedy; /* what would be right; may be empty */
};

struct diagnosis;

/* An empty diagnosis, or NULL when out of memory. Free it with diagnosis_free (NULL is legal). */
struct diagnosis *diagnosis_new(void);
void diagnosis_free(struct diagnosis *diagnosis);

/* Add an error or a warning. `place` and `remedy` may be NULL. A message has no full stop and no
   line break (line breaks and other control characters are printed as '?'). */
__attribute__((format(printf, 4, 5))) void diagnosis_error(struct diagnosis *diagnosis,
                                                           const struct place *place,
                                                           const char *remedy, const char *format,
                                                           ...);
__attribute__((format(printf, 4, 5))) void diagnosis_warning(struct diagnosis *diagnosis,
                                                             const struct place *place,
                                                             const char *remedy, const char *format,
                                                             ...);

/* The same, for a wrapper that has its own variable arguments. */
__attribute__((format(printf, 5, 0))) void
diagnosis_add(struct diagnosis *diagnosis, enum diagnosis_severity severity,
              const struct place *place, const char *remedy, const char *format, va_list arguments);

/* Say that memory ran out while reading. Counts as one error; never allocates. */
void diagnosis_out_of_memory(struct diagnosis *diagnosis);

/* How many were added, those over the cap included. */
size_t diagnosis_errors(const struct diagnosis *diagnosis);
size_t diagnosis_warnings(const struct diagnosis *diagnosis);

/* The kept problems, in the order in which they were added; valid until the next one is. */
size_t diagnosis_count(const struct diagnosis *diagnosis);
const struct diagnosis_problem *diagnosis_at(const struct diagnosis *diagnosis, size_t index);

/* How many problems of its kind were counted but not kept, for the last that was kept; 0 for the
   others. */
size_t diagnosis_unkept_after(const struct diagnosis *diagnosis, size_t index);
bool diagnosis_ran_out_of_memory(const struct diagnosis *diagnosis);

/* Print one line a problem, sorted by file, line and column (ties as they were added):
       scenario.yaml:12:5: error: outcome.organised_care_or: 12 is above 1; 0 to 1
   The last line of a kind with more problems than were kept is followed by
       scenario.yaml: ... and 123 more like this
 */
void diagnosis_print(const struct diagnosis *diagnosis, FILE *stream);

#endif
