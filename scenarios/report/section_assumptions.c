/* Every figure that the model was given, with its source and how far that can be relied on. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenarios/report/page.h"

enum { MOST_FAMILIES = 64 };

enum standing { VERIFIED, DERIVED, OF_SCENARIO, UNVERIFIED, ASSUMED, STANDINGS };

/* In the table; */
static const char *const standing_word[STANDINGS] = {"verified", "derived", "scenario",
                                                     "unverified", "assumed"};

/* to a reader. */
static const char *const standing_shown[STANDINGS] = {"verified", "derived", "the scenario's own",
                                                      "unverified", "assumed"};

/* The first part of the keys: "outcome" of outcome.age_or. */
struct family {
    const char *key; /* begins with it */
    size_t length, figures, standing[STANDINGS];
};

struct families {
    struct family family[MOST_FAMILIES]; /* what is beyond shares the last */
    size_t count;
    struct family all, changed; /* without a key */
    const char *last_changed;
};

bool section_assumptions_applies(const struct page *page)
{
    const struct table *table = page->results->table[RESULTS_PARAMETERS];
    return table != NULL && table_row_count(table) > 0;
}

/* --- counting --------------------------------------------------------------------------------- */

/* What an unknown word says is at best assumed. */
static enum standing standing_of(const struct table *table, size_t row)
{
    const char *word = results_text(table, row, "standing");
    enum standing standing = VERIFIED;
    while (standing < ASSUMED && strcmp(word, standing_word[standing]) != 0)
        standing++;
    return standing;
}

static bool is_changed(const struct table *table, size_t row)
{
    return strcmp(results_text(table, row, "changed"), "1") == 0;
}

/* Configurations that differ from the first have rows of their own below its. */
static bool is_another_value(const struct table *table, size_t row)
{
    return row > 0 && strcmp(results_text(table, row, "parameter"),
                             results_text(table, row - 1, "parameter")) == 0;
}

static size_t family_of(struct families *families, const char *parameter)
{
    size_t length = strcspn(parameter, "."), f = 0;
    while (f < families->count && (families->family[f].length != length ||
                                   strncmp(families->family[f].key, parameter, length) != 0))
        f++;
    if (f == MOST_FAMILIES)
        return MOST_FAMILIES - 1;
    if (f == families->count)
        families->family[families->count++] = (struct family){.key = parameter, .length = length};
    return f;
}

static void count_in(struct family *family, enum standing standing)
{
    family->figures++;
    family->standing[standing]++;
}

/* A parameter counts once, whatever the configurations make of it. */
static void count_changed(struct families *families, const struct table *table, size_t row)
{
    const char *parameter = results_text(table, row, "parameter");
    if (!is_changed(table, row) ||
        (families->last_changed != NULL && strcmp(families->last_changed, parameter) == 0))
        return;
    families->last_changed = parameter;
    count_in(&families->changed, standing_of(table, row));
}

static struct families families_of(const struct table *table)
{
    struct families families = {.count = 0};
    for (size_t row = 0; row < table_row_count(table); row++) {
        size_t f = family_of(&families, results_text(table, row, "parameter"));
        count_changed(&families, table, row);
        if (is_another_value(table, row))
            continue;
        count_in(&families.family[f], standing_of(table, row));
        count_in(&families.all, standing_of(table, row));
    }
    return families;
}

/* --- the tables ------------------------------------------------------------------------------- */

/* What the families are about, for those who do not know the keys. */
static const char *subject_of(const struct family *family)
{
    static const struct {
        const char *key, *subject;
    } subjects[] = {
        {"ambulance", "the ambulance's way"},
        {"beds", "how beds are counted"},
        {"cost", "prices"},
        {"demand", "who falls ill, where and when"},
        {"discharge", "where patients go from hospital"},
        {"fleet", "ambulances"},
        {"hasu", "hyper-acute stroke units"},
        {"ivt", "clot-busting treatment"},
        {"journey", "travel"},
        {"lifetime", "life after the first 90 days"},
        {"mt", "removing the clot"},
        {"organised_care", "care on a stroke unit"},
        {"outcome", "deaths, disability and quality of life"},
        {"patient", "age, severity and onset"},
        {"policy", "which hospital a patient is taken to"},
        {"run", "how the simulation is made"},
        {"score", "recognising large clots in the ambulance"},
        {"staff", "nurses"},
        {"stay", "days in hospital"},
        {"transfer", "moves between hospitals"},
        {"treatment", "speed of treatment"},
        {"unit", "local hospitals' stroke units"},
    };
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
        if (strlen(subjects[i].key) == family->length &&
            strncmp(subjects[i].key, family->key, family->length) == 0)
            return subjects[i].subject;
    return "";
}

static struct figure counted(size_t count)
{
    return figure_count((double)count);
}

/* "61 figures, 12 assumed, 3 unverified" */
static void put_counts(struct page *page, const struct family *family)
{
    static const enum standing said[] = {ASSUMED, UNVERIFIED};
    html_put(page->html, "%s figure%s", counted(family->figures).text,
             family->figures == 1 ? "" : "s");
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (family->standing[said[i]] > 0)
            html_put(page->html, ", %s %s", counted(family->standing[said[i]]).text,
                     standing_word[said[i]]);
}

/* As it was given, not rounded: this is what somebody checks against a source. */
static struct page_range exactly(const struct table *table, size_t row, const char *column)
{
    struct page_range shown;
    bool share = figure_is_share(results_text(table, row, "unit"));
    double value = results_number(table, row, column);
    if (isnan(value))
        snprintf(shown.text, sizeof shown.text, "%.90s", results_text(table, row, column));
    else
        snprintf(shown.text, sizeof shown.text, "%.6g%s", share ? 100 * value : value,
                 share ? "%" : "");
    return shown;
}

/* The table has a policy by its number, the manifest by its name. */
static const char *policy_of(const struct page *page, const struct table *table, size_t row)
{
    const struct results_read *results = page->results;
    size_t c = results_configuration(results, results_text(table, row, "configuration"));
    if (strcmp(results_text(table, row, "parameter"), "policy.name") != 0)
        return "";
    return results->configuration[c < results->configurations ? c : 0].policy;
}

static void put_value(struct page *page, const struct table *table, size_t row)
{
    const char *unit = results_text(table, row, "unit");
    const char *policy = policy_of(page, table, row);
    if (policy[0] != '\0')
        html_put(page->html, "<td>%s", policy);
    else if (results_text(table, row, "value")[0] == '\0')
        html_put(page->html, "<td>solved for");
    else
        html_put(page->html, "<td>%s%s%s", exactly(table, row, "value").text,
                 figure_is_share(unit) ? "" : " ", figure_unit_rest(unit));
    if (!isnan(results_number(table, row, "low")) && !isnan(results_number(table, row, "high")) &&
        results_number(table, row, "low") != results_number(table, row, "high"))
        html_put(page->html, "<br><span class=\"quiet\">95%% range %s to %s</span>",
                 exactly(table, row, "low").text, exactly(table, row, "high").text);
    html_put(page->html, "</td>");
}

static void put_row(struct page *page, const struct table *table, size_t row)
{
    const char *of = results_text(table, row, "configuration");
    enum standing standing = standing_of(table, row);
    html_put(page->html, "<tr><th scope=\"row\">%s<br><code>%s</code>",
             results_text(table, row, "meaning"), results_text(table, row, "parameter"));
    if (results_configuration(page->results, of) < page->results->configurations)
        html_put(page->html, "<br>under <em>%s</em>", of);
    html_put(page->html, "</th>");
    put_value(page, table, row);
    html_put(page->html, "<td><span class=\"standing-%s\">%s</span><br>%s</td></tr>\n",
             standing_word[standing], standing_shown[standing], results_text(table, row, "source"));
}

/* Of a family, or without one what the scenario changed. */
static void put_table(struct page *page, struct families *families, const struct family *family)
{
    const struct table *table = page->results->table[RESULTS_PARAMETERS];
    html_put(page->html, "<table class=\"assumptions\"><thead><tr><th scope=\"col\">Figure</th>"
                         "<th scope=\"col\">Value</th><th scope=\"col\">How well founded, and "
                         "source</th></tr></thead>\n<tbody>\n");
    for (size_t row = 0; row < table_row_count(table); row++) {
        size_t f = family_of(families, results_text(table, row, "parameter"));
        if (family->key == NULL ? is_changed(table, row) : &families->family[f] == family)
            put_row(page, table, row);
    }
    html_put(page->html, "</tbody></table></details>\n");
}

static void put_family(struct page *page, struct families *families, const struct family *family)
{
    char key[48];
    const char *subject = subject_of(family);
    snprintf(key, sizeof key, "%.*s", (int)(family->length < 40 ? family->length : 40),
             family->key);
    html_put(page->html, "<details class=\"prints\"><summary><strong>%s</strong>: %s%s", key,
             subject, subject[0] == '\0' ? "" : ": ");
    put_counts(page, family);
    html_put(page->html, "</summary>\n");
    put_table(page, families, family);
}

/* --- in words --------------------------------------------------------------------------------- */

static struct figure counted_as(const struct family *all, enum standing standing)
{
    return counted(all->standing[standing]);
}

static void put_sentence(struct page *page, const struct family *all)
{
    html_put(page->html,
             "<p>The simulation was given %s figures. <strong>%s</strong> were checked against the "
             "publication they come from (verified), <strong>%s</strong> calculated from such "
             "figures (derived)",
             counted(all->figures).text, counted_as(all, VERIFIED).text,
             counted_as(all, DERIVED).text);
    if (all->standing[OF_SCENARIO] > 0)
        html_put(page->html, ", <strong>%s</strong> set by the scenario, which names a source",
                 counted_as(all, OF_SCENARIO).text);
    html_put(page->html,
             ". <strong>%s</strong> come from a source that could not be checked "
             "(<span class=\"standing-unverified\">unverified</span>), and <strong>%s</strong> are "
             "choices or judgements for which there is no source "
             "(<span class=\"standing-assumed\">assumed</span>).</p>\n",
             counted_as(all, UNVERIFIED).text, counted_as(all, ASSUMED).text);
    html_put(
        page->html,
        "<p>A 95%% range says how uncertain the evidence for a figure is; the range of the "
        "evidence in this report comes from drawing all of these figures anew within their "
        "ranges. A figure without a range is taken as it stands, which does not mean that it is "
        "certain.</p>\n");
}

void section_assumptions(struct page *page)
{
    struct families families = families_of(page->results->table[RESULTS_PARAMETERS]);
    put_sentence(page, &families.all);
    if (families.changed.figures > 0) {
        html_put(page->html, "<details class=\"prints\" open><summary><strong>Changed by this "
                             "scenario</strong> from the usual values: ");
        put_counts(page, &families.changed);
        html_put(page->html, "</summary>\n");
        put_table(page, &families, &families.changed);
    }
    for (size_t f = 0; f < families.count; f++)
        put_family(page, &families, &families.family[f]);
}
