/* The ledger: what one replication of one service adds up to.
 *
 * Reads the paths of the patients who count (onset inside the window) and the beds' use, and gives
 * every metric twice: as drawn, which is what a year would look like, and as expected from each
 * patient's probabilities given the path, which has a fraction of the noise and is what differences
 * are estimated from. The two are the same but for metrics whose `by_probability` is set.
 * Figures "a year" are divided by the years of the window. NAN: does not apply.
 */
#ifndef MODELS_LEDGER_H
#define MODELS_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/metric.h"
#include "models/pathway.h"

/* Per area, summed over the window's strokes. */
struct area_account {
    double strokes, by_ambulance, travel_min, within_30, thrombolysed, organised, deaths, mrs_0_2;
    double ambulance_min, visitor_min;
};

/* Per hospital. Patients are counted where they were treated first, their waits where they asked
 * for the bed; who stayed on a general ward, or in the first bed for want of another, where that
 * was; who came because another was full, where they came to. */
struct unit_account {
    double admissions, strokes, thrombolysed, door_to_needle_min, travel_min, by_ambulance;
    double organised, deaths, outliers, diverted, blocked_min, nurses_wte;
    /* Everyone who asked for that bed there; of those, who was not given one at once. */
    double asked[BED_KINDS], waited[BED_KINDS], wait_min[BED_KINDS];
    struct bed_use use[BED_KINDS];
};

struct ledger {
    double drawn[METRIC_COUNT], expected[METRIC_COUNT];
    double item_quantity[BILL_ITEMS]; /* a year, everyone's */
    struct area_account *area;        /* one an area; the caller's memory, or NULL: not wanted */
    struct unit_account *unit;        /* one a hospital; likewise */
};

/* One worker's memory for medians and centiles. */
struct ledger_scratch {
    double *value;
    size_t capacity;
};
void ledger_scratch_fini(struct ledger_scratch *scratch);

/* Fills the ledger after pathway_execute(). False: out of memory. */
bool ledger_fill(struct ledger *ledger, const struct pathway *pathway,
                 const struct pathway_run *run, struct ledger_scratch *scratch);

#endif
