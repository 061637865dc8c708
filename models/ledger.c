#include "models/ledger.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/estimate.h"

static const double day_min = 1440, year_days = 365;

void ledger_scratch_fini(struct ledger_scratch *scratch)
{
    free(scratch->value);
    *scratch = (struct ledger_scratch){0};
}

/* The values of one interval, gathered for its mean and centiles. */
enum interval {
    INTERVAL_TRAVEL,
    INTERVAL_RESPONSE,
    INTERVAL_SCAN,
    INTERVAL_NEEDLE,
    INTERVAL_ONSET_NEEDLE,
    INTERVAL_PUNCTURE,
    INTERVALS
};

struct counting {
    double *value[INTERVALS];
    size_t n[INTERVALS];
    double strokes, ischaemic, onset_known, on_waking, mimics, tias, dead, dead_7d, dead_30d,
        dead_in_hospital;
    double p_dead, p_dead_7d, p_dead_30d, p_mrs_0_2, expected_mrs;
    double mrs_0_2, mrs_sum, thrombolysed, thrombectomy, within_30, within_60;
    double call_to_door_min, onset_to_door_min, direct_to_hasu, organised;
    double asked[BED_KINDS], wait_min[BED_KINDS];
    double outliers, diverted, transfers, repatriated_away, blocked_min, delayed_min, visitor_min,
        ambulance_min, stay_min, cost_gbp;
    struct path_worth worth, expected_worth;
};

static void note(struct counting *counting, enum interval interval, double minutes)
{
    counting->value[interval][counting->n[interval]++] = minutes;
}

static void add_worth(struct path_worth *sum, const struct path_worth *worth)
{
    sum->qalys_90d += worth->qalys_90d;
    sum->qalys_later += worth->qalys_later;
    sum->gbp_later += worth->gbp_later;
}

static void count_outcome(struct counting *c, const struct outcome_model *outcome,
                          const struct patient *patient, const struct path *path)
{
    double days = (path->death_min - path->first_door_min) / day_min; /* NAN: alive */
    c->dead += path->mrs == MRS_DEAD;
    c->dead_7d += days <= 7;
    c->dead_30d += days <= 30;
    c->dead_in_hospital += path->died_in_hospital;
    c->mrs_0_2 += path->mrs <= 2;
    c->mrs_sum += path->mrs;
    c->p_dead += path->death_probability;
    c->p_dead_7d += path->death_probability * outcome_death_share(outcome, patient->type, 7);
    c->p_dead_30d += path->death_probability * outcome_death_share(outcome, patient->type, 30);
    c->p_mrs_0_2 += path->mrs_0_2_probability;
    c->expected_mrs += path->expected_mrs;
    add_worth(&c->worth, &path->worth);
    add_worth(&c->expected_worth, &path->expected_worth);
}

/* The hospital where the patient stayed longest. */
static uint32_t longest_stay(const struct path *path)
{
    double su_days = 0, rehab_days = 0, end_min = path->discharge_min;
    if (!isnan(path->rehab_bed_min)) {
        rehab_days = end_min - path->rehab_bed_min;
        end_min = path->rehab_bed_min;
    }
    if (!isnan(path->su_bed_min)) {
        su_days = end_min - path->su_bed_min;
        end_min = path->su_bed_min;
    }
    double first_days = end_min - path->first_door_min;
    if (rehab_days > fmax(su_days, first_days))
        return path->rehab;
    return su_days > first_days ? path->su : path->ward;
}

/* From home to there. */
static double visitor_min(const struct patient *patient, const struct path *path)
{
    const struct service *service = path->service;
    return region_minutes(service->region, patient->area,
                          service->hospital[longest_stay(path)].site);
}

static void count_stroke(struct counting *c, const struct patient *patient, const struct path *path)
{
    const struct service *service = path->service;
    c->strokes++;
    c->ischaemic += patient_is_ischaemic(patient);
    c->onset_known += patient->onset_known;
    c->on_waking += patient->on_waking;
    count_outcome(c, &service->outcome, patient, path);
    if (patient->by_ambulance) {
        note(c, INTERVAL_TRAVEL, path->journey.travel_min);
        note(c, INTERVAL_RESPONSE, path->journey.response_min);
        c->within_30 += path->journey.travel_min <= 30;
        c->within_60 += path->journey.travel_min <= 60;
        c->call_to_door_min += path->first_door_min - path->call_min;
    }
    c->onset_to_door_min += path->door_min - patient->onset_min;
    note(c, INTERVAL_SCAN, path->scan_min - path->door_min);
    if (!isnan(path->needle_min)) {
        c->thrombolysed++;
        note(c, INTERVAL_NEEDLE, path->needle_min - path->door_min);
        note(c, INTERVAL_ONSET_NEEDLE, path->needle_min - patient->onset_min);
    }
    if (!isnan(path->puncture_min)) {
        c->thrombectomy++;
        note(c, INTERVAL_PUNCTURE, path->puncture_min - patient->onset_min);
    }
    c->direct_to_hasu += path->journey.first == path->journey.treating &&
                         hospital_is_hasu(&service->hospital[path->journey.treating]);
    c->organised += path->organised_care;
    c->visitor_min += visitor_min(patient, path);
    c->stay_min += path->discharge_min - path->first_door_min;
}

/* With a fleet the vehicle's whole time away from its station; else from the call to the door. */
static double ambulance_min(const struct path *path)
{
    return isnan(path->set_out_min) ? path->first_door_min - path->call_min
                                    : path->back_min - path->set_out_min;
}

static void count_anyone(struct counting *c, struct ledger *ledger, const struct patient *patient,
                         const struct path *path)
{
    c->repatriated_away += !isnan(path->su_bed_min) && path->su_away;
    enum bed_kind first = path_first_bed(path);
    c->asked[first]++;
    c->wait_min[first] += path->bed_wait_min;
    c->asked[BED_SU] += path->su != NO_HOSPITAL;
    c->wait_min[BED_SU] += path->su_wait_min;
    c->asked[BED_REHAB] += path->rehab != NO_HOSPITAL;
    c->wait_min[BED_REHAB] += path->rehab_wait_min;
    c->delayed_min += path->rehab_wait_min + (path->discharge_min - path->ready_min);
    c->outliers += path->outlier;
    c->mimics += !patient_is_stroke(patient);
    c->tias += patient->type == TYPE_TIA;
    c->diverted += path->diverted;
    c->transfers += path->bill.quantity[BILL_TRANSFER];
    c->blocked_min += path->su_wait_min;
    if (patient->by_ambulance)
        c->ambulance_min += ambulance_min(path);
    c->cost_gbp += path->cost_gbp;
    for (enum bill_item item = 0; item < BILL_ITEMS; item++)
        ledger->item_quantity[item] += path->bill.quantity[item];
}

/* One who asked for a bed there, and was given it at once or not. A wait of 0 that ended without a
 * bed is one too: it was given up at once. */
static void count_wait(struct unit_account *unit, enum bed_kind kind, double wait_min,
                       double bed_min)
{
    unit->asked[kind]++;
    unit->waited[kind] += wait_min > 0 || isnan(bed_min);
    unit->wait_min[kind] += wait_min;
}

static void count_waits(struct unit_account unit[], const struct path *path)
{
    count_wait(&unit[path->ward], path_first_bed(path), path->bed_wait_min, path->bed_min);
    if (path->su != NO_HOSPITAL)
        count_wait(&unit[path->su], BED_SU, path->su_wait_min, path->su_bed_min);
    if (path->rehab != NO_HOSPITAL)
        count_wait(&unit[path->rehab], BED_REHAB, path->rehab_wait_min, path->rehab_bed_min);
}

static void count_place(struct ledger *ledger, const struct patient *patient,
                        const struct path *path)
{
    bool stroke = patient_is_stroke(patient);
    bool treated = !isnan(path->needle_min);
    if (ledger->area != NULL && stroke) {
        struct area_account *area = &ledger->area[patient->area];
        area->strokes++;
        area->by_ambulance += patient->by_ambulance;
        area->travel_min += patient->by_ambulance ? path->journey.travel_min : 0;
        area->within_30 += patient->by_ambulance && path->journey.travel_min <= 30;
        area->thrombolysed += treated;
        area->organised += path->organised_care;
        area->deaths += path->death_probability;
        area->mrs_0_2 += path->mrs_0_2_probability;
        area->ambulance_min += patient->by_ambulance ? ambulance_min(path) : 0;
        area->visitor_min += visitor_min(patient, path);
    }
    if (ledger->unit != NULL) {
        struct unit_account *unit = &ledger->unit[path->journey.treating];
        unit->admissions++;
        unit->strokes += stroke;
        unit->thrombolysed += treated;
        unit->door_to_needle_min += treated ? path->needle_min - path->door_min : 0;
        unit->by_ambulance += stroke && patient->by_ambulance;
        unit->travel_min += stroke && patient->by_ambulance ? path->journey.travel_min : 0;
        unit->organised += path->organised_care;
        unit->deaths += stroke ? path->death_probability : 0;
        unit->diverted += path->diverted;
        ledger->unit[path->ward].outliers += path->outlier;
        ledger->unit[path->ward].blocked_min += path->su_wait_min;
        count_waits(ledger->unit, path);
    }
}

static double mean(const struct counting *c, enum interval interval)
{
    double sum = 0;
    for (size_t i = 0; i < c->n[interval]; i++)
        sum += c->value[interval][i];
    return sum / (double)c->n[interval]; /* NAN when there are none */
}

static double centile(struct counting *c, enum interval interval, double p)
{
    return estimate_quantile_in_place(c->value[interval], c->n[interval], p);
}

static void write_outcome(const struct counting *c, double years, double *drawn, double *expected)
{
    drawn[METRIC_DEATHS_7D] = c->dead_7d / years;
    drawn[METRIC_DEATHS_30D] = c->dead_30d / years;
    drawn[METRIC_DEATHS_90D] = c->dead / years;
    drawn[METRIC_MORTALITY_90D] = c->dead / c->strokes;
    drawn[METRIC_MRS_0_2_90D] = c->mrs_0_2 / c->strokes;
    drawn[METRIC_MEAN_MRS_90D] = c->mrs_sum / c->strokes;
    expected[METRIC_DEATHS_7D] = c->p_dead_7d / years;
    expected[METRIC_DEATHS_30D] = c->p_dead_30d / years;
    expected[METRIC_DEATHS_90D] = c->p_dead / years;
    expected[METRIC_MORTALITY_90D] = c->p_dead / c->strokes;
    expected[METRIC_MRS_0_2_90D] = c->p_mrs_0_2 / c->strokes;
    expected[METRIC_MEAN_MRS_90D] = c->expected_mrs / c->strokes;
}

/* The lifetime pair includes the first 90 days, whose cost is everyone's. */
static void write_worth(const struct path_worth *worth, double cost_90d_gbp, double threshold_gbp,
                        double years, double *metric)
{
    double qalys = worth->qalys_90d + worth->qalys_later;
    double cost_gbp = cost_90d_gbp + worth->gbp_later;
    metric[METRIC_QALYS_90D] = worth->qalys_90d / years;
    metric[METRIC_QALYS_LIFETIME] = qalys / years;
    metric[METRIC_COST_LIFETIME_GBP] = cost_gbp / years;
    metric[METRIC_NET_MONETARY_BENEFIT_GBP] = (threshold_gbp * qalys - cost_gbp) / years;
}

static void write_times(struct counting *c, double *metric)
{
    metric[METRIC_TRAVEL_MIN] = mean(c, INTERVAL_TRAVEL);
    metric[METRIC_DOOR_TO_SCAN_MIN] = mean(c, INTERVAL_SCAN);
    metric[METRIC_DOOR_TO_NEEDLE_MIN] = mean(c, INTERVAL_NEEDLE);
    metric[METRIC_ONSET_TO_NEEDLE_MIN] = mean(c, INTERVAL_ONSET_NEEDLE);
    metric[METRIC_ONSET_TO_PUNCTURE_MIN] = mean(c, INTERVAL_PUNCTURE);
    metric[METRIC_RESPONSE_MIN] = mean(c, INTERVAL_RESPONSE);
    metric[METRIC_RESPONSE_P95_MIN] = centile(c, INTERVAL_RESPONSE, 0.95);
    metric[METRIC_TRAVEL_P95_MIN] = centile(c, INTERVAL_TRAVEL, 0.95);
    metric[METRIC_DOOR_TO_SCAN_P50_MIN] = centile(c, INTERVAL_SCAN, 0.5);
    metric[METRIC_DOOR_TO_NEEDLE_P50_MIN] = centile(c, INTERVAL_NEEDLE, 0.5);
    metric[METRIC_ONSET_TO_NEEDLE_P50_MIN] = centile(c, INTERVAL_ONSET_NEEDLE, 0.5);
    metric[METRIC_ONSET_TO_PUNCTURE_P50_MIN] = centile(c, INTERVAL_PUNCTURE, 0.5);
    double by_ambulance = (double)c->n[INTERVAL_TRAVEL];
    metric[METRIC_WITHIN_30_MIN] = c->within_30 / by_ambulance;
    metric[METRIC_WITHIN_60_MIN] = c->within_60 / by_ambulance;
    metric[METRIC_CALL_TO_DOOR_MIN] = c->call_to_door_min / by_ambulance;
    metric[METRIC_ONSET_TO_DOOR_MIN] = c->onset_to_door_min / c->strokes;
}

static double window_days(const struct pathway_run *run)
{
    return (run->window_end_min - run->window_start_min) / day_min;
}

static void write_beds(const struct counting *c, const struct pathway *pathway,
                       const struct pathway_run *run, enum bed_kind kind, double *metric)
{
    const struct service *service = run->service;
    static const struct {
        enum metric in_use, occupancy, wait;
        double wait_unit_min;
    } of[BED_KINDS] = {
        {METRIC_HASU_BEDS_IN_USE, METRIC_HASU_OCCUPANCY, METRIC_HASU_WAIT_HOURS, 60},
        {METRIC_SU_BEDS_IN_USE, METRIC_SU_OCCUPANCY, METRIC_SU_WAIT_DAYS, 1440},
        {METRIC_REHAB_BEDS_IN_USE, METRIC_REHAB_OCCUPANCY, METRIC_REHAB_WAIT_DAYS, 1440},
    };
    double in_use = 0, counted = 0;
    bool any = false, unlimited = false;
    for (size_t h = 0; h < service->hospitals; h++) {
        double beds = service_mean_beds(service, h, kind, false, 0, window_days(run));
        any |= beds != 0;
        unlimited |= beds == BEDS_UNLIMITED;
        counted += beds > 0 ? beds : 0;
        in_use += pathway_bed_use(pathway, h, kind).in_use;
    }
    metric[of[kind].in_use] = any ? in_use : NAN;
    metric[of[kind].occupancy] = any && !unlimited ? in_use / counted : NAN;
    metric[of[kind].wait] = any ? c->wait_min[kind] / c->asked[kind] / of[kind].wait_unit_min : NAN;
}

/* Nurses for the beds that are counted, whether or not patients wait for them; where they are not,
 * for those in use. */
static double count_nurses(struct ledger *ledger, const struct pathway *pathway,
                           const struct pathway_run *run)
{
    const struct service *service = run->service;
    double nurses = 0;
    for (size_t h = 0; h < service->hospitals; h++)
        for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
            double counted = service_mean_beds(service, h, kind, true, 0, window_days(run));
            double beds =
                counted == BEDS_UNLIMITED ? pathway_bed_use(pathway, h, kind).in_use : counted;
            double wte = beds * service->parameters.value[P_STAFF_NURSES_HASU + kind];
            nurses += wte;
            if (ledger->unit != NULL)
                ledger->unit[h].nurses_wte += wte;
        }
    return nurses;
}

static void write_rest(const struct counting *c, double years, bool has_hasu, double *metric)
{
    metric[METRIC_STROKES] = c->strokes / years;
    metric[METRIC_MIMICS] = c->mimics / years;
    metric[METRIC_TIAS] = c->tias / years;
    metric[METRIC_ADMISSIONS] = (c->strokes + c->mimics) / years;
    metric[METRIC_DEATHS_IN_HOSPITAL] = c->dead_in_hospital / years;
    metric[METRIC_ONSET_KNOWN] = c->onset_known / c->strokes;
    metric[METRIC_ONSET_ON_WAKING] = c->on_waking / c->strokes;
    metric[METRIC_IVT_RATE] = c->thrombolysed / c->strokes;
    metric[METRIC_IVT_RATE_ISCHAEMIC] = c->thrombolysed / c->ischaemic;
    metric[METRIC_MT_RATE] = c->thrombectomy / c->strokes;
    metric[METRIC_DIRECT_TO_HASU] = has_hasu ? c->direct_to_hasu / c->strokes : NAN;
    metric[METRIC_ORGANISED_CARE] = c->organised / c->strokes;
    metric[METRIC_OUTLIERS] = c->outliers / years;
    metric[METRIC_DELAYED_DISCHARGE_DAYS] = c->delayed_min / day_min / years;
    metric[METRIC_VISITOR_TRAVEL_MIN] = c->visitor_min / c->strokes;
    metric[METRIC_DIVERTED] = c->diverted / years;
    metric[METRIC_TRANSFERS] = c->transfers / years;
    metric[METRIC_REPATRIATED_AWAY] = has_hasu ? c->repatriated_away / years : NAN;
    metric[METRIC_BLOCKED_BED_DAYS] = has_hasu ? c->blocked_min / day_min / years : NAN;
    metric[METRIC_AMBULANCE_HOURS] = c->ambulance_min / 60 / years;
    metric[METRIC_LOS_DAYS] = c->stay_min / day_min / c->strokes;
    metric[METRIC_COST_90D_GBP] = c->cost_gbp / years;
    metric[METRIC_COST_PER_PATIENT_90D_GBP] = c->cost_gbp / c->strokes;
    metric[METRIC_LIVES_SAVED] = NAN;
}

static void clear_accounts(struct ledger *ledger, const struct service *service)
{
    memset(ledger->item_quantity, 0, sizeof ledger->item_quantity);
    if (ledger->area != NULL)
        memset(ledger->area, 0, service->region->areas * sizeof *ledger->area);
    if (ledger->unit != NULL)
        memset(ledger->unit, 0, service->hospitals * sizeof *ledger->unit);
}

static bool begin_counting(struct counting *counting, size_t patients,
                           struct ledger_scratch *scratch)
{
    if (scratch->capacity < patients * INTERVALS) {
        double *value = realloc(scratch->value, patients * INTERVALS * sizeof *value);
        if (value == NULL)
            return false;
        scratch->value = value;
        scratch->capacity = patients * INTERVALS;
    }
    *counting = (struct counting){0};
    for (size_t i = 0; i < INTERVALS; i++)
        counting->value[i] = scratch->value + i * patients;
    return true;
}

bool ledger_fill(struct ledger *ledger, const struct pathway *pathway,
                 const struct pathway_run *run, struct ledger_scratch *scratch)
{
    const struct cohort *cohort = run->cohort;
    const struct path *path = pathway_paths(pathway);
    struct counting counting;
    if (!begin_counting(&counting, cohort->count + 1, scratch))
        return false;
    clear_accounts(ledger, run->service);
    for (size_t i = 0; i < cohort->count; i++) {
        const struct patient *patient = &cohort->patient[i];
        if (!pathway_counts(run, patient))
            continue;
        if (patient_is_stroke(patient))
            count_stroke(&counting, patient, &path[i]);
        count_anyone(&counting, ledger, patient, &path[i]);
        count_place(ledger, patient, &path[i]);
    }
    double years = (run->window_end_min - run->window_start_min) / day_min / year_days;
    for (enum bill_item item = 0; item < BILL_ITEMS; item++)
        ledger->item_quantity[item] /= years;
    write_rest(&counting, years, service_has_hasu(run->service), ledger->drawn);
    write_times(&counting, ledger->drawn);
    ledger->drawn[METRIC_FLEET_UTILISATION] = pathway_fleet_utilisation(pathway);
    ledger->drawn[METRIC_NURSES_WTE] = count_nurses(ledger, pathway, run);
    for (enum bed_kind kind = 0; kind < BED_KINDS; kind++) {
        write_beds(&counting, pathway, run, (enum bed_kind)kind, ledger->drawn);
        if (ledger->unit != NULL)
            for (size_t h = 0; h < run->service->hospitals; h++)
                ledger->unit[h].use[kind] = pathway_bed_use(pathway, h, (enum bed_kind)kind);
    }
    memcpy(ledger->expected, ledger->drawn, sizeof ledger->drawn);
    write_outcome(&counting, years, ledger->drawn, ledger->expected);
    double threshold_gbp = run->service->parameters.value[P_LIFETIME_THRESHOLD_GBP];
    write_worth(&counting.worth, counting.cost_gbp, threshold_gbp, years, ledger->drawn);
    write_worth(&counting.expected_worth, counting.cost_gbp, threshold_gbp, years,
                ledger->expected);
    return true;
}
