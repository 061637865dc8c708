#include "scenarios/write/manifest_parts.h"

#include <gnu/libc-version.h>
#include <math.h>
#include <stdio.h>
#include <sys/utsname.h>

#include "scenarios/write/sha256.h"

static void put_time(struct json_writer *json, const char *key, time_t when)
{
    char text[32];
    struct tm utc;
    gmtime_r(&when, &utc);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    json_writer_text_at(json, key, text);
}

static bool put_inputs(struct json_writer *json, const struct scenario *scenario,
                       struct write_fault *fault)
{
    json_writer_key(json, "inputs");
    json_writer_begin_array(json);
    for (size_t i = 0; i < scenario->inputs; i++) {
        char hex[SHA256_HEX_SIZE];
        if (scenario->input[i].observed)
            continue;
        if (!sha256_file(scenario->input[i].path, hex, fault))
            return false;
        json_writer_begin_object(json);
        json_writer_text_at(json, "file", scenario->input[i].name);
        json_writer_text_at(json, "sha256", hex);
        json_writer_end_object(json);
    }
    json_writer_end_array(json);
    return true;
}

void manifest_put_parameters(struct json_writer *json, const struct parameters *parameters)
{
    json_writer_key(json, "parameters");
    json_writer_begin_object(json);
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++) {
        double value = parameters->value[id];
        double usual = parameter_info(id)->value;
        if (value != usual && !(isnan(value) && isnan(usual)))
            json_writer_number_at(json, parameter_info(id)->key, value);
    }
    json_writer_end_object(json);
}

void manifest_put_multipliers(struct json_writer *json,
                              const double multiplier[NETWORK_MULTIPLIERS])
{
    static const char *const keys[NETWORK_MULTIPLIERS] = {
        [NETWORK_MULTIPLIER_DEMAND] = "demand.multiplier",
        [NETWORK_MULTIPLIER_STAY] = "stay.multiplier",
        [NETWORK_MULTIPLIER_DELAY] = "delay.multiplier"};
    json_writer_key(json, "parameters");
    json_writer_begin_object(json);
    for (int m = 0; m < NETWORK_MULTIPLIERS; m++)
        if (multiplier[m] != 1)
            json_writer_number_at(json, keys[m], multiplier[m]);
    json_writer_end_object(json);
}

static void put_origin(struct json_writer *json, time_t start, time_t end)
{
    char library[64];
    struct utsname system;
    if (uname(&system) != 0)
        snprintf(system.nodename, sizeof system.nodename, "unknown");
    snprintf(library, sizeof library, "glibc %s", gnu_get_libc_version());
    json_writer_text_at(json, "architecture", system.machine);
    json_writer_text_at(json, "c_library", library);
    json_writer_text_at(json, "host", system.nodename);
    put_time(json, "start", start);
    put_time(json, "end", end);
}

void manifest_begin(struct json_writer *json, const char *version, const char *command)
{
    json_writer_begin_object(json);
    json_writer_text_at(json, "program", "strokesim");
    json_writer_text_at(json, "version", version);
    json_writer_text_at(json, "command", command);
}

bool manifest_end(struct json_writer *json, const struct scenario *scenario, time_t start,
                  time_t end, struct write_fault *fault)
{
    if (!put_inputs(json, scenario, fault))
        return false;
    put_origin(json, start, end);
    json_writer_end_object(json);
    return true;
}

bool manifest_close(struct json_writer *json, bool whole, struct write_fault *fault)
{
    if (whole)
        return json_writer_close(json, fault);
    json_writer_abandon(json);
    return false;
}
