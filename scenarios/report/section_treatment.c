/* Time to treatment: from the first symptoms and from the hospital's door, and how many are treated
 * at all. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/report/by_hospital.h"
#include "scenarios/report/page.h"

/* A figure of summary.csv as a line of a chart. */
struct step {
    const char *metric, *words;
};

static const struct step times[] = {
    {"door_to_scan_p50_min", "Door to scan, typical"},
    {"door_to_scan_min", "Door to scan, average"},
    {"door_to_needle_p50_min", "Door to clot-busting, typical"},
    {"door_to_needle_min", "Door to clot-busting, average"},
    {"onset_to_needle_p50_min", "Symptoms to clot-busting, typical"},
    {"onset_to_needle_min", "Symptoms to clot-busting, average"},
    {"onset_to_puncture_p50_min", "Symptoms to clot removal, typical"},
    {"onset_to_puncture_min", "Symptoms to clot removal, average"},
};

static const struct step shares[] = {
    {"ivt_rate", "Given clot-busting treatment"},
    {"mt_rate", "Clot removed through an artery"},
    {"direct_to_hasu", "Taken straight to a HASU"},
    {"organised_care", "Cared for on a stroke unit"},
};

enum { TIMES = sizeof times / sizeof *times, SHARES = sizeof shares / sizeof *shares };

static bool any_given(const struct results_read *results, const struct step steps[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t c = 0; c < results->configurations; c++)
            if (!isnan(results_mean(results, c, steps[i].metric)))
                return true;
    return false;
}

bool section_treatment_applies(const struct page *page)
{
    return any_given(page->results, times, TIMES) || any_given(page->results, shares, SHARES);
}

/* --- in words --------------------------------------------------------------------------------- */

/* What is said of a figure: "Half of the patients are scanned within 19 minutes of the door". */
struct saying {
    const char *metric, *unit, *before_it, *behind_it;
};

static const struct saying sayings[] = {
    {"door_to_scan_p50_min", "min", "Half of the patients are scanned within",
     "minutes of the hospital's door"},
    {"door_to_needle_p50_min", "min", "Half of those given clot-busting treatment get it within",
     "minutes of the hospital's door"},
    {"onset_to_needle_p50_min", "min", "Half of them get it within",
     "minutes of their first symptoms"},
    {"onset_to_puncture_p50_min", "min", "Half of those whose clot is removed are treated within",
     "minutes of their first symptoms"},
    {"ivt_rate", "share", "Given clot-busting treatment:", "of all strokes"},
    {"mt_rate", "share", "Clot removed through an artery:", "of all strokes"},
    {"organised_care", "share", "Cared for on a stroke unit:", "of all strokes"},
};

/* Minutes to the whole one; shares with their sign. */
static struct figure said_figure(double value, bool share)
{
    struct figure figure = share ? figure_of(value, "share") : figure_count(value);
    size_t length = strlen(figure.text);
    if (share && !isnan(value))
        snprintf(figure.text + length, sizeof figure.text - length, "%%");
    return figure;
}

/* What nobody has under either configuration is not said. */
static bool put_saying(struct page *page, const struct saying *saying, size_t c, bool first)
{
    double after = results_mean(page->results, c, saying->metric);
    double before = results_mean(page->results, 0, saying->metric);
    bool share = strcmp(saying->unit, "share") == 0;
    if (isnan(after) || isnan(before) || (after == 0 && before == 0))
        return false;
    if (first)
        html_put(page->html, "<p>Under %s:</p>\n<ul>\n", page->results->configuration[c].name);
    html_put(page->html, "<li>%s <strong>%s</strong> %s (%s under %s).</li>\n", saying->before_it,
             said_figure(after, share).text, saying->behind_it, said_figure(before, share).text,
             page->results->configuration[0].name);
    return true;
}

static void put_words(struct page *page, size_t c)
{
    size_t said = 0;
    page_comparison(page, c);
    for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++)
        said += put_saying(page, &sayings[i], c, said == 0);
    if (said > 0)
        html_put(page->html, "</ul>\n");
}

/* --- charts ----------------------------------------------------------------------------------- */

static void put_row(struct chart *chart, const char *line, const char *configuration, double mean,
                    double low, double high)
{
    chart_text(chart, line);
    chart_text(chart, configuration);
    chart_number(chart, mean);
    chart_number(chart, low);
    chart_number(chart, high);
}

/* What no patient has under a configuration is left out of it. */
static void put_steps(struct page *page, struct chart *chart, const struct step steps[],
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t c = 0; c < page->results->configurations; c++) {
            struct read_estimate of = results_estimate(page->results, c, steps[i].metric);
            if (!isnan(of.mean) && of.mean != 0)
                put_row(chart, steps[i].words, page->results->configuration[c].name, of.mean,
                        of.ci_low, of.ci_high);
        }
}

static const struct chart_column time_columns[] = {
    {"step", "From and to", NULL, CHART_TEXT}, {"configuration", "Configuration", NULL, CHART_TEXT},
    {"value", "Minutes", "min", CHART_NUMBER}, {"low", "Computed: from", "min", CHART_NUMBER},
    {"high", "to", "min", CHART_NUMBER},
};

static void put_times(struct page *page)
{
    struct chart *chart = chart_new(time_columns, sizeof time_columns / sizeof *time_columns);
    put_steps(page, chart, times, TIMES);
    struct chart_about about = {
        .name = "treatment_times",
        .title = "How long it takes to be scanned and treated",
        .description = "For each step a mark for every configuration, at the minutes that the step "
                       "takes, joined by a line. The table below has the numbers.",
        .note = "Further left is sooner. Typical: half of the patients wait less, half more (the "
                "median). Average: the mean, which a few long waits raise. A thin bar through a "
                "mark is the 95% interval of the simulation, where it is wide enough to see.",
    };
    page_chart(page, chart, &about);
}

static const struct chart_column share_columns[] = {
    {"step", "What is done", NULL, CHART_TEXT},
    {"configuration", "Configuration", NULL, CHART_TEXT},
    {"value", "% of strokes", "share", CHART_NUMBER},
    {"low", "Computed: from", "share", CHART_NUMBER},
    {"high", "to", "share", CHART_NUMBER},
};

static void put_shares(struct page *page)
{
    struct chart *chart = chart_new(share_columns, sizeof share_columns / sizeof *share_columns);
    put_steps(page, chart, shares, SHARES);
    struct chart_about about = {
        .name = "treatment_shares",
        .title = "How many are treated",
        .description = "For each kind of treatment or care a mark for every configuration, at the "
                       "share of strokes that get it, joined by a line. The table below has the "
                       "numbers.",
        .note = "Shares of all strokes, also of those for whom the treatment is not meant.",
    };
    page_chart(page, chart, &about);
}

/* --- hospitals -------------------------------------------------------------------------------- */

static const struct chart_column hospital_columns[] = {
    {"hospital", "Hospital", NULL, CHART_TEXT},
    {"configuration", "Configuration", NULL, CHART_TEXT},
    {"value", "Average minutes", "min", CHART_NUMBER},
    {"low", "Computed: from", "min", CHART_NUMBER},
    {"high", "to", "min", CHART_NUMBER},
};

static void put_hospitals_of(struct page *page, struct chart *chart, size_t c)
{
    static const char *const metric[] = {"door_to_needle_min"};
    struct by_hospital by;
    if (!by_hospital_read(&by, page->results, RESULTS_UNITS, c, metric, 1)) {
        page->failed = true;
        return;
    }
    for (size_t h = 0; h < by.hospitals; h++) {
        const struct hospital_figure *of = by_hospital_at(&by, h, 0);
        if (!isnan(of->mean))
            put_row(chart, by.name[h], page->results->configuration[c].name, of->mean, of->ci_low,
                    of->ci_high);
    }
    by_hospital_free(&by);
}

static void put_hospitals(struct page *page)
{
    struct chart *chart =
        chart_new(hospital_columns, sizeof hospital_columns / sizeof *hospital_columns);
    for (size_t c = 0; c < page->results->configurations; c++)
        put_hospitals_of(page, chart, c);
    struct chart_about about = {
        .name = "treatment_hospitals",
        .title = "From the door to clot-busting treatment, by hospital",
        .description = "For each hospital a mark for every configuration in which it gives "
                       "clot-busting treatment, at the average minutes from its door to the "
                       "treatment. The table below has the numbers.",
        .note = "Average minutes, with the 95% interval of the simulation. A hospital that gives "
                "the treatment under one configuration alone has one mark.",
    };
    page_chart(page, chart, &about);
}

void section_treatment(struct page *page)
{
    for (size_t c = 1; c < page->results->configurations; c++)
        put_words(page, c);
    put_times(page);
    put_shares(page);
    put_hospitals(page);
}
