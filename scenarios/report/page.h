/* What the sections of a report have in common, and the list of them. */
#ifndef SCENARIOS_REPORT_PAGE_H
#define SCENARIOS_REPORT_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "scenarios/figure.h"
#include "scenarios/place_name.h"
#include "scenarios/report/boundaries.h"
#include "scenarios/report/by_area.h"
#include "scenarios/report/chart.h"
#include "scenarios/report/html.h"
#include "scenarios/report/report.h"
#include "scenarios/report/results_read.h"

struct page {
    struct html *html;
    const struct results_read *results;
    const struct report_options *options;
    const struct diagnosis *diagnosis;
    struct by_area *by;            /* NULL: the results say nothing of areas */
    struct boundaries *boundaries; /* NULL: none asked for */
    struct place_found focus;      /* of by; PLACE_NONE: none asked for */
    bool failed;                   /* out of memory, or a chart without its specification */
};

/* Writes a chart and frees it; what goes wrong shows when the page is closed. */
void page_chart(struct page *page, struct chart *chart, const struct chart_about *about);

/* Above what is shown for each comparison: says which it is, if there is more than one. */
void page_comparison(struct page *page, size_t configuration);

/* "37 to 144"; "not known" where there is no range. Of a negative direction the ends change places
 * and signs. */
struct page_range {
    char text[96];
};
struct page_range page_range(double low, double high, const char *unit);
struct page_range page_change_range(double low, double high, const char *unit);

/* A sum of money as it is said: "GBP 14.4 million", "GBP 24,300"; without a sign. */
struct figure page_gbp(double gbp);

/* A thousand people of each configuration by what becomes of them. */
void answer_people(struct page *page);

/* Whether both sides of a comparison ran to their end. */
bool page_comparable(const struct page *page, size_t configuration);

/* A number with so many decimals, for drawing: what is finer only makes the page larger. */
double page_rounded(double value, int decimals);

/* The name of the place that the report begins with. */
const char *page_focus(const struct page *page);

/* The sections, each with whether it has anything to show. */
bool section_answer_applies(const struct page *page);
void section_answer(struct page *page);
bool section_scorecard_applies(const struct page *page);
void section_scorecard(struct page *page);
bool section_treatment_applies(const struct page *page);
void section_treatment(struct page *page);
bool section_beds_applies(const struct page *page);
void section_beds(struct page *page);
bool section_staff_applies(const struct page *page);
void section_staff(struct page *page);
bool section_bill_applies(const struct page *page);
void section_bill(struct page *page);
bool section_plane_applies(const struct page *page);
void section_plane(struct page *page);
bool section_drivers_applies(const struct page *page);
void section_drivers(struct page *page);
bool section_targets_applies(const struct page *page);
void section_targets(struct page *page);
bool section_alone_applies(const struct page *page);
void section_alone(struct page *page);
bool section_assumptions_applies(const struct page *page);
void section_assumptions(struct page *page);
bool section_observed_applies(const struct page *page);
void section_observed(struct page *page);
bool section_repeat_applies(const struct page *page);
void section_repeat(struct page *page);
bool section_stress_applies(const struct page *page);
void section_stress(struct page *page);
bool section_glossary_applies(const struct page *page);
void section_glossary(struct page *page);

/* Those of a sweep. */
bool section_sweep_answer_applies(const struct page *page);
void section_sweep_answer(struct page *page);
bool section_sweep_drivers_applies(const struct page *page);
void section_sweep_drivers(struct page *page);
bool section_sweep_points_applies(const struct page *page);
void section_sweep_points(struct page *page);
bool section_sweep_worth_applies(const struct page *page);
void section_sweep_worth(struct page *page);
bool section_sweep_design_applies(const struct page *page);
void section_sweep_design(struct page *page);
bool section_place_applies(const struct page *page);
void section_place(struct page *page);
bool section_map_applies(const struct page *page);
void section_map(struct page *page);
bool section_gains_applies(const struct page *page);
void section_gains(struct page *page);
bool section_journeys_applies(const struct page *page);
void section_journeys(struct page *page);

#endif
