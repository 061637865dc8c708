#include "scenarios/read/scenario_loader.h"

#include "scenarios/read/suggest.h"
#include "scenarios/read/value.h"

#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Parameters that are words, in the order of their enumerations. */
static const char *const policies[POLICIES] = {
    [POLICY_NEAREST] = "nearest",       [POLICY_NEAREST_HASU] = "nearest_hasu",
    [POLICY_NEAREST_MT] = "nearest_mt", [POLICY_DRIP_AND_SHIP] = "drip_and_ship",
    [POLICY_MOTHERSHIP] = "mothership", [POLICY_CATCHMENT] = "catchment"};

static const char *const utility_sets[] = {"dijkland", "wang"};
static const char *const methods[] = {"expected", "published"};

static const struct choice {
    enum parameter_id id;
    const char *noun, *remedy;
    const char *const *words;
    size_t count;
} choices[] = {
    {P_POLICY_NAME, "policy",
     "nearest, nearest_hasu, nearest_mt, drip_and_ship, mothership or catchment", policies,
     POLICIES},
    {P_OUTCOME_UTILITY_SET, "utility set", "dijkland or wang", utility_sets, 2},
    {P_LIFETIME_METHOD, "lifetime method", "expected or published", methods, 2},
};

const char *policy_word(enum policy policy)
{
    return policies[policy];
}

static bool is_unit(enum parameter_id id, const char *unit)
{
    return strcmp(parameter_info(id)->unit, unit) == 0;
}

static const struct choice *choice_of(enum parameter_id id)
{
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        if (choices[i].id == id)
            return &choices[i];
    return NULL;
}

static bool choice_value(const struct choice *choice, const char *text, const struct place *place,
                         struct diagnosis *diagnosis, double *value)
{
    char buffer[128];
    for (size_t i = 0; i < choice->count; i++) {
        if (strcmp(text, choice->words[i]) != 0)
            continue;
        *value = (double)i;
        return true;
    }
    const char *near = suggest_remedy(text, choice->words, choice->count, buffer, sizeof buffer);
    diagnosis_error(diagnosis, place, near ? near : choice->remedy, "there is no %s '%.60s'",
                    choice->noun, text);
    return false;
}

static bool switch_value(const char *text, const struct place *place, struct diagnosis *diagnosis,
                         double *value)
{
    static const char *const words[] = {"false", "true", "no", "yes", "off", "on", "0", "1"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcasecmp(text, words[i]) == 0) {
            *value = (double)(i % 2);
            return true;
        }
    }
    diagnosis_error(diagnosis, place, "1 or yes, 0 or no", "'%.60s' does not switch it on or off",
                    text);
    return false;
}

bool settings_value(enum parameter_id id, const char *text, const struct place *place,
                    struct diagnosis *diagnosis, double *value)
{
    const struct parameter_info *info = parameter_info(id);
    const struct choice *choice = choice_of(id);
    if (choice)
        return choice_value(choice, text, place, diagnosis, value);
    if (is_unit(id, "switch"))
        return switch_value(text, place, diagnosis, value);
    return value_number(text, info->smallest, info->largest, place, diagnosis, value);
}

static bool node_value(enum parameter_id id, const struct yaml_node *node,
                       struct diagnosis *diagnosis, double *value)
{
    const struct parameter_info *info = parameter_info(id);
    if (!choice_of(id) && !is_unit(id, "switch"))
        return yaml_read_number(node, info->smallest, info->largest, diagnosis, value);
    char path[YAML_PATH_SIZE];
    struct place place = yaml_place(node);
    place.key = yaml_path(node, path, sizeof path);
    return yaml_expect(node, YAML_KIND_SCALAR, diagnosis) &&
           settings_value(id, yaml_text(node), &place, diagnosis, value);
}

/* The family of a range: the dictionary's, or else what suits the unit. */
static enum parameter_family family_of(enum parameter_id id)
{
    enum parameter_family family = parameter_info(id)->family;
    if (family != FAMILY_FIXED)
        return family;
    if (is_unit(id, "share"))
        return FAMILY_BETA;
    return is_unit(id, "odds ratio") || is_unit(id, "min") ? FAMILY_LOGNORMAL : FAMILY_GAMMA;
}

/* NULL when the parameter may have a range, else what is right. */
static const char *why_no_range(enum parameter_id id)
{
    const struct parameter_info *info = parameter_info(id);
    if (info->family == FAMILY_DIRICHLET)
        return "give a plain number: a row of the mRS is drawn as a whole";
    if (choice_of(id) || is_unit(id, "switch"))
        return "give it plainly: a choice has no range";
    if (info->scope == SCOPE_RUN)
        return "give a plain number: how the run is made has no range";
    return NULL;
}

/* GSL's own handler of errors ends the program; here a range that cannot be fitted is no more than
   a mistake in a file. */
static bool can_be_fitted(const struct spread *spread)
{
    struct fitted fitted;
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    bool found = spread_fit(spread, &fitted);
    gsl_set_error_handler(handler);
    return found;
}

static void check_spread(struct loader *loader, const struct yaml_node *node,
                         const struct spread *spread)
{
    static const char *const possible[] = {
        [FAMILY_BETA] = "low above 0 and high below 1",
        [FAMILY_LOGNORMAL] = "low above 0",
        [FAMILY_GAMMA] = "low above 0",
        [FAMILY_DIRICHLET] = NULL,
    };
    if (!(spread->low < spread->high))
        yaml_error(loader->diagnosis, node, "low must be below high",
                   "the range from %g to %g is empty", spread->low, spread->high);
    else if (!spread_is_possible(spread))
        yaml_error(loader->diagnosis, node, possible[spread->family],
                   "no %s distribution has the range from %g to %g",
                   parameter_family_name(spread->family), spread->low, spread->high);
    else if (!can_be_fitted(spread))
        yaml_error(loader->diagnosis, node, "a wider or a narrower range",
                   "no %s distribution was found for the range from %g to %g",
                   parameter_family_name(spread->family), spread->low, spread->high);
}

static bool read_range(struct loader *loader, enum parameter_id id, const struct yaml_node *node,
                       struct spread *spread)
{
    const struct yaml_node *low = yaml_find(node, "low"), *high = yaml_find(node, "high");
    if (!low && !high)
        return true;
    const char *remedy = why_no_range(id);
    if (remedy) {
        yaml_error(loader->diagnosis, low ? low : high, remedy, "it can have no range");
        return false;
    }
    if (!low || !high) {
        yaml_error(loader->diagnosis, low ? low : high, "give low and high, or neither",
                   "'%s' is missing", low ? "high" : "low");
        return false;
    }
    bool read = node_value(id, low, loader->diagnosis, &spread->low);
    read = node_value(id, high, loader->diagnosis, &spread->high) && read;
    if (!read)
        return false;
    spread->family = family_of(id);
    check_spread(loader, low, spread);
    return true;
}

/* Sources go into a table that spreadsheets open. */
static void check_source(struct loader *loader, const struct yaml_node *node)
{
    const struct yaml_node *source = yaml_find(node, "source");
    const char *text = source && yaml_is_scalar(source) ? yaml_text(source) : NULL;
    if (text && *text && strchr("=+-@", *text))
        yaml_error(loader->diagnosis, source, "begin with a word",
                   "it begins with '%c', which a spreadsheet would run", *text);
}

void loader_read_setting(struct loader *loader, enum parameter_id id, const struct yaml_node *node,
                         struct settings *settings)
{
    static const char *const keys[] = {"value", "low", "high", "source"};
    struct setting setting = {.given = true, .node = node, .spread = {.family = FAMILY_FIXED}};
    bool read;
    if (!yaml_is_mapping(node)) {
        read = node_value(id, node, loader->diagnosis, &setting.value);
    } else {
        yaml_check_keys(node, keys, sizeof keys / sizeof *keys, loader->diagnosis);
        check_source(loader, node);
        const struct yaml_node *value = yaml_find(node, "value");
        if (!value)
            yaml_error(loader->diagnosis, node, "write {value: ..., low: ..., high: ...}",
                       "'value' is missing");
        read = value && node_value(id, value, loader->diagnosis, &setting.value);
        read = read_range(loader, id, node, &setting.spread) && read;
    }
    if (read)
        settings->of[id] = setting;
}

static void report_unknown(struct loader *loader, const struct yaml_node *key, bool suggest)
{
    const char *candidates[PARAMETER_COUNT];
    char buffer[256];
    for (int id = 0; id < PARAMETER_COUNT; id++)
        candidates[id] = parameter_info((enum parameter_id)id)->key;
    const char *remedy = NULL;
    if (strncmp(yaml_text(key), "hospital.", strlen("hospital.")) == 0)
        remedy = "change a hospital below the 'hospitals:' of a configuration";
    else if (suggest)
        remedy = suggest_remedy(yaml_text(key), candidates, PARAMETER_COUNT, buffer, sizeof buffer);
    yaml_error(loader->diagnosis, key, remedy, "there is no such parameter");
}

static bool may_differ(enum parameter_id id)
{
    enum parameter_scope scope = parameter_info(id)->scope;
    return scope != SCOPE_COHORT && scope != SCOPE_EFFECT && scope != SCOPE_RUN;
}

void loader_read_settings(struct loader *loader, const struct yaml_node *mapping,
                          enum settings_level level, struct settings *settings)
{
    size_t unknown = 0;
    if (!mapping || yaml_is_empty(mapping) ||
        !yaml_expect(mapping, YAML_KIND_MAPPING, loader->diagnosis))
        return;
    for (size_t i = 0; i < yaml_count(mapping); i++) {
        const struct yaml_node *key = yaml_key(mapping, i);
        int id = parameter_find(yaml_text(key));
        if (id < 0) {
            report_unknown(loader, key, unknown++ < DIAGNOSIS_REPEATS);
        } else if (level == SETTINGS_CONFIGURATION && !may_differ((enum parameter_id)id)) {
            yaml_error(loader->diagnosis, key, "set it under the scenario's own 'parameters:'",
                       "it belongs to the whole scenario");
        } else if (yaml_find(mapping, yaml_text(key)) == yaml_item(mapping, i)) {
            loader_read_setting(loader, (enum parameter_id)id, yaml_item(mapping, i), settings);
        } /* else a duplicate key, which is reported already */
    }
}

static void read_variants(struct loader *loader)
{
    const struct yaml_node *variants = yaml_find(loader->root, "variants");
    const char *chosen = loader->options ? loader->options->variant : NULL;
    bool found = false;
    struct settings *unused = calloc(1, sizeof *unused);
    if (!unused) {
        diagnosis_out_of_memory(loader->diagnosis);
        return;
    }
    if (variants && yaml_expect(variants, YAML_KIND_MAPPING, loader->diagnosis))
        for (size_t i = 0; i < yaml_count(variants); i++) {
            const struct yaml_node *key = yaml_key(variants, i);
            bool is_it = chosen && !found && strcmp(yaml_text(key), chosen) == 0;
            found = found || is_it;
            loader_read_settings(loader, yaml_item(variants, i), SETTINGS_SCENARIO,
                                 is_it ? loader->common : unused);
        }
    free(unused);
    if (!chosen || found)
        return;
    const char *names[64];
    char buffer[256];
    size_t count = 0;
    for (; count < yaml_count(variants) && count < sizeof names / sizeof *names; count++)
        names[count] = yaml_text(yaml_key(variants, count));
    const struct place place = {.file = "--variant"};
    const char *remedy = yaml_is_mapping(variants)
                             ? suggest_remedy(chosen, names, count, buffer, sizeof buffer)
                             : "the scenario has no variants";
    diagnosis_error(loader->diagnosis, &place, remedy, "there is no variant '%.60s'", chosen);
}

void loader_read_common(struct loader *loader)
{
    loader_read_settings(loader, yaml_find(loader->root, "parameters"), SETTINGS_SCENARIO,
                         loader->common);
    read_variants(loader);
}

struct place loader_setting_place(const struct loader *loader, enum parameter_id id,
                                  const struct setting *setting, char buffer[YAML_PATH_SIZE])
{
    if (setting->by_hand)
        return (struct place){.file = loader_set_from(loader), .key = parameter_info(id)->key};
    if (!setting->node)
        return loader_whole_place(loader, parameter_info(id)->key);
    struct place place = yaml_place(setting->node);
    place.key = yaml_path(setting->node, buffer, YAML_PATH_SIZE);
    return place;
}
