#include "models/parameters.h"

#include <string.h>

/* clang-format off: its tables of macros are clearer as they stand. */
#define P(id, key, meaning, unit, value, smallest, largest, family, low, high, scope, moves,       \
          standing, source)                                                                        \
    [P_##id] = {key,                                                                               \
                meaning,                                                                           \
                unit,                                                                              \
                value,                                                                             \
                smallest,                                                                          \
                largest,                                                                           \
                FAMILY_##family,                                                                   \
                low,                                                                               \
                high,                                                                              \
                0,                                                                                 \
                SCOPE_##scope,                                                                     \
                moves,                                                                             \
                STANDING_##standing,                                                               \
                source},

/* A row without an effective size is one of before the stroke: it belongs to the patients, and
 * nobody in it is dead. */
#define ROW_CELL(id, key, level, meaning, p, size, moves, standing, source)                        \
    [id] = {key "." #level,                                                                        \
            meaning ": cumulative share with mRS " #level " or below",                             \
            "share",                                                                               \
            p,                                                                                     \
            ((level) == 5 && (size) == 0) ? 1 : 0,                                                 \
            1,                                                                                     \
            (size) > 0 ? FAMILY_DIRICHLET : FAMILY_FIXED,                                          \
            0,                                                                                     \
            0,                                                                                     \
            size,                                                                                  \
            (size) > 0 ? SCOPE_EFFECT : SCOPE_COHORT,                                              \
            moves,                                                                                 \
            STANDING_##standing,                                                                   \
            source},

#define ROW(id, key, meaning, p0, p1, p2, p3, p4, p5, size, standing, source)                      \
    ROW_CELL(P_##id, key, 0, meaning, p0, size, "mean_mrs_90d", standing, source)                  \
    ROW_CELL(P_##id##_1, key, 1, meaning, p1, size, "mean_mrs_90d", standing, source)              \
    ROW_CELL(P_##id##_2, key, 2, meaning, p2, size, "mean_mrs_90d", standing, source)              \
    ROW_CELL(P_##id##_3, key, 3, meaning, p3, size, "mean_mrs_90d", standing, source)              \
    ROW_CELL(P_##id##_4, key, 4, meaning, p4, size, "mean_mrs_90d", standing, source)              \
    ROW_CELL(P_##id##_5, key, 5, meaning, p5, size, "mortality_90d", standing, source)

static const struct parameter_info dictionary[PARAMETER_COUNT] = {
#include "models/parameters.def"
};
#undef P
#undef ROW

const struct parameter_info *parameter_info(enum parameter_id id)
{
    return &dictionary[id];
}

int parameter_find(const char *key)
{
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++)
        if (strcmp(dictionary[id].key, key) == 0)
            return (int)id;
    return -1;
}

bool parameter_is_row(enum parameter_id id, enum parameter_id *first)
{
    static const enum parameter_id rows[] = {
#define P(...)
#define ROW(id, ...) P_##id,
#include "models/parameters.def"
#undef P
#undef ROW
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (id >= rows[i] && id < rows[i] + 6) {
            *first = rows[i];
            return true;
        }
    return false;
}

void parameters_default(struct parameters *parameters)
{
    for (enum parameter_id id = 0; id < PARAMETER_COUNT; id++)
        parameters->value[id] = dictionary[id].value;
}

bool parameter_family_has_range(enum parameter_family family)
{
    return family != FAMILY_FIXED && family != FAMILY_DIRICHLET;
}

const char *parameter_family_name(enum parameter_family family)
{
    static const char *const names[] = {"fixed", "beta", "lognormal", "gamma", "dirichlet"};
    return names[family];
}

const char *parameter_scope_name(enum parameter_scope scope)
{
    static const char *const names[] = {"run",        "cohort",        "effect",
                                        "calibrated", "configuration", "hospital"};
    return names[scope];
}

const char *parameter_standing_name(enum parameter_standing standing)
{
    static const char *const names[] = {"verified", "derived", "unverified", "assumed"};
    return names[standing];
}
