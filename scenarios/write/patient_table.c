#include "scenarios/write/patient_table.h"

#include <math.h>

void patient_table_header(struct csv_writer *table)
{
    static const char *const names[] = {
        "replication", "patient", "configuration", "area", "type", "age",
        /* time stamps */
        "onset_min", "call_min", "scene_min", "leave_scene_min", "first_door_min", "door_min",
        "scan_min", "needle_min", "puncture_min", "bed_min", "su_bed_min", "discharge_min",
        /* what happened */
        "hospital", "thrombolysis", "thrombectomy", "organised_care", "mrs_90d", "death_day",
        "cost_90d_gbp",
        /* and more of the same */
        "group", "nihss", "mrs_before", "by_ambulance", "onset_known", "travel_min",
        "first_hospital", "su_hospital", "died_in_hospital", "death_probability",
        /* thrombectomy at another hospital, and diversions */
        "leave_min", "centre_door_min", "centre_hospital", "diverted",
        /* lifetime */
        "sex", "qalys_90d", "qalys_lifetime", "cost_lifetime_gbp",
        /* onset */
        "onset_on_waking", "onset_in_hospital",
        /* after the stroke unit */
        "rehab_bed_min", "rehab_hospital", "ready_min", "outlier", "early_supported_discharge"};
    csv_writer_header(table, names, sizeof names / sizeof *names);
}

static void put_times(struct csv_writer *table, const struct patient *patient,
                      const struct path *path, double start_min)
{
    const double stamps[] = {patient->onset_min,    path->call_min,       path->scene_min,
                             path->leave_scene_min, path->first_door_min, path->door_min,
                             path->scan_min,        path->needle_min,     path->puncture_min,
                             path->bed_min,         path->su_bed_min,     path->discharge_min};
    for (size_t i = 0; i < sizeof stamps / sizeof *stamps; i++)
        csv_writer_number(table, stamps[i] - start_min);
}

static const char *hospital_name(const struct service *service, uint32_t hospital)
{
    return service->region->site[service->hospital[hospital].site].name;
}

static void put_outcome(struct csv_writer *table, const struct service *service,
                        const struct path *path)
{
    bool stroke = path->mrs >= 0;
    csv_writer_text(table, hospital_name(service, path->journey.treating));
    csv_writer_integer(table, !isnan(path->needle_min));
    csv_writer_integer(table, !isnan(path->puncture_min));
    csv_writer_number(table, stroke ? path->organised_care : NAN);
    csv_writer_number(table, stroke ? path->mrs : NAN);
    csv_writer_number(table, (path->death_min - path->first_door_min) / 1440);
    csv_writer_number(table, path->cost_gbp);
}

static void put_more(struct csv_writer *table, const struct service *service,
                     const struct patient *patient, const struct path *path)
{
    bool stroke = patient_is_stroke(patient);
    csv_writer_text(table, service->region->area[patient->area].group);
    csv_writer_number(table, stroke ? patient->nihss : NAN);
    csv_writer_number(table, stroke ? patient->mrs_before : NAN);
    csv_writer_integer(table, patient->by_ambulance);
    csv_writer_number(table, stroke ? patient->onset_known : NAN);
    csv_writer_number(table, path->journey.travel_min);
    csv_writer_text(table, hospital_name(service, path->journey.first));
    csv_writer_text(table, isnan(path->su_bed_min) ? NULL : hospital_name(service, path->su));
    csv_writer_number(table, stroke ? path->died_in_hospital : NAN);
    csv_writer_number(table, stroke ? path->death_probability : NAN);
}

static void put_transfer(struct csv_writer *table, const struct service *service,
                         const struct path *path, double start_min)
{
    bool sent_on = path->ward != path->journey.treating;
    csv_writer_number(table, path->leave_min - start_min);
    csv_writer_number(table, path->centre_door_min - start_min);
    csv_writer_text(table, sent_on ? hospital_name(service, path->ward) : NULL);
    csv_writer_integer(table, path->diverted);
}

static void put_lifetime(struct csv_writer *table, const struct patient *patient,
                         const struct path *path)
{
    bool stroke = patient_is_stroke(patient);
    csv_writer_text(table, patient->male ? "male" : "female");
    csv_writer_number(table, stroke ? path->worth.qalys_90d : NAN);
    csv_writer_number(table, stroke ? path->worth.qalys_90d + path->worth.qalys_later : NAN);
    csv_writer_number(table, path->cost_gbp + path->worth.gbp_later);
}

static void put_onset(struct csv_writer *table, const struct patient *patient)
{
    bool stroke = patient_is_stroke(patient);
    csv_writer_number(table, stroke ? patient->on_waking : NAN);
    csv_writer_number(table, stroke ? patient->in_hospital : NAN);
}

static void put_leaving(struct csv_writer *table, const struct service *service,
                        const struct path *path, double start_min)
{
    csv_writer_number(table, path->rehab_bed_min - start_min);
    csv_writer_text(table, isnan(path->rehab_bed_min) ? NULL : hospital_name(service, path->rehab));
    csv_writer_number(table, path->ready_min - start_min);
    csv_writer_integer(table, path->outlier);
    csv_writer_integer(table, path->early_supported);
}

void patient_table_add(struct csv_writer *table, const struct experiment *experiment,
                       size_t configuration, uint64_t replication, const struct cohort *cohort,
                       const struct path *path)
{
    const struct service *service = &experiment->model.service[configuration];
    double prevented = service->parameters.value[P_DEMAND_PREVENTED_SHARE];
    double start_min = experiment->warm_up_days * 1440;
    double end_min = start_min + experiment->window_days * 1440;
    for (size_t i = 0; i < cohort->count; i++) {
        const struct patient *patient = &cohort->patient[i];
        if (patient->onset_min < start_min || patient->onset_min >= end_min ||
            patient_is_prevented(patient, prevented))
            continue;
        csv_writer_integer(table, (int64_t)replication);
        csv_writer_integer(table, (int64_t)patient->number);
        csv_writer_text(table, experiment->design->configuration[configuration].name);
        csv_writer_text(table, service->region->area[patient->area].name);
        csv_writer_text(table, stroke_type_name((enum stroke_type)patient->type));
        csv_writer_number(table, patient->age);
        put_times(table, patient, &path[i], start_min);
        put_outcome(table, service, &path[i]);
        put_more(table, service, patient, &path[i]);
        put_transfer(table, service, &path[i], start_min);
        put_lifetime(table, patient, &path[i]);
        put_onset(table, patient);
        put_leaving(table, service, &path[i], start_min);
        csv_writer_end_row(table);
    }
}
