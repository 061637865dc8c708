/* When beds run out: the first year in which more than a share of a hospital's beds is filled.
 *
 * Filled is the mean over the year of the beds in use, as a share of those that the hospital's
 * table counts. With beds unlimited it is the need, and may pass 1; with beds limited patients
 * wait, and it says how full they are.
 */
#ifndef SCENARIOS_FILLING_H
#define SCENARIOS_FILLING_H

#include "scenarios/experiment.h"

enum { FILLING_NEVER = -1 }; /* not within the run */

/* Years from 0: by the mean over replications, and by the ends of its 95% interval. */
struct filling {
    int year, earliest, latest;
};

/* place: a hospital of the arm, or after the last all of them. Only where the experiment has years
 * and the beds are counted (yearly_beds_counted()). */
struct filling filling_of(const struct experiment *experiment, const struct arm *arm, size_t place,
                          enum bed_kind kind, double share);

#endif
