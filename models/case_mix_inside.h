/* What a case mix holds: made by models/case_mix.c, drawn from by models/patient.c, and internal to
 * the two. */
#ifndef MODELS_CASE_MIX_INSIDE_H
#define MODELS_CASE_MIX_INSIDE_H

#include "models/case_mix.h"
#include "models/severity.h"

enum { CURVE_POINTS = 16, AMBULANCE_CLASSES = 2 };

/* An inverse distribution function by straight lines between points. */
struct curve {
    size_t points;
    double share[CURVE_POINTS], minutes[CURVE_POINTS];
    double last_min;
};

struct lognormal {
    double mu, sigma;
};

struct case_mix {
    size_t areas;
    double *area_cumulative; /* areas: share of strokes up to and with this area */
    uint32_t *area_guide;    /* for each of `areas` equal steps of share: where to start looking */
    double (*band_cumulative)[AGE_BANDS]; /* by area */
    double age_cumulative[AGE_CLASSES];   /* within its band */
    double age_share[AGE_CLASSES];        /* of the region's strokes */
    double male[AGE_CLASSES];             /* shares at an age */
    double haemorrhage[AGE_CLASSES];
    struct severity severity;
    struct curve onset_to_arrival[3]; /* mild, moderate, severe */
    double before[2][6];              /* mRS before the stroke, cumulative: nLVO, LVO */
    struct lognormal hasu, su, rehab, mimic;
    double lvo_from_nihss, tia, in_hospital, on_waking, su_needed, rehab_needed;
    double ambulance[AMBULANCE_CLASSES]; /* below NIHSS_SEVERE, and from there on */
    double onset_known[STROKE_TYPES];    /* by type */
    double strokes_per_year;
};

/* Ages from which a class runs, and the classes of a band. */
extern const double case_mix_age_from[AGE_CLASSES + 1];
extern const size_t case_mix_band_first[AGE_BANDS + 1];

#endif
