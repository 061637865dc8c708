#include "scenarios/area_fifths.h"

#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

/* An area that has a score, from the least deprived up after sorting. */
struct scored {
    size_t *area, *order; /* order: places in the other two */
    double *score;
    size_t count;
};

static bool scored_open(struct scored *scored, const double score[], size_t areas)
{
    *scored = (struct scored){.area = calloc(areas + 1, sizeof *scored->area),
                              .order = calloc(areas + 1, sizeof *scored->order),
                              .score = calloc(areas + 1, sizeof *scored->score)};
    if (scored->area == NULL || scored->order == NULL || scored->score == NULL)
        return false;
    for (size_t a = 0; a < areas; a++) {
        if (isnan(score[a]))
            continue;
        scored->area[scored->count] = a;
        scored->score[scored->count++] = score[a];
    }
    gsl_sort_index(scored->order, scored->score, 1, scored->count);
    return true;
}

static void scored_close(struct scored *scored)
{
    free(scored->area);
    free(scored->order);
    free(scored->score);
}

/* From the least deprived up, one score after the other. */
static void part(const struct scored *scored, const double strokes[], int fifth[])
{
    double total = 0, below = 0;
    for (size_t i = 0; i < scored->count; i++)
        total += strokes[scored->area[i]];
    for (size_t first = 0, end; first < scored->count; first = end) {
        double score = scored->score[scored->order[first]], alike = 0;
        for (end = first; end < scored->count && scored->score[scored->order[end]] == score; end++)
            alike += strokes[scored->area[scored->order[end]]];
        double above = total > 0 ? fmax(0, (total - below - alike / 2) / total) : 0;
        for (size_t i = first; i < end; i++)
            fifth[scored->area[scored->order[i]]] =
                1 + (int)fmin(AREA_FIFTHS - 1, floor(AREA_FIFTHS * above));
        below += alike;
    }
}

bool area_fifths_find(const double score[], const double strokes[], size_t areas, int fifth[])
{
    struct scored scored;
    bool made = scored_open(&scored, score, areas);
    for (size_t a = 0; a < areas; a++)
        fifth[a] = 0;
    if (made)
        part(&scored, strokes, fifth);
    scored_close(&scored);
    return made;
}
