#include "scenarios/write/manifest.h"

#include "scenarios/write/json_writer.h"
#include "scenarios/write/manifest_parts.h"

static void write_uncertain(struct json_writer *json, const struct configuration *configuration)
{
    json_writer_key(json, "uncertain");
    json_writer_begin_array(json);
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++)
        if (configuration->spread[id].family != FAMILY_FIXED && !configuration->set_by_hand[id])
            json_writer_text(json, parameter_info(id)->key);
    json_writer_end_array(json);
}

static void write_configurations(struct json_writer *json, const struct experiment *experiment)
{
    json_writer_key(json, "configurations");
    json_writer_begin_array(json);
    for (size_t a = 0; a < experiment->arms; a++) {
        const struct arm *arm = &experiment->arm[a];
        const struct configuration *configuration =
            &experiment->design->configuration[arm->configuration];
        json_writer_begin_object(json);
        json_writer_text_at(json, "name", configuration->name);
        json_writer_text_at(json, "title", configuration->title);
        json_writer_boolean_at(json, "unstable", arm->unstable);
        json_writer_text_at(
            json, "policy",
            policy_word((enum policy)configuration->parameters.value[P_POLICY_NAME]));
        json_writer_boolean_at(json, "beds_limited",
                               experiment->model.service[arm->configuration].beds_limited);
        manifest_put_parameters(json, &configuration->parameters);
        write_uncertain(json, configuration);
        json_writer_end_object(json);
    }
    json_writer_end_array(json);
}

/* NULL of a run of one configuration, which is compared with nothing. */
static const char *baseline_of(const struct experiment *experiment)
{
    size_t baseline = experiment->arm[0].configuration;
    return experiment->arms > 1 ? experiment->design->configuration[baseline].name : NULL;
}

static void write_calibration(struct json_writer *json, const struct calibration *calibration)
{
    json_writer_key(json, "calibration");
    json_writer_begin_object(json);
    json_writer_number_at(json, "outcome_level_log_odds", calibration->level.log_odds);
    static const struct {
        const char *name;
        enum unit_kind kind;
        enum stroke_type type;
    } share[] = {{"unit_treated_if_eligible_nlvo", KIND_LOCAL, TYPE_NLVO},
                 {"unit_treated_if_eligible_lvo", KIND_LOCAL, TYPE_LVO},
                 {"hasu_treated_if_eligible_nlvo", KIND_HASU, TYPE_NLVO},
                 {"hasu_treated_if_eligible_lvo", KIND_HASU, TYPE_LVO}};
    for (size_t i = 0; i < sizeof share / sizeof *share; i++)
        json_writer_number_at(json, share[i].name,
                              calibration_treated(calibration, share[i].kind, share[i].type));
    json_writer_end_object(json);
}

bool manifest_write(const char *path, const struct experiment *experiment,
                    const struct results_about *about, struct write_fault *fault)
{
    struct json_writer *json = json_writer_open(path, fault);
    if (json == NULL)
        return false;
    manifest_begin(json, about->version, about->command);
    json_writer_text_at(json, "kind", experiment->arms > 1 ? "comparison" : "run");
    json_writer_text_at(json, "scenario", about->scenario->name);
    json_writer_text_at(json, "title", about->scenario->title);
    json_writer_text_at(json, "baseline", baseline_of(experiment));
    json_writer_text_at(json, "variant", about->variant);
    json_writer_unsigned_at(json, "seed", experiment->design->seed);
    json_writer_number_at(json, "years", experiment->design->years);
    json_writer_key(json, "replications_asked");
    if (experiment->replications_asked > 0)
        json_writer_unsigned(json, experiment->replications_asked);
    else
        json_writer_text(json, "by precision");
    json_writer_unsigned_at(json, "replications", experiment->replications);
    json_writer_unsigned_at(json, "evidence_draws", experiment->draws);
    json_writer_unsigned_at(json, "counted_replications",
                            about->counted == NULL ? 0 : about->counted->replications);
    json_writer_number_at(json, "warm_up_days", experiment->warm_up_days);
    static const char *const warm_up_by[] = {[WARM_UP_FOUND] = "MSER-5",
                                             [WARM_UP_NO_CUT] =
                                                 "half the pilot, since MSER-5 found no cut",
                                             [WARM_UP_BY_HAND] = "hand"};
    json_writer_text_at(json, "warm_up_by", warm_up_by[experiment->warm_up]);
    json_writer_text_at(json, "status", experiment->complete ? "complete" : "partial");
    write_configurations(json, experiment);
    write_calibration(json, &experiment->model.calibration);
    return manifest_close(
        json, manifest_end(json, about->scenario, about->start, about->end, fault), fault);
}
