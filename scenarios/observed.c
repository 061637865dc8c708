#include "scenarios/observed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/estimate.h"

static const char *const comparisons[OBSERVED_COMPARISONS] = {
    [OBSERVED_VALUE] = "value",
    [OBSERVED_DIFFERENCE] = "difference",
    [OBSERVED_RELATIVE] = "relative",
};

static const struct prediction unknown = {NAN, NAN, NAN};

const char *observed_comparison_name(enum observed_comparison comparison)
{
    return comparisons[comparison];
}

int observed_comparison_find(const char *name)
{
    for (int i = 0; i < OBSERVED_COMPARISONS; i++)
        if (strcmp(comparisons[i], name) == 0)
            return i;
    return -1;
}

const char *observed_metric_name(const struct observed *observed)
{
    return observed->roles != 0 ? unit_metric_name(observed->unit_metric)
                                : metric_info(observed->metric)->name;
}

const char *observed_unit(const struct observed *observed)
{
    if (observed->comparison == OBSERVED_RELATIVE)
        return "share";
    return observed->roles != 0 ? unit_metric_unit(observed->unit_metric)
                                : metric_info(observed->metric)->unit;
}

void observed_fini(struct observed *observed)
{
    free(observed->measure);
    free(observed->source);
    *observed = (struct observed){0};
}

/* NULL: it was not run. */
static const struct arm *arm_of(const struct observed *observed,
                                const struct experiment *experiment)
{
    for (size_t a = 0; a < experiment->arms; a++)
        if (experiment->arm[a].configuration == observed->configuration)
            return &experiment->arm[a];
    return NULL;
}

bool observed_applies(const struct observed *observed, const struct experiment *experiment)
{
    bool against_first =
        observed->comparison == OBSERVED_VALUE || experiment->arm[0].configuration == 0;
    return against_first && arm_of(observed, experiment) != NULL;
}

static struct prediction predict_value(const struct arm *arm, enum metric metric)
{
    const struct tally *tally = &arm->summary[metric];
    struct estimate estimate = estimate_from_tally(tally, 0.95);
    if (arm->unstable || tally->n == 0)
        return unknown;
    return (struct prediction){estimate.mean, estimate.low, estimate.high};
}

static struct prediction predict_difference(const struct experiment *experiment,
                                            const struct arm *arm, enum metric metric)
{
    struct prediction prediction = {.mean = arm->difference[metric].mean};
    if (!experiment_quotes(experiment, arm, metric) || arm->difference[metric].n == 0)
        return unknown;
    experiment_evidence_range(experiment, arm, metric, &prediction.low, &prediction.high);
    return prediction;
}

/* The mean of the hospitals, each as much as another. */
static struct prediction predict_hospitals(const struct observed *observed,
                                           const struct experiment *experiment,
                                           const struct arm *arm)
{
    const struct service *service = &experiment->model.service[arm->configuration];
    struct prediction prediction = {0, NAN, NAN};
    size_t known = 0;
    for (size_t h = 0; h < service->hospitals; h++) {
        const struct tally *tally = &arm->unit[h].of[observed->unit_metric];
        bool is_one = (service->hospital[h].roles & observed->roles) == observed->roles;
        if (!is_one || tally->n == 0)
            continue;
        known++;
        prediction.mean += tally->mean;
        prediction.low = fmin(prediction.low, tally->mean); /* fmin() leaves NAN out */
        prediction.high = fmax(prediction.high, tally->mean);
    }
    prediction.mean /= (double)known;
    return known > 0 && !arm->unstable ? prediction : unknown;
}

struct prediction observed_predict(const struct observed *observed,
                                   const struct experiment *experiment)
{
    const struct arm *arm = arm_of(observed, experiment);
    if (observed->roles != 0)
        return predict_hospitals(observed, experiment, arm);
    if (observed->comparison == OBSERVED_VALUE)
        return predict_value(arm, observed->metric);
    struct prediction prediction = predict_difference(experiment, arm, observed->metric);
    if (observed->comparison == OBSERVED_RELATIVE) {
        double first = predict_value(&experiment->arm[0], observed->metric).mean;
        prediction.mean /= first;
        prediction.low /= first;
        prediction.high /= first;
    }
    return prediction;
}
