/* The table of projections: what it becomes, and what is said of its faults, line by line. */
#include "tests/scenarios/small.h"

static const char header[] = "year,age_0_64,age_65_79,age_80_plus\n";

/* The small scenario (two years from 2010) with a table of these rows, in the current folder. */
static void write_growth(const char *head, const char *rows)
{
    copy_small("scenario.yaml", "seed: 7", "seed: 7\ngrowth: growth.csv");
    FILE *stream = fopen("growth.csv", "w");
    cr_assert_not_null(stream);
    fprintf(stream, "%s%s", head, rows);
    cr_assert_eq(fclose(stream), 0);
}

Test(scenario_growth, rows_count_from_the_start)
{
    char folder[SCRATCH_SIZE];
    enter(folder);
    write_growth("# Made up.\nage_80_plus,year,age_0_64,age_65_79\n",
                 "1,2009,1,1\n1.5,2011,0,2\n3,2031,1,4\n");
    struct scenario *scenario = read_good(".", NULL, NULL, 0);
    const struct growth_table *growth = &scenario->design.growth;
    static const double want[3][4] = {{-1, 1, 1, 1}, {1, 0, 2, 1.5}, {21, 1, 4, 3}};
    cr_assert_eq(growth->rows, 3);
    cr_expect_eq(scenario->design.start_year, 2010);
    for (size_t row = 0; row < 3; row++) {
        cr_expect_eq(growth->row[row].year, want[row][0]);
        for (size_t band = 0; band < AGE_BANDS; band++)
            cr_expect_eq(growth->row[row].factor[band], want[row][1 + band]);
    }
    bool in_manifest = false;
    for (size_t i = 0; i < scenario->inputs; i++)
        in_manifest = in_manifest || strcmp(scenario->input[i].name, "growth.csv") == 0;
    cr_expect(in_manifest);
    scenario_free(scenario);
    leave(folder);
    struct scenario *without = read_good(small, NULL, NULL, 0);
    cr_expect_eq(without->design.growth.rows, 0);
    scenario_free(without);
}

Test(scenario_growth, faults_have_their_place)
{
    static const struct {
        const char *head, *rows, *wanted;
    } faults[] = {
        {header, "2010,1,1,1\n2012,1,-0.5,1\n",
         "growth.csv:3:8: error: age_65_79: -0.5 is below 0; a number from 0 to 1000\n"},
        {header, "2010,1,1,1\n2012,1,,1\n",
         "growth.csv:3:8: error: age_65_79: no value is given; a number from 0 to 1000\n"},
        {header, "2010,1,1,1\n2013,1,1,1\n2012,1,1,1\n",
         "growth.csv:4:1: error: year: 2012 comes after 2013; each year once, the earlier ones "
         "first\n"},
        {header, "2010,1,1,1\n2012,1,1,1\n2012,1,2,1\n",
         "growth.csv:4:1: error: year: 2012 comes after 2012; each year once, the earlier ones "
         "first\n"},
        {header, "2010.5,1,1,1\n2012,1,1,1\n",
         "growth.csv:2:1: error: year: '2010.5' is not a whole number; a whole number from 1900 to "
         "9999\n"},
        {header, "2011,1,1,1\n2012,1,1,1\n",
         "growth.csv:2:1: error: year: the run begins in 2010, before the first row; begin with "
         "the year of 'start' or an earlier\n"},
        {header, "2010,1,1,1\n2011,1,1,1\n",
         "growth.csv:3:1: error: year: the run of 2 years from 2010 goes on after the last row; "
         "add later years, or run fewer\n"},
        {"year,age_0_64,age_65_79,age_80_pls\n", "2010,1,1,1\n2012,1,1,1\n",
         "growth.csv:1:25: error: age_80_pls: no column of this name is known; did you mean "
         "'age_80_plus'?\n"},
        {header, "", "growth.csv: error: there are no rows below the header\n"},
    };
    char folder[SCRATCH_SIZE];
    enter(folder);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        write_growth(faults[i].head, faults[i].rows);
        expect_here(NULL, faults[i].wanted);
    }
    leave(folder);
}
