#include "tests/queueing/queueing.h"

#include <assert.h>
#include <criterion/criterion.h>
#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_multifit.h>
#include <math.h>

#include "sim/estimate.h"
#include "sim/replicate.h"

const double queueing_loads[QUEUEING_LOADS] = {0.95, 0.9, 0.8, 0.7, 0.5, 0.3};

struct queueing_window queueing_window(double load, int servers, double squared_variation,
                                       double customers)
{
    double together_min = (1.0 + squared_variation) / (2.0 * (double)servers);
    double relaxation_min = together_min / pow(1.0 - sqrt(load), 2.0);
    return (struct queueing_window){
        .warm_up_min = 12.0 * relaxation_min + 20.0,
        .length_min = fmax(customers / (load * (double)servers), 150.0 * relaxation_min)};
}

void crowd_init(struct crowd *crowd)
{
    crowd->free = NULL;
    crowd->used = 0;
}

struct customer *crowd_take(struct crowd *crowd)
{
    struct customer *customer = crowd->free;
    if (customer) {
        crowd->free = customer->next_free;
    } else {
        assert(crowd->used < CROWD);
        customer = &crowd->customer[crowd->used++];
    }
    customer->claim = (struct claim){0};
    return customer;
}

void crowd_give(struct crowd *crowd, struct customer *customer)
{
    customer->next_free = crowd->free;
    crowd->free = customer;
}

void queueing_sampler(struct sampler *sampler, uint64_t replication, uint64_t entity)
{
    const struct stream stream = {.seed = 1, .replication = replication, .domain = 1};
    sampler_init(sampler, &stream, entity);
}

struct interval {
    double middle;
    double half_width;
};

/* Below this share of the largest singular value controls say the same but for rounding. */
static const double dependent = 1e-7;

/* What each replication adds to figure `index` as a ratio of sums, linear about that ratio. */
static void linearise(const struct queueing_sample samples[], size_t index, gsl_vector *y)
{
    double total = 0.0;
    double customers = 0.0;
    for (size_t i = 0; i < QUEUEING_REPLICATIONS; i++) {
        gsl_vector_set(y, i, samples[i].figure[index]);
        total += samples[i].figure[index] * samples[i].customers[index];
        customers += samples[i].customers[index];
    }
    if (!(customers > 0.0))
        return;
    double ratio = total / customers;
    for (size_t i = 0; i < QUEUEING_REPLICATIONS; i++) {
        double weight = QUEUEING_REPLICATIONS * samples[i].customers[index] / customers;
        gsl_vector_set(y, i, ratio + weight * (samples[i].figure[index] - ratio));
    }
}

/* The residual sum of squares. What GSL 2.7 gives is too small if controls depend on each other. */
static double squares_left(const gsl_matrix *x, const gsl_vector *y, const gsl_vector *coefficients)
{
    double sum = 0.0;
    for (size_t i = 0; i < QUEUEING_REPLICATIONS; i++) {
        gsl_vector_const_view row = gsl_matrix_const_row(x, i);
        double fitted;
        gsl_blas_ddot(&row.vector, coefficients, &fitted);
        sum += pow(gsl_vector_get(y, i) - fitted, 2.0);
    }
    return sum;
}

/* Figure `index` where all controls are 0. */
static struct interval estimate(const struct queueing_sample samples[], size_t controls,
                                size_t index)
{
    size_t columns = controls + 1;
    gsl_matrix *x = gsl_matrix_alloc(QUEUEING_REPLICATIONS, columns);
    gsl_vector *y = gsl_vector_alloc(QUEUEING_REPLICATIONS);
    gsl_vector *coefficients = gsl_vector_alloc(columns);
    gsl_matrix *covariance = gsl_matrix_alloc(columns, columns);
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(QUEUEING_REPLICATIONS, columns);
    double residual;
    size_t rank;
    for (size_t i = 0; i < QUEUEING_REPLICATIONS; i++) {
        gsl_matrix_set(x, i, 0, 1.0);
        for (size_t k = 0; k < controls; k++)
            gsl_matrix_set(x, i, k + 1, samples[i].control[k]);
    }
    linearise(samples, index, y);
    gsl_multifit_linear_tsvd(x, y, dependent, coefficients, covariance, &residual, &rank, work);
    double variance =
        gsl_matrix_get(covariance, 0, 0) / residual * squares_left(x, y, coefficients);
    double t = gsl_cdf_tdist_Qinv(0.005 / QUEUEING_CELLS, (double)(QUEUEING_REPLICATIONS - rank));
    struct interval interval = {.middle = gsl_vector_get(coefficients, 0),
                                .half_width = t * sqrt(variance)};
    gsl_multifit_linear_free(work);
    gsl_matrix_free(covariance);
    gsl_vector_free(coefficients);
    gsl_vector_free(y);
    gsl_matrix_free(x);
    return interval;
}

static bool holds(struct interval interval, double truth)
{
    return fabs(interval.middle - truth) <= interval.half_width;
}

static void assert_cell(const struct queueing_table *table, const struct queueing_cell *cell,
                        struct interval interval)
{
    double truth = cell->truth;
    double wide = 100.0 * interval.half_width / truth;
    double off = 100.0 * (interval.middle / truth - 1.0);
    cr_log_info("%s at %g, %s: %g, off by %+.3f%% +- %.3f%%", table->model, table->load,
                cell->figure, truth, off, wide);
    cr_expect(holds(interval, truth), "%s at %g, %s: not %g, off by %+.3f%% +- %.3f%%",
              table->model, table->load, cell->figure, truth, off, wide);
    cr_expect(wide <= 1.0, "%s at %g, %s: wide by %g%%", table->model, table->load, cell->figure,
              wide);
    cr_expect_not(holds(interval, 0.98 * truth) || holds(interval, 1.02 * truth),
                  "%s at %g, %s: blind", table->model, table->load, cell->figure);
}

/* What the draws were off by the controls would hide, as they take it out of the figures: so their
 * own means must be 0, at 99% over more of them than there are. */
static void assert_control(const struct queueing_table *table,
                           const struct queueing_sample samples[], size_t k)
{
    struct tally tally = {0};
    for (size_t i = 0; i < QUEUEING_REPLICATIONS; i++)
        tally_add(&tally, samples[i].control[k]);
    struct estimate mean =
        estimate_from_tally(&tally, 1.0 - 0.01 / (QUEUEING_CELLS * QUEUEING_CONTROLS));
    cr_expect(mean.low <= 0.0 && 0.0 <= mean.high,
              "%s at %g: control %zu has a mean of %g, %g to %g", table->model, table->load, k,
              mean.mean, mean.low, mean.high);
}

static bool run_one(void *shared, unsigned worker, uint64_t replication, void *place)
{
    const struct queueing_table *table = shared;
    (void)worker;
    *(struct queueing_sample *)place = (struct queueing_sample){0};
    return table->replicate(table->world, replication, place);
}

/* One thread: Criterion runs the tests side by side. */
size_t queueing_assert(const struct queueing_table *table)
{
    static struct queueing_sample samples[QUEUEING_REPLICATIONS];
    struct queueing_table shared = *table;
    struct replicate_pool *pool = replicate_pool_new(1);
    struct replicate_job job = {.run = run_one,
                                .shared = &shared,
                                .first = 1,
                                .count = QUEUEING_REPLICATIONS,
                                .results = samples,
                                .size = sizeof samples[0]};
    cr_assert_eq(replicate_run(pool, &job, NULL), QUEUEING_REPLICATIONS, "%s at %g failed",
                 table->model, table->load);
    replicate_pool_free(pool);
    assert(table->cells <= QUEUEING_FIGURES && table->controls <= QUEUEING_CONTROLS);
    for (size_t k = 0; k < table->controls; k++)
        assert_control(table, samples, k);
    for (size_t i = 0; i < table->cells; i++)
        assert_cell(table, &table->cell[i], estimate(samples, table->controls, i));
    return table->cells;
}
