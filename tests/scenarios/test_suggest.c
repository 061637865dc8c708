#include "scenarios/read/suggest.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *const keys[] = {"outcome.organised_care_or",
                                   "demand.multiplier",
                                   "policy.name",
                                   "ambulance.speed_factor",
                                   "Charing Cross Hospital",
                                   "King's College Hospital",
                                   "hasu_beds",
                                   "su_beds",
                                   NULL};
enum { KEYS = sizeof keys / sizeof *keys };

Test(suggest, distance_known_answers)
{
    static const struct {
        const char *a;
        const char *b;
        size_t distance;
    } table[] = {{"", "", 0},
                 {"abc", "", 3},
                 {"", "abc", 3},
                 {"kitten", "sitting", 3},
                 {"ABC", "abc", 0},
                 {"ab", "ba", 1},
                 {"ca", "abc", 3},
                 {"flaw", "lawn", 2},
                 {"abcdef", "abdcef", 1},
                 {"a", "b", 1}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        cr_assert_eq(suggest_distance(table[i].a, table[i].b), table[i].distance, "%s %s",
                     table[i].a, table[i].b);
        cr_assert_eq(suggest_distance(table[i].b, table[i].a), table[i].distance);
    }
}

Test(suggest, finds_what_was_meant)
{
    static const struct {
        const char *word;
        const char *meant; /* NULL: nothing is near */
    } table[] = {{"demand.multiplyer", "demand.multiplier"},
                 {"demand.mulitplier", "demand.multiplier"},
                 {"DEMAND.MULTIPLIER", "demand.multiplier"},
                 {"organised_care_or", "outcome.organised_care_or"},
                 {"Organised_Care_OR", "outcome.organised_care_or"},
                 {"stroke.organised_care_or", "outcome.organised_care_or"},
                 {"Charing", "Charing Cross Hospital"},
                 {"charing cross", "Charing Cross Hospital"},
                 {"hasu_bed", "hasu_beds"},
                 {"su_bed", "su_beds"},
                 {"Hospital", NULL},
                 {"beds", NULL},
                 {"zzz", NULL},
                 {"be", NULL},
                 {"", NULL},
                 {".", NULL}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *found = suggest_nearest(table[i].word, keys, KEYS);
        if (table[i].meant)
            cr_assert(found && strcmp(found, table[i].meant) == 0, "%s gave %s", table[i].word,
                      found ? found : "nothing");
        else
            cr_assert_null(found, "%s gave %s", table[i].word, found);
    }
    cr_assert_null(suggest_nearest("demand", NULL, 0));
}

Test(suggest, ties_go_to_the_earlier)
{
    static const char *const words[] = {"cart", "card", "care"};
    cr_assert_eq(suggest_nearest("carx", words, 3), words[0]);
}

Test(suggest, very_long_words)
{
    char longest[SUGGEST_LONGEST + 1];
    char too_long[SUGGEST_LONGEST + 2];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    memset(too_long, 'a', sizeof too_long - 1);
    too_long[sizeof too_long - 1] = '\0';
    cr_assert_eq(suggest_distance(longest, longest), 0);
    cr_assert_eq(suggest_distance(longest, ""), SUGGEST_LONGEST);
    const char *words[] = {longest, too_long};
    cr_assert_eq(suggest_nearest(too_long, words, 2), too_long); /* by its parts */
    cr_assert_eq(suggest_nearest(longest, words, 2), longest);
}

Test(suggest, remedy)
{
    char buffer[64];
    cr_assert_str_eq(suggest_remedy("su_bed", keys, KEYS, buffer, sizeof buffer),
                     "did you mean 'su_beds'?");
    cr_assert_null(suggest_remedy("zzz", keys, KEYS, buffer, sizeof buffer));
    cr_assert_eq(strlen(suggest_remedy("su_bed", keys, KEYS, buffer, 8)), 7);
}
