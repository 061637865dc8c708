/* "Did you mean ...?"
 *
 * A mistyped key is easier to mend when the nearest real one is shown, and a wrong suggestion is
 * worse than none. Nearness is the optimal string alignment distance (insertions, deletions,
 * substitutions and swaps of neighbours each cost one), letter case aside, and at most a third of
 * the longer word may differ. Failing that, keys are dotted: a word that is the tail of one
 * candidate ("organised_care_or" for "outcome.organised_care_or") finds it, and so does a part of
 * a name that only one candidate has ("Charing").
 */
#ifndef STROKESIM_SCENARIOS_READ_SUGGEST_H
#define STROKESIM_SCENARIOS_READ_SUGGEST_H

#include <stddef.h>

/* The candidate that `word` most likely meant (one of the given pointers), or NULL. Ties go to
   the earlier candidate. NULL candidates are skipped. Allocates nothing; words of more than
   SUGGEST_LONGEST bytes are matched by their parts only. */
enum { SUGGEST_LONGEST = 127 };
const char *suggest_nearest(const char *word, const char *const *candidates, size_t count);

/* Writes "did you mean 'x'?" into buffer and returns it, or returns NULL when nothing is near:
   in both cases fit to be passed on as a diagnosis's remedy. */
const char *suggest_remedy(const char *word, const char *const *candidates, size_t count,
                           char *buffer, size_t size);

/* The same of the metrics' names. */
const char *suggest_metric(const char *word, char *buffer, size_t size);

/* The distance described above, for words of at most SUGGEST_LONGEST bytes. */
size_t suggest_distance(const char *a, const char *b);

#endif
