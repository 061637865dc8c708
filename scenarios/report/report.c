#include "scenarios/report/report.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "scenarios/report/page.h"
#include "scenarios/report/page_file.h"
#include "scenarios/write/path.h"

struct section {
    const char *id, *title;
    bool (*applies)(const struct page *page);
    void (*write)(struct page *page);
};

/* What a reader sees, in this order: of a run, */
static const struct section sections[] = {
    {"place", "What changes for ", section_place_applies, section_place},
    {"answer", "The answer", section_answer_applies, section_answer},
    {"figures", "The figures", section_alone_applies, section_alone},
    {"scorecard", "Scorecard", section_scorecard_applies, section_scorecard},
    {"map", "Map", section_map_applies, section_map},
    {"gains", "Who gains and who loses", section_gains_applies, section_gains},
    {"journeys", "Ambulance journeys", section_journeys_applies, section_journeys},
    {"treatment", "Time to treatment", section_treatment_applies, section_treatment},
    {"beds", "Beds needed, and beds that there are", section_beds_applies, section_beds},
    {"staff", "Staff and visitors", section_staff_applies, section_staff},
    {"bill", "The bill, item by item", section_bill_applies, section_bill},
    {"plane", "Is it worth the money?", section_plane_applies, section_plane},
    {"drivers", "What drives the result", section_drivers_applies, section_drivers},
    {"targets", "Targets", section_targets_applies, section_targets},
    {"assumptions", "What is assumed, and on what evidence", section_assumptions_applies,
     section_assumptions},
    {"observed", "Predicted against observed", section_observed_applies, section_observed},
    {"repeat", "How the run can be repeated", section_repeat_applies, section_repeat},
    {"stress", "Checklist for reporting (STRESS-DES)", section_stress_applies, section_stress},
    {"glossary", "Words used here", section_glossary_applies, section_glossary},
};

/* and of a sweep. */
static const struct section sweep_sections[] = {
    {"answer", "The answer", section_sweep_answer_applies, section_sweep_answer},
    {"drivers", "What drives the result", section_sweep_drivers_applies, section_sweep_drivers},
    {"points", "Lives saved against each factor", section_sweep_points_applies,
     section_sweep_points},
    {"worth", "Whether it is worth its money", section_sweep_worth_applies, section_sweep_worth},
    {"design", "What was varied", section_sweep_design_applies, section_sweep_design},
    {"repeat", "How the sweep can be repeated", section_repeat_applies, section_repeat},
    {"glossary", "Words used here", section_glossary_applies, section_glossary},
};

struct outline {
    const struct section *section;
    size_t count;
};

static struct outline outline_of(const struct page *page)
{
    if (page->results->of == RESULTS_OF_SWEEP)
        return (struct outline){sweep_sections, sizeof sweep_sections / sizeof *sweep_sections};
    return (struct outline){sections, sizeof sections / sizeof *sections};
}

/* --- the head --------------------------------------------------------------------------------- */

static void put_file(struct page *page, const char *name)
{
    const struct page_file *file = page_file(name);
    if (file == NULL)
        page->failed = true;
    else
        html_raw(page->html, file->bytes, file->length);
}

static const char *title_of(const struct results_read *results)
{
    return results->title[0] != '\0' ? results->title : results->scenario;
}

/* Nothing may be fetched from anywhere, and no code made of text, whatever a name in the data may
 * try. */
static void put_head(struct page *page)
{
    html_put(page->html,
             "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
             "script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
             "img-src data: blob:\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<title>%s: strokesim report</title>\n<style>\n",
             title_of(page->results));
    put_file(page, "page.css");
    html_put(page->html, "</style>\n</head>\n");
}

/* What a reader must know before believing anything below. */
static void put_notes(struct page *page)
{
    size_t count = diagnosis_count(page->diagnosis);
    if (count == 0)
        return;
    html_put(page->html, "<div class=\"notes\" role=\"note\"><strong>Before you read on</strong>"
                         "<ul>\n");
    for (size_t i = 0; i < count; i++) {
        const struct diagnosis_problem *problem = diagnosis_at(page->diagnosis, i);
        html_put(page->html, "<li>%s: %s%s%s.</li>\n", problem->file, problem->message,
                 problem->remedy[0] == '\0' ? "" : "; ", problem->remedy);
    }
    html_put(page->html, "</ul></div>\n");
}

/* The place's own section is called by its name. */
static void put_title(struct page *page, const struct section *section)
{
    html_text(page->html, section->title);
    if (section->write == section_place)
        html_text(page->html, page_focus(page));
}

static void put_contents(struct page *page)
{
    const struct outline outline = outline_of(page);
    html_put(page->html, "<nav aria-label=\"Contents\"><ul>\n");
    for (size_t i = 0; i < outline.count; i++)
        if (outline.section[i].applies(page)) {
            html_put(page->html, "<li><a href=\"#%s\">", outline.section[i].id);
            put_title(page, &outline.section[i]);
            html_put(page->html, "</a></li>\n");
        }
    html_put(page->html, "</ul></nav>\n");
}

static const char *subtitle_of(const struct results_read *results)
{
    if (results->of == RESULTS_OF_SWEEP)
        return "a designed experiment, with the same simulated patients at every point";
    return results->configurations > 1 ? "the same simulated patients under every configuration"
                                       : "one configuration of the service, simulated";
}

static void put_header(struct page *page)
{
    html_put(page->html,
             "<body>\n<header>\n<h1>%s</h1>\n<p class=\"made\">A report of strokesim "
             "%s: %s.</p>\n",
             title_of(page->results), page->results->version, subtitle_of(page->results));
    put_notes(page);
    put_contents(page);
    html_put(page->html, "</header>\n<main>\n");
}

/* --- the rest --------------------------------------------------------------------------------- */

static void put_section(struct page *page, const struct section *section)
{
    html_put(page->html, "<section id=\"%s\" aria-labelledby=\"%s-title\">\n", section->id,
             section->id);
    html_put(page->html, "<h2 id=\"%s-title\">", section->id);
    put_title(page, section);
    html_put(page->html, "</h2>\n");
    section->write(page);
    html_put(page->html, "</section>\n");
}

static void put_sections(struct page *page)
{
    const struct outline outline = outline_of(page);
    for (size_t i = 0; i < outline.count; i++)
        if (outline.section[i].applies(page))
            put_section(page, &outline.section[i]);
}

/* The libraries that draw, with their licences, and the little that calls them. */
static void put_scripts(struct page *page)
{
    static const char *const libraries[] = {"vega.min.js", "vega-lite.min.js", "vega-embed.min.js"};
    if (page->boundaries != NULL) {
        html_put(page->html, "<script type=\"application/json\" id=\"boundaries\">");
        boundaries_put(page->boundaries, page->html);
        html_put(page->html, "</script>\n");
    }
    html_put(page->html, "<script type=\"application/json\" id=\"theme\">");
    put_file(page, "theme.json");
    html_put(page->html, "</script>\n");
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        html_put(page->html, "<script>");
        put_file(page, libraries[i]);
        html_put(page->html, "</script>\n");
    }
    html_put(page->html, "<script>");
    put_file(page, "page.js");
    html_put(page->html, "</script>\n");
}

/* Whose texts have to go wherever the libraries go. */
static void put_licences(struct page *page)
{
    const struct page_file *file = page_file("licences.txt");
    html_put(page->html, "<details><summary>Licences of the chart libraries</summary>\n<pre>");
    if (file == NULL)
        page->failed = true;
    else
        html_text(page->html, file->bytes);
    html_put(page->html, "</pre></details>\n");
}

static void put_page(struct page *page)
{
    put_head(page);
    put_header(page);
    put_sections(page);
    html_put(page->html,
             "</main>\n<footer><p>Made with strokesim %s. Charts by Vega, Vega-Lite and "
             "Vega-Embed.</p>\n",
             page->results->version);
    put_licences(page);
    html_put(page->html, "</footer>\n");
    put_scripts(page);
    html_put(page->html, "</body>\n</html>\n");
}

/* Written beside and renamed, so that an earlier report is replaced by a whole one. */
static bool write_page(struct page *page, const char *path, const char *part,
                       struct write_fault *fault)
{
    page->html = html_open(part, fault);
    if (page->html == NULL)
        return false;
    put_page(page);
    if (!html_close(page->html, fault))
        return false;
    if (page->failed)
        return write_fault_set(fault, 0, "%s: out of memory", path);
    if (rename(part, path) != 0)
        return write_fault_set(fault, errno, "%s", path);
    return true;
}

static enum report_status write_report(struct page *page, const char *folder,
                                       struct write_fault *fault)
{
    char *path = path_join(folder, "report.html");
    char *part = path_join(folder, "report.html.part");
    bool written = path != NULL && part != NULL;
    if (!written)
        write_fault_set(fault, 0, "out of memory");
    else if (!write_page(page, path, part, fault)) {
        unlink(part);
        written = false;
    }
    free(path);
    free(part);
    return written ? REPORT_WRITTEN : REPORT_NOT_WRITTEN;
}

/* --- the places asked for --------------------------------------------------------------------- */

static bool find_focus(struct page *page, struct diagnosis *diagnosis)
{
    const struct by_area *by = page->by;
    struct place asked = {.file = "--focus"};
    if (page->results->of == RESULTS_OF_SWEEP) {
        diagnosis_error(diagnosis, &asked, "compare with the --set of a point has them",
                        "a sweep has no places to focus on");
        return false;
    }
    size_t groups = by == NULL ? 0 : by->groups, areas = by == NULL ? 0 : by->areas;
    const char **name = calloc(groups + areas + 1, sizeof *name);
    if (name == NULL) {
        diagnosis_out_of_memory(diagnosis);
        return false;
    }
    for (size_t i = 0; i < groups + areas; i++)
        name[i] = i < groups ? by->group[i].name : by->area[i - groups].name;
    struct place_names names = {
        .group = name, .groups = groups, .area = name + groups, .areas = areas};
    bool found = place_find(&names, page->options->focus, &asked, diagnosis, &page->focus);
    free(name);
    if (found && page->results->configurations < 2)
        diagnosis_warning(diagnosis, &asked, NULL,
                          "one configuration alone changes nothing for '%s'", page_focus(page));
    return found;
}

static bool read_boundaries(struct page *page, struct diagnosis *diagnosis)
{
    struct boundaries_box box = boundaries_no_box();
    for (size_t a = 0; page->by != NULL && a < page->by->areas; a++)
        boundaries_box_add(&box, page->by->area[a].lat, page->by->area[a].lon);
    if (isnan(box.west)) {
        diagnosis_warning(diagnosis, &(struct place){.file = "--boundaries"}, NULL,
                          "the results have no coordinates of areas, so there is no map");
        return true;
    }
    page->boundaries = boundaries_read(page->options->boundaries, &box, diagnosis);
    return page->boundaries != NULL;
}

/* False: refused, or out of memory, and the diagnosis says it. */
static bool read_places(struct page *page, struct diagnosis *diagnosis)
{
    bool failed;
    page->by = by_area_read(page->results, &failed);
    if (failed) {
        diagnosis_out_of_memory(diagnosis);
        return false;
    }
    bool found = page->options->focus == NULL || find_focus(page, diagnosis);
    bool drawn = page->options->boundaries == NULL || read_boundaries(page, diagnosis);
    return found && drawn;
}

enum report_status report_write(const char *folder, const struct report_options *options,
                                struct diagnosis *diagnosis, struct write_fault *fault)
{
    if (!page_libraries())
        return REPORT_NOT_BUILT;
    struct results_read *results = results_read(folder, diagnosis);
    if (results == NULL)
        return REPORT_REFUSED;
    struct page page = {.results = results, .options = options, .diagnosis = diagnosis};
    enum report_status status = REPORT_REFUSED;
    if (read_places(&page, diagnosis))
        status = write_report(&page, folder, fault);
    by_area_free(page.by);
    boundaries_free(page.boundaries);
    results_read_free(results);
    return status;
}
