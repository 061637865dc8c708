/* The parameter dictionary, and a set of values for it.
 *
 * Every clinical, geographic and financial number of the model is a row of models/parameters.def:
 * key, meaning, unit, default, bounds, how sure the evidence is, who may differ in it, the metric
 * it moves, and its source. A `struct parameters` is one value for every row; a configuration has
 * its own, and so has each draw of the evidence.
 */
#ifndef MODELS_PARAMETERS_H
#define MODELS_PARAMETERS_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

enum parameter_id {
#define P(id, ...) P_##id,
#define ROW(id, ...) P_##id, P_##id##_1, P_##id##_2, P_##id##_3, P_##id##_4, P_##id##_5,
#include "models/parameters.def"
#undef P
#undef ROW
    PARAMETER_COUNT
};

/* How a parameter's uncertainty is distributed; low and high are its 2.5 and 97.5% points. */
enum parameter_family {
    FAMILY_FIXED,     /* no published range: fixed, and listed as such */
    FAMILY_BETA,      /* probabilities */
    FAMILY_LOGNORMAL, /* odds ratios and times */
    FAMILY_GAMMA,     /* costs and delays */
    FAMILY_DIRICHLET, /* a row of mRS probabilities, with an effective size */
};

/* Who may have a value of their own. */
enum parameter_scope {
    SCOPE_RUN,        /* the run as a whole */
    SCOPE_COHORT,     /* the patients and the map: the same under every configuration */
    SCOPE_EFFECT,     /* what treatment and care do: the same in every configuration; the levels
                         are solved for with it, also when it is set on the command line */
    SCOPE_CALIBRATED, /* a published level, solved for once in a scenario */
    SCOPE_SERVICE,    /* a configuration */
    SCOPE_UNIT,       /* a hospital (a column of its table), or a configuration */
};

enum parameter_standing {
    STANDING_VERIFIED,
    STANDING_DERIVED,
    STANDING_UNVERIFIED,
    STANDING_ASSUMED,
};

struct parameter_info {
    const char *key, *meaning, *unit;
    double value; /* the default; NAN: solved for */
    double smallest, largest;
    enum parameter_family family;
    double low, high;      /* 2.5 and 97.5% points; both 0 where the family is fixed */
    double effective_size; /* of a Dirichlet row, otherwise 0 */
    enum parameter_scope scope;
    const char *moves; /* a metric; empty for how the run is made */
    enum parameter_standing standing;
    const char *source;
};

struct parameters {
    double value[PARAMETER_COUNT];
};

/* The row of a parameter; id below PARAMETER_COUNT. */
const struct parameter_info *parameter_info(enum parameter_id id);

/* The parameter of a key, or -1. */
int parameter_find(const char *key);

/* Whether a parameter is one of six cumulative probabilities of an mRS row; *first is its first. */
bool parameter_is_row(enum parameter_id id, enum parameter_id *first);

void parameters_default(struct parameters *parameters);

/* Whether a family's uncertainty is told by its 2.5 and 97.5% points. */
bool parameter_family_has_range(enum parameter_family family);

/* The words of the enumerations, as `strokesim params` prints them. */
const char *parameter_family_name(enum parameter_family family);
const char *parameter_scope_name(enum parameter_scope scope);
const char *parameter_standing_name(enum parameter_standing standing);

#endif
