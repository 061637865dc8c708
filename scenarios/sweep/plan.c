#include "scenarios/sweep/plan.h"

#include <math.h>

#include <stdlib.h>
#include <string.h>

void plan_free(struct sweep_plan *plan)
{
    if (plan == NULL)
        return;
    for (size_t i = 0; plan->cell != NULL && i < plan->size * plan->factors; i++)
        free(plan->cell[i]);
    for (size_t f = 0; f < plan->factors; f++)
        factor_fini(&plan->factor[f]);
    for (size_t c = 0; c < plan->configurations; c++)
        free((void *)(uintptr_t)plan->configuration[c]);
    free(plan->cell);
    free(plan->factor);
    free(plan->levels);
    free(plan->configuration);
    free(plan->threshold_gbp);
    free(plan->baseline);
    free(plan->of);
    free(plan->path);
    free(plan->list_path);
    free(plan->list_name);
    free(plan);
}

struct sampling_plan plan_sampling(const struct sweep_plan *plan, uint64_t seed)
{
    bool placed = plan->kind != SAMPLING_LIST && plan->kind != SAMPLING_PSA;
    return (struct sampling_plan){.kind = plan->kind,
                                  .factors = placed ? plan->factors : 0,
                                  .levels = plan->levels,
                                  .size = plan->size,
                                  .morris_levels = plan->morris_levels,
                                  .seed = plan->seed_given ? plan->seed : seed};
}

void plan_check_sampling(const struct sweep_plan *plan, struct diagnosis *diagnosis)
{
    struct sampling_plan sampling = plan_sampling(plan, 1);
    uint64_t points;
    struct place place = {.file = plan->path, .key = "parameters"};
    switch (sampling_plan_points(&sampling, &points)) {
    case SAMPLING_OK:
        break;
    case SAMPLING_NO_MEMORY:
        diagnosis_out_of_memory(diagnosis);
        break;
    case SAMPLING_TOO_MANY_FACTORS:
        diagnosis_error(
            diagnosis, &place, "sobol takes 40 of them, sobol_indices 20; morris or lhs take more",
            "%zu are too many for a %s design", plan->factors, sampling_kind_name(plan->kind));
        break;
    case SAMPLING_TOO_MANY_POINTS:
        diagnosis_error(diagnosis, &place, "fewer, or a lhs design",
                        "a %s design of them has more points than can be counted",
                        sampling_kind_name(plan->kind));
    }
}

bool plan_has_ends(const struct sweep_plan *plan)
{
    return plan->kind == SAMPLING_OAT || plan->kind == SAMPLING_MORRIS;
}

const char *plan_text(const struct sweep_plan *plan, uint64_t point, size_t factor,
                      const double unit[], char buffer[NUMBER_TEXT_SIZE])
{
    if (plan->kind == SAMPLING_LIST)
        return plan->cell[(point - 1) * plan->factors + factor];
    if (isnan(unit[factor]))
        return NULL;
    return factor_text(&plan->factor[factor], unit[factor], plan_has_ends(plan), buffer);
}

/* What all configurations agree on; family fixed where they do not, or it is certain. */
static struct spread common_spread(const struct scenario *scenario, enum parameter_id id)
{
    const struct design *design = &scenario->design;
    struct spread spread = design->configuration[0].spread[id];
    for (size_t c = 1; c < design->configurations; c++) {
        const struct spread *other = &design->configuration[c].spread[id];
        if (other->family != spread.family || other->low != spread.low ||
            other->high != spread.high)
            spread.family = FAMILY_FIXED;
    }
    return spread;
}

/* A factor for every parameter that all configurations hold uncertain alike, and by itself. */
static bool find_uncertain(struct sweep_plan *plan, const struct scenario *scenario)
{
    plan->factor = calloc(PARAMETER_COUNT, sizeof *plan->factor);
    for (enum parameter_id id = 0; plan->factor != NULL && id < PARAMETER_COUNT; id++) {
        struct spread spread = common_spread(scenario, id);
        struct factor factor = {.kind = FACTOR_EVIDENCE};
        if (spread.family == FAMILY_FIXED || spread.family == FAMILY_DIRICHLET ||
            scenario->design.configuration[0].set_by_hand[id] ||
            !spread_fit(&spread, &factor.fitted))
            continue;
        factor.key = strdup(parameter_info(id)->key);
        if (factor.key == NULL)
            return false;
        plan->factor[plan->factors++] = factor;
    }
    return plan->factor != NULL;
}

void plan_fit_evidence(struct sweep_plan *plan, const struct scenario *scenario,
                       struct diagnosis *diagnosis)
{
    if (plan->all_uncertain) {
        if (find_uncertain(plan, scenario))
            plan_check_sampling(plan, diagnosis);
        else
            diagnosis_out_of_memory(diagnosis);
        return;
    }
    for (size_t f = 0; f < plan->factors; f++) {
        struct factor *factor = &plan->factor[f];
        if (factor->kind != FACTOR_EVIDENCE)
            continue;
        struct place place = {.file = plan->path, .key = factor->key};
        int id = parameter_find(factor->key);
        if (id < 0) {
            diagnosis_error(diagnosis, &place, "{low: ..., high: ...}",
                            "only a parameter has a stated uncertainty");
            continue;
        }
        struct spread spread = common_spread(scenario, (enum parameter_id)id);
        if (spread.family == FAMILY_FIXED || spread.family == FAMILY_DIRICHLET ||
            !spread_fit(&spread, &factor->fitted))
            diagnosis_error(diagnosis, &place, "{low: ..., high: ...}, or kind: psa",
                            "it has no stated uncertainty of its own that all configurations "
                            "share");
    }
}
