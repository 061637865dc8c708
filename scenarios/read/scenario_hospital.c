#include "scenarios/read/scenario_loader.h"

#include "scenarios/read/suggest.h"
#include "scenarios/read/value.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *word;
    unsigned role;
} roles[] = {{"hasu", ROLE_HASU}, {"su", ROLE_SU},       {"stroke", ROLE_STROKE},
             {"mt", ROLE_MT},     {"rehab", ROLE_REHAB}, {"none", 0}};
enum { ROLES = sizeof roles / sizeof *roles };

static const char roles_remedy[] = "hasu, su, stroke, mt, rehab or none, joined by '+'";

/* First the unit's own parameters, in the order of enum unit_parameter. */
static const char *const fields[HOSPITAL_FIELDS] = {
    [UNIT_ORGANISED_CARE_SHARE] = "organised_care_share",
    [UNIT_TREATED_IF_ELIGIBLE] = "treated_if_eligible",
    [UNIT_TREATED_IF_ELIGIBLE_NLVO] = "treated_if_eligible_nlvo",
    [UNIT_TREATED_IF_ELIGIBLE_LVO] = "treated_if_eligible_lvo",
    [UNIT_THROMBOLYSIS_RATE] = "thrombolysis_rate",
    [UNIT_THROMBOLYSIS_RATE_NLVO] = "thrombolysis_rate_nlvo",
    [UNIT_THROMBOLYSIS_RATE_LVO] = "thrombolysis_rate_lvo",
    [UNIT_DOOR_TO_SCAN_P50_MIN] = "door_to_scan_p50_min",
    [UNIT_DOOR_TO_SCAN_P50_MIN_NLVO] = "door_to_scan_p50_min_nlvo",
    [UNIT_DOOR_TO_SCAN_P50_MIN_LVO] = "door_to_scan_p50_min_lvo",
    [UNIT_DOOR_TO_SCAN_P50_MIN_HAEMORRHAGE] = "door_to_scan_p50_min_haemorrhage",
    [UNIT_DOOR_TO_SCAN_SIGMA] = "door_to_scan_sigma",
    [UNIT_DOOR_TO_SCAN_SIGMA_NLVO] = "door_to_scan_sigma_nlvo",
    [UNIT_DOOR_TO_SCAN_SIGMA_LVO] = "door_to_scan_sigma_lvo",
    [UNIT_DOOR_TO_SCAN_SIGMA_HAEMORRHAGE] = "door_to_scan_sigma_haemorrhage",
    [UNIT_SCANNED_IN_LIMIT_SHARE] = "scanned_in_limit_share",
    [UNIT_SCANNED_IN_LIMIT_SHARE_NLVO] = "scanned_in_limit_share_nlvo",
    [UNIT_SCANNED_IN_LIMIT_SHARE_LVO] = "scanned_in_limit_share_lvo",
    [UNIT_SCANNED_IN_LIMIT_SHARE_HAEMORRHAGE] = "scanned_in_limit_share_haemorrhage",
    [UNIT_SCAN_TO_NEEDLE_P50_MIN] = "scan_to_needle_p50_min",
    [UNIT_SCAN_TO_NEEDLE_P50_MIN_NLVO] = "scan_to_needle_p50_min_nlvo",
    [UNIT_SCAN_TO_NEEDLE_P50_MIN_LVO] = "scan_to_needle_p50_min_lvo",
    [UNIT_SCAN_TO_NEEDLE_SIGMA] = "scan_to_needle_sigma",
    [UNIT_SCAN_TO_NEEDLE_SIGMA_NLVO] = "scan_to_needle_sigma_nlvo",
    [UNIT_SCAN_TO_NEEDLE_SIGMA_LVO] = "scan_to_needle_sigma_lvo",
    [UNIT_HOURS_EFFECT] = "hours_effect",
    [UNIT_MT_TREATED_IF_ELIGIBLE] = "mt_treated_if_eligible",
    [UNIT_MT_SCAN_TO_PUNCTURE_P50_MIN] = "mt_scan_to_puncture_p50_min",
    [UNIT_PARAMETERS] = "role",
    "hasu_beds",
    "su_beds",
    "rehab_beds",
    "from_month",
};

const char *const *hospital_fields(void)
{
    return fields;
}

bool hospital_check_field(const char *field, const struct place *place, struct diagnosis *diagnosis)
{
    char buffer[128];
    for (size_t f = 0; f < HOSPITAL_FIELDS; f++)
        if (strcmp(fields[f], field) == 0)
            return true;
    diagnosis_error(diagnosis, place,
                    suggest_remedy(field, fields, HOSPITAL_FIELDS, buffer, sizeof buffer),
                    "there is no column '%.60s' of a hospital", field);
    return false;
}

/* What cannot be read counts as all that it might be, so that nothing else is reported because
   of it: that no hospital takes strokes, say. */
static const unsigned any_role = ROLE_HASU | ROLE_SU | ROLE_STROKE | ROLE_MT | ROLE_REHAB;

static void report_role(const char *word, const struct place *place, struct diagnosis *diagnosis)
{
    const char *words[ROLES];
    char buffer[128];
    for (size_t i = 0; i < ROLES; i++)
        words[i] = roles[i].word;
    const char *near = suggest_remedy(word, words, ROLES, buffer, sizeof buffer);
    diagnosis_error(diagnosis, place, near ? near : roles_remedy, "there is no role '%.60s'", word);
}

static bool read_roles(const char *text, const struct place *place, struct diagnosis *diagnosis,
                       unsigned *value)
{
    bool good = true, none = false;
    unsigned found = 0;
    size_t words = 0;
    for (const char *from = text;;) {
        size_t length = strcspn(from, "+");
        char word[32];
        snprintf(word, sizeof word, "%.*s", length < 31 ? (int)length : 31, from);
        size_t i = 0;
        while (i < ROLES && strcmp(word, roles[i].word) != 0)
            i++;
        if (i == ROLES) {
            report_role(word, place, diagnosis);
            good = false;
        } else {
            found |= roles[i].role;
            none = none || roles[i].role == 0;
        }
        words++;
        if (from[length] == '\0')
            break;
        from += length + 1;
    }
    if (good && none && words > 1) {
        diagnosis_error(diagnosis, place, "none on its own, or the roles without it",
                        "'none' is joined with other roles");
        good = false;
    }
    *value = good ? found : any_role;
    return good;
}

/* As many on every day. */
static bool read_beds(struct hospital *hospital, enum bed_kind kind, const char *text,
                      const struct place *place, struct diagnosis *diagnosis)
{
    enum { MOST_BEDS = 10000 };
    int64_t beds = BEDS_UNLIMITED;
    bool read = !*text || strcasecmp(text, "unlimited") == 0 ||
                value_integer(text, 0, MOST_BEDS, place, diagnosis, &beds);
    hospital->beds[kind] = (int)beds;
    hospital->by_weekday[kind] = false;
    return read;
}

static bool read_own(struct hospital *hospital, enum unit_parameter which, const char *text,
                     const struct place *place, struct diagnosis *diagnosis)
{
    const struct parameter_info *info =
        parameter_info(unit_parameter_id(which, hospital_is_hasu(hospital)));
    if (*text)
        return value_number(text, info->smallest, info->largest, place, diagnosis,
                            &hospital->own[which]);
    hospital->own[which] = NAN;
    return true;
}

bool hospital_set(struct hospital *hospital, const char *field, const char *text,
                  const struct place *place, struct diagnosis *diagnosis)
{
    for (int which = 0; which < UNIT_PARAMETERS; which++)
        if (strcmp(field, fields[which]) == 0)
            return read_own(hospital, (enum unit_parameter)which, text, place, diagnosis);
    if (strcmp(field, "role") == 0)
        return read_roles(text, place, diagnosis, &hospital->roles);
    if (strcmp(field, "hasu_beds") == 0)
        return read_beds(hospital, BED_HASU, text, place, diagnosis);
    if (strcmp(field, "su_beds") == 0)
        return read_beds(hospital, BED_SU, text, place, diagnosis);
    if (strcmp(field, "rehab_beds") == 0)
        return read_beds(hospital, BED_REHAB, text, place, diagnosis);
    diagnosis_error(diagnosis, place,
                    "give it in the hospitals file, or in a configuration's 'hospitals:' with what "
                    "holds from then on",
                    "the month from which a hospital changes cannot be set by itself");
    return false;
}

bool hospital_check_thrombectomy(const struct hospital *hospital, enum unit_parameter which,
                                 const struct place *place, struct diagnosis *diagnosis)
{
    if ((hospital->roles & ROLE_MT) != 0 || isnan(hospital->own[which]) ||
        hospital->own[which] == 0)
        return true;
    diagnosis_error(diagnosis, place, "add mt to its role, or leave this empty",
                    "thrombectomy is asked of a hospital that has none");
    return false;
}

bool hospital_check_role(const struct hospital *hospital, const struct place *place,
                         struct diagnosis *diagnosis)
{
    if ((hospital->roles & ROLE_MT) == 0 ||
        (hospital->roles & (ROLE_HASU | ROLE_SU | ROLE_STROKE)) != 0)
        return true;
    diagnosis_error(diagnosis, place, "add hasu or stroke to its role, or take mt out",
                    "it has thrombectomy but takes no strokes");
    return false;
}

bool hospital_check(const struct hospital *hospital, const struct place *place,
                    struct diagnosis *diagnosis)
{
    if (!hospital_is_hasu(hospital) || hospital->beds[BED_HASU] != 0)
        return true;
    diagnosis_error(diagnosis, place, "give it beds, or take hasu out of its role",
                    "it is a HASU without a hyper-acute bed");
    return false;
}

bool hospital_check_rehabilitation(const struct hospital *hospital, const struct place *place,
                                   struct diagnosis *diagnosis)
{
    if ((hospital->roles & ROLE_REHAB) != 0 || hospital->beds[BED_REHAB] <= 0)
        return true;
    diagnosis_error(diagnosis, place, "add rehab to its role, or leave them out",
                    "it has rehabilitation beds but not the role");
    return false;
}
