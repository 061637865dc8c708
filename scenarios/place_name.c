#include "scenarios/place_name.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "scenarios/read/name.h"
#include "scenarios/read/suggest.h"

enum { NAMED_AT_MOST = 3 };

static bool is_same(const char *name, const char *wanted)
{
    return strcasecmp(name, wanted) == 0;
}

/* How many match, and the first of them. */
static size_t matches(const char *const name[], size_t count, const char *wanted,
                      bool (*match)(const char *name, const char *wanted), size_t *first)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (match(name[i], wanted) && found++ == 0)
            *first = i;
    return found;
}

static void say_many(const char *const name[], size_t count, const char *wanted, size_t found,
                     const struct place *asked, struct diagnosis *diagnosis)
{
    char list[320] = "";
    size_t at = 0, named = 0;
    for (size_t i = 0; i < count && named < NAMED_AT_MOST; i++)
        if (name_has_part(name[i], wanted))
            at += (size_t)snprintf(list + at, sizeof list - at, "%s'%.80s'",
                                   named++ == 0     ? ""
                                   : named == found ? " or "
                                                    : ", ",
                                   name[i]);
    if (found > named)
        snprintf(list + at, sizeof list - at, " or one of %zu more", found - named);
    diagnosis_error(diagnosis, asked, "say more of its name", "'%.60s' may be %s", wanted, list);
}

static void say_none(const struct place_names *names, const char *wanted, const struct place *asked,
                     struct diagnosis *diagnosis)
{
    size_t count = names->groups + names->areas;
    const char **all = calloc(count + 1, sizeof *all);
    char remedy[300];
    if (all == NULL) {
        diagnosis_out_of_memory(diagnosis);
        return;
    }
    for (size_t i = 0; i < count; i++)
        all[i] = i < names->groups ? names->group[i] : names->area[i - names->groups];
    diagnosis_error(diagnosis, asked, suggest_remedy(wanted, all, count, remedy, sizeof remedy),
                    "there is no area and no group of areas '%.60s'", wanted);
    free(all);
}

bool place_find(const struct place_names *names, const char *wanted, const struct place *asked,
                struct diagnosis *diagnosis, struct place_found *found)
{
    static bool (*const match[])(const char *, const char *) = {is_same, name_has_part};
    for (size_t i = 0; i < 2; i++) {
        size_t groups = matches(names->group, names->groups, wanted, match[i], &found->at);
        found->kind = PLACE_GROUP;
        if (groups == 1)
            return true;
        if (groups > 1) {
            say_many(names->group, names->groups, wanted, groups, asked, diagnosis);
            return false;
        }
        size_t areas = matches(names->area, names->areas, wanted, match[i], &found->at);
        found->kind = PLACE_AREA;
        if (areas == 1)
            return true;
        if (areas > 1) {
            say_many(names->area, names->areas, wanted, areas, asked, diagnosis);
            return false;
        }
    }
    say_none(names, wanted, asked, diagnosis);
    return false;
}
