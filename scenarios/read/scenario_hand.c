#include "scenarios/read/scenario_loader.h"

#include "scenarios/read/name.h"
#include "scenarios/read/suggest.h"

#include <stdlib.h>
#include <string.h>

const char *loader_set_from(const struct loader *loader)
{
    const char *from = loader->options ? loader->options->set_from : NULL;
    return from ? from : "--set";
}

static struct place hand_place(const struct loader *loader, const char *key)
{
    return (struct place){.file = loader_set_from(loader), .key = key};
}

/* The '=' that ends the key: the first outside of the quotes around a hospital's name. */
static char *find_equals(char *text)
{
    bool quoted = false;
    for (char *at = text; *at; at++) {
        if (*at == '"')
            quoted = !quoted;
        else if (*at == '=' && !quoted)
            return at;
    }
    return strrchr(text, '='); /* the quotes are part of the name */
}

static const char hospital_prefix[] = "hospital.";

bool hand_is_of_hospital(const char *key)
{
    return strncmp(key, hospital_prefix, strlen(hospital_prefix)) == 0;
}

void loader_report_key(struct loader *loader, const char *key)
{
    const char *candidates[PARAMETER_COUNT];
    char buffer[256];
    for (int id = 0; id < PARAMETER_COUNT; id++)
        candidates[id] = parameter_info((enum parameter_id)id)->key;
    struct place place = hand_place(loader, key);
    diagnosis_error(loader->diagnosis, &place,
                    suggest_remedy(key, candidates, PARAMETER_COUNT, buffer, sizeof buffer),
                    "there is no such parameter");
}

static void read_parameter(struct loader *loader, const struct hand *hand)
{
    int id = parameter_find(hand->key);
    struct place place = hand_place(loader, hand->key);
    if (id < 0) {
        loader_report_key(loader, hand->key);
        return;
    }
    struct setting setting = {.given = true, .by_hand = true, .spread = {.family = FAMILY_FIXED}};
    if (settings_value((enum parameter_id)id, hand->value, &place, loader->diagnosis,
                       &setting.value))
        loader->by_hand->of[id] = setting;
}

bool loader_part_hand(struct loader *loader)
{
    size_t sets = loader->options ? loader->options->sets : 0;
    loader->hand = calloc(sets + 1, sizeof *loader->hand);
    if (!loader->hand) {
        diagnosis_out_of_memory(loader->diagnosis);
        return false;
    }
    for (size_t i = 0; i < sets; i++) {
        char *text = loader_copy(loader, loader->options->set[i]);
        if (!text)
            return false;
        struct hand *hand = &loader->hand[loader->hands++];
        char *equals = find_equals(text);
        *hand = (struct hand){.text = text, .key = text, .value = ""};
        hand->broken = !equals;
        if (!equals)
            continue;
        *equals = '\0';
        hand->value = equals + 1;
    }
    return true;
}

bool loader_check_hand(struct loader *loader, const struct hand *hand)
{
    struct place place = hand_place(loader, hand->key);
    if (hand->broken)
        diagnosis_error(loader->diagnosis, &place, "KEY=VALUE", "there is no '='");
    return !hand->broken;
}

void loader_read_hand(struct loader *loader)
{
    if (!loader_part_hand(loader))
        return;
    for (size_t i = 0; i < loader->hands; i++)
        if (loader_check_hand(loader, &loader->hand[i]) &&
            !hand_is_of_hospital(loader->hand[i].key))
            read_parameter(loader, &loader->hand[i]);
}

/* A site by its name, or by a part of it that no other has. */
static size_t find_by_short_name(const struct loader *loader, const char *name)
{
    const struct region *region = &loader->scenario->design.region;
    size_t found = loader_find_site(loader, name);
    if (found != NAME_NOT_FOUND || !*name)
        return found;
    for (size_t s = 0; s < region->sites; s++) {
        if (!name_has_part(region->site[s].name, name))
            continue;
        if (found != NAME_NOT_FOUND)
            return NAME_NOT_FOUND;
        found = s;
    }
    return found;
}

bool loader_part_key(const char *key, const char *prefix, char **name, const char **field)
{
    const char *from = key + strlen(prefix);
    const char *dot = strrchr(from, '.');
    if (*from == '"') {
        const char *quote = strrchr(from, '"');
        dot = quote > from && quote[1] == '.' ? quote + 1 : NULL;
    }
    if (!dot)
        return false;
    bool quoted = *from == '"';
    size_t length = (size_t)(dot - from) - (quoted ? 2 : 0);
    *field = dot + 1;
    *name = strndup(from + quoted, length);
    return true;
}

bool hand_part_hospital(const struct hand *hand, const struct place *place,
                        struct diagnosis *diagnosis, char **name, const char **field)
{
    if (!loader_part_key(hand->key, hospital_prefix, name, field)) {
        diagnosis_error(diagnosis, place, "hospital.\"NAME\".hasu_beds=12",
                        "a hospital's name and column are wanted");
        return false;
    }
    if (!*name)
        diagnosis_out_of_memory(diagnosis);
    return *name != NULL;
}

static void report_site(struct loader *loader, const struct place *place, const char *name)
{
    const struct region *region = &loader->scenario->design.region;
    const char *names[MOST_SITES];
    char buffer[512];
    for (size_t s = 0; s < region->sites; s++)
        names[s] = region->site[s].name;
    diagnosis_error(loader->diagnosis, place,
                    suggest_remedy(name, names, region->sites, buffer, sizeof buffer),
                    "no hospital, or more than one, is called '%.60s'", name);
}

/* To one hospital in one phase. A unit that is closed by then may have beds in another. */
static bool apply_to(struct loader *loader, const struct hand *hand, const char *field, bool phased,
                     struct hospital *hospital)
{
    struct place place = hand_place(loader, hand->key);
    struct diagnosis *diagnosis = loader->diagnosis;
    bool was_wrong = hospital_is_hasu(hospital) && hospital->beds[BED_HASU] == 0;
    if (!hospital_set(hospital, field, hand->value, &place, diagnosis))
        return false;
    return (was_wrong || hospital_check(hospital, &place, diagnosis)) &&
           ((phased && hospital->roles == 0) ||
            hospital_check_rehabilitation(hospital, &place, diagnosis)) &&
           (strcmp(field, "role") != 0 || hospital_check_role(hospital, &place, diagnosis));
}

/* In every configuration that has the hospital, and throughout; what is wrong is said at the
 * first. */
static void apply_to_all(struct loader *loader, const struct hand *hand, size_t site,
                         const char *field)
{
    struct design *design = &loader->scenario->design;
    for (size_t c = 0; c < design->configurations; c++) {
        struct configuration *configuration = &design->configuration[c];
        for (size_t p = 0; p <= configuration->laters; p++) {
            struct hospital *hospital = configuration_phase(configuration, p);
            for (size_t h = 0; h < configuration->hospitals; h++)
                if (hospital[h].site == site &&
                    !apply_to(loader, hand, field, configuration->laters > 0, &hospital[h]))
                    return;
        }
    }
}

static void apply(struct loader *loader, const struct hand *hand)
{
    struct place place = hand_place(loader, hand->key);
    const char *field = NULL;
    char *name = NULL;
    if (!hand_part_hospital(hand, &place, loader->diagnosis, &name, &field))
        return;
    size_t site = find_by_short_name(loader, name);
    if (hospital_check_field(field, &place, loader->diagnosis)) {
        if (site != NAME_NOT_FOUND)
            apply_to_all(loader, hand, site, field);
        else if (loader->rosters_whole)
            report_site(loader, &place, name);
    }
    free(name);
}

void loader_apply_hand(struct loader *loader)
{
    for (size_t i = 0; i < loader->hands; i++)
        if (!loader->hand[i].broken && hand_is_of_hospital(loader->hand[i].key))
            apply(loader, &loader->hand[i]);
}
