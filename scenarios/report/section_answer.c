/* The answer in a sentence, how sure it is, where it comes from, and what it means for a thousand
 * people. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/report/driver_list.h"
#include "scenarios/report/page.h"

bool section_answer_applies(const struct page *page)
{
    return page->results->configurations > 1;
}

/* --- in words --------------------------------------------------------------------------------- */

static void put_headline(struct page *page, size_t c, const struct read_difference *lives)
{
    const struct read_configuration *of = page->results->configuration;
    bool loses = lives->mean < 0;
    char value[32];
    snprintf(value, sizeof value, "%.10g", lives->mean);
    if (of[0].unstable || of[c].unstable || isnan(lives->mean)) {
        html_put(page->html,
                 "<p class=\"headline\"><strong>%s cannot be compared with %s</strong>: more "
                 "patients come than its beds can take.</p>\n",
                 of[c].name, of[0].name);
        return;
    }
    html_put(page->html,
             "<p class=\"headline\"><strong data-metric=\"lives_saved\" data-value=\"%s\">", value);
    if (fabs(lives->mean) < 0.05)
        html_put(page->html, "No lives saved or lost");
    else
        html_put(page->html, "About %s lives a year %s", figure_people(fabs(lives->mean)).text,
                 loses ? "lost" : "saved");
    html_put(page->html,
             "</strong> by <em>%s</em> instead of <em>%s</em>, among %s strokes a year.",
             of[c].name, of[0].name, figure_count(results_mean(page->results, c, "strokes")).text);
    if (!isnan(lives->evidence_low))
        html_put(page->html, " The evidence allows anything from %s to %s.",
                 figure_people(loses ? -lives->evidence_high : lives->evidence_low).text,
                 figure_people(loses ? -lives->evidence_low : lives->evidence_high).text);
    html_put(page->html, "</p>\n");
}

/* What a reader of the headline alone must not miss: it gives everybody a bed. */
static void put_counted(struct page *page, size_t c)
{
    double lives = results_counted_difference(page->results, c, "lives_saved").mean;
    if (isnan(lives))
        return;
    html_put(
        page->html,
        "<p class=\"counted\">That is with a bed for everybody. With the beds that there are, "
        "for which patients wait, it is %s lives a year: see <a href=\"#beds\">Beds</a>.</p>\n",
        figure_people_change(lives).text);
}

/* Where the lives come from, the largest first. */
static void put_drivers(struct page *page, size_t c)
{
    struct driver_list list = driver_list_read(page->results, c);
    if (list.count == 0)
        return;
    html_put(page->html, "<p class=\"where\">Where it comes from:");
    for (size_t i = 0; i < list.count; i++)
        html_put(page->html, "%s %s %s", i == 0 ? "" : ",", list.share[i].words,
                 figure_people_change(list.share[i].mean).text);
    html_put(page->html, " lives a year.</p>\n");
}

static void put_titles(struct page *page, size_t c)
{
    const size_t both[] = {0, c};
    html_put(page->html, "<dl class=\"configurations\">\n");
    for (size_t i = 0; i < 2; i++) {
        const struct read_configuration *of = &page->results->configuration[both[i]];
        html_put(page->html, "<dt>%s</dt><dd>%s</dd>\n", of->name,
                 of->title[0] != '\0' ? of->title : "as in the scenario");
    }
    html_put(page->html, "</dl>\n");
}

/* The three kinds of range, each named for what it is. */
static void put_ranges(struct page *page, const struct read_difference *lives)
{
    html_put(page->html,
             "<table class=\"ranges\"><caption>How sure? Three kinds of range, in lives saved a "
             "year</caption>\n<thead><tr><th scope=\"col\">Range</th><th scope=\"col\" "
             "class=\"number\">Lives saved</th><th scope=\"col\">What it means</th></tr></thead>\n"
             "<tbody>\n");
    if (!isnan(lives->evidence_low))
        html_put(page->html,
                 "<tr><th scope=\"row\">How sure the evidence is</th><td class=\"number\">%s</td>"
                 "<td>If the uncertain figures of medicine and cost were others within their "
                 "published ranges: 95 in 100 draws lie here.</td></tr>\n",
                 page_change_range(lives->evidence_low, lives->evidence_high, "").text);
    if (!isnan(lives->year_low))
        html_put(page->html,
                 "<tr><th scope=\"row\">How much years differ</th><td class=\"number\">%s</td>"
                 "<td>Chance alone: who falls ill, where, and with what luck. A single year may "
                 "lie anywhere here.</td></tr>\n",
                 page_change_range(lives->year_low, lives->year_high, "").text);
    html_put(page->html,
             "<tr><th scope=\"row\">How well it is computed</th><td class=\"number\">%s</td>"
             "<td>The 95%% interval of the simulation's mean. More computing narrows it, and "
             "nothing else.</td></tr>\n</tbody></table>\n",
             page_change_range(lives->ci_low, lives->ci_high, "").text);
}

/* --- a thousand people ------------------------------------------------------------------------ */

static const struct chart_column people_columns[] = {
    {"configuration", "Configuration", NULL, CHART_TEXT},
    {"order", "", NULL, CHART_HIDDEN},
    {"outcome", "After 90 days", NULL, CHART_TEXT},
    {"from", "", NULL, CHART_HIDDEN},
    {"to", "", NULL, CHART_HIDDEN},
    {"people", "People of 1,000 with a stroke", NULL, CHART_COUNT},
};

static void put_people_of(struct page *page, struct chart *chart, size_t c)
{
    static const char *const words[] = {"alive and independent", "alive, needs help", "dead"};
    const char *name = page->results->configuration[c].name;
    double independent = round(1000 * results_mean(page->results, c, "mrs_0_2_90d"));
    double dead = round(1000 * results_mean(page->results, c, "mortality_90d"));
    double people[] = {independent, 1000 - independent - dead, dead}, from = 0;
    if (isnan(people[1]))
        return;
    for (size_t i = 0; i < 3; i++) {
        chart_text(chart, name);
        chart_number(chart, (double)c);
        chart_text(chart, words[i]);
        chart_number(chart, from);
        chart_number(chart, from += people[i]);
        chart_number(chart, people[i]);
    }
}

/* What changes for a thousand, in a sentence. */
static void say_people(struct page *page, size_t c)
{
    struct read_difference dead = results_difference(page->results, c, "mortality_90d");
    struct read_difference well = results_difference(page->results, c, "mrs_0_2_90d");
    if (isnan(dead.mean) || isnan(well.mean))
        return;
    html_put(page->html,
             "<p>Of every 1,000 people with a stroke, %s %s die within 90 days under %s, and %s %s "
             "are alive and independent.</p>\n",
             figure_people(1000 * fabs(dead.mean)).text, dead.mean > 0 ? "more" : "fewer",
             page->results->configuration[c].name, figure_people(1000 * fabs(well.mean)).text,
             well.mean < 0 ? "fewer" : "more");
}

void answer_people(struct page *page)
{
    struct chart *chart = chart_new(people_columns, sizeof people_columns / sizeof *people_columns);
    for (size_t c = 0; c < page->results->configurations; c++)
        put_people_of(page, chart, c);
    struct chart_about about = {
        .name = "people",
        .title = "Of 1,000 people with a stroke, 90 days later",
        .description = "For each configuration a thousand figures of people, by whether they are "
                       "alive and independent, alive and in need of help, or dead 90 days after "
                       "their stroke. The table below has the numbers.",
        .note = "Each figure is one person of a thousand. Independent: no more than slight "
                "disability (mRS 0 to 2).",
    };
    page_chart(page, chart, &about);
}

void section_answer(struct page *page)
{
    for (size_t c = 1; c < page->results->configurations; c++) {
        struct read_difference lives = results_difference(page->results, c, "lives_saved");
        put_headline(page, c, &lives);
        put_counted(page, c);
        put_drivers(page, c);
        put_titles(page, c);
        if (!isnan(lives.mean))
            put_ranges(page, &lives);
        say_people(page, c);
    }
    answer_people(page);
}
