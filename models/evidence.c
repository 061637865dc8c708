#include "models/evidence.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multiroots.h>
#include <gsl/gsl_roots.h>
#include <math.h>

#include "sim/variate.h"

static const double tail = 0.025;

void spread_default(enum parameter_id id, struct spread *spread)
{
    const struct parameter_info *info = parameter_info(id);
    *spread = (struct spread){info->family, info->low, info->high, info->effective_size};
}

bool spread_is_possible(const struct spread *spread)
{
    switch (spread->family) {
    case FAMILY_FIXED:
    case FAMILY_DIRICHLET:
        return true;
    case FAMILY_BETA:
        return spread->low > 0 && spread->low < spread->high && spread->high < 1;
    case FAMILY_LOGNORMAL:
    case FAMILY_GAMMA:
        return spread->low > 0 && spread->low < spread->high && isfinite(spread->high);
    }
    return false;
}

struct point {
    const struct fitted *fitted;
    double below;
};

static double share_below(const struct fitted *fitted, double x)
{
    return fitted->family == FAMILY_BETA ? gsl_cdf_beta_P(x, fitted->a, fitted->b)
                                         : gsl_cdf_gamma_P(x, fitted->a, fitted->b);
}

static double excess(double x, void *context)
{
    const struct point *point = context;
    return share_below(point->fitted, x) - point->below;
}

/* By bracketing: GSL's own inverses are off, fail, or do not even rise where a distribution is
 * narrow. */
static double bracketed_inverse(const struct fitted *fitted, double uniform)
{
    struct point point = {fitted, uniform};
    gsl_function function = {.function = excess, .params = &point};
    double high = 1;
    if (fitted->family == FAMILY_GAMMA) /* far above what any uniform reaches */
        high = fitted->b * (fitted->a + 40 * sqrt(fitted->a) + 60);
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    if (solver == NULL)
        return NAN;
    double x = NAN;
    if (gsl_root_fsolver_set(solver, &function, 0, high) == GSL_SUCCESS)
        for (int i = 0; i < 200 && gsl_root_fsolver_iterate(solver) == GSL_SUCCESS; i++) {
            x = gsl_root_fsolver_root(solver);
            if (gsl_root_test_interval(gsl_root_fsolver_x_lower(solver),
                                       gsl_root_fsolver_x_upper(solver), 0, 1e-13) == GSL_SUCCESS)
                break;
        }
    gsl_root_fsolver_free(solver);
    return x;
}

double fitted_inverse(const struct fitted *fitted, double uniform)
{
    switch (fitted->family) {
    case FAMILY_BETA:
    case FAMILY_GAMMA:
        return bracketed_inverse(fitted, uniform);
    case FAMILY_LOGNORMAL:
        return variate_lognormal(uniform, fitted->a, fitted->b);
    case FAMILY_FIXED:
    case FAMILY_DIRICHLET:
        break;
    }
    return NAN;
}

/* For the root finder: how far the distribution's tails are from the stated ones, as normal
 * scores, which are nearly straight in the logarithms of the shapes. */
static int tails_off(const gsl_vector *x, void *context, gsl_vector *off)
{
    const struct spread *spread = context;
    const struct fitted fitted = {
        .family = spread->family, .a = exp(gsl_vector_get(x, 0)), .b = exp(gsl_vector_get(x, 1))};
    double below[2];
    for (int i = 0; i < 2; i++) {
        double point = i == 0 ? spread->low : spread->high;
        below[i] = share_below(&fitted, point);
        below[i] = fmin(fmax(below[i], 1e-12), 1 - 1e-12);
    }
    gsl_vector_set(off, 0, variate_normal(below[0]) - variate_normal(tail));
    gsl_vector_set(off, 1, variate_normal(below[1]) - variate_normal(1 - tail));
    return GSL_SUCCESS;
}

/* Shapes with the middle of the range as mean and a quarter of it as standard deviation. */
static void starting_shapes(const struct spread *spread, double *a, double *b)
{
    double mean = (spread->low + spread->high) / 2;
    double sd = (spread->high - spread->low) / 3.92;
    if (spread->family == FAMILY_BETA) {
        double size = mean * (1 - mean) / (sd * sd) - 1;
        *a = mean * fmax(size, 1);
        *b = (1 - mean) * fmax(size, 1);
    } else {
        *a = mean * mean / (sd * sd);
        *b = sd * sd / mean;
    }
}

static bool find_shapes(struct spread spread, double *a, double *b)
{
    gsl_multiroot_function function = {.f = tails_off, .n = 2, .params = &spread};
    gsl_multiroot_fsolver *solver = gsl_multiroot_fsolver_alloc(gsl_multiroot_fsolver_hybrids, 2);
    gsl_vector *x = gsl_vector_alloc(2);
    bool found = false;
    if (solver != NULL && x != NULL) {
        starting_shapes(&spread, a, b);
        gsl_vector_set(x, 0, log(*a));
        gsl_vector_set(x, 1, log(*b));
        int status = gsl_multiroot_fsolver_set(solver, &function, x);
        for (int i = 0; i < 200 && status == GSL_SUCCESS && !found; i++) {
            status = gsl_multiroot_fsolver_iterate(solver);
            found = gsl_multiroot_test_residual(solver->f, 1e-9) == GSL_SUCCESS;
        }
        *a = exp(gsl_vector_get(solver->x, 0));
        *b = exp(gsl_vector_get(solver->x, 1));
    }
    if (x != NULL)
        gsl_vector_free(x);
    if (solver != NULL)
        gsl_multiroot_fsolver_free(solver);
    return found;
}

bool spread_fit(const struct spread *spread, struct fitted *fitted)
{
    *fitted = (struct fitted){.family = spread->family};
    if (spread->family == FAMILY_FIXED || spread->family == FAMILY_DIRICHLET)
        return true;
    if (spread->family == FAMILY_LOGNORMAL) {
        fitted->a = (log(spread->low) + log(spread->high)) / 2;
        fitted->b = (log(spread->high) - log(spread->low)) / (2 * variate_normal(1 - tail));
        return true;
    }
    bool found = find_shapes(*spread, &fitted->a, &fitted->b);
    if (!found)
        fitted->family = FAMILY_FIXED;
    return found;
}

bool evidence_init(struct evidence *evidence, const struct spread spread[PARAMETER_COUNT],
                   enum parameter_id *which)
{
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++) {
        enum parameter_id first;
        bool row = parameter_is_row(id, &first);
        evidence->row_size[id] = 0;
        if (row && id == first) {
            double size = spread[id].family == FAMILY_DIRICHLET ? spread[id].size : 0;
            for (unsigned x = 1; x < 6; x++) /* a row with a cell set by hand is fixed as a whole */
                if (spread[id + x].family != FAMILY_DIRICHLET)
                    size = 0;
            evidence->row_size[id] = size;
        }
        if (!spread_fit(&spread[id], &evidence->fitted[id])) {
            *which = id;
            return false;
        }
    }
    return true;
}

/* The rows that rise and fall together: one stroke type each. */
static enum parameter_id row_group(enum parameter_id first)
{
    switch (first) {
    case P_UNTREATED_LVO:
    case P_IVT_ONSET_LVO:
    case P_IVT_LATE_LVO:
    case P_MT_ONSET_LVO:
    case P_MT_LATE_LVO:
        return P_UNTREATED_LVO;
    case P_UNTREATED_NLVO:
    case P_IVT_ONSET_NLVO:
    case P_IVT_LATE_NLVO:
        return P_UNTREATED_NLVO;
    default:
        return first;
    }
}

/* A parameter's luck belongs to its key, so that a new row in the dictionary moves no other's
 * (FNV-1a, public domain). */
static uint64_t entity_of(enum parameter_id id)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const char *key = parameter_info(id)->key; *key != '\0'; key++)
        hash = (hash ^ (unsigned char)*key) * UINT64_C(1099511628211);
    return hash;
}

/* A Dirichlet row from seven gammas, each the inverse at one uniform. */
static void draw_row(const struct stream *stream, enum parameter_id first, double size,
                     const double *central, double *drawn)
{
    double uniform[2 * STREAM_LANES], part[7], total = 0;
    stream_block(stream, entity_of(row_group(first)), 0, uniform);
    stream_block(stream, entity_of(row_group(first)), 1, uniform + STREAM_LANES);
    for (int x = 0; x < 7; x++) {
        double p = (x < 6 ? central[x] : 1) - (x > 0 ? central[x - 1] : 0);
        part[x] = p * size > 0 ? variate_gamma(uniform[x], p * size, 1) : 0;
        total += part[x];
    }
    double sum = 0;
    for (int x = 0; x < 6; x++) {
        sum += part[x];
        drawn[x] = fmin(1, sum / total);
    }
}

/* Treatment at onset is not worse, and with no effect left not better, than none. */
static void keep_rows_in_order(double *p)
{
    static const struct {
        enum parameter_id onset, none, late;
    } treatments[] = {
        {P_IVT_ONSET_NLVO, P_UNTREATED_NLVO, P_IVT_LATE_NLVO},
        {P_IVT_ONSET_LVO, P_UNTREATED_LVO, P_IVT_LATE_LVO},
        {P_MT_ONSET_LVO, P_UNTREATED_LVO, P_MT_LATE_LVO},
    };
    for (size_t t = 0; t < sizeof treatments / sizeof *treatments; t++)
        for (unsigned x = 0; x < 6; x++) {
            double none = p[treatments[t].none + x];
            p[treatments[t].onset + x] = fmax(p[treatments[t].onset + x], none);
            p[treatments[t].late + x] = fmin(p[treatments[t].late + x], none);
        }
}

static double draw_one(const struct fitted *fitted, const struct stream *stream,
                       enum parameter_id id)
{
    double uniform[STREAM_LANES];
    stream_block(stream, entity_of(id), 2, uniform);
    const struct parameter_info *info = parameter_info(id);
    double value = fitted_inverse(fitted, uniform[0]);
    assert(!isnan(value));
    return fmin(fmax(value, info->smallest), info->largest);
}

static bool is_same(const struct fitted *fitted, const struct fitted *other)
{
    return fitted->family == other->family && fitted->a == other->a && fitted->b == other->b;
}

/* All rows, because they are kept in order among each other. */
static bool has_same_rows(const struct evidence *evidence, const struct parameters *central,
                          const struct evidence_drawn *other)
{
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++) {
        enum parameter_id first;
        if (parameter_is_row(id, &first) &&
            (central->value[id] != other->central->value[id] ||
             evidence->row_size[id] != other->evidence->row_size[id]))
            return false;
    }
    return true;
}

static void draw_rows(const struct evidence *evidence, const struct stream *stream,
                      const struct parameters *central, const struct evidence_drawn *other,
                      struct parameters *drawn)
{
    bool known = other != NULL && has_same_rows(evidence, central, other), any = false;
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++) {
        enum parameter_id first;
        if (known && parameter_is_row(id, &first))
            drawn->value[id] = other->drawn->value[id];
        else if (evidence->row_size[id] > 0)
            draw_row(stream, id, evidence->row_size[id], central->value + id, drawn->value + id);
        any = any || evidence->row_size[id] > 0;
    }
    if (any && !known)
        keep_rows_in_order(drawn->value);
}

void evidence_draw_like(const struct evidence *evidence, const struct stream *stream,
                        const struct parameters *central, const struct evidence_drawn *other,
                        struct parameters *drawn)
{
    *drawn = *central;
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++) {
        const struct fitted *fitted = &evidence->fitted[id];
        if (fitted->family == FAMILY_FIXED || fitted->family == FAMILY_DIRICHLET)
            continue;
        bool known = other != NULL && is_same(fitted, &other->evidence->fitted[id]);
        drawn->value[id] = known ? other->drawn->value[id] : draw_one(fitted, stream, id);
    }
    draw_rows(evidence, stream, central, other, drawn);
}

void evidence_draw(const struct evidence *evidence, const struct stream *stream,
                   const struct parameters *central, struct parameters *drawn)
{
    evidence_draw_like(evidence, stream, central, NULL, drawn);
}
