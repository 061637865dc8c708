/*
 * Queues, and a published capacity model, written as scenario files of networks of wards
 * (tests/networks/queues, scenarios/monks-2016), against their closed forms.
 *
 * Controls of a queue: how many more came than were expected, and by how much their stays exceeded
 * their mean. Of a ward with unlimited beds, Charlier's polynomials of the census, whose means are
 * 0 if it is Poisson: then the controls' own means are half of the test.
 */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "models/erlang.h"
#include "models/network_run.h"
#include "scenarios/network_scenario.h"
#include "tests/queueing/queueing.h"
#include "tests/queueing/theory.h"

static const double day_min = 1440, year_min = 365 * 1440.0;

/* A configuration of a scenario and what each of its replications gave. */
struct networks {
    struct network_scenario *scenario;
    const struct network *network;
    struct network_result *result[QUEUEING_REPLICATIONS];
    double window_min, came_min; /* came_min: warm-up and window */
};

static void assert_nothing_lost(const struct network *network, const struct network_result *result)
{
    const struct network_balance *all = &result->balance;
    cr_assert_eq(all->came, all->left + all->lost + all->inside);
    for (size_t w = 0; w < network->wards; w++) {
        const struct ward_balance *ward = &result->ward[w].balance;
        cr_assert_eq(ward->came, ward->turned_away + ward->went_on + ward->in_beds + ward->waiting);
    }
}

static void run_all(struct networks *networks)
{
    struct network_worker *worker = network_worker_new();
    cr_assert(worker);
    for (uint64_t r = 0; r < QUEUEING_REPLICATIONS; r++) {
        struct network_run run = {.network = networks->network,
                                  .seed = 1,
                                  .replication = r + 1,
                                  .warm_up_min = networks->scenario->warm_up_days * day_min,
                                  .window_min = networks->window_min,
                                  .max_inside = networks->scenario->max_inside};
        networks->result[r] = network_result_new(networks->network);
        cr_assert(networks->result[r]);
        cr_assert_eq(network_execute(worker, &run, networks->result[r]), NETWORK_OK);
        assert_nothing_lost(networks->network, networks->result[r]);
    }
    network_worker_free(worker);
}

/* In windows so many times as long as the scenario says. */
static void open_networks(struct networks *networks, const char *folder, const char *configuration,
                          double windows)
{
    struct diagnosis *diagnosis = diagnosis_new();
    struct scenario_options options = {.years = NAN};
    networks->scenario = network_scenario_read(folder, &options, diagnosis);
    diagnosis_print(diagnosis, stderr);
    cr_assert(networks->scenario);
    cr_assert_eq(diagnosis_count(diagnosis), 0);
    diagnosis_free(diagnosis);
    int found = network_scenario_find(networks->scenario, configuration);
    cr_assert_geq(found, 0);
    networks->network = &networks->scenario->configuration[found];
    networks->window_min = windows * networks->scenario->about->design.years * year_min;
    networks->came_min = networks->window_min + networks->scenario->warm_up_days * day_min;
    run_all(networks);
}

static void close_networks(struct networks *networks)
{
    for (size_t r = 0; r < QUEUEING_REPLICATIONS; r++)
        network_result_free(networks->result[r]);
    network_scenario_free(networks->scenario);
}

static size_t ward_of(const struct networks *networks, const char *name)
{
    for (size_t w = 0; w < networks->network->wards; w++)
        if (strcmp(networks->network->ward[w].name, name) == 0)
            return w;
    cr_assert_fail("no ward %s", name);
    return 0;
}

/* --- queues ----------------------------------------------------------------------------------- */

/* A ward, or one class at it, and the figures to be looked at. */
struct queue {
    struct networks *networks;
    size_t ward;
    int class;  /* whose figures; -1: all patients' */
    bool stays; /* whether its stays are as long as the routes say: nothing blocked, nobody lost */
    enum ward_metric metric[QUEUEING_FIGURES];
    size_t cells;
};

static void add_controls(const struct queue *queue, const struct network_result *result,
                         struct queueing_sample *sample)
{
    const struct network *network = queue->networks->network;
    size_t n = 0;
    double expected = 0;
    for (size_t s = 0; s < network->sources; s++)
        if (network->source[s].ward == queue->ward)
            expected += queue->networks->came_min / network->source[s].between.mean;
    if (expected > 0)
        sample->control[n++] = (double)result->ward[queue->ward].balance.came - expected;
    for (size_t r = 0; queue->stays && r < network->routes; r++) {
        const struct network_route *route = &network->route[r];
        size_t at = network_at(network, route->class, queue->ward);
        if (route->ward == queue->ward && route->stay.sd > 0)
            sample->control[n++] =
                result->of_class[at][WARD_STAY_DAYS] - route->stay.mean / day_min;
    }
}

static size_t controls_of(const struct queue *queue)
{
    struct queueing_sample sample = {.figure = {0}};
    for (size_t k = 0; k < QUEUEING_CONTROLS; k++)
        sample.control[k] = NAN;
    add_controls(queue, queue->networks->result[0], &sample);
    size_t n = 0;
    while (n < QUEUEING_CONTROLS && !isnan(sample.control[n]))
        n++;
    return n;
}

static bool sample_queue(void *world, uint64_t replication, struct queueing_sample *sample)
{
    const struct queue *queue = world;
    const struct network_result *result = queue->networks->result[replication - 1];
    const double *figure = result->ward[queue->ward].figure;
    if (queue->class >= 0)
        figure =
            result
                ->of_class[network_at(queue->networks->network, (size_t)queue->class, queue->ward)];
    for (size_t i = 0; i < queue->cells; i++) {
        sample->figure[i] = figure[queue->metric[i]];
        bool of_patients = queue->metric[i] <= WARD_STAY_DAYS;
        sample->customers[i] = of_patients ? figure[WARD_ADMISSIONS] + figure[WARD_LOST] : 0;
    }
    add_controls(queue, result, sample);
    return true;
}

/* What is looked at and what it should be. */
struct expectation {
    enum ward_metric metric;
    double truth;
};

static size_t assert_queue(struct networks *networks, const char *ward, int class, bool stays,
                           size_t cells, const struct expectation expected[])
{
    struct queue queue = {.networks = networks,
                          .ward = ward_of(networks, ward),
                          .class = class,
                          .stays = stays,
                          .cells = cells};
    struct queueing_table table = {
        .model = ward, .cells = cells, .world = &queue, .replicate = sample_queue};
    for (size_t i = 0; i < cells; i++) {
        queue.metric[i] = expected[i].metric;
        table.cell[i] =
            (struct queueing_cell){ward_metric_name(expected[i].metric), expected[i].truth};
    }
    table.controls = controls_of(&queue);
    return queueing_assert(&table);
}

#define ASSERT_QUEUE(networks, ward, class, stays, ...)                                            \
    assert_queue(networks, ward, class, stays,                                                     \
                 sizeof((struct expectation[]){__VA_ARGS__}) / sizeof(struct expectation),         \
                 (struct expectation[]){__VA_ARGS__})

static size_t assert_waiting(struct networks *networks)
{
    double wait_2 = erlang_wait(1, 2);
    size_t cells = ASSERT_QUEUE(networks, "M/M/1", -1, true, {WARD_WAIT_DAYS, 2.5 / day_min},
                                {WARD_SHARE_WAITING, .5}, {WARD_WAITING, .5},
                                {WARD_BEDS_IN_USE, .5}, {WARD_OCCUPANCY, .5});
    cells +=
        ASSERT_QUEUE(networks, "M/M/2", -1, true, {WARD_WAIT_DAYS, wait_2 * 2.6 / day_min},
                     {WARD_SHARE_WAITING, wait_2}, {WARD_WAITING, wait_2}, {WARD_BEDS_IN_USE, 1});
    /* Pollaczek and Khinchine */
    cells += ASSERT_QUEUE(networks, "M/G/1", -1, true,
                          {WARD_WAIT_DAYS, 2.5 * 1.5625 / (2 * .5) * .5 / day_min},
                          {WARD_SHARE_WAITING, .5}, {WARD_BEDS_IN_USE, .5});
    cells +=
        ASSERT_QUEUE(networks, "M/D/1", -1, true, {WARD_WAIT_DAYS, 4.8 * .6 / (2 * .4) / day_min},
                     {WARD_SHARE_WAITING, .6});
    /* Burke: as if each were alone */
    cells += ASSERT_QUEUE(networks, "first", -1, true, {WARD_WAIT_DAYS, 1.35 / day_min});
    cells += ASSERT_QUEUE(networks, "second", -1, true, {WARD_WAIT_DAYS, wait_2 * 2.7 / day_min},
                          {WARD_SHARE_WAITING, wait_2});
    return cells;
}

/* Two classes at one bed by Cobham's formula. */
static size_t assert_priorities(struct networks *networks)
{
    const double rate[] = {1 / 7.5, 1 / 6.};
    const struct moments service[] = {{1.875, 2 * 1.875 * 1.875, 0}, {1.5, 2.25, 0}};
    int first = (int)networks->network->source[7].class;
    cr_assert_str_eq(networks->network->class_name[first], "urgent");
    size_t cells = ASSERT_QUEUE(networks, "priorities", first, true,
                                {WARD_WAIT_DAYS, theory_cobham(rate, service, 2, 0) / day_min});
    cells += ASSERT_QUEUE(networks, "priorities", first + 1, true,
                          {WARD_WAIT_DAYS, theory_cobham(rate, service, 2, 1) / day_min});
    return cells;
}

static size_t assert_losses(struct networks *networks)
{
    /* M/M/3/5 with a load of 2: shares 1, 2, 2, 4/3, 8/9, 16/27 of their sum */
    double sum = 1 + 2 + 2 + 4 / 3. + 8 / 9. + 16 / 27., lost = 16 / 27. / sum;
    double waiting = (8 / 9. + 2 * 16 / 27.) / sum, came_per_min = 1 / 3.6;
    size_t cells = ASSERT_QUEUE(networks, "M/M/3/5", -1, false, {WARD_SHARE_LOST, lost},
                                {WARD_WAITING, waiting},
                                {WARD_WAIT_DAYS, waiting / (came_per_min * (1 - lost)) / day_min},
                                {WARD_BEDS_IN_USE, 2 * (1 - lost)});
    lost = erlang_loss(3.5, 6);
    cells += ASSERT_QUEUE(networks, "ambulances", -1, false, {WARD_SHARE_LOST, lost},
                          {WARD_BEDS_IN_USE, 3.5 * (1 - lost)});
    /* Loss hangs on the mean alone, whatever it is made of: 27 minutes and 18 of delay. */
    lost = erlang_loss(45 / 13.5, 5);
    cells += ASSERT_QUEUE(networks, "delayed", -1, false, {WARD_SHARE_LOST, lost},
                          {WARD_DELAYED_BEDS, 18 / 13.5 * (1 - lost)});
    cells += ASSERT_QUEUE(networks, "M/G/inf", -1, true, {WARD_BEDS_IN_USE, 5});
    return cells;
}

/* Two beds in a row with nothing between: who has been in the first keeps it until the second is
 * free. */
static size_t assert_blocking(struct networks *networks)
{
    /* Balance of each state, rates of 1 in and out:
     *   empty: p0 = p01;  first: p10 = p0 + p11;  second: 2 p01 = p10 + pb;
     *   both: 2 p11 = p01;  blocked: pb = p11.
     * With p11 = 1: pb = 1, p01 = p0 = 2, p10 = 3. */
    double sum = 9;
    size_t cells = ASSERT_QUEUE(networks, "blocked", -1, false, {WARD_SHARE_LOST, 5 / sum},
                                {WARD_BLOCKED_BEDS, 1 / sum}, {WARD_BEDS_IN_USE, 5 / sum});
    cells += ASSERT_QUEUE(networks, "blocking", -1, false, {WARD_BEDS_IN_USE, 4 / sum},
                          {WARD_SHARE_WAITING, 1 / 4.});
    return cells;
}

/* Beds in use are admissions times stays, and those who wait are admissions times waits, but for
 * what happens at the ends of the window. */
static void assert_little(const struct networks *networks)
{
    for (size_t w = 0; w < networks->network->wards; w++) {
        double in_use = 0, waiting = 0, by_stay = 0, by_wait = 0;
        for (size_t r = 0; r < QUEUEING_REPLICATIONS; r++) {
            const double *figure = networks->result[r]->ward[w].figure;
            double per_day = figure[WARD_ADMISSIONS] / 365;
            in_use += figure[WARD_BEDS_IN_USE];
            waiting += figure[WARD_WAITING];
            by_stay += per_day * figure[WARD_STAY_DAYS];
            by_wait += per_day * figure[WARD_WAIT_DAYS];
        }
        const char *name = networks->network->ward[w].name;
        cr_expect_float_eq(by_stay / in_use, 1, .001, "%s: %g", name, by_stay / in_use);
        if (waiting > 0)
            cr_expect_float_eq(by_wait / waiting, 1, .001, "%s: %g", name, by_wait / waiting);
    }
}

enum { CELLS_QUEUES = 33 };

Test(networks, queues_with_closed_forms)
{
    struct networks networks;
    open_networks(&networks, STROKESIM_ROOT "/tests/networks/queues", "as-in-the-books", 1);
    size_t cells = assert_waiting(&networks);
    cells += assert_priorities(&networks);
    cells += assert_losses(&networks);
    cells += assert_blocking(&networks);
    cr_assert_eq(cells, CELLS_QUEUES);
    assert_little(&networks);
    close_networks(&networks);
}

/* --- the published capacity model ------------------------------------------------------------- */

enum { DEGREES = 9 };

/* A row of delays: of a ward with so many beds, or of a member of a pool. */
struct delay_row {
    const char *name;
    int ward, beds; /* ward -1: of a pool, by its tail or its loss */
    size_t member;
    bool tail;
    double truth;
};

struct delays {
    struct networks *networks;
    double load[2];
    const struct delay_row *row;
    size_t rows;
    size_t degrees[2]; /* of the polynomials of each ward */
};

/* Charlier's polynomials of degree 1 and up, for a Poisson census of mean a: c(k + 1) = (n - k - a)
 * c(k) - k a c(k - 1), each scaled to a variance of 1. */
static void charlier(double n, double a, double c[DEGREES])
{
    double before = 1, now = n - a, scale = sqrt(a);
    for (int k = 1; k <= DEGREES; k++) {
        c[k - 1] = now / scale;
        double next = (n - k - a) * now - k * a * before;
        before = now;
        now = next;
        scale *= sqrt(a * (k + 1));
    }
}

static void average_charlier(const struct network_result *result, size_t ward, double load,
                             size_t degrees, double control[])
{
    double c[DEGREES];
    for (size_t k = 0; k < degrees; k++)
        control[k] = 0;
    for (int n = 0; n < NETWORK_LEVELS; n++) {
        if (result->ward[ward].days[n] == 0)
            continue;
        charlier(n, load, c);
        for (size_t k = 0; k < degrees; k++)
            control[k] += c[k] * result->ward[ward].days[n] / result->days;
    }
}

static void sample_row(const struct delay_row *row, const struct network_result *result,
                       double *figure, double *weight)
{
    if (row->ward < 0) {
        const struct pool_result *pool = &result->pool[row->member];
        *figure = row->tail ? (double)pool->tail / result->days : (double)pool->full / pool->holds;
        *weight = row->tail ? 0 : pool->holds;
        return;
    }
    const uint32_t *days = result->ward[row->ward].days;
    double within = 0;
    for (int n = 0; n <= row->beds; n++)
        within += days[n];
    *figure = days[row->beds] / within;
    *weight = within;
}

static bool sample_delays(void *world, uint64_t replication, struct queueing_sample *sample)
{
    const struct delays *delays = world;
    const struct network_result *result = delays->networks->result[replication - 1];
    for (size_t i = 0; i < delays->rows; i++)
        sample_row(&delays->row[i], result, &sample->figure[i], &sample->customers[i]);
    for (size_t w = 0; w < 2; w++)
        average_charlier(result, w, delays->load[w], delays->degrees[w],
                         &sample->control[w == 0 ? 0 : delays->degrees[0]]);
    return true;
}

static size_t assert_rows(struct networks *networks, const double load[2], size_t degrees_acute,
                          size_t degrees_rehabilitation, size_t rows, const struct delay_row row[])
{
    struct delays delays = {.networks = networks,
                            .load = {load[0], load[1]},
                            .row = row,
                            .rows = rows,
                            .degrees = {degrees_acute, degrees_rehabilitation}};
    struct queueing_table table = {.model = networks->network->name,
                                   .cells = rows,
                                   .controls = degrees_acute + degrees_rehabilitation,
                                   .world = &delays,
                                   .replicate = sample_delays};
    for (size_t i = 0; i < rows; i++)
        table.cell[i] = (struct queueing_cell){row[i].name, row[i].truth};
    return queueing_assert(&table);
}

static const char monks[] = STROKESIM_ROOT "/scenarios/monks-2016";

enum { CELLS_MONKS = 8, CELLS_MONKS_REHABILITATION = 4, CELLS_MONKS_MORE = 1 };

/* Each published row by its own definition. */
Test(networks, published_delays_of_a_stroke_unit)
{
    struct networks networks;
    double a[2];
    open_networks(&networks, monks, "current", 145);
    cr_assert(network_loads(networks.network, a));
    cr_assert_float_eq(a[0], 8.145511, 3e-5); /* as published, to rounding */
    cr_assert_float_eq(a[1], 9.718199, 3e-5);
    struct erlang_pool pool = {{a[0], a[1]}, {11, 11}, 4};
    const struct delay_row first[] = {
        {"9 acute beds", 0, 9, 0, false, erlang_loss(a[0], 9)},
        {"10 acute beds", 0, 10, 0, false, erlang_loss(a[0], 10)},
        {"11 acute beds", 0, 11, 0, false, erlang_loss(a[0], 11)},
        {"12 acute beds", 0, 12, 0, false, erlang_loss(a[0], 12)},
        {"14 acute beds", 0, 14, 0, false, erlang_loss(a[0], 14)},
    };
    const struct delay_row second[] = {
        {"22 pooled", -1, 0, 0, false, erlang_loss(a[0] + a[1], 22)},
        {"11 + 11 + 4, acute", -1, 0, 4, true, erlang_pool_tail(&pool, 0)},
        {"11 + 11 + 4, rehabilitation", -1, 0, 5, true, erlang_pool_tail(&pool, 1)},
    };
    size_t cells = assert_rows(&networks, a, DEGREES, 0, sizeof first / sizeof *first, first);
    cells += assert_rows(&networks, a, 6, 6, sizeof second / sizeof *second, second);
    cr_assert_eq(cells, CELLS_MONKS);
    close_networks(&networks);
}

/* The rehabilitation unit is full of 14 or 16 beds more rarely, and its stays are five times as
 * long, so it takes more years. (Polynomials of higher degrees hang on days that hardly ever come,
 * and widen the intervals.) */
Test(networks, published_delays_of_a_rehabilitation_unit)
{
    struct networks networks;
    double a[2];
    open_networks(&networks, monks, "current", 400);
    cr_assert(network_loads(networks.network, a));
    const struct delay_row row[] = {
        {"10 beds", 1, 10, 0, false, erlang_loss(a[1], 10)},
        {"12 beds", 1, 12, 0, false, erlang_loss(a[1], 12)},
        {"14 beds", 1, 14, 0, false, erlang_loss(a[1], 14)},
        {"16 beds", 1, 16, 0, false, erlang_loss(a[1], 16)},
    };
    cr_assert_eq(assert_rows(&networks, a, 0, DEGREES, sizeof row / sizeof *row, row),
                 CELLS_MONKS_REHABILITATION);
    cr_assert_float_eq(row[2].truth, .0497, 5.1e-5);
    cr_assert_float_eq(row[3].truth, .0186, 5.1e-5);
    close_networks(&networks);
}

Test(networks, published_delays_with_more_admissions)
{
    struct networks networks;
    double a[2];
    open_networks(&networks, monks, "more-admissions", 32);
    cr_assert(network_loads(networks.network, a));
    const struct delay_row row[] = {{"10 acute beds", 0, 10, 0, false, erlang_loss(a[0], 10)}};
    cr_assert_eq(assert_rows(&networks, a, DEGREES, 0, 1, row), CELLS_MONKS_MORE);
    cr_assert_float_eq(row[0].truth, .1481, 5.1e-5);
    close_networks(&networks);
    cr_assert_eq(CELLS_QUEUES + CELLS_MONKS + CELLS_MONKS_REHABILITATION + CELLS_MONKS_MORE,
                 CELLS_NETWORKS);
}
