/* Which place somebody means. */
#include <criterion/criterion.h>
#include <string.h>

#include "scenarios/place_name.h"

static const char *const groups[] = {"Barking and Dagenham", "Barnet", "Bexley", "Midtown"};
static const char *const areas[] = {"Barnet 001", "Barnet 002",    "Bexley 001",
                                    "Bexley",     "Midtown South", "Upper Hill"};

static const struct place_names names = {groups, areas, 4, 6};

/* What it finds; the message and the remedy when it finds nothing. */
static struct place_found find(const char *wanted, char message[400], char remedy[400])
{
    struct diagnosis *diagnosis = diagnosis_new();
    struct place asked = {.file = "--focus"};
    struct place_found found;
    message[0] = remedy[0] = '\0';
    if (!place_find(&names, wanted, &asked, diagnosis, &found)) {
        found.kind = PLACE_NONE;
        cr_assert_eq(diagnosis_errors(diagnosis), 1, "%s", wanted);
        cr_assert_str_eq(diagnosis_at(diagnosis, 0)->file, "--focus");
        strcpy(message, diagnosis_at(diagnosis, 0)->message);
        strcpy(remedy, diagnosis_at(diagnosis, 0)->remedy);
    } else
        cr_assert_eq(diagnosis_count(diagnosis), 0, "%s", wanted);
    diagnosis_free(diagnosis);
    return found;
}

Test(place_name, is_found_whole_or_by_a_part_that_no_other_has)
{
    static const struct {
        const char *wanted;
        enum place_kind kind;
        size_t at;
    } cases[] = {
        {"Barnet", PLACE_GROUP, 1},    /* whole, though a part of areas' names */
        {"bARNET", PLACE_GROUP, 1},    /* letter case */
        {"Bexley", PLACE_GROUP, 2},    /* of a group and an area of one name, the group */
        {"dagenham", PLACE_GROUP, 0},  /* a part that one group has */
        {"barnet 002", PLACE_AREA, 1}, /* an area */
        {"upper", PLACE_AREA, 5},      /* a part that one area has */
        {"Midtown", PLACE_GROUP, 3},   /* a group before the area that begins like it */
        {"town south", PLACE_AREA, 4},
    };
    char message[400], remedy[400];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct place_found found = find(cases[i].wanted, message, remedy);
        cr_expect_eq(found.kind, cases[i].kind, "%s: %s", cases[i].wanted, message);
        cr_expect_eq(found.at, cases[i].at, "%s", cases[i].wanted);
    }
}

Test(place_name, that_cannot_be_told_is_refused)
{
    static const struct {
        const char *wanted, *message, *remedy;
    } cases[] = {
        {"bar", "'bar' may be 'Barking and Dagenham' or 'Barnet'", "say more of its name"},
        {"0", "'0' may be 'Barnet 001', 'Barnet 002' or 'Bexley 001'", "say more of its name"},
        {"e", "'e' may be 'Barking and Dagenham', 'Barnet' or 'Bexley'", "say more of its name"},
        {"n", "'n' may be 'Barking and Dagenham', 'Barnet' or 'Midtown'", "say more of its name"},
        {"Bexly", "there is no area and no group of areas 'Bexly'", "did you mean 'Bexley'?"},
        {"zzzz", "there is no area and no group of areas 'zzzz'", ""},
        {"", "there is no area and no group of areas ''", ""},
    };
    char message[400], remedy[400];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_eq(find(cases[i].wanted, message, remedy).kind, PLACE_NONE);
        cr_expect_str_eq(message, cases[i].message);
        cr_expect_str_eq(remedy, cases[i].remedy, "%s: %s", cases[i].wanted, remedy);
    }
}

Test(place_name, of_many_three_are_named)
{
    static const char *const many[] = {"A 1", "A 2", "A 3", "A 4", "A 5"};
    struct place_names all = {.group = many, .groups = 5};
    struct place_found found;
    struct diagnosis *diagnosis = diagnosis_new();
    cr_expect_not(place_find(&all, "a", NULL, diagnosis, &found));
    cr_expect_str_eq(diagnosis_at(diagnosis, 0)->message,
                     "'a' may be 'A 1', 'A 2', 'A 3' or one of 2 more");
    diagnosis_free(diagnosis);
}
