#include <criterion/criterion.h>
#include <math.h>

#include "scenarios/area_fifths.h"

enum { MOST = 16 };

/* The highest score is the most deprived; a fifth has a fifth of the strokes, not of the areas; one
 * score is in one fifth, that of the middle of its strokes; without a score an area is in none, and
 * its strokes count nowhere; tenths that are given as scores come out as fifths. */
Test(area_fifths, have_a_fifth_of_the_strokes_each)
{
    static const struct {
        size_t areas;
        double score[MOST], strokes[MOST];
        int wanted[MOST];
    } cases[] = {
        {5, {10, 50, 30, 20, 40}, {7, 7, 7, 7, 7}, {5, 1, 3, 4, 2}},
        {6, {60, 50, 40, 30, 20, 10}, {38, 22, 10, 10, 10, 10}, {1, 3, 4, 4, 5, 5}},
        {6, {1, 2, 3, 4, 5, 6}, {4, 7, 19, 21, 19, 30}, {5, 5, 4, 3, 2, 1}},
        {4, {3, 3, 3, 3}, {1, 2, 3, 4}, {3, 3, 3, 3}},
        {5, {9, 9, 5, 1, 1}, {10, 28, 24, 37, 1}, {1, 1, 3, 5, 5}},
        {7, {NAN, 5, 4, NAN, 3, 2, 1}, {900, 1, 1, 900, 1, 1, 1}, {0, 1, 2, 0, 3, 4, 5}},
        {10,
         {10, 9, 8, 7, 6, 5, 4, 3, 2, 1},
         {.3, .3, .3, .3, .3, .3, .3, .3, .3, .3},
         {1, 1, 2, 2, 3, 3, 4, 4, 5, 5}},
        {5, {-3, -1, -2, INFINITY, -INFINITY}, {1, 1, 1, 1, 1}, {4, 2, 3, 1, 5}},
        {3, {3, 2, 1}, {0, 0, 0}, {1, 1, 1}},
        {4, {4, 3, 2, 1}, {0, .1, .2, 0}, {1, 1, 4, 5}},
        {2, {NAN, NAN}, {1, 1}, {0, 0}},
        {0, {0}, {0}, {0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int fifth[MOST] = {0};
        cr_assert(area_fifths_find(cases[i].score, cases[i].strokes, cases[i].areas, fifth));
        for (size_t a = 0; a < cases[i].areas; a++)
            cr_expect_eq(fifth[a], cases[i].wanted[a], "case %zu, area %zu: %d", i, a, fifth[a]);
    }
}
