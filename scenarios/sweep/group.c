/* What knowing a group of parameters is worth: scenarios/sweep/information.h. */
#include <assert.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "scenarios/sweep/decision.h"

/* Of columns that are nearly sums of others (the square of a parameter with two values), singular
 * values below this share of the largest count as 0. */
static const double negligible = 1e-10;

/* Fitted values of QALYs and cost, arranged as the draws are. */
struct fitted {
    double *qalys, *cost_gbp;
};

struct group {
    struct draws draws;
    size_t terms; /* columns of the basis, the constant included */
    size_t rank;  /* of which independent */
    struct fitted all, crossed;
};

/* Parameters that do not vary are left out. Returns the others, standardised, with their number; to
 * be freed. */
static double *standardised(const double parameter[], size_t n, size_t parameters, size_t *varying)
{
    double *z = calloc(n + 1, (parameters + 1) * sizeof *z);
    *varying = 0;
    if (z == NULL)
        return NULL;
    for (size_t p = 0; p < parameters; p++) {
        double mean = gsl_stats_mean(&parameter[p], parameters, n);
        double sd = gsl_stats_sd_m(&parameter[p], parameters, n, mean);
        assert(isfinite(mean));
        if (!(sd > 0))
            continue;
        for (size_t d = 0; d < n; d++)
            z[*varying * n + d] = (parameter[d * parameters + p] - mean) / sd;
        ++*varying;
    }
    return z;
}

/* How many columns so many draws allow, of so many varying parameters; 0: no regression. */
static size_t terms_for(size_t n, size_t varying)
{
    size_t terms = 1 + varying;
    if (n < GROUP_DRAWS_A_LINEAR_TERM * terms || n < GROUP_FOLDS)
        return 0;
    if (n >= GROUP_DRAWS_A_TERM * (terms + varying))
        terms += varying;
    else
        return terms;
    size_t all = terms + varying * (varying - (varying > 0)) / 2;
    return n >= GROUP_DRAWS_A_TERM * all && all <= GROUP_MOST_TERMS ? all : terms;
}

/* The basis: 1, z, then as far as there are columns z^2, and the products of two. */
static gsl_matrix *basis(const double z[], size_t n, size_t varying, size_t terms)
{
    gsl_matrix *x = gsl_matrix_alloc(n, terms);
    if (x == NULL)
        return NULL;
    gsl_matrix_set_all(x, 1);
    for (size_t d = 0; d < n; d++) {
        size_t column = 1;
        for (size_t a = 0; a < varying; a++)
            gsl_matrix_set(x, d, column++, z[a * n + d]);
        for (size_t a = 0; a < varying && column < terms; a++)
            gsl_matrix_set(x, d, column++, z[a * n + d] * z[a * n + d]);
        for (size_t a = 0; a < varying; a++)
            for (size_t b = a + 1; b < varying && column < terms; b++)
                gsl_matrix_set(x, d, column++, z[a * n + d] * z[b * n + d]);
    }
    return x;
}

/* Room for one regression on some of the draws. */
struct regression {
    gsl_multifit_linear_workspace *space;
    gsl_matrix *x;
    gsl_vector *y, *coefficient;
    size_t rank;
};

static bool regression_begin(struct regression *regression, size_t n, size_t terms)
{
    *regression = (struct regression){
        .space = gsl_multifit_linear_alloc(n, terms),
        .x = gsl_matrix_alloc(n, terms),
        .y = gsl_vector_alloc(n),
        .coefficient = gsl_vector_alloc(terms),
    };
    return regression->space != NULL && regression->x != NULL && regression->y != NULL &&
           regression->coefficient != NULL;
}

static void regression_end(struct regression *regression)
{
    if (regression->space != NULL)
        gsl_multifit_linear_free(regression->space);
    gsl_matrix_free(regression->x);
    gsl_vector_free(regression->y);
    gsl_vector_free(regression->coefficient);
}

/* fold: the draws to be predicted, from the others; GROUP_FOLDS: all from all. */
static bool is_used(size_t draw, size_t fold)
{
    return draw % GROUP_FOLDS != fold;
}

/* Takes the draws that are used, and decomposes them once for all figures. */
static bool decompose(struct regression *regression, const gsl_matrix *x, size_t fold)
{
    size_t row = 0;
    for (size_t d = 0; d < x->size1; d++) {
        gsl_vector_const_view from = gsl_matrix_const_row(x, d);
        if (is_used(d, fold))
            gsl_matrix_set_row(regression->x, row++, &from.vector);
    }
    if (gsl_multifit_linear_bsvd(regression->x, regression->space) != GSL_SUCCESS)
        return false;
    /* Solving leaves out singular values of 0. */
    regression->rank = gsl_multifit_linear_rank(negligible, regression->space);
    for (size_t t = regression->rank; t < x->size2; t++)
        gsl_vector_set(regression->space->S, t, 0);
    return true;
}

/* One column of figures. */
static bool predict(struct regression *regression, const gsl_matrix *x, size_t fold,
                    const double figure[], size_t stride, double fitted[])
{
    size_t row = 0;
    double residual, length;
    for (size_t d = 0; d < x->size1; d++)
        if (is_used(d, fold))
            gsl_vector_set(regression->y, row++, figure[d * stride]);
    if (gsl_multifit_linear_solve(0, regression->x, regression->y, regression->coefficient,
                                  &residual, &length, regression->space) != GSL_SUCCESS)
        return false;
    for (size_t d = 0; d < x->size1; d++) {
        if (is_used(d, fold) && fold != GROUP_FOLDS)
            continue;
        double sum = 0;
        for (size_t t = 0; t < x->size2; t++)
            sum += gsl_matrix_get(x, d, t) * gsl_vector_get(regression->coefficient, t);
        fitted[d * stride] = sum;
    }
    return true;
}

static bool fit_fold(struct group *group, const gsl_matrix *x, size_t fold, struct fitted *fitted)
{
    size_t options = group->draws.options, used = 0;
    for (size_t d = 0; d < x->size1; d++)
        used += is_used(d, fold);
    struct regression regression;
    bool made = regression_begin(&regression, used, x->size2) && decompose(&regression, x, fold);
    for (size_t o = 0; made && o < options; o++)
        made =
            predict(&regression, x, fold, &group->draws.qalys[o], options, &fitted->qalys[o]) &&
            predict(&regression, x, fold, &group->draws.cost_gbp[o], options, &fitted->cost_gbp[o]);
    group->rank = regression.rank;
    regression_end(&regression);
    return made;
}

static bool fitted_begin(struct fitted *fitted, size_t cells)
{
    fitted->qalys = calloc(cells + 1, sizeof *fitted->qalys);
    fitted->cost_gbp = calloc(cells + 1, sizeof *fitted->cost_gbp);
    return fitted->qalys != NULL && fitted->cost_gbp != NULL;
}

static bool fit(struct group *group, const double z[], size_t varying)
{
    size_t n = group->draws.n;
    gsl_matrix *x = basis(z, n, varying, group->terms);
    bool made = x != NULL && fitted_begin(&group->all, n * group->draws.options) &&
                fitted_begin(&group->crossed, n * group->draws.options);
    for (size_t fold = 0; made && fold < GROUP_FOLDS; fold++)
        made = fit_fold(group, x, fold, &group->crossed);
    made = made && fit_fold(group, x, GROUP_FOLDS, &group->all); /* last: its rank stays */
    gsl_matrix_free(x);
    return made;
}

struct group *group_new(const struct draws *draws, const double parameter[], size_t parameters)
{
    gsl_set_error_handler_off(); /* GSL's default aborts; its results are checked instead */
    size_t varying;
    struct group *group = calloc(1, sizeof *group);
    double *z = standardised(parameter, draws->n, parameters, &varying);
    bool made = group != NULL && z != NULL;
    if (made) {
        group->draws = *draws;
        group->terms = terms_for(draws->n, varying);
        made = group->terms == 0 || fit(group, z, varying);
    }
    free(z);
    if (made)
        return group;
    group_free(group);
    return NULL;
}

void group_free(struct group *group)
{
    if (group == NULL)
        return;
    free(group->all.qalys);
    free(group->all.cost_gbp);
    free(group->crossed.qalys);
    free(group->crossed.cost_gbp);
    free(group);
}

size_t group_terms(const struct group *group)
{
    return group->terms;
}

static double *fitted_benefit(const struct group *group, const struct fitted *fitted,
                              double threshold_gbp)
{
    struct draws of_fitted = {group->draws.n, group->draws.options, fitted->qalys,
                              fitted->cost_gbp};
    return decision_net_benefit(&of_fitted, threshold_gbp);
}

/* Scales an option's fitted values around their mean to the spread of the adjusted R^2. */
static void scale(const struct group *group, const double benefit[], double fitted[], size_t option)
{
    size_t n = group->draws.n, options = group->draws.options;
    double mean = gsl_stats_mean(&fitted[option], options, n);
    double explained = gsl_stats_tss_m(&fitted[option], options, n, mean), rest = 0;
    for (size_t d = 0; d < n; d++) {
        double residual = benefit[d * options + option] - fitted[d * options + option];
        rest += residual * residual;
    }
    double by_chance = rest * (double)(group->rank - 1) / (double)(n - group->rank);
    double share = explained > by_chance ? sqrt(1 - by_chance / explained) : 0;
    for (size_t d = 0; d < n; d++)
        fitted[d * options + option] = mean + share * (fitted[d * options + option] - mean);
}

/* The gain by deciding by `guide` where `benefit` is what one gets. */
static bool gain(const struct draws *draws, const double benefit[], const double guide[],
                 double *gbp)
{
    struct decision decision;
    bool made = decision_begin(&decision, benefit, guide, draws->n, draws->options);
    if (made)
        *gbp = decision_gain(&decision, NULL, draws->n);
    decision_end(&decision);
    return made;
}

/* How far below and above its value that gain lies in resamples. */
static bool scatter(const struct draws *draws, const double benefit[], const double guide[],
                    uint64_t seed, struct interval *interval)
{
    double resampled[RESAMPLES];
    struct decision decision;
    bool made = decision_begin(&decision, benefit, guide, draws->n, draws->options) &&
                decision_resample(&decision, seed, resampled);
    if (made) {
        double middle = decision_gain(&decision, NULL, draws->n);
        *interval = resample_interval(middle, resampled);
        interval->low -= middle;
        interval->high -= middle;
    }
    decision_end(&decision);
    return made;
}

/* The interval of a value that is never below 0. */
static struct interval around(double value, struct interval scatter)
{
    return (struct interval){value, fmax(fmin(value + scatter.low, value), 0),
                             fmax(value + scatter.high, value)};
}

/* fitted: changed. */
static bool evaluate(const struct group *group, const double benefit[], double fitted[],
                     const double crossed[], uint64_t seed, struct evppi *evppi)
{
    const struct draws *draws = &group->draws;
    struct interval wide;
    double value;
    if (!gain(draws, fitted, fitted, &evppi->fitted_gbp) ||
        !gain(draws, benefit, crossed, &evppi->cross_fitted_gbp) ||
        !scatter(draws, benefit, fitted, seed, &wide))
        return false;
    for (size_t o = 1; o < draws->options; o++)
        scale(group, benefit, fitted, o);
    if (!gain(draws, fitted, fitted, &value))
        return false;
    evppi->gbp = around(value, wide);
    return true;
}

bool information_evppi(const struct group *group, double threshold_gbp, uint64_t seed,
                       struct evppi *evppi)
{
    *evppi = (struct evppi){interval_none(NAN), NAN, NAN};
    if (group->terms == 0)
        return true;
    double *benefit = decision_net_benefit(&group->draws, threshold_gbp);
    double *fitted = fitted_benefit(group, &group->all, threshold_gbp);
    double *crossed = fitted_benefit(group, &group->crossed, threshold_gbp);
    bool made = benefit != NULL && fitted != NULL && crossed != NULL &&
                evaluate(group, benefit, fitted, crossed, seed, evppi);
    free(benefit);
    free(fitted);
    free(crossed);
    return made;
}
