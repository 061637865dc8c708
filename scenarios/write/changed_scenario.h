/* A scenario with one configuration more, written as a scenario of its own.
 *
 * The folder gets copies of all files that the scenario was read from and its scenario.yaml, text
 * and comments as they were, with the new configuration at the end of the list; with a hospitals
 * file of its own where a hospital changes in several months. Files from outside of the scenario's
 * folder come along under their bare names. What was written is read again, and must say the same;
 * otherwise nothing is kept.
 */
#ifndef SCENARIOS_WRITE_CHANGED_SCENARIO_H
#define SCENARIOS_WRITE_CHANGED_SCENARIO_H

#include <stdbool.h>

#include "scenarios/change.h"
#include "scenarios/write/fault.h"
#include "scenarios/write/output_folder.h"

/* Writes everything into the folder, which the caller commits. options: what the scenario was read
 * with. False and the fault: it cannot be written so. */
bool changed_scenario_write(const struct output_folder *folder, const struct scenario *scenario,
                            const struct scenario_options *options, const struct change *change,
                            struct write_fault *fault);

/* Whether levels may be solved anew in the scenario that was written, because what is a change
 * here is written there: where a hospital has a published thrombolysis rate of its own, or the
 * first HASU of all opens. */
bool changed_scenario_solves_anew(const struct scenario *scenario, const struct change *change);

#endif
