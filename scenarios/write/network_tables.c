#include "scenarios/write/network_tables.h"

#include <math.h>
#include <stdlib.h>

#include "models/erlang.h"
#include "scenarios/write/table_parts.h"

void network_table_replications_header(struct csv_writer *table)
{
    const char *name[2 + NETWORK_METRICS] = {"replication", "configuration"};
    for (int m = 0; m < NETWORK_METRICS; m++)
        name[2 + m] = network_metric_name((enum network_metric)m);
    csv_writer_header(table, name, 2 + NETWORK_METRICS);
}

void network_table_replications_add(struct csv_writer *table,
                                    const struct network_experiment *experiment,
                                    uint64_t replication, const struct network_trial *trial)
{
    for (size_t a = 0; a < experiment->arms; a++) {
        const struct network_result *result = trial->result[a];
        csv_writer_integer(table, (int64_t)replication);
        csv_writer_text(table, experiment->arm[a].network->name);
        for (int m = 0; m < NETWORK_METRICS; m++)
            csv_writer_number(table, result->status == NETWORK_OK ? result->figure[m] : NAN);
        csv_writer_end_row(table);
    }
}

void network_table_balance_header(struct csv_writer *table)
{
    TABLE_COLUMNS(table, "replication", "configuration", "ward", "came", "turned_away", "went_on",
                  "inside", "in_beds", "waiting");
}

static void begin_balance(struct csv_writer *table, uint64_t replication, const char *configuration,
                          const char *ward)
{
    csv_writer_integer(table, (int64_t)replication);
    csv_writer_text(table, configuration);
    csv_writer_text(table, ward);
}

static void add_balance(struct csv_writer *table, uint64_t replication,
                        const struct network *network, const struct network_result *result)
{
    begin_balance(table, replication, network->name, "all");
    csv_writer_integer(table, (int64_t)result->balance.came);
    csv_writer_integer(table, (int64_t)result->balance.lost);
    csv_writer_integer(table, (int64_t)result->balance.left);
    csv_writer_integer(table, (int64_t)result->balance.inside);
    csv_writer_empty(table); /* who blocks is in one ward's bed and waits for another's */
    csv_writer_empty(table);
    csv_writer_end_row(table);
    for (size_t w = 0; w < network->wards; w++) {
        const struct ward_balance *balance = &result->ward[w].balance;
        begin_balance(table, replication, network->name, network->ward[w].name);
        csv_writer_integer(table, (int64_t)balance->came);
        csv_writer_integer(table, (int64_t)balance->turned_away);
        csv_writer_integer(table, (int64_t)balance->went_on);
        csv_writer_integer(table, (int64_t)(balance->in_beds + balance->waiting));
        csv_writer_integer(table, (int64_t)balance->in_beds);
        csv_writer_integer(table, (int64_t)balance->waiting);
        csv_writer_end_row(table);
    }
}

void network_table_balance_add(struct csv_writer *table,
                               const struct network_experiment *experiment, uint64_t replication,
                               const struct network_trial *trial)
{
    for (size_t a = 0; a < experiment->arms; a++)
        add_balance(table, replication, experiment->arm[a].network, trial->result[a]);
}

void network_table_summary(struct csv_writer *table, const struct network_experiment *experiment)
{
    TABLE_COLUMNS(table, "configuration", "metric", "unit", "mean", "sd", "ci_low", "ci_high",
                  "replications");
    for (size_t a = 0; a < experiment->arms; a++) {
        const struct network_arm *arm = &experiment->arm[a];
        for (int m = 0; m < NETWORK_METRICS; m++) {
            struct estimate estimate = table_estimate(!arm->unstable, &arm->summary[m]);
            csv_writer_text(table, arm->network->name);
            csv_writer_text(table, network_metric_name((enum network_metric)m));
            csv_writer_text(table, network_metric_unit((enum network_metric)m));
            table_put_estimate(table, &estimate);
            csv_writer_integer(table, (int64_t)estimate.n);
            csv_writer_end_row(table);
        }
    }
}

static void put_difference(struct csv_writer *table, const struct network_experiment *experiment,
                           const struct network_arm *arm, enum network_metric metric)
{
    bool quoted = network_is_comparable(experiment, arm);
    struct estimate estimate = table_estimate(quoted, &arm->difference[metric]);
    double low, high;
    kept_range(&arm->year[metric], &low, &high);
    csv_writer_text(table, experiment->arm[0].network->name);
    csv_writer_text(table, arm->network->name);
    csv_writer_text(table, network_metric_name(metric));
    csv_writer_text(table, network_metric_unit(metric));
    table_put_estimate(table, &estimate);
    csv_writer_number(table, quoted ? low : NAN);
    csv_writer_number(table, quoted ? high : NAN);
    csv_writer_empty(table); /* no range of the evidence: the files give none */
    csv_writer_empty(table);
    csv_writer_integer(table, (int64_t)estimate.n);
    csv_writer_end_row(table);
}

void network_table_differences(struct csv_writer *table,
                               const struct network_experiment *experiment)
{
    TABLE_COLUMNS(table, "baseline", "configuration", "metric", "unit", "mean", "sd", "ci_low",
                  "ci_high", "year_low", "year_high", "evidence_low", "evidence_high",
                  "replications");
    for (size_t a = 1; a < experiment->arms; a++)
        for (int m = 0; m < NETWORK_METRICS; m++)
            put_difference(table, experiment, &experiment->arm[a], (enum network_metric)m);
}

/* Occupancy is a share of the beds if these are the same at every hour. */
static void put_centiles(struct csv_writer *table, const struct network_arm *arm, size_t w,
                         enum ward_metric metric)
{
    static const double points[] = {0.05, 0.5, 0.95, 0.99};
    const struct network_ward *ward = &arm->network->ward[w];
    bool share = metric == WARD_OCCUPANCY && !ward->by_hour && ward->beds > 0;
    for (size_t i = 0; i < 4; i++) {
        double level = table_day_centile(arm->ward[w].days, NETWORK_LEVELS, points[i]);
        csv_writer_number(table, metric == WARD_BEDS_IN_USE ? level
                                 : share                    ? level / ward->beds
                                                            : NAN);
    }
}

static void begin_unit(struct csv_writer *table, const struct network_arm *arm, size_t w,
                       const char *who, enum ward_metric metric)
{
    csv_writer_text(table, arm->network->name);
    csv_writer_text(table, arm->network->ward[w].name);
    csv_writer_text(table, who);
    csv_writer_text(table, ward_metric_name(metric));
    csv_writer_text(table, ward_metric_unit(metric));
}

/* Of each class of patients that comes to the ward. */
static void put_classes(struct csv_writer *table, const struct network_arm *arm, size_t w)
{
    const struct network *network = arm->network;
    for (size_t class = 0; class < network->classes; class ++) {
        size_t at = network_at(network, class, w);
        if (network->first_route[at] == network->first_route[at + 1])
            continue;
        for (int m = 0; m < WARD_CLASS_METRICS; m++) {
            struct estimate estimate = table_estimate(!arm->unstable, &arm->of_class[at].of[m]);
            begin_unit(table, arm, w, network->class_name[class], (enum ward_metric)m);
            table_put_interval(table, &estimate);
            for (int i = 0; i < 4; i++)
                csv_writer_empty(table);
            csv_writer_end_row(table);
        }
    }
}

void network_table_units(struct csv_writer *table, const struct network_experiment *experiment)
{
    TABLE_COLUMNS(table, "configuration", "hospital", "role", "metric", "unit", "mean", "ci_low",
                  "ci_high", "p05", "p50", "p95", "p99");
    for (size_t a = 0; a < experiment->arms; a++) {
        const struct network_arm *arm = &experiment->arm[a];
        for (size_t w = 0; w < arm->network->wards; w++) {
            for (int m = 0; m < WARD_METRICS; m++) {
                struct estimate estimate = table_estimate(!arm->unstable, &arm->ward[w].of[m]);
                begin_unit(table, arm, w, "all", (enum ward_metric)m);
                table_put_interval(table, &estimate);
                put_centiles(table, arm, w, (enum ward_metric)m);
                csv_writer_end_row(table);
            }
            put_classes(table, arm, w);
        }
    }
}

static void put_delay(struct csv_writer *table, const struct network_arm *arm,
                      const struct delay_tallies *delay)
{
    struct estimate loss = table_estimate(!arm->unstable, &delay->loss);
    struct estimate tail = table_estimate(!arm->unstable, &delay->tail);
    table_put_interval(table, &loss);
    table_put_interval(table, &tail);
}

/* For any number of beds up to the most that were ever in use. */
static void put_ward_delays(struct csv_writer *table, const struct network_arm *arm, size_t w,
                            double load)
{
    int most = NETWORK_LEVELS - 1;
    while (most > 0 && arm->ward[w].days[most] == 0)
        most--;
    for (int n = 1; n <= most; n++) {
        csv_writer_text(table, arm->network->name);
        csv_writer_text(table, arm->network->ward[w].name);
        csv_writer_integer(table, n);
        put_delay(table, arm, &arm->ward[w].delay[n]);
        csv_writer_number(table, load);
        csv_writer_number(table, erlang_loss(load, n));
        csv_writer_number(table, erlang_wait(load, n));
        csv_writer_end_row(table);
    }
}

void network_table_delay(struct csv_writer *table, const struct network_experiment *experiment)
{
    TABLE_COLUMNS(table, "configuration", "ward", "beds", "loss", "loss_ci_low", "loss_ci_high",
                  "tail", "tail_ci_low", "tail_ci_high", "offered_load", "erlang_loss",
                  "erlang_wait");
    for (size_t a = 0; a < experiment->arms; a++) {
        const struct network_arm *arm = &experiment->arm[a];
        const struct network *network = arm->network;
        double *load = calloc(network->wards + 1, sizeof *load);
        for (size_t w = 0; load != NULL && w < network->wards; w++) {
            network_loads(network, load);
            if (network->ward[w].beds == NETWORK_UNLIMITED && !network->ward[w].by_hour)
                put_ward_delays(table, arm, w, load[w]);
        }
        free(load);
    }
}

void network_table_pools(struct csv_writer *table, const struct network_experiment *experiment)
{
    TABLE_COLUMNS(table, "configuration", "pool", "ward", "own_beds", "shared_beds", "loss",
                  "loss_ci_low", "loss_ci_high", "tail", "tail_ci_low", "tail_ci_high");
    for (size_t a = 0; a < experiment->arms; a++) {
        const struct network_arm *arm = &experiment->arm[a];
        const struct network *network = arm->network;
        for (size_t p = 0; p < network->pools; p++)
            for (size_t i = 0; i < network->pool[p].members; i++) {
                size_t m = network->pool[p].first + i;
                csv_writer_text(table, network->name);
                csv_writer_text(table, network->pool[p].name);
                csv_writer_text(table, network->ward[network->member[m].ward].name);
                csv_writer_integer(table, network->member[m].own);
                csv_writer_integer(table, network->pool[p].shared);
                put_delay(table, arm, &arm->pool[m]);
                csv_writer_end_row(table);
            }
    }
}
