#include "scenarios/read/weekdays.h"

#include "scenarios/read/suggest.h"

#include <stdio.h>
#include <string.h>

static const char *const days[] = {"mon", "tue", "wed",      "thu",      "fri",
                                   "sat", "sun", "weekdays", "weekends", "all"};
enum { DAY_WORDS = sizeof days / sizeof *days };

const char *weekday_name(int weekday)
{
    return days[weekday];
}

/* 0: no such word. */
static unsigned days_of(const char *word)
{
    static const unsigned more[] = {0x1F, 0x60, 0x7F};
    for (unsigned d = 0; d < DAY_WORDS; d++)
        if (strcmp(days[d], word) == 0)
            return d < 7 ? 1u << d : more[d - 7];
    return 0;
}

bool weekdays_read(const struct table *table, size_t row, size_t column,
                   struct diagnosis *diagnosis, unsigned *which)
{
    char word[16], buffer[64];
    *which = 0;
    for (const char *text = table_text(table, row, column); *text;) {
        size_t length = strcspn(text, "+");
        snprintf(word, sizeof word, "%.*s", (int)(length < 15 ? length : 15), text);
        unsigned meant = days_of(word);
        if (meant == 0) {
            struct place place = table_place(table, row, column);
            const char *near = suggest_remedy(word, days, DAY_WORDS, buffer, sizeof buffer);
            diagnosis_error(diagnosis, &place,
                            near ? near : "all, weekdays, weekends, or mon to sun joined by +",
                            "'%s' is no day", word);
            return false;
        }
        *which |= meant;
        text += length + (text[length] == '+');
    }
    *which = *which ? *which : 0x7F;
    return true;
}
