#include "scenarios/read/suggest.h"

#include "models/metric.h"
#include "scenarios/read/name.h"

#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Letter case aside, for ASCII; other bytes as they are. */
static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: Boytsov, ACM J. Exp. Algorithmics 16 (2011), section 2.2.1. Three
   rows of the table are enough, as a swap looks back by two. */
size_t suggest_distance(const char *a, const char *b)
{
    size_t rows[3][SUGGEST_LONGEST + 1];
    size_t a_length = strlen(a);
    size_t b_length = strlen(b);
    assert(a_length <= SUGGEST_LONGEST && b_length <= SUGGEST_LONGEST);
    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *above_that = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            bool same = lower(a[i - 1]) == lower(b[j - 1]);
            size_t best = smaller(above[j], row[j - 1]) + 1;
            best = smaller(best, above[j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]))
                best = smaller(best, above_that[j - 2] + 1);
            row[j] = best;
        }
    }
    return rows[a_length % 3][b_length];
}

static const char *nearest_by_distance(const char *word, const char *const *candidates,
                                       size_t count)
{
    size_t length = strlen(word);
    const char *nearest = NULL;
    size_t least = 0;
    for (size_t i = 0; length <= SUGGEST_LONGEST && i < count; i++) {
        size_t other = candidates[i] ? strlen(candidates[i]) : SUGGEST_LONGEST + 1;
        if (other > SUGGEST_LONGEST)
            continue;
        size_t longer = length > other ? length : other;
        size_t distance = suggest_distance(word, candidates[i]);
        if (distance <= longer / 3 && (!nearest || distance < least)) {
            nearest = candidates[i];
            least = distance;
        }
    }
    return nearest;
}

/* "outcome.organised_care_or" ends in ".organised_care_or". */
static bool is_tail(const char *candidate, const char *word)
{
    size_t candidate_length = strlen(candidate);
    size_t length = strlen(word);
    if (candidate_length <= length || candidate[candidate_length - length - 1] != '.')
        return false;
    return strcasecmp(candidate + candidate_length - length, word) == 0;
}

/* The one candidate that matches, or NULL when none or several do. */
static const char *only_one(const char *word, const char *const *candidates, size_t count,
                            bool (*matches)(const char *candidate, const char *word))
{
    const char *found = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!candidates[i] || !matches(candidates[i], word))
            continue;
        if (found && strcmp(found, candidates[i]) != 0)
            return NULL;
        if (!found)
            found = candidates[i];
    }
    return found;
}

const char *suggest_nearest(const char *word, const char *const *candidates, size_t count)
{
    /* A part of one or two letters is in almost anything. */
    enum { SHORTEST_PART = 3 };
    if (!word || !*word)
        return NULL;
    const char *found = only_one(word, candidates, count, is_tail);
    if (!found)
        found = nearest_by_distance(word, candidates, count);
    if (!found && strlen(word) >= SHORTEST_PART)
        found = only_one(word, candidates, count, name_has_part);
    if (!found) {
        /* The right last part behind the wrong room: "stroke.organised_care_or". */
        const char *dot = strrchr(word, '.');
        if (dot && dot[1])
            found = suggest_nearest(dot + 1, candidates, count);
    }
    return found;
}

const char *suggest_remedy(const char *word, const char *const *candidates, size_t count,
                           char *buffer, size_t size)
{
    const char *found = suggest_nearest(word, candidates, count);
    if (!found || size == 0)
        return NULL;
    snprintf(buffer, size, "did you mean '%s'?", found);
    return buffer;
}

const char *suggest_metric(const char *word, char *buffer, size_t size)
{
    const char *names[METRIC_COUNT];
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++)
        names[metric] = metric_info(metric)->name;
    return suggest_remedy(word, names, METRIC_COUNT, buffer, size);
}
