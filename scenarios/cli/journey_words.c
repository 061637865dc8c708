#include "scenarios/cli/journey_words.h"

#include <math.h>

#include "models/treatment.h"
#include "scenarios/figure.h"

static const double hour_min = 60, day_min = 1440;

/* --- words ------------------------------------------------------------------------------------ */

const char *journey_mrs_words(int mrs)
{
    static const char *const words[] = {"no symptoms",
                                        "symptoms but no disability",
                                        "slight disability",
                                        "moderate disability",
                                        "moderately severe disability",
                                        "severe disability",
                                        "dead"};
    return words[mrs];
}

const char *journey_hospital(const struct told *told, uint32_t hospital)
{
    const struct service *service = told->service;
    return service->region->site[service->hospital[hospital].site].name;
}

static const char *kind_of(const struct told *told, uint32_t hospital)
{
    const struct hospital *of = &told->service->hospital[hospital];
    return hospital_is_hasu(of)                  ? "hyper-acute stroke unit"
           : of->roles & (ROLE_STROKE | ROLE_SU) ? "stroke unit"
                                                 : "no stroke unit";
}

void journey_tell_length(double min, FILE *out)
{
    long long whole = (long long)min;
    if (min >= 2 * day_min)
        fprintf(out, "%.1f days", min / day_min);
    else if (whole >= 120 && whole % 60 == 0)
        fprintf(out, "%lld h", whole / 60);
    else if (whole >= 120)
        fprintf(out, "%lld h %lld min", whole / 60, whole % 60);
    else
        fprintf(out, "%lld min", whole);
}

/* --- time ------------------------------------------------------------------------------------- */

long long journey_since_onset_min(const struct patient *patient, double min)
{
    return (long long)floor(min) - (long long)floor(patient->onset_min);
}

static void tell_clock(const struct told *told, const char *const day_names[7], double min,
                       FILE *out)
{
    long long whole = (long long)floor(min), of_day = whole % 1440;
    long long weekday = (whole / 1440 + told->start_weekday) % 7;
    fprintf(out, "%s %02lld:%02lld", day_names[weekday], of_day / 60, of_day % 60);
}

/* After two days the weekday alone no longer says which day. */
static void tell_time(const struct told *told, double min, FILE *out)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    long long since_min = journey_since_onset_min(told->patient, min);
    tell_clock(told, days, min, out);
    fprintf(out, "  +%s", figure_count((double)since_min).text);
    if ((double)since_min >= 2 * day_min)
        fprintf(out, " (%.1f days)", (double)since_min / day_min);
}

/* --- who it is -------------------------------------------------------------------------------- */

static void tell_stroke(const struct patient *patient, FILE *out)
{
    static const char *const words[] = {"an ischaemic stroke without large-vessel occlusion",
                                        "a large-vessel occlusion", "a haemorrhage"};
    fprintf(out, "%s, NIHSS %d; before the stroke %s (mRS %d); ", words[patient->type],
            patient->nihss, journey_mrs_words(patient->mrs_before), patient->mrs_before);
}

void journey_tell_patient(const struct told *told, FILE *out)
{
    static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};
    const struct patient *patient = told->patient;
    const struct area *area = &told->service->region->area[patient->area];
    fprintf(out, "a %s of %.0f, from %s; ", patient->male ? "man" : "woman", floor(patient->age),
            area->name);
    if (patient_is_stroke(patient))
        tell_stroke(patient, out);
    else
        fprintf(out, "no stroke, but %s; ",
                patient->type == TYPE_TIA ? "a transient ischaemic attack (TIA)"
                                          : "what looks like one (a mimic)");
    bool hidden = patient_is_stroke(patient) && !patient->onset_known;
    fputs(patient->on_waking ? "noticed on waking, the onset in truth "
          : hidden           ? "onset not known to anybody, in truth "
                             : "onset known, ",
          out);
    tell_clock(told, days, patient->onset_min, out);
    fprintf(out, " on day %.0f of the window; %s.",
            floor((patient->onset_min - told->window_start_min) / day_min) + 1,
            patient->in_hospital    ? "in hospital already"
            : patient->by_ambulance ? "calls an ambulance"
                                    : "comes without an ambulance");
}

/* --- the steps -------------------------------------------------------------------------------- */

static void tell_onset(const struct told *told, FILE *out)
{
    tell_time(told, told->patient->onset_min, out);
}

static void tell_call(const struct told *told, FILE *out)
{
    if (told->patient->by_ambulance)
        tell_time(told, told->path->call_min, out);
}

/* Where there is a fleet: from which station, and after which wait. */
static void tell_ambulance(const struct told *told, FILE *out)
{
    const struct path *path = told->path;
    const struct fleet_plan *fleet = told->service->fleet;
    if (fleet == NULL || !told->patient->by_ambulance)
        return;
    tell_time(told, path->set_out_min, out);
    fprintf(out, "\nfrom %s", fleet->table->station[path->station].name);
    if (path->set_out_min - path->call_min >= 1) {
        fputs(", the first free after ", out);
        journey_tell_length(path->set_out_min - path->call_min, out);
    }
}

static void tell_setting_out(const struct told *told, FILE *out)
{
    if (!told->patient->by_ambulance && !told->patient->in_hospital)
        tell_time(told, told->path->call_min, out);
}

static void tell_alarm(const struct told *told, FILE *out)
{
    if (told->patient->in_hospital)
        tell_time(told, told->path->call_min, out);
}

static bool is_transferred(const struct path *path)
{
    return path->journey.first != path->journey.treating;
}

static void tell_first_door(const struct told *told, FILE *out)
{
    const struct journey *journey = &told->path->journey;
    fprintf(out, "%s (%s), ", journey_hospital(told, journey->first),
            kind_of(told, journey->first));
    if (told->patient->in_hospital) {
        fputs("where the stroke began", out);
        return;
    }
    journey_tell_length(journey->travel_min, out);
    fputs(" on the way", out);
    if (told->path->diverted)
        fputs("; diverted from a full unit", out);
}

static void tell_leaving(const struct told *told, FILE *out)
{
    const struct path *path = told->path;
    if (is_transferred(path))
        tell_time(told, path->first_door_min + path->journey.door_in_door_out_min, out);
}

static void tell_door(const struct told *told, FILE *out)
{
    const struct journey *journey = &told->path->journey;
    if (!is_transferred(told->path))
        return;
    tell_time(told, told->path->door_min, out);
    fprintf(out, "\n%s (%s), ", journey_hospital(told, journey->treating),
            kind_of(told, journey->treating));
    journey_tell_length(journey->transfer_min, out);
    fputs(" on the way", out);
}

static void tell_limit(const struct told *told, enum parameter_id limit, FILE *out)
{
    journey_tell_length(told->service->parameters.value[limit], out);
}

static void tell_refusal(const struct told *told, enum refusal refusal, enum parameter_id arrival,
                         enum parameter_id scan, FILE *out)
{
    static const char *const words[] = {
        [REFUSAL_NO_STROKE] = "not a stroke",
        [REFUSAL_HAEMORRHAGE] = "haemorrhage",
        [REFUSAL_NO_LARGE_VESSEL] = "no large vessel is occluded",
        [REFUSAL_ONSET_UNKNOWN] = "onset not known",
        [REFUSAL_NOT_DONE_HERE] = "not done at this hospital",
        [REFUSAL_ARRIVED_LATE] = "arrived later after onset than ",
        [REFUSAL_SCANNED_LATE] = "scanned later after onset than ",
        [REFUSAL_DECIDED_AGAINST] = "in time, but decided against",
        [REFUSAL_NO_TIME_LEFT] = "it would have come too late",
    };
    fprintf(out, "no: %s", words[refusal]);
    if (refusal == REFUSAL_ARRIVED_LATE)
        tell_limit(told, arrival, out);
    if (refusal == REFUSAL_SCANNED_LATE)
        tell_limit(told, scan, out);
}

static void tell_needle(const struct told *told, FILE *out)
{
    const struct patient *patient = told->patient;
    const struct unit *unit = &told->service->unit[told->path->journey.treating];
    if (!isnan(told->path->needle_min)) {
        fputs("in time, given", out);
        return;
    }
    double door_min = told->path->door_min - patient->onset_min;
    enum refusal refusal =
        treatment_no_needle(told->service, unit, patient, door_min,
                            treatment_door_to_scan(told->service, unit, patient));
    tell_refusal(told, refusal, P_IVT_ARRIVAL_LIMIT_MIN, P_IVT_SCAN_LIMIT_MIN, out);
}

/* To the hospital that does thrombectomies, with the patient in its bed from then on. */
static void tell_centre(const struct told *told, FILE *out)
{
    if (!isnan(told->path->leave_min))
        fprintf(out, "to %s", journey_hospital(told, told->path->ward));
}

static void tell_puncture(const struct told *told, FILE *out)
{
    const struct patient *patient = told->patient;
    const struct unit *unit = &told->service->unit[told->path->journey.treating];
    if (!isnan(told->path->puncture_min)) {
        fputs("done", out);
        return;
    }
    double door_min = told->path->door_min - patient->onset_min;
    double onset_to_scan_min = door_min + treatment_door_to_scan(told->service, unit, patient);
    const struct unit *centre =
        unit->mt_centre == NO_HOSPITAL ? unit : &told->service->unit[unit->mt_centre];
    tell_refusal(told, treatment_no_puncture(told->service, centre, patient, onset_to_scan_min),
                 P_MT_ARRIVAL_LIMIT_MIN, P_MT_ARRIVAL_LIMIT_MIN, out);
}

/* The published effect runs on past where it does good; see models/outcome.h. */
static void tell_harm(const struct told *told, FILE *out)
{
    const struct path *path = told->path;
    const struct outcome_model *outcome = &told->service->outcome;
    double onset_min = told->patient->onset_min;
    struct treatment given = {isnan(path->needle_min) ? INFINITY : path->needle_min - onset_min,
                              isnan(path->puncture_min) ? INFINITY
                                                        : path->puncture_min - onset_min};
    if (isinf(given.ivt_min) && isinf(given.mt_min))
        return;
    struct outcome_harm harm = outcome_harm(outcome, told->patient->type, given);
    double untreated[MRS_CUTS];
    outcome_cumulative(outcome, told->level, told->patient, (struct treatment){INFINITY, INFINITY},
                       path->organised_care, untreated);
    if (harm.kills)
        fprintf(
            out,
            "harm: so late, treatment kills more than none (chance of death %s%%, untreated %s%%)",
            figure_of(path->death_probability, "share").text,
            figure_of(1 - untreated[MRS_CUTS - 1], "share").text);
    if (harm.disables)
        fprintf(out,
                "%sharm: so late, treatment disables more than none (mean mRS %s, untreated %s)",
                harm.kills ? "\n" : "", figure_of(path->expected_mrs, "mRS").text,
                figure_of(outcome_mean_mrs(untreated), "mRS").text);
}

static void tell_wait(double min, FILE *out)
{
    if (min < 1) {
        fputs(" at once", out);
        return;
    }
    fputs(" after a wait of ", out);
    journey_tell_length(min, out);
}

static void tell_bed(const struct told *told, FILE *out)
{
    const struct path *path = told->path;
    const char *kind = bed_kind_words(path_first_bed(path));
    if (path->outlier) {
        fprintf(out, "no: an outlier on a general ward, no %s bed after ", kind);
        journey_tell_length(path->bed_wait_min, out);
        return;
    }
    if (isnan(path->bed_min)) {
        fprintf(out, "no: died while waiting for a %s bed, ", kind);
        journey_tell_length(path->bed_wait_min, out);
        return;
    }
    fprintf(out, "%s bed", kind);
    tell_wait(path->bed_wait_min, out);
}

static void tell_care(const struct told *told, FILE *out)
{
    const struct path *path = told->path;
    double share = told->service->unit[path->ward].organised_care_share;
    double limit_hours = told->service->parameters.value[P_ORGANISED_CARE_LIMIT_HOURS];
    if (!patient_is_stroke(told->patient))
        return;
    fputs(path->organised_care ? "yes" : "no: ", out);
    if (!path->care_offered)
        fprintf(out, "given to %s%% of patients here, not to this one",
                figure_of(share, "share").text);
    if (!path->bed_in_time) {
        fprintf(out, "%sno stroke bed within ", path->care_offered ? "" : ", and ");
        journey_tell_length(hour_min * limit_hours, out);
        fputs(" of arrival", out);
    }
}

/* A bed after the first: `hospital` was asked for it, if any. */
static void tell_later_bed(const struct told *told, uint32_t hospital, double bed_min,
                           double wait_min, FILE *out)
{
    if (hospital == NO_HOSPITAL)
        return;
    if (isnan(bed_min))
        fputs("no: died while waiting for a bed at ", out);
    fputs(journey_hospital(told, hospital), out);
    if (!isnan(bed_min))
        tell_wait(wait_min, out);
}

static void tell_stroke_unit(const struct told *told, FILE *out)
{
    const struct path *path = told->path;
    tell_later_bed(told, path->su, path->su_bed_min, path->su_wait_min, out);
}

static void tell_rehabilitation(const struct told *told, FILE *out)
{
    const struct path *path = told->path;
    tell_later_bed(told, path->rehab, path->rehab_bed_min, path->rehab_wait_min, out);
}

static void tell_discharge(const struct told *told, FILE *out)
{
    const struct path *path = told->path;
    if (path->died_in_hospital)
        return;
    tell_time(told, path->discharge_min, out);
    fputs(path->bill.quantity[BILL_CARE_HOME_DAY] > 0 ? "\nto a care home" : "\nhome", out);
    if (path->early_supported)
        fputs(", early, with a team that treats there", out);
    if (path->discharge_min > path->ready_min + 1) {
        fputs(", ready ", out);
        journey_tell_length(path->discharge_min - path->ready_min, out);
        fputs(" before", out);
    }
}

static void tell_death(const struct told *told, FILE *out)
{
    if (!isnan(told->path->death_min))
        fputs(told->path->died_in_hospital ? "in hospital" : "after leaving hospital", out);
}

static void tell_mrs(const struct told *told, FILE *out)
{
    if (patient_is_stroke(told->patient))
        fprintf(out, "mRS %d: %s", told->path->mrs, journey_mrs_words(told->path->mrs));
}

static void tell_chance_of_death(const struct told *told, FILE *out)
{
    if (patient_is_stroke(told->patient))
        fprintf(out, "%s%%", figure_of(told->path->death_probability, "share").text);
}

static void tell_chance_of_independence(const struct told *told, FILE *out)
{
    if (patient_is_stroke(told->patient))
        fprintf(out, "%s%%", figure_of(told->path->mrs_0_2_probability, "share").text);
}

static void tell_cost(const struct told *told, FILE *out)
{
    fprintf(out, "GBP %s", figure_count(told->path->cost_gbp).text);
}

static void tell_qalys(const struct told *told, FILE *out)
{
    const struct path_worth *worth = &told->path->worth;
    if (patient_is_stroke(told->patient))
        fprintf(out, "%.2f", worth->qalys_90d + worth->qalys_later);
}

#define AT(time) offsetof(struct path, time)

static const struct journey_step steps[] = {
    {"onset", JOURNEY_NO_TIME, NULL, tell_onset},
    {"calls an ambulance", JOURNEY_NO_TIME, NULL, tell_call},
    {"ambulance sets out", JOURNEY_NO_TIME, NULL, tell_ambulance},
    {"ambulance arrives", AT(scene_min), NULL, NULL},
    {"leaves the scene", AT(leave_scene_min), NULL, NULL},
    {"sets out", JOURNEY_NO_TIME, NULL, tell_setting_out},
    {"alarm on the ward", JOURNEY_NO_TIME, NULL, tell_alarm},
    {"arrives", AT(first_door_min), "arrives", tell_first_door},
    {"leaves for transfer", JOURNEY_NO_TIME, NULL, tell_leaving},
    {"arrives there", JOURNEY_NO_TIME, NULL, tell_door},
    {"scan", AT(scan_min), "is scanned", NULL},
    {"thrombolysis", AT(needle_min), "is thrombolysed", tell_needle},
    {"leaves for a centre", AT(leave_min), NULL, tell_centre},
    {"arrives there", AT(centre_door_min), NULL, NULL},
    {"thrombectomy", AT(puncture_min), "has thrombectomy", tell_puncture},
    {"first stroke bed", AT(bed_min), NULL, tell_bed},
    {"organised care", JOURNEY_NO_TIME, NULL, tell_care},
    {"treated late", JOURNEY_NO_TIME, NULL, tell_harm},
    {"stroke-unit bed", AT(su_bed_min), NULL, tell_stroke_unit},
    {"rehabilitation", AT(rehab_bed_min), NULL, tell_rehabilitation},
    {"leaves hospital", JOURNEY_NO_TIME, NULL, tell_discharge},
    {"dies", AT(death_min), NULL, tell_death},
    {"at 90 days", JOURNEY_NO_TIME, NULL, tell_mrs},
    {"chance of death", JOURNEY_NO_TIME, NULL, tell_chance_of_death},
    {"chance of mRS 0-2", JOURNEY_NO_TIME, NULL, tell_chance_of_independence},
    {"QALYs, lifetime", JOURNEY_NO_TIME, NULL, tell_qalys},
    {"cost of 90 days", JOURNEY_NO_TIME, NULL, tell_cost},
};

size_t journey_steps(void)
{
    return sizeof steps / sizeof *steps;
}

const struct journey_step *journey_step(size_t step)
{
    return &steps[step];
}

double journey_step_min(const struct journey_step *step, const struct path *path)
{
    return step->time == JOURNEY_NO_TIME
               ? NAN
               : *(const double *)(const void *)((const char *)path + step->time);
}

void journey_tell_step(const struct journey_step *step, const struct told *told, FILE *out)
{
    double min = journey_step_min(step, told->path);
    if (!isnan(min)) {
        tell_time(told, min, out);
        if (step->tell != NULL)
            putc('\n', out);
    }
    if (step->tell != NULL)
        step->tell(told, out);
}
