#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/models/small_region.h"

static const double day_min = 1440;

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Values gathered by hand, for a mean and centiles (type 7 of Hyndman and Fan). */
struct gathered {
    double value[20000];
    size_t n;
};

static void add(struct gathered *gathered, double value)
{
    cr_assert(gathered->n < sizeof gathered->value / sizeof *gathered->value);
    gathered->value[gathered->n++] = value;
}

static double mean_of(const struct gathered *gathered)
{
    double sum = 0;
    for (size_t i = 0; i < gathered->n; i++)
        sum += gathered->value[i];
    return sum / (double)gathered->n;
}

static double centile_of(struct gathered *gathered, double p)
{
    if (gathered->n == 0)
        return NAN;
    qsort(gathered->value, gathered->n, sizeof(double), compare);
    double at = p * (double)(gathered->n - 1);
    size_t below = (size_t)at, above = below + 1 < gathered->n ? below + 1 : below;
    return gathered->value[below] +
           (at - (double)below) * (gathered->value[above] - gathered->value[below]);
}

/* The worth of a stroke patient's life, from the words: utilities of Dijkland 2018, days at them,
 * and the life after day 90 in completed years of age. */
static struct path_worth weigh(const struct service *service, const struct patient *patient,
                               int mrs, double days_alive)
{
    static const double utility[] = {.95, .93, .83, .62, .42, .11};
    if (mrs == 6)
        return (struct path_worth){.11 * days_alive / 365, 0, 0};
    const struct life life = {floor(patient->age), patient->male, mrs};
    struct lifetime_worth later = lifetime_expected(lifetime_table_terms(service->lifetime), &life);
    return (struct path_worth){utility[mrs] * 90 / 365, later.qalys, later.gbp};
}

/* Of all mRS by their probabilities. Deaths have come, on average, after 25.0 days of an ischaemic
 * stroke and after 12.5 of a haemorrhage: the log-linear pieces of MODEL.md section 3, integrated
 * by hand. */
static struct path_worth weigh_expected(const struct small_run *run, const struct service *service,
                                        const struct patient *patient, const struct path *path)
{
    struct path_worth sum = {0, 0, 0};
    double cumulative[MRS_CUTS], before = 0;
    struct treatment treatment = {path->needle_min - patient->onset_min,
                                  path->puncture_min - patient->onset_min};
    if (isnan(treatment.ivt_min))
        treatment.ivt_min = INFINITY;
    if (isnan(treatment.mt_min))
        treatment.mt_min = INFINITY;
    outcome_cumulative(&service->outcome, &run->model.calibration.level, patient, treatment,
                       path->organised_care, cumulative);
    for (int mrs = 0; mrs <= 6; mrs++) {
        double to = mrs < 6 ? cumulative[mrs] : 1;
        bool haemorrhage = patient->type == TYPE_HAEMORRHAGE;
        struct path_worth worth =
            weigh(service, patient, mrs, haemorrhage ? 12.45872588 : 25.02518405);
        sum.qalys_90d += (to - before) * worth.qalys_90d;
        sum.qalys_later += (to - before) * worth.qalys_later;
        sum.gbp_later += (to - before) * worth.gbp_later;
        before = to;
    }
    return sum;
}

static void add_worth(double sum[METRIC_COUNT], struct path_worth worth)
{
    sum[METRIC_QALYS_90D] += worth.qalys_90d;
    sum[METRIC_QALYS_LIFETIME] += worth.qalys_90d + worth.qalys_later;
    sum[METRIC_COST_LIFETIME_GBP] += worth.gbp_later;
}

/* A year of them, with everyone's cost of the first 90 days. */
static void write_worth(const double sum[METRIC_COUNT], double cost_90d_gbp, double years,
                        double metric[METRIC_COUNT])
{
    double qalys = sum[METRIC_QALYS_LIFETIME] / years;
    double cost = (cost_90d_gbp + sum[METRIC_COST_LIFETIME_GBP]) / years;
    metric[METRIC_QALYS_90D] = sum[METRIC_QALYS_90D] / years;
    metric[METRIC_QALYS_LIFETIME] = qalys;
    metric[METRIC_COST_LIFETIME_GBP] = cost;
    metric[METRIC_NET_MONETARY_BENEFIT_GBP] = 20000 * qalys - cost;
}

/* Rehabilitation, early and late discharges, and outliers, which the defaults leave out. */
static void add_what_is_off(struct design *design)
{
    small_design_rehab(design, 3);
    small_design_push(design, BOTH, P_BEDS_OUTLIER_AFTER_HOURS, 30);
    small_design_push(design, BOTH, P_DISCHARGE_HOME_DELAY, .5);
    small_design_push(design, BOTH, P_DISCHARGE_CARE_HOME_DELAY, 6);
    small_design_push(design, BOTH, P_DISCHARGE_EARLY_SUPPORTED_SHARE, .4);
}

static uint32_t longest_stay(const struct path *path)
{
    double until[4] = {path->discharge_min, path->rehab_bed_min, path->su_bed_min,
                       path->first_door_min};
    uint32_t at[3] = {path->rehab, path->su, path->ward}, longest = path->ward;
    double days = 0, end = until[0];
    for (int k = 1; k < 4; k++) {
        if (isnan(until[k]))
            continue;
        if (end - until[k] >= days) {
            days = end - until[k];
            longest = at[k - 1];
        }
        end = until[k];
    }
    return longest;
}

/* What a year adds up to, counted again from the paths by the words of MODEL.md section 8. */
static void count_again(const struct small_run *run, size_t s, double drawn[METRIC_COUNT],
                        double expected[METRIC_COUNT])
{
    static struct gathered response, travel, scan, needle, onset_needle, puncture;
    response.n = travel.n = scan.n = needle.n = onset_needle.n = puncture.n = 0;
    const struct service *service = &run->model.service[s];
    double years = run->trial.window_days / 365, ischaemic = 0, calls = 0, doors = 0;
    double sum[METRIC_COUNT] = {0}, p[METRIC_COUNT] = {0};
    for (size_t i = 0; i < run->results->cohort.count; i++) {
        const struct patient *patient = &run->results->cohort.patient[i];
        const struct path *path = &run->results->service[s].path[i];
        if (!small_run_counts(run, patient))
            continue;
        sum[METRIC_ADMISSIONS]++;
        sum[METRIC_COST_90D_GBP] += path->cost_gbp;
        sum[METRIC_BLOCKED_BED_DAYS] += path->su_wait_min / day_min;
        sum[METRIC_REPATRIATED_AWAY] +=
            !isnan(path->su_bed_min) && path->su != service->route[patient->area].own_su;
        sum[METRIC_DIVERTED] += path->diverted;
        sum[METRIC_OUTLIERS] += path->outlier;
        sum[METRIC_DELAYED_DISCHARGE_DAYS] +=
            (path->rehab_wait_min + path->discharge_min - path->ready_min) / day_min;
        sum[METRIC_TRANSFERS] += path->bill.quantity[BILL_TRANSFER];
        if (patient->by_ambulance)
            sum[METRIC_AMBULANCE_HOURS] += (path->first_door_min - path->call_min) / 60;
        if (!patient_is_stroke(patient)) {
            sum[METRIC_MIMICS]++;
            sum[METRIC_TIAS] += patient->type == TYPE_TIA;
            continue;
        }
        sum[METRIC_STROKES]++;
        sum[METRIC_ONSET_KNOWN] += patient->onset_known;
        sum[METRIC_VISITOR_TRAVEL_MIN] += region_minutes(
            service->region, patient->area, service->hospital[longest_stay(path)].site);
        sum[METRIC_ONSET_ON_WAKING] += patient->on_waking;
        ischaemic += patient->type != TYPE_HAEMORRHAGE;
        double dead = path->death_probability;
        double died_after = (path->death_min - path->first_door_min) / day_min;
        bool haemorrhage = patient->type == TYPE_HAEMORRHAGE;
        sum[METRIC_DEATHS_7D] += died_after <= 7;
        sum[METRIC_DEATHS_30D] += died_after <= 30;
        sum[METRIC_DEATHS_90D] += path->mrs == 6;
        sum[METRIC_DEATHS_IN_HOSPITAL] += path->died_in_hospital;
        sum[METRIC_MRS_0_2_90D] += path->mrs <= 2;
        sum[METRIC_MEAN_MRS_90D] += path->mrs;
        p[METRIC_DEATHS_7D] += dead * (haemorrhage ? .60 : .28);
        p[METRIC_DEATHS_30D] += dead * (haemorrhage ? .88 : .67);
        p[METRIC_DEATHS_90D] += dead;
        p[METRIC_MRS_0_2_90D] += path->mrs_0_2_probability;
        p[METRIC_MEAN_MRS_90D] += path->expected_mrs;
        add_worth(sum, weigh(service, patient, path->mrs, fmin(90, died_after)));
        add_worth(p, weigh_expected(run, service, patient, path));
        sum[METRIC_IVT_RATE] += !isnan(path->needle_min);
        sum[METRIC_MT_RATE] += !isnan(path->puncture_min);
        sum[METRIC_ORGANISED_CARE] += path->organised_care;
        sum[METRIC_LOS_DAYS] += (path->discharge_min - path->first_door_min) / day_min;
        sum[METRIC_DIRECT_TO_HASU] += path->journey.first == path->journey.treating &&
                                      hospital_is_hasu(&service->hospital[path->journey.treating]);
        doors += path->door_min - patient->onset_min;
        add(&scan, path->scan_min - path->door_min);
        if (patient->by_ambulance) {
            add(&travel, path->journey.travel_min);
            add(&response, path->journey.response_min);
            sum[METRIC_WITHIN_30_MIN] += path->journey.travel_min <= 30;
            sum[METRIC_WITHIN_60_MIN] += path->journey.travel_min <= 60;
            calls += path->first_door_min - path->call_min;
        }
        if (!isnan(path->needle_min)) {
            add(&needle, path->needle_min - path->door_min);
            add(&onset_needle, path->needle_min - patient->onset_min);
        }
        if (!isnan(path->puncture_min))
            add(&puncture, path->puncture_min - patient->onset_min);
    }
    double strokes = sum[METRIC_STROKES], by_ambulance = (double)travel.n;
    static const enum metric a_year[] = {METRIC_STROKES,          METRIC_MIMICS,
                                         METRIC_ADMISSIONS,       METRIC_DEATHS_7D,
                                         METRIC_DEATHS_30D,       METRIC_DEATHS_90D,
                                         METRIC_TRANSFERS,        METRIC_DEATHS_IN_HOSPITAL,
                                         METRIC_BLOCKED_BED_DAYS, METRIC_COST_90D_GBP,
                                         METRIC_AMBULANCE_HOURS,  METRIC_REPATRIATED_AWAY,
                                         METRIC_DIVERTED,         METRIC_TIAS,
                                         METRIC_OUTLIERS,         METRIC_DELAYED_DISCHARGE_DAYS};
    static const enum metric a_stroke[] = {METRIC_MRS_0_2_90D,    METRIC_MEAN_MRS_90D,
                                           METRIC_IVT_RATE,       METRIC_MT_RATE,
                                           METRIC_ORGANISED_CARE, METRIC_LOS_DAYS,
                                           METRIC_DIRECT_TO_HASU, METRIC_VISITOR_TRAVEL_MIN,
                                           METRIC_ONSET_KNOWN,    METRIC_ONSET_ON_WAKING};
    for (enum metric m = 0; m < METRIC_COUNT; m++)
        drawn[m] = expected[m] = NAN;
    for (size_t i = 0; i < sizeof a_year / sizeof *a_year; i++)
        drawn[a_year[i]] = sum[a_year[i]] / years;
    for (size_t i = 0; i < sizeof a_stroke / sizeof *a_stroke; i++)
        drawn[a_stroke[i]] = sum[a_stroke[i]] / strokes;
    drawn[METRIC_MORTALITY_90D] = sum[METRIC_DEATHS_90D] / strokes;
    drawn[METRIC_IVT_RATE_ISCHAEMIC] = sum[METRIC_IVT_RATE] / ischaemic;
    drawn[METRIC_WITHIN_30_MIN] = sum[METRIC_WITHIN_30_MIN] / by_ambulance;
    drawn[METRIC_WITHIN_60_MIN] = sum[METRIC_WITHIN_60_MIN] / by_ambulance;
    drawn[METRIC_CALL_TO_DOOR_MIN] = calls / by_ambulance;
    drawn[METRIC_ONSET_TO_DOOR_MIN] = doors / strokes;
    drawn[METRIC_COST_PER_PATIENT_90D_GBP] = sum[METRIC_COST_90D_GBP] / strokes;
    drawn[METRIC_TRAVEL_MIN] = mean_of(&travel);
    drawn[METRIC_RESPONSE_MIN] = mean_of(&response);
    drawn[METRIC_RESPONSE_P95_MIN] = centile_of(&response, .95);
    drawn[METRIC_TRAVEL_P95_MIN] = centile_of(&travel, .95);
    drawn[METRIC_DOOR_TO_SCAN_MIN] = mean_of(&scan);
    drawn[METRIC_DOOR_TO_SCAN_P50_MIN] = centile_of(&scan, .5);
    drawn[METRIC_DOOR_TO_NEEDLE_MIN] = mean_of(&needle);
    drawn[METRIC_DOOR_TO_NEEDLE_P50_MIN] = centile_of(&needle, .5);
    drawn[METRIC_ONSET_TO_NEEDLE_MIN] = mean_of(&onset_needle);
    drawn[METRIC_ONSET_TO_NEEDLE_P50_MIN] = centile_of(&onset_needle, .5);
    drawn[METRIC_ONSET_TO_PUNCTURE_MIN] = mean_of(&puncture);
    drawn[METRIC_ONSET_TO_PUNCTURE_P50_MIN] = centile_of(&puncture, .5);
    drawn[METRIC_NURSES_WTE] = (s == LOCAL ? 28 * 1.35 : 9 * 2.9 + 13 * 1.35) +
                               1.35 * service->hospital[SITE_ELM].beds[BED_REHAB];
    if (!service_has_hasu(service))
        drawn[METRIC_DIRECT_TO_HASU] = drawn[METRIC_REPATRIATED_AWAY] =
            drawn[METRIC_BLOCKED_BED_DAYS] = NAN;
    memcpy(expected, drawn, METRIC_COUNT * sizeof *drawn);
    write_worth(sum, sum[METRIC_COST_90D_GBP], years, drawn);
    write_worth(p, sum[METRIC_COST_90D_GBP], years, expected);
    expected[METRIC_DEATHS_7D] = p[METRIC_DEATHS_7D] / years;
    expected[METRIC_DEATHS_30D] = p[METRIC_DEATHS_30D] / years;
    expected[METRIC_DEATHS_90D] = p[METRIC_DEATHS_90D] / years;
    expected[METRIC_MORTALITY_90D] = p[METRIC_DEATHS_90D] / strokes;
    expected[METRIC_MRS_0_2_90D] = p[METRIC_MRS_0_2_90D] / strokes;
    expected[METRIC_MEAN_MRS_90D] = p[METRIC_MEAN_MRS_90D] / strokes;
}

static bool is_of_beds(enum metric metric)
{
    return metric >= METRIC_HASU_OCCUPANCY && metric <= METRIC_REHAB_WAIT_DAYS;
}

Test(ledger, every_metric_counted_again)
{
    static const double years[] = {1, 2, .4};
    for (size_t y = 0; y < 3; y++) {
        struct design design;
        struct small_run run;
        small_design_busy(&design);
        if (y == 1)
            add_what_is_off(&design);
        small_run_open(&run, &design, years[y]);
        for (uint64_t replication = 1; replication <= 2; replication++) {
            small_run_replication(&run, replication);
            for (size_t s = 0; s < 2; s++) {
                double drawn[METRIC_COUNT], expected[METRIC_COUNT];
                count_again(&run, s, drawn, expected);
                for (enum metric m = 0; m < METRIC_COUNT; m++) {
                    if (is_of_beds(m))
                        continue;
                    double got = small_run_drawn(&run, s, m), also = small_run_expected(&run, s, m);
                    cr_expect(same(got, drawn[m]) || near(got, drawn[m], 1e-9),
                              "%s of service %zu: %g, not %g", metric_info(m)->name, s, got,
                              drawn[m]);
                    cr_expect(same(also, expected[m]) || near(also, expected[m], 1e-9),
                              "%s of service %zu, expected: %g, not %g", metric_info(m)->name, s,
                              also, expected[m]);
                }
            }
        }
        small_run_close(&run);
        design_fini(&design);
    }
}

/* Minutes of a stretch inside the window. */
static double inside(double from, double to, const double window[2])
{
    return isnan(from) ? 0 : fmax(0, fmin(to, window[1]) - fmax(from, window[0]));
}

static double first_of(double a, double b, double c)
{
    return !isnan(a) ? a : !isnan(b) ? b : c;
}

/* Beds in use, from the paths of everybody, the window's or not; waits of the window's patients,
 * whether they lived to have the bed or not. */
static void expect_beds(const struct small_run *run, size_t s, int rehab_beds)
{
    static const double beds[2][BED_KINDS] = {{0, 28}, {9, 13}}, unit_min[] = {60, 1440, 1440};
    const struct service *service = &run->model.service[s];
    double from = run->trial.warm_up_days * day_min;
    const double window[2] = {from, from + 365 * day_min};
    double held[BED_KINDS] = {0}, wait[BED_KINDS] = {0}, asked[BED_KINDS] = {0};
    for (size_t i = 0; i < run->results->cohort.count; i++) {
        const struct path *path = &run->results->service[s].path[i];
        if (!path->done)
            continue;
        bool hasu = hospital_is_hasu(&service->hospital[path->ward]);
        enum bed_kind kind = hasu ? BED_HASU : BED_SU;
        if (small_run_counts(run, &run->results->cohort.patient[i])) {
            asked[kind]++;
            wait[kind] += path->bed_wait_min;
            asked[BED_SU] += path->su != NO_HOSPITAL;
            wait[BED_SU] += path->su_wait_min;
            asked[BED_REHAB] += path->rehab != NO_HOSPITAL;
            wait[BED_REHAB] += path->rehab_wait_min;
        }
        double end = path->discharge_min;
        held[kind] +=
            inside(path->bed_min, first_of(path->su_bed_min, path->rehab_bed_min, end), window);
        held[BED_SU] += inside(path->su_bed_min, first_of(path->rehab_bed_min, NAN, end), window);
        held[BED_REHAB] += inside(path->rehab_bed_min, end, window);
    }
    static const enum metric of[BED_KINDS][3] = {
        {METRIC_HASU_BEDS_IN_USE, METRIC_HASU_OCCUPANCY, METRIC_HASU_WAIT_HOURS},
        {METRIC_SU_BEDS_IN_USE, METRIC_SU_OCCUPANCY, METRIC_SU_WAIT_DAYS},
        {METRIC_REHAB_BEDS_IN_USE, METRIC_REHAB_OCCUPANCY, METRIC_REHAB_WAIT_DAYS}};
    for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
        double counted = kind == BED_REHAB ? rehab_beds : beds[s][kind];
        double in_use = held[kind] / (window[1] - window[0]), by_hospital = 0;
        double want[] = {in_use, in_use / counted, wait[kind] / asked[kind] / unit_min[kind]};
        for (int k = 0; k < 3; k++) {
            double got = small_run_drawn(run, s, of[kind][k]);
            cr_expect(counted > 0 ? near(got, want[k], 1e-6) : isnan(got),
                      "%s of service %zu: %g, not %g", metric_info(of[kind][k])->name, s, got,
                      want[k]);
        }
        for (size_t h = 0; h < SMALL_HOSPITALS; h++)
            by_hospital += run->results->service[s].ledger.unit[h].use[kind].in_use;
        cr_expect(near(by_hospital, in_use, 1e-6) || in_use == 0);
    }
}

Test(ledger, beds_counted_again)
{
    for (int more = 0; more < 2; more++) {
        struct design design;
        struct small_run run;
        small_design_busy(&design);
        if (more)
            add_what_is_off(&design);
        small_run_open(&run, &design, 1);
        small_run_replication(&run, 3);
        for (size_t s = 0; s < 2; s++)
            expect_beds(&run, s, more ? 3 : 0);
        small_run_close(&run);
        design_fini(&design);
    }
}

/* Areas and hospitals add up to the whole. */
Test(ledger, places_add_up)
{
    struct design design;
    struct small_run run;
    small_design_busy(&design);
    small_run_open(&run, &design, 2);
    small_run_replication(&run, 1);
    for (size_t s = 0; s < 2; s++) {
        const struct ledger *ledger = &run.results->service[s].ledger;
        const double *metric = ledger->expected;
        struct area_account areas = {0};
        for (size_t a = 0; a < SMALL_AREAS; a++) {
            areas.strokes += ledger->area[a].strokes;
            areas.thrombolysed += ledger->area[a].thrombolysed;
            areas.organised += ledger->area[a].organised;
            areas.deaths += ledger->area[a].deaths;
            areas.mrs_0_2 += ledger->area[a].mrs_0_2;
            areas.travel_min += ledger->area[a].travel_min;
            areas.by_ambulance += ledger->area[a].by_ambulance;
            areas.within_30 += ledger->area[a].within_30;
            areas.visitor_min += ledger->area[a].visitor_min;
            areas.ambulance_min += ledger->area[a].ambulance_min;
        }
        struct unit_account units = {0};
        for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
            units.admissions += ledger->unit[h].admissions;
            units.strokes += ledger->unit[h].strokes;
            units.thrombolysed += ledger->unit[h].thrombolysed;
            units.organised += ledger->unit[h].organised;
            units.deaths += ledger->unit[h].deaths;
            units.door_to_needle_min += ledger->unit[h].door_to_needle_min;
            units.outliers += ledger->unit[h].outliers;
            units.diverted += ledger->unit[h].diverted;
            units.blocked_min += ledger->unit[h].blocked_min;
            units.nurses_wte += ledger->unit[h].nurses_wte;
        }
        double blocked_days = metric[METRIC_BLOCKED_BED_DAYS];
        double strokes = 2 * metric[METRIC_STROKES];
        const double pairs[][2] = {
            {areas.strokes, strokes},
            {areas.thrombolysed, strokes * metric[METRIC_IVT_RATE]},
            {areas.organised, strokes * metric[METRIC_ORGANISED_CARE]},
            {areas.deaths, 2 * metric[METRIC_DEATHS_90D]},
            {areas.mrs_0_2, strokes * metric[METRIC_MRS_0_2_90D]},
            {areas.travel_min / areas.by_ambulance, metric[METRIC_TRAVEL_MIN]},
            {areas.within_30 / areas.by_ambulance, metric[METRIC_WITHIN_30_MIN]},
            {units.admissions, 2 * metric[METRIC_ADMISSIONS]},
            {units.strokes, strokes},
            {units.thrombolysed, areas.thrombolysed},
            {units.organised, areas.organised},
            {units.deaths, areas.deaths},
            {units.door_to_needle_min / units.thrombolysed, metric[METRIC_DOOR_TO_NEEDLE_MIN]},
            {areas.visitor_min / strokes, metric[METRIC_VISITOR_TRAVEL_MIN]},
            {units.outliers, 2 * metric[METRIC_OUTLIERS]},
            {units.diverted, 2 * metric[METRIC_DIVERTED]},
            {units.blocked_min / 1440, isnan(blocked_days) ? 0 : 2 * blocked_days},
            {units.nurses_wte, metric[METRIC_NURSES_WTE]},
        };
        for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
            cr_expect(near(pairs[i][0], pairs[i][1], 1e-9), "pair %zu: %g and %g", i, pairs[i][0],
                      pairs[i][1]);
        /* Of areas the strokes' alone; of all also the mimics'. */
        cr_expect_lt(areas.ambulance_min / 60, 2 * metric[METRIC_AMBULANCE_HOURS]);
        cr_expect_gt(areas.ambulance_min / 60, metric[METRIC_STROKES] / metric[METRIC_ADMISSIONS] *
                                                   metric[METRIC_AMBULANCE_HOURS]);
        double cost = 0;
        for (enum bill_item item = 0; item < BILL_ITEMS; item++)
            cost += ledger->item_quantity[item] * run.model.service[s].prices.gbp[item];
        cr_expect(near(cost, metric[METRIC_COST_90D_GBP], 1e-9));
    }
    small_run_close(&run);
    design_fini(&design);
}

/* Waits by the hospital that was asked for the bed, journeys of strokes by where they were treated:
 * counted again from the paths. */
Test(ledger, hospitals_counted_again)
{
    struct design design;
    struct small_run run;
    small_design_busy(&design);
    small_run_open(&run, &design, 1);
    small_run_replication(&run, 2);
    size_t died_waiting = 0, some_waited = 0;
    for (size_t s = 0; s < 2; s++) {
        const struct service *service = &run.model.service[s];
        struct unit_account want[SMALL_HOSPITALS] = {{0}};
        for (size_t i = 0; i < run.results->cohort.count; i++) {
            const struct patient *patient = &run.results->cohort.patient[i];
            const struct path *path = &run.results->service[s].path[i];
            if (!small_run_counts(&run, patient))
                continue;
            uint32_t h = path->journey.treating, ward = path->ward;
            bool hasu = hospital_is_hasu(&service->hospital[ward]);
            want[ward].asked[hasu ? BED_HASU : BED_SU]++;
            want[ward].wait_min[hasu ? BED_HASU : BED_SU] += path->bed_wait_min;
            want[ward].waited[hasu ? BED_HASU : BED_SU] +=
                !(path->bed_min - path_asked_min(path) < 1e-6);
            died_waiting += isnan(path->bed_min) ? 1 : 0;
            if (path->su != NO_HOSPITAL) {
                want[path->su].asked[BED_SU]++;
                want[path->su].wait_min[BED_SU] += path->su_wait_min;
                want[path->su].waited[BED_SU] += path->su_wait_min > 0;
            }
            if (patient_is_stroke(patient) && patient->by_ambulance) {
                want[h].by_ambulance++;
                want[h].travel_min += path->journey.travel_min;
            }
        }
        for (size_t h = 0; h < SMALL_HOSPITALS; h++) {
            const struct unit_account *got = &run.results->service[s].ledger.unit[h];
            cr_expect_eq(got->by_ambulance, want[h].by_ambulance, "%zu, %zu", s, h);
            cr_expect(near(got->travel_min, want[h].travel_min, 1e-9), "%zu, %zu", s, h);
            for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
                cr_expect_eq(got->asked[kind], want[h].asked[kind], "%zu, %zu", s, h);
                cr_expect_eq(got->waited[kind], want[h].waited[kind], "%zu, %zu: %g", s, h,
                             got->waited[kind]);
                some_waited += got->waited[kind] > 0 && got->waited[kind] < got->asked[kind];
                cr_expect(near(got->wait_min[kind], want[h].wait_min[kind], 1e-9), "%zu, %zu: %g",
                          s, h, got->wait_min[kind]);
            }
        }
    }
    cr_expect_gt(died_waiting, 0);
    cr_expect_gt(some_waited, 0);
    small_run_close(&run);
    design_fini(&design);
}

/* A share of beds is known only where all of the kind are counted. */
Test(ledger, no_occupancy_of_unlimited_beds)
{
    for (int some = 0; some < 2; some++) {
        struct design design;
        struct small_run run;
        small_design_busy(&design);
        struct hospital *hospital = design.configuration[CENTRAL].hospital;
        if (some)
            hospital[SITE_CEDAR].beds[BED_HASU] = hospital[SITE_BIRCH].beds[BED_SU] =
                BEDS_UNLIMITED;
        else
            small_design_push(&design, CENTRAL, P_BEDS_LIMITED, 0);
        small_run_open(&run, &design, 1);
        small_run_replication(&run, 1);
        cr_expect(isnan(small_run_drawn(&run, CENTRAL, METRIC_HASU_OCCUPANCY)));
        cr_expect(isnan(small_run_drawn(&run, CENTRAL, METRIC_SU_OCCUPANCY)));
        cr_expect_gt(small_run_drawn(&run, CENTRAL, METRIC_HASU_BEDS_IN_USE), 1);
        cr_expect_gt(small_run_drawn(&run, CENTRAL, METRIC_SU_BEDS_IN_USE), 1);
        cr_expect_lt(small_run_drawn(&run, LOCAL, METRIC_SU_OCCUPANCY), 1);
        small_run_close(&run);
        design_fini(&design);
    }
}

/* Half a million strokes would tell, a few thousand will do: drawn deaths and mRS are expected
 * ones within chance, by type and in all, and no death by a day is one more by a later day. */
Test(ledger, drawn_and_expected_agree)
{
    struct design design;
    struct small_run run;
    small_design_busy(&design);
    small_design_unlimited(&design);
    small_design_grow(&design, 100);
    small_run_open(&run, &design, 1);
    run.trial.drivers = false;
    enum { LOOKED_AT = 5 };
    static const enum metric looked_at[LOOKED_AT] = {METRIC_DEATHS_7D, METRIC_DEATHS_30D,
                                                     METRIC_DEATHS_90D, METRIC_MRS_0_2_90D,
                                                     METRIC_MEAN_MRS_90D};
    double drawn[2][LOOKED_AT] = {{0}}, expected[2][LOOKED_AT] = {{0}}, strokes = 0;
    enum { REPLICATIONS = 15 };
    for (uint64_t replication = 1; replication <= REPLICATIONS; replication++) {
        small_run_replication(&run, replication);
        strokes += small_run_drawn(&run, 0, METRIC_STROKES);
        for (size_t s = 0; s < 2; s++) {
            for (int m = 0; m < LOOKED_AT; m++) {
                drawn[s][m] += small_run_drawn(&run, s, looked_at[m]) / REPLICATIONS;
                expected[s][m] += small_run_expected(&run, s, looked_at[m]) / REPLICATIONS;
            }
            const double *e = run.results->service[s].ledger.expected;
            cr_assert(e[METRIC_DEATHS_7D] <= e[METRIC_DEATHS_30D] &&
                      e[METRIC_DEATHS_30D] <= e[METRIC_DEATHS_90D]);
        }
    }
    double score = family_score(2 * LOOKED_AT);
    for (size_t s = 0; s < 2; s++)
        for (int m = 0; m < LOOKED_AT; m++) {
            /* Of the strokes: a share p has variance p (1 - p), an mRS less than 2.2 squared. */
            double a_stroke = m < 3 ? REPLICATIONS / strokes : 1;
            double share = expected[s][m] * a_stroke;
            double sd = m == 4 ? 2.2 : sqrt(share * (1 - share));
            double half_width = score * sd / sqrt(strokes) / a_stroke;
            cr_expect_lt(half_width, .031 * expected[s][m]);
            cr_expect(fabs(drawn[s][m] - expected[s][m]) < half_width, "%s of service %zu: %g, %g",
                      metric_info(looked_at[m])->name, s, drawn[s][m], expected[s][m]);
        }
    small_run_close(&run);
    design_fini(&design);
}

/* Little's law over many windows: beds in use are admissions a day times the mean stay, counted
 * for those whose stay began in the window. The two differ by the stays cut at its ends. */
Test(ledger, littles_law)
{
    struct design design;
    struct small_run run;
    small_design_busy(&design);
    small_run_open(&run, &design, 4);
    run.trial.warm_up_days = 200;
    run.trial.drivers = false;
    double in_use[2][BED_KINDS] = {{0}}, stays[2][BED_KINDS] = {{0}};
    enum { REPLICATIONS = 60 };
    double from = 200 * day_min, days = 4 * 365, to = from + days * day_min;
    for (uint64_t replication = 1; replication <= REPLICATIONS; replication++) {
        small_run_replication(&run, replication);
        for (size_t s = 0; s < 2; s++) {
            const struct service *service = &run.model.service[s];
            in_use[s][BED_SU] += small_run_drawn(&run, s, METRIC_SU_BEDS_IN_USE);
            if (s == CENTRAL)
                in_use[s][BED_HASU] += small_run_drawn(&run, s, METRIC_HASU_BEDS_IN_USE);
            for (size_t i = 0; i < run.results->cohort.count; i++) {
                const struct path *path = &run.results->service[s].path[i];
                if (!path->done || isnan(path->bed_min))
                    continue;
                bool hasu = hospital_is_hasu(&service->hospital[path->ward]);
                double left = isnan(path->su_bed_min) ? path->discharge_min : path->su_bed_min;
                if (path->bed_min >= from && path->bed_min < to)
                    stays[s][hasu ? BED_HASU : BED_SU] += (left - path->bed_min) / day_min / days;
                if (path->su_bed_min >= from && path->su_bed_min < to)
                    stays[s][BED_SU] += (path->discharge_min - path->su_bed_min) / day_min / days;
            }
        }
    }
    for (size_t s = 0; s < 2; s++)
        for (enum bed_kind kind = s == LOCAL ? BED_SU : BED_HASU; kind < BED_KINDS; kind++)
            cr_expect(near(in_use[s][kind], stays[s][kind], .01), "service %zu, kind %d: %g and %g",
                      s, (int)kind, in_use[s][kind] / REPLICATIONS, stays[s][kind] / REPLICATIONS);
    small_run_close(&run);
    design_fini(&design);
}
