/* Beds: what patients would use if they never waited, against the beds that there are; and where
 * they are limited to those, how full they are and who waits. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/report/by_hospital.h"
#include "scenarios/report/page.h"

enum bed_figure { IN_USE, COUNTED, OCCUPANCY, WAITED, WAIT, BED_FIGURES };

/* A kind of bed: its metrics in units.csv, and what a reader calls it. */
struct kind {
    const char *metric[BED_FIGURES];
    const char *key, *words, *Words, *wait_unit;
};

static const struct kind kinds[] = {
    {{"hasu_beds_in_use", "hasu_beds", "hasu_occupancy", "hasu_waited", "hasu_wait_hours"},
     "hasu",
     "hyper-acute beds",
     "Hyper-acute beds",
     "hours"},
    {{"su_beds_in_use", "su_beds", "su_occupancy", "su_waited", "su_wait_days"},
     "su",
     "stroke-unit beds",
     "Stroke-unit beds",
     "days"},
    {{"rehab_beds_in_use", "rehab_beds", "rehab_occupancy", "rehab_waited", "rehab_wait_days"},
     "rehab",
     "rehabilitation beds",
     "Rehabilitation beds",
     "days"},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

/* What the hospitals of one configuration have and use of one kind. */
struct beds {
    const struct kind *kind;
    size_t configuration;
    struct by_hospital by;
    size_t hospitals;       /* that use any */
    size_t known;           /* of these: days and counted beds both known */
    size_t typical, full;   /* of these: short on a typical day, on one day in twenty */
    double in_use, counted; /* together, of the known */
    bool limited;
};

static const struct hospital_figure *figure_at(const struct beds *beds, size_t h, enum bed_figure f)
{
    return by_hospital_at(&beds->by, h, (size_t)f);
}

/* A hospital without an occupancy has beds without limit, whatever the others have. */
static bool is_limited(const struct beds *beds, size_t h)
{
    return !isnan(figure_at(beds, h, OCCUPANCY)->mean);
}

static void count_beds(struct beds *beds)
{
    for (size_t h = 0; h < beds->by.hospitals; h++) {
        const struct hospital_figure *use = figure_at(beds, h, IN_USE);
        double counted = figure_at(beds, h, COUNTED)->mean;
        beds->hospitals += use->mean > 0;
        beds->limited |= is_limited(beds, h);
        if (isnan(use->p50) || isnan(use->p95) || isnan(counted))
            continue;
        beds->known++;
        beds->in_use += use->mean;
        beds->counted += counted;
        beds->typical += use->p50 > counted;
        beds->full += use->p95 > counted;
    }
}

static bool beds_read(struct page *page, enum results_file file, size_t c, const struct kind *kind,
                      struct beds *beds)
{
    *beds = (struct beds){.kind = kind, .configuration = c};
    if (!by_hospital_read(&beds->by, page->results, file, c, kind->metric, BED_FIGURES)) {
        page->failed = true;
        return false;
    }
    count_beds(beds);
    return true;
}

bool section_beds_applies(const struct page *page)
{
    const struct table *units = page->results->table[RESULTS_UNITS];
    for (size_t row = 0; units != NULL && row < table_row_count(units); row++)
        for (size_t k = 0; k < KINDS; k++)
            if (strcmp(results_text(units, row, "metric"), kinds[k].metric[IN_USE]) == 0 &&
                results_number(units, row, "mean") > 0)
                return true;
    return false;
}

/* --- unlimited -------------------------------------------------------------------------------- */

static const char *state_of(double p50, double p95, double counted)
{
    if (isnan(counted))
        return "Beds not counted";
    if (p50 > counted)
        return "Short on a typical day";
    return p95 > counted ? "Short 1 day in 20" : "Enough 19 days in 20";
}

static const struct chart_column need_columns[] = {
    {"hospital", "Hospital", NULL, CHART_TEXT},
    {"low", "Quiet day (one in twenty has fewer)", "beds", CHART_COUNT},
    {"typical", "Typical day", "beds", CHART_COUNT},
    {"high", "Full day (one in twenty has more)", "beds", CHART_COUNT},
    {"beds", "Beds that it has", "beds", CHART_NUMBER},
    {"state", "", NULL, CHART_TEXT},
};

static struct chart *need_chart(const struct beds *beds)
{
    struct chart *chart = chart_new(need_columns, sizeof need_columns / sizeof *need_columns);
    for (size_t h = 0; h < beds->by.hospitals; h++) {
        const struct hospital_figure *use = figure_at(beds, h, IN_USE);
        double counted = figure_at(beds, h, COUNTED)->mean;
        if (isnan(use->p50) || !(use->mean > 0))
            continue;
        chart_text(chart, beds->by.name[h]);
        chart_number(chart, use->p05);
        chart_number(chart, use->p50);
        chart_number(chart, use->p95);
        chart_number(chart, counted);
        chart_text(chart, state_of(use->p50, use->p95, counted));
    }
    return chart;
}

static struct figure hospitals_words(size_t hospitals)
{
    return hospitals == 0 ? (struct figure){"none"} : figure_count((double)hospitals);
}

static void put_need_words(struct page *page, const struct beds *beds)
{
    const char *name = page->results->configuration[beds->configuration].name;
    if (beds->known == 0) {
        html_put(page->html,
                 "<p>Of %s the hospitals file counts none under %s, so use cannot be held against "
                 "them.</p>\n",
                 beds->kind->words, name);
        return;
    }
    html_put(page->html,
             "<p><strong>%s under %s:</strong> of %s hospital%s, %s would need more than they have "
             "on a typical day, and %s on at least one day in twenty.",
             beds->kind->Words, name, figure_count((double)beds->known).text,
             beds->known == 1 ? "" : "s", hospitals_words(beds->typical).text,
             hospitals_words(beds->full).text);
    html_put(page->html, " Together they have %s beds, and patients would use %s on average.</p>\n",
             figure_count(beds->counted).text, figure_count(beds->in_use).text);
}

static void put_need(struct page *page, const struct beds *beds)
{
    char id[40], title[200];
    snprintf(id, sizeof id, "beds-%zu-%s", beds->configuration, beds->kind->key);
    snprintf(title, sizeof title, "%s that patients would use, and that there are: %.80s",
             beds->kind->Words, page->results->configuration[beds->configuration].name);
    struct chart_about about = {
        .name = beds->known > 0 ? "beds" : "beds_uncounted",
        .id = id,
        .title = title,
        .description = "For each hospital a bar from the beds used on a quiet day to those used on "
                       "a full day, a mark at those of a typical day, and, where it is counted, a "
                       "black line at the beds that the hospital has. The table below has the "
                       "numbers.",
        .note =
            beds->known > 0
                ? "Bar: beds in use on 18 days of 20. Mark: a typical day (the median). Black "
                  "line: the beds that the hospital has. A bar that reaches past the black line "
                  "needs beds that are not there."
                : "Bar: beds in use on 18 days of 20. Mark: a typical day (the median).",
    };
    put_need_words(page, beds);
    page_chart(page, need_chart(beds), &about);
}

/* --- limited ---------------------------------------------------------------------------------- */

static const struct chart_column full_columns[] = {
    {"hospital", "Hospital", NULL, CHART_TEXT},
    {"occupancy", "Beds occupied, on average %", "share", CHART_NUMBER},
    {"low", "On a quiet day (one in twenty has less) %", "share", CHART_NUMBER},
    {"high", "On a full day (one in twenty has more) %", "share", CHART_NUMBER},
    {"waited", "Patients who had to wait for a bed %", "share", CHART_NUMBER},
    {"wait", "Average wait, all patients", "", CHART_NUMBER},
    {"unit", "in", NULL, CHART_TEXT},
    {"beds", "Beds that it has", "beds", CHART_NUMBER},
};

static struct chart *full_chart(const struct beds *beds)
{
    struct chart *chart = chart_new(full_columns, sizeof full_columns / sizeof *full_columns);
    for (size_t h = 0; h < beds->by.hospitals; h++) {
        const struct hospital_figure *full = figure_at(beds, h, OCCUPANCY);
        double wait = figure_at(beds, h, WAIT)->mean;
        if (isnan(full->mean))
            continue;
        chart_text(chart, beds->by.name[h]);
        chart_number(chart, full->mean);
        chart_number(chart, full->p05);
        chart_number(chart, full->p95);
        chart_number(chart, figure_at(beds, h, WAITED)->mean);
        chart_number(chart, wait);
        chart_text(chart, beds->kind->wait_unit);
        chart_number(chart, figure_at(beds, h, COUNTED)->mean);
    }
    return chart;
}

/* The hospital where the largest share waits. */
static void put_full_words(struct page *page, const struct beds *beds)
{
    size_t most = beds->by.hospitals;
    for (size_t h = 0; h < beds->by.hospitals; h++) {
        double share = figure_at(beds, h, WAITED)->mean;
        if (is_limited(beds, h) && !isnan(share) &&
            (most == beds->by.hospitals || share > figure_at(beds, most, WAITED)->mean))
            most = h;
    }
    html_put(page->html, "<p><strong>%s under %s</strong> are limited to those that there are.",
             beds->kind->Words, page->results->configuration[beds->configuration].name);
    if (most < beds->by.hospitals && figure_at(beds, most, WAITED)->mean > 0)
        html_put(page->html,
                 " Waits are most likely at %s, where %s of every 100 patients who need one are "
                 "not given it at once and the average wait is %s %s.",
                 beds->by.name[most], figure_count(100 * figure_at(beds, most, WAITED)->mean).text,
                 figure_of(figure_at(beds, most, WAIT)->mean, "").text, beds->kind->wait_unit);
    else
        html_put(page->html, " Nobody had to wait for one.");
    html_put(page->html, "</p>\n");
}

static void put_full_charts(struct page *page, const struct beds *beds)
{
    const char *name = page->results->configuration[beds->configuration].name;
    char id[40], title[200];
    snprintf(id, sizeof id, "occupancy-%zu-%s", beds->configuration, beds->kind->key);
    snprintf(title, sizeof title, "%s: how full they are under %.80s", beds->kind->Words, name);
    struct chart_about about = {
        .name = "beds_occupancy",
        .id = id,
        .title = title,
        .description = "For each hospital a bar from the share of its beds that are occupied on a "
                       "quiet day to that on a full day, and a mark at the average. The table "
                       "below has the numbers.",
        .note = "Bar: the share of beds occupied on 18 days of 20. Mark: the average. At 100% "
                "every bed is taken and the next patient waits.",
    };
    page_chart(page, full_chart(beds), &about);
    snprintf(id, sizeof id, "waits-%zu-%s", beds->configuration, beds->kind->key);
    snprintf(title, sizeof title, "%s: who waits for one under %.80s", beds->kind->Words, name);
    about.name = "beds_waits";
    about.title = title;
    about.description = "For each hospital a bar as long as the share of patients who had to wait "
                        "for a bed, with the average wait beside it. The table below has the "
                        "numbers.";
    about.note = "Bar: of those who need such a bed there, how many are not given one at once. "
                 "Figure beside it: the wait, averaged over everybody, also those who do not "
                 "wait.";
    page_chart(page, full_chart(beds), &about);
}

/* --- what comes of full units ----------------------------------------------------------------- */

static const char *const overflow[] = {"outliers", "diverted", "blocked_bed_days"};
enum { OVERFLOWS = sizeof overflow / sizeof *overflow };

static bool overflows(const struct by_hospital *by, size_t h)
{
    for (size_t i = 0; i < OVERFLOWS; i++)
        if (by_hospital_at(by, h, i)->mean > 0)
            return true;
    return false;
}

static void put_overflow_row(struct page *page, const struct by_hospital *by, size_t h)
{
    html_put(page->html, "<tr><th scope=\"row\">%s</th>", by->name[h]);
    for (size_t i = 0; i < OVERFLOWS; i++)
        html_put(page->html, "<td class=\"number\">%s</td>",
                 figure_people(by_hospital_at(by, h, i)->mean).text);
    html_put(page->html, "</tr>\n");
}

static void put_overflow_table(struct page *page, const struct by_hospital *by, size_t c)
{
    const char *name = page->results->configuration[c].name;
    html_table_begin(page->html, NULL, "When units are full: %s", name);
    html_put(page->html, "<caption>When units are full: %s, a year</caption>", name);
    html_table_head(page->html);
    html_table_heading(page->html, "Hospital");
    html_table_number_heading(page->html, "Patients on a general ward for want of a stroke bed");
    html_table_number_heading(page->html, "Ambulances sent on from a full unit");
    html_table_number_heading(page->html,
                              "Hyper-acute bed-days blocked for want of a stroke-unit bed");
    html_table_body(page->html);
    for (size_t h = 0; h < by->hospitals; h++)
        if (overflows(by, h))
            put_overflow_row(page, by, h);
    html_table_end(page->html);
}

static void put_overflow(struct page *page, enum results_file file, size_t c)
{
    struct by_hospital by;
    bool any = false;
    if (!by_hospital_read(&by, page->results, file, c, overflow, OVERFLOWS)) {
        page->failed = true;
        return;
    }
    for (size_t h = 0; h < by.hospitals; h++)
        any |= overflows(&by, h);
    if (any)
        put_overflow_table(page, &by, c);
    by_hospital_free(&by);
}

/* --- the section ------------------------------------------------------------------------------ */

static void put_kind(struct page *page, const struct beds *beds)
{
    if (beds->hospitals == 0)
        return;
    if (!beds->limited) {
        put_need(page, beds);
        return;
    }
    put_full_words(page, beds);
    put_full_charts(page, beds);
}

/* Says what a table of hospitals has of a configuration; whether beds are limited in it. */
static bool put_beds(struct page *page, enum results_file file, size_t c)
{
    bool limited = false;
    for (size_t k = 0; k < KINDS; k++) {
        struct beds beds;
        if (!beds_read(page, file, c, &kinds[k], &beds))
            continue;
        put_kind(page, &beds);
        limited |= beds.limited;
        by_hospital_free(&beds.by);
    }
    if (limited)
        put_overflow(page, file, c);
    return limited;
}

/* Whether a configuration was run without limits alone, so that nothing is known of waits. */
static bool put_configuration(struct page *page, size_t c)
{
    const struct results_read *results = page->results;
    if (results->configurations > 1)
        html_put(page->html, "<h3>%s</h3>\n", results->configuration[c].name);
    if (put_beds(page, RESULTS_UNITS, c))
        return false;
    if (results->table[RESULTS_COUNTED_UNITS] == NULL)
        return true;
    html_put(page->html, "<h4>%s with the beds that there are</h4>\n",
             results->configuration[c].name);
    put_beds(page, RESULTS_COUNTED_UNITS, c);
    return false;
}

/* What the answer becomes when patients wait for the beds that there are. */
static void put_counted_answer(struct page *page)
{
    for (size_t c = 1; c < page->results->configurations; c++) {
        struct read_difference lives = results_counted_difference(page->results, c, "lives_saved");
        if (isnan(lives.mean))
            continue;
        html_put(
            page->html,
            "<p>If patients wait for the beds that there are, <strong>%s</strong> instead of "
            "%s changes the lives saved by <strong>%s a year</strong> (95%% interval of the "
            "simulation %s to %s), not %s.</p>\n",
            page->results->configuration[c].name, page->results->configuration[0].name,
            figure_people_change(lives.mean).text, figure_people_change(lives.ci_low).text,
            figure_people_change(lives.ci_high).text,
            figure_people_change(results_difference(page->results, c, "lives_saved").mean).text);
    }
}

void section_beds(struct page *page)
{
    size_t unknown = 0;
    put_counted_answer(page);
    for (size_t c = 0; c < page->results->configurations; c++)
        unknown += put_configuration(page, c);
    html_put(page->html,
             "<p class=\"quiet\">Where a chart shows the beds that patients would use, the run "
             "gave everybody a bed at once, however many there are, so nobody waits and no outcome "
             "is made worse by a full unit.%s</p>\n",
             unknown > 0 ? " With --set beds.limited=1 patients wait for the beds that are counted."
                         : "");
}
