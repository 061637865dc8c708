#include "models/demand.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models/week.h"
#include "sim/variate.h"

/* Numbers come in whole blocks. */
enum { BLOCKS = (DRAW_COUNT + STREAM_LANES - 1) / STREAM_LANES };

static const double year_min = 365 * 1440.0;
static const double margin_min = 14 * 1440.0; /* of waiting, beyond the longest stay */

struct demand {
    const struct case_mix *mix;
    struct week week;
    struct growth growth;
    int start_weekday;
    double multiplier, strokes_per_min, mimics_per_min, last_arrival_min;
};

struct demand *demand_new(const struct case_mix *mix, const struct parameters *parameters,
                          const struct growth_table *projections, int start_weekday)
{
    const double *p = parameters->value;
    struct demand *demand = calloc(1, sizeof *demand);
    if (demand == NULL)
        return NULL;
    if (!week_init(&demand->week, p, start_weekday)) {
        free(demand);
        return NULL;
    }
    double share = p[P_DEMAND_MIMIC_SHARE];
    growth_init(&demand->growth, parameters, projections);
    demand->mix = mix;
    demand->start_weekday = start_weekday;
    demand->multiplier = p[P_DEMAND_MULTIPLIER];
    demand->strokes_per_min = case_mix_strokes_per_year(mix) / year_min;
    demand->mimics_per_min = demand->strokes_per_min * share / (1 - share);
    demand->last_arrival_min = fmax(720, p[P_PATIENT_O2A_LAST_DAYS] * 1440);
    return demand;
}

void demand_free(struct demand *demand)
{
    free(demand);
}

double demand_most(const struct demand *demand, double years)
{
    return demand->multiplier * growth_most(&demand->growth, years);
}

bool demand_grows(const struct demand *demand)
{
    return growth_is_any(&demand->growth);
}

void demand_growth(const struct demand *demand, double years, double factor[AGE_BANDS])
{
    for (enum age_band band = 0; band < AGE_BANDS; band++)
        factor[band] = growth_factor(&demand->growth, band, years);
}

void cohort_fini(struct cohort *cohort)
{
    free(cohort->patient);
    free(cohort->order);
    free(cohort->first);
    *cohort = (struct cohort){0};
}

/* One Poisson process of candidates, read on and on. */
struct source {
    bool mimic;
    double layer;          /* candidates lie in [layer, layer + 1) times the demand */
    double per_min;        /* of evenly passing time */
    uint64_t first_number; /* less one */
    uint64_t candidates;
    double even_min;    /* time, had arrivals no pattern */
    double arrival_min; /* at the reference journey, of the last candidate */
};

/* Into how many stretches of time so many patients are shared out for sorting. */
static size_t stretches_of(size_t patients)
{
    return patients / 4 + 1;
}

static bool cohort_grow(struct cohort *cohort)
{
    size_t capacity = cohort->capacity == 0 ? 4096 : cohort->capacity * 2;
    struct patient *patient = realloc(cohort->patient, capacity * sizeof *patient);
    if (patient == NULL)
        return false;
    cohort->patient = patient;
    uint32_t *order = realloc(cohort->order, capacity * sizeof *order);
    if (order == NULL)
        return false;
    cohort->order = order;
    uint32_t *first = realloc(cohort->first, (stretches_of(capacity) + 1) * sizeof *first);
    if (first == NULL)
        return false;
    cohort->first = first;
    cohort->capacity = capacity;
    return true;
}

static void draw_remaining_blocks(const struct stream *stream, uint64_t number, double *uniform)
{
    for (size_t block = 1; block < BLOCKS; block++)
        stream_block(stream, number, block, uniform + block * STREAM_LANES);
}

static double arrival_time(const struct demand *demand, double even_min)
{
    double week = floor(even_min / WEEK_MIN);
    double passed = even_min / WEEK_MIN - week;
    return week * WEEK_MIN + week_minute(&demand->week, passed);
}

/* A cohort on its way, and how far demand may rise. */
struct drawing {
    const struct demand *demand;
    const struct stream *stream;
    const struct demand_span *span;
    struct cohort *cohort;
    double most; /* times the areas' own, at any time */
};

/* Years into the window; before and after it demand is as at its ends. */
static double years_into(const struct demand_span *span, double arrival_min)
{
    double end_min = span->steady ? span->window_start_min : span->window_end_min;
    return fmax(0, fmin(arrival_min, end_min) - span->window_start_min) / year_min;
}

/* How many times the areas' own demand there is then for a patient of that age. */
static double demand_then(const struct drawing *drawing, const double *uniform, double arrival_min)
{
    const struct demand *demand = drawing->demand;
    if (!demand_grows(demand))
        return demand->multiplier;
    double years = years_into(drawing->span, arrival_min);
    enum age_band band = patient_draw_band(demand->mix, uniform);
    return demand->multiplier * growth_factor(&demand->growth, band, years);
}

/* Adds the candidates that exist and arrive before `until_min`. False: out of memory. */
static bool source_read(struct source *source, const struct drawing *drawing, double until_min)
{
    const struct demand *demand = drawing->demand;
    const struct stream *stream = drawing->stream;
    struct cohort *cohort = drawing->cohort;
    while (source->per_min > 0 && source->arrival_min < until_min) {
        double uniform[BLOCKS * STREAM_LANES];
        uint64_t number = source->first_number + ++source->candidates;
        stream_block(stream, number, 0, uniform);
        source->even_min += variate_exponential(uniform[DRAW_GAP], 1 / source->per_min);
        source->arrival_min = arrival_time(demand, source->even_min);
        double place = source->layer + uniform[DRAW_THINNING];
        if (place >= drawing->most)
            continue;
        double then = demand_then(drawing, uniform, source->arrival_min);
        if (place >= then)
            continue;
        if (cohort->count == cohort->capacity && !cohort_grow(cohort))
            return false;
        draw_remaining_blocks(stream, number, uniform);
        struct patient *patient = &cohort->patient[cohort->count];
        patient_draw(demand->mix, uniform, source->mimic, patient);
        patient->number = number;
        patient->rank = place / then;
        patient->hour_of_week = week_hour(source->arrival_min, demand->start_weekday);
        patient->onset_min = source->arrival_min - patient->onset_to_arrival_min;
        if (patient->onset_min >= 0)
            cohort->count++;
    }
    return true;
}

/* When the last patient of the window leaves if nobody waits long. */
static double last_leave_min(const struct cohort *cohort, const struct demand_span *span)
{
    double last = span->window_end_min;
    for (size_t i = 0; i < cohort->count; i++) {
        const struct patient *patient = &cohort->patient[i];
        if (patient->onset_min < span->window_end_min)
            last = fmax(last, patient->onset_min + patient->onset_to_arrival_min +
                                  1440 * (patient->hasu_days + patient->su_days));
    }
    return last;
}

/* Orders patients by onset: shared out over short stretches of time, then by insertion, which is
 * linear because a stretch has a handful of patients. */
static void cohort_sort(struct cohort *cohort)
{
    if (cohort->count == 0)
        return;
    double latest = 0;
    for (size_t i = 0; i < cohort->count; i++)
        latest = fmax(latest, cohort->patient[i].onset_min);
    size_t stretches = stretches_of(cohort->count);
    double per_min = (double)stretches / (latest + 1);
    uint32_t *first = cohort->first;
    memset(first, 0, (stretches + 1) * sizeof *first);
    for (size_t i = 0; i < cohort->count; i++)
        first[(size_t)(cohort->patient[i].onset_min * per_min) + 1]++;
    for (size_t s = 0; s < stretches; s++)
        first[s + 1] += first[s];
    for (size_t i = 0; i < cohort->count; i++)
        cohort->order[first[(size_t)(cohort->patient[i].onset_min * per_min)]++] = (uint32_t)i;
    for (size_t i = 1; i < cohort->count; i++) {
        uint32_t moving = cohort->order[i];
        size_t at = i;
        for (; at > 0 &&
               cohort->patient[cohort->order[at - 1]].onset_min > cohort->patient[moving].onset_min;
             at--)
            cohort->order[at] = cohort->order[at - 1];
        cohort->order[at] = moving;
    }
}

static void drop_after_window(struct cohort *cohort, double window_end_min)
{
    size_t kept = 0;
    for (size_t i = 0; i < cohort->count; i++)
        if (cohort->patient[i].onset_min < window_end_min)
            cohort->patient[kept++] = cohort->patient[i];
    cohort->count = kept;
}

bool cohort_draw(const struct demand *demand, const struct stream *stream,
                 const struct demand_span *span, struct cohort *cohort)
{
    struct source source[2 * DEMAND_MOST_LAYERS];
    size_t sources = 0;
    double years = years_into(span, span->window_end_min);
    const struct drawing drawing = {demand, stream, span, cohort, demand_most(demand, years)};
    for (unsigned layer = 0; layer < drawing.most && layer < DEMAND_MOST_LAYERS; layer++)
        for (int mimic = 0; mimic <= 1; mimic++)
            source[sources++] = (struct source){
                .mimic = mimic,
                .layer = layer,
                .per_min = mimic ? demand->mimics_per_min : demand->strokes_per_min,
                .first_number = layer * DEMAND_LAYER_NUMBERS + (mimic ? DEMAND_MIMIC_NUMBERS : 0),
            };
    cohort->count = 0;
    double until_min = span->window_end_min + demand->last_arrival_min;
    for (size_t s = 0; s < sources; s++)
        if (!source_read(&source[s], &drawing, until_min))
            return false;
    if (span->later_patients) {
        until_min = last_leave_min(cohort, span) + margin_min;
        for (size_t s = 0; s < sources; s++)
            if (!source_read(&source[s], &drawing, until_min))
                return false;
    } else {
        drop_after_window(cohort, span->window_end_min);
    }
    cohort_sort(cohort);
    return true;
}
