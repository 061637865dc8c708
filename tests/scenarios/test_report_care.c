/* The sections of the report about care and money, from small results written by hand. */
#include <math.h>
#include <string.h>

#include "scenarios/plain_words.h"
#include "scenarios/report/by_hospital.h"
#include "scenarios/report/driver_list.h"
#include "scenarios/report/page.h"
#include "tests/scenarios/folders.h"

#define HOSTILE "<script>\\\"; DROP"
#define HOSTILE_CSV "\"<script>\"\"; DROP\""
#define SHOWN_HOSTILE "&lt;script&gt;&quot;; DROP"

#define SUMMARY "configuration,metric,unit,mean,sd,ci_low,ci_high,replications\n"
#define DIFFERENCES                                                                                \
    "baseline,configuration,metric,unit,mean,sd,ci_low,ci_high,year_low,year_high,evidence_low,"   \
    "evidence_high,replications\n"
#define UNITS "configuration,hospital,role,metric,unit,mean,ci_low,ci_high,p05,p50,p95,p99\n"

/* Results of two configurations, a and b, or of three with c. */
struct results {
    char folder[SCRATCH_SIZE];
    struct diagnosis *diagnosis;
    struct results_read *read;
};

struct table_text {
    const char *file, *text;
};

static void spill_all(const char *folder, const struct table_text tables[])
{
    char path[SCRATCH_SIZE];
    spill(in(path, folder, "summary.csv"), SUMMARY "a,mimics,a year,1,,,,4\n");
    spill(in(path, folder, "differences.csv"), DIFFERENCES "a,b,mimics,a year,0,,,,,,,,4\n");
    for (size_t i = 0; tables[i].file != NULL; i++)
        spill(in(path, folder, tables[i].file), tables[i].text);
}

static struct results results_make(const char *configurations, const struct table_text tables[])
{
    struct results results = {.diagnosis = diagnosis_new()};
    char path[SCRATCH_SIZE], manifest[1000];
    scratch_make(results.folder);
    snprintf(manifest, sizeof manifest,
             "{\"program\": \"strokesim\", \"version\": \"%s\", \"command\": \"c\", \"scenario\": "
             "\"s\", \"title\": \"T\", \"status\": \"complete\", \"configurations\": [%s]}",
             STROKESIM_VERSION, configurations);
    spill(in(path, results.folder, "manifest.json"), manifest);
    spill_all(results.folder, tables);
    results.read = results_read(results.folder, results.diagnosis);
    cr_assert_not_null(results.read);
    return results;
}

static void results_done(struct results *results)
{
    results_read_free(results->read);
    diagnosis_free(results->diagnosis);
    scratch_remove(results->folder);
}

#define TWO "{\"name\": \"a\"}, {\"name\": \"b\"}"
#define THREE TWO ", {\"name\": \"c\"}"

/* What a section writes, to be freed; NULL where it does not apply. */
static char *written(const struct results *results, bool (*applies)(const struct page *),
                     void (*write)(struct page *))
{
    struct write_fault fault = {0};
    struct report_options options = {0};
    char path[SCRATCH_SIZE];
    struct page page = {
        .results = results->read, .options = &options, .diagnosis = results->diagnosis};
    if (!applies(&page))
        return NULL;
    page.html = html_open(in(path, results->folder, "page.html"), &fault);
    cr_assert_not_null(page.html);
    write(&page);
    cr_assert(html_close(page.html, &fault));
    cr_expect(!page.failed);
    return slurp(path);
}

static void expect_has(const char *text, const char *const wanted[])
{
    for (size_t i = 0; wanted[i] != NULL; i++)
        cr_expect(strstr(text, wanted[i]) != NULL, "no '%s' in\n%s", wanted[i], text);
}

static size_t times_in(const char *text, const char *what)
{
    size_t count = 0;
    while ((text = strstr(text, what)) != NULL) {
        count++;
        text += strlen(what);
    }
    return count;
}

/* No name may reach the page as markup. */
static void expect_harmless(const char *text)
{
    cr_expect(strstr(text, "<script>\"") == NULL && strstr(text, "<script>;") == NULL, "%s", text);
}

/* --- words ------------------------------------------------------------------------------------ */

Test(plain_words, everything_has_its_own)
{
    for (enum bill_item item = 0; item < BILL_ITEMS; item++) {
        const char *words = bill_words_of(bill_item_name(item));
        cr_expect_str_neq(words, bill_item_name(item));
        for (enum bill_item other = 0; other < item; other++)
            cr_expect_str_neq(words, bill_words_of(bill_item_name(other)));
    }
    for (enum driver driver = 0; driver < DRIVERS; driver++)
        cr_expect_eq(driver_words_of(driver_name(driver), true), driver_words(driver, false));
    cr_expect_str_eq(driver_words_of("other", false), "everything else");
    cr_expect_str_eq(driver_words_of("other", true), "strokes prevented");
    cr_expect_str_eq(driver_words_of("new", false), "new");
    cr_expect_str_eq(bill_words_of("new"), "new");
}

Test(report_page, money_as_it_is_said)
{
    static const struct {
        double gbp;
        const char *said;
    } cases[] = {
        {0, "GBP 0"},
        {294.4, "GBP 294"},
        {-51684, "GBP 51,700"},
        {999400, "GBP 999,000"},
        {999600, "GBP 1.00 million"},
        {14437239, "GBP 14.4 million"},
        {NAN, "not known"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_str_eq(page_gbp(cases[i].gbp).text, cases[i].said);
}

/* --- hospitals -------------------------------------------------------------------------------- */

Test(by_hospital, takes_the_figures_of_one_configuration)
{
    struct results results =
        results_make(TWO, (const struct table_text[]){
                              {"units.csv", UNITS "b,Y,su,su_beds,beds,7,7,7,,,,\n"
                                                  "a,Y,su,strokes,a year,1,,,,,,\n"
                                                  "b,Y,hasu,strokes,a year,2,,,,,,\n"
                                                  "b," HOSTILE_CSV ",su,strokes,a year,3,,,,,,\n"
                                                  "b,Y,hasu,su_beds_in_use,beds,5,4,6,1,2,3,4\n"
                                                  "b,Z,hasu,su_beds_in_use,beds,5,4,6,1,2,3,4\n"
                                                  "a,Y,su,su_beds,beds,8,8,8,,,,\n"},
                              {0}});
    static const char *const metric[] = {"su_beds_in_use", "su_beds"};
    struct by_hospital by;
    cr_assert(by_hospital_read(&by, results.read, RESULTS_UNITS, 1, metric, 2));
    cr_assert_eq(by.hospitals, 2);
    cr_expect_str_eq(by.name[0], "Y");
    cr_expect_str_eq(by.role[0], "hasu");
    cr_expect_str_eq(by.name[1], "<script>\"; DROP");
    const struct hospital_figure *use = by_hospital_at(&by, 0, 0);
    cr_expect(use->mean == 5 && use->ci_low == 4 && use->ci_high == 6 && use->p05 == 1 &&
              use->p50 == 2 && use->p95 == 3);
    cr_expect_eq(by_hospital_at(&by, 0, 1)->mean, 7);
    cr_expect(isnan(by_hospital_at(&by, 1, 0)->mean) && isnan(by_hospital_at(&by, 1, 1)->p95));
    by_hospital_free(&by);
    results_done(&results);
}

/* Beds that patients would use against those that there are: a hospital that is short on a typical
 * day is short on one day in twenty too, and as many beds as needed are enough. */
Test(report_beds, says_how_many_hospitals_are_short)
{
    struct results results = results_make(
        TWO, (const struct table_text[]){
                 {"units.csv", UNITS "a," HOSTILE_CSV ",su,strokes,a year,9,,,,,,\n"
                                     "a,Two,su,strokes,a year,9,,,,,,\n"
                                     "a,Three,su,strokes,a year,9,,,,,,\n"
                                     "a,Four,su,strokes,a year,9,,,,,,\n"
                                     "a," HOSTILE_CSV ",su,su_beds_in_use,beds,10,,,5,10,15,17\n"
                                     "a,Two,su,su_beds_in_use,beds,10,,,5,10,15,17\n"
                                     "a,Three,su,su_beds_in_use,beds,10,,,5,10,15,17\n"
                                     "a,Four,su,su_beds_in_use,beds,10,,,5,10,15,17\n"
                                     "a," HOSTILE_CSV ",su,su_beds,beds,9,9,9,,,,\n"
                                     "a,Two,su,su_beds,beds,14,14,14,,,,\n"
                                     "a,Three,su,su_beds,beds,15,15,15,,,,\n"},
                 {0}});
    char *text = written(&results, section_beds_applies, section_beds);
    cr_assert_not_null(text);
    expect_has(text, (const char *const[]){
                         "of 3 hospitals, 1 would need more than they have on a typical day, and 2 "
                         "on at least one day in twenty",
                         "Together they have 38 beds, and patients would use 30 on average",
                         "<td>" SHOWN_HOSTILE "</td>", "data-rows=\"4\"", "beds.limited=1", NULL});
    static const char *const states[] = {
        "<td>Short on a typical day</td>", "<td>Short 1 day in 20</td>",
        "<td>Enough 19 days in 20</td>", "<td>Beds not counted</td>"};
    for (size_t i = 0; i < 4; i++)
        cr_expect_eq(times_in(text, states[i]), 1, "%s", states[i]);
    expect_harmless(text);
    free(text);
    results_done(&results);
}

/* Where beds are limited: how full, who waits, and what comes of it. */
Test(report_beds, says_who_waits)
{
    struct results results = results_make(
        TWO, (const struct table_text[]){{"units.csv", UNITS
                                          "a,One,su,strokes,a year,9,,,,,,\n"
                                          "a,Two,su,strokes,a year,9,,,,,,\n"
                                          "a,One,su,su_beds_in_use,beds,10,,,5,10,15,17\n"
                                          "a,One,su,su_occupancy,share of beds,0.8,,,0.5,0.8,1,1\n"
                                          "a,One,su,su_waited,share,0.125,,,,,,\n"
                                          "a,One,su,su_wait_days,days,1.5,,,,,,\n"
                                          "a,Two,su,su_beds_in_use,beds,10,,,5,10,15,17\n"
                                          "a,Two,su,su_occupancy,share of beds,0.7,,,0.5,0.8,1,1\n"
                                          "a,Two,su,su_waited,share,0.25,,,,,,\n"
                                          "a,Two,su,su_wait_days,days,0.5,,,,,,\n"
                                          "a,Two,su,outliers,a year,31.4,,,,,,\n"
                                          "a,Two,su,diverted,a year,0,,,,,,\n"
                                          "b,One,su,strokes,a year,9,,,,,,\n"
                                          "b,One,su,su_beds_in_use,beds,10,,,5,10,15,17\n"},
                                         {0}});
    char *text = written(&results, section_beds_applies, section_beds);
    expect_has(text, (const char *const[]){
                         "most likely at Two, where 25 of every 100 patients who need one are not "
                         "given it at once and the average wait is 0.50 days",
                         "data-chart=\"occupancy-0-su\" data-rows=\"2\"",
                         "data-chart=\"waits-0-su\" data-rows=\"2\"", "When units are full: a",
                         "<th scope=\"row\">Two</th><td class=\"number\">31</td><td "
                         "class=\"number\">0.0</td><td class=\"number\">-</td>",
                         "file counts none under b",
                         "class=\"chart-of-beds_uncounted\" data-chart=\"beds-1-su\"", NULL});
    cr_expect(strstr(text, "When units are full: b") == NULL);
    free(text);
    results_done(&results);
}

/* --- treatment and staff ---------------------------------------------------------------------- */

Test(report_treatment, says_times_and_shares)
{
    struct results results = results_make(
        THREE, (const struct table_text[]){
                   {"summary.csv", SUMMARY "a,door_to_scan_p50_min,min,37.4,,37,38,4\n"
                                           "b,door_to_scan_p50_min,min,18.7,,18,19,4\n"
                                           "a,ivt_rate,share,0.04,,0.03,0.05,4\n"
                                           "b,ivt_rate,share,0.107,,0.1,0.11,4\n"
                                           "a,mt_rate,share,0,,0,0,4\nb,mt_rate,share,0,,0,0,4\n"},
                   {"units.csv", UNITS "b,One,su,strokes,a year,9,,,,,,\n"
                                       "b,One,su,door_to_needle_min,min,45,44,46,,,,\n"},
                   {0}});
    char *text = written(&results, section_treatment_applies, section_treatment);
    expect_has(text,
               (const char *const[]){
                   "<h3>b instead of a</h3>",
                   "scanned within <strong>19</strong> minutes of the hospital&#39;s door (37 "
                   "under a)",
                   "<strong>10.7%</strong> of all strokes (4.0% under a)",
                   "data-chart=\"treatment_times\" data-rows=\"2\"",
                   "data-chart=\"treatment_shares\" data-rows=\"2\"",
                   "data-chart=\"treatment_hospitals\" data-rows=\"1\"", NULL});
    cr_expect(strstr(text, "Clot removed") == NULL, "nobody has it");
    cr_expect(strstr(text, "Under c") == NULL, "of c nothing is known");
    free(text);
    results_done(&results);
}

Test(report_staff, says_nurses_and_visitors)
{
    struct results results = results_make(
        TWO,
        (const struct table_text[]){
            {"summary.csv", SUMMARY "a,nurses_wte,WTE,30,,30,30,4\nb,nurses_wte,WTE,40,,40,40,4\n"
                                    "a,visitor_travel_min,min,11.4,,11,12,4\n"
                                    "b,visitor_travel_min,min,14.5,,14,15,4\n"},
            {"units.csv", UNITS "a,One,su,strokes,a year,9,,,,,,\nb,One,su,strokes,a year,9,,,,,,\n"
                                "a,None,none,strokes,a year,0,,,,,,\n"
                                "b,None,none,strokes,a year,0,,,,,,\n"
                                "a,One,su,nurses_wte,WTE,30,,,,,,\nb,One,su,nurses_wte,WTE,40,,,,,,"
                                "\na,None,none,nurses_wte,WTE,0,,,,,,\n"
                                "b,None,none,nurses_wte,WTE,0,,,,,,\n"},
            {"groups.csv", "baseline,configuration,group,metric,unit,mean,ci_low,ci_high\n"
                           "a,b,Small,visitor_travel_min,min,0.5,0.4,0.6\n"
                           "a,b,None,visitor_travel_min,min,0.01,0,0.02\n"
                           "a,b,Less,visitor_travel_min,min,-4,-5,-3\n"
                           "a,b," HOSTILE_CSV ",visitor_travel_min,min,2,1,3\n"
                           "a,b,Other,travel_min,min,9,8,10\n"},
            {0}});
    char *text = written(&results, section_staff_applies, section_staff);
    expect_has(text,
               (const char *const[]){"travel <strong>14.5 minutes</strong>", "Of 4 groups",
                                     "shows 3, where", "data-chart=\"visitors-1\" data-rows=\"3\"",
                                     "data-chart=\"staff_nurses\" data-rows=\"2\"", NULL});
    const char *most = strstr(text, "<td>" SHOWN_HOSTILE), *small = strstr(text, "<td>Small"),
               *less = strstr(text, "<td>Less");
    cr_expect(most != NULL && most < small && small < less, "from longer to shorter");
    cr_expect(strstr(text, "<td>None") == NULL && strstr(text, "<td>Other") == NULL);
    expect_harmless(text);
    free(text);
    results_done(&results);
}

/* --- money ------------------------------------------------------------------------------------ */

#define COSTS "configuration,item,quantity,unit,unit_cost_gbp,mean_gbp,ci_low,ci_high\n"

Test(report_bill, goes_from_one_total_to_the_other)
{
    struct results results = results_make(
        TWO, (const struct table_text[]){
                 {"costs.csv", COSTS "a,scan,100,scans,90,9000,,\na,transfer,0,transfers,100,0,,\n"
                                     "a,care_home_day,50,days,1000,50000,,\n"
                                     "a,thrombectomy,0,treatments,7943,0,,\n"
                                     "b,scan,100,scans,90,9000,,\nb,transfer,20,transfers,100,2000"
                                     ",,\nb,care_home_day,42,days,1000,42000,,\n"
                                     "b,thrombectomy,0,treatments,7943,0,,\n"},
                 {0}});
    char *text = written(&results, section_bill_applies, section_bill);
    /* Unchanged and unused items are no steps: total, one more, one less, total. */
    expect_has(text,
               (const char *const[]){
                   "data-chart=\"bill-1\" data-rows=\"4\"",
                   "{\"item\":\"Total: a\",\"kind\":\"total\",\"amount\":0.059},\n"
                   "{\"item\":\"Moves between hospitals\",\"kind\":\"more\",\"amount\":0.002},\n"
                   "{\"item\":\"Days in a care home\",\"kind\":\"less\",\"amount\":-0.008},\n"
                   "{\"item\":\"Total: b\",\"kind\":\"total\",\"amount\":0.053}]",
                   "<th scope=\"row\">Brain scans</th><td>scans</td><td class=\"number\">100</td>"
                   "<td class=\"number\">100</td><td class=\"number\">90.0</td>"
                   "<td class=\"number\">9,000</td><td class=\"number\">9,000</td>"
                   "<td class=\"number\">0</td>",
                   "<td class=\"number\">59,000</td><td class=\"number\">53,000</td>"
                   "<td class=\"number\">-6,000</td></tr>\n</tbody>",
                   NULL});
    cr_expect(strstr(text, "Clot removal") == NULL, "nobody has it");
    free(text);
    results_done(&results);
}

/* At 20,000 a QALY: 100 QALYs for 1 million are worth it, 10 are not; saving 1 million for 10 lost
 * QALYs is worth it, for 100 it is not. On the line is not below it. */
Test(report_plane, counts_what_is_worth_its_money)
{
    struct results results = results_make(
        TWO, (const struct table_text[]){
                 {"summary.csv", SUMMARY "b,net_monetary_benefit_gbp,GBP a year,15000000,,,,4\n"
                                         "b,cost_lifetime_gbp,GBP a year,5000000,,,,4\n"
                                         "b,qalys_lifetime,a year,1000,,,,4\n"},
                 {"differences.csv", DIFFERENCES
                  "a,b,qalys_lifetime,a year,100,,,,,,,,4\n"
                  "a,b,cost_lifetime_gbp,GBP a year,1000000,,,,,,,,4\n"
                  "a,b,net_monetary_benefit_gbp,GBP a year,1000000,,,,,,-2000000,3000000,4"
                  "\n"},
                 {"ce_plane.csv", "baseline,configuration,draw,qalys,cost_gbp\na,b,1,100,1000000\n"
                                  "a,b,2,10,1000000\na,b,3,-10,-1000000\na,b,4,-100,-1000000\n"
                                  "a,b,5,50,1000000\na,b,6,,\na,x,7,100,1\n"},
                 {0}});
    char *text = written(&results, section_plane_applies, section_plane);
    expect_has(text, (const char *const[]){
                         "brings <strong>100 years in full health (QALYs) more</strong> and costs "
                         "<strong>GBP 1.00 million more</strong>: GBP 10,000 for each QALY gained",
                         "Of 5 draws of the uncertain evidence, 60% gain health and 60% cost more",
                         "worth GBP 20,000, <strong>40% of the draws",
                         "<strong>GBP 1.00 million</strong> for each year",
                         "allows -2.00 to +3.00 million", "data-rows=\"6\"", "\"threshold\":20000}",
                         NULL});
    free(text);
    results_done(&results);
}

/* --- drivers ---------------------------------------------------------------------------------- */

#define DRIVER_HEAD "baseline,configuration,driver,metric,unit,mean,ci_low,ci_high\n"

Test(report_drivers, the_largest_first_and_nothing_left_out)
{
    struct results results = results_make(
        TWO, (const struct table_text[]){
                 {"differences.csv", DIFFERENCES "a,b,lives_saved,a year,18,,17,19,,,,,4\n"},
                 {"drivers.csv", DRIVER_HEAD "a,b,journey,lives_saved,a year,-3.05,-4,-2\n"
                                             "a,b,thrombolysis,lives_saved,a year,20,19,21\n"
                                             "a,b,thrombectomy,lives_saved,a year,0.04,0,0\n"
                                             "a,b,beds,lives_saved,a year,,,\n"
                                             "a,x,beds,lives_saved,a year,99,,\n"
                                             "a,b,other,lives_saved,a year,1,1,1\n"},
                 {0}});
    struct driver_list list = driver_list_read(results.read, 1);
    cr_assert_eq(list.count, 3);
    static const char *const words[] = {"thrombolysis", "the journey", "strokes prevented"};
    for (size_t i = 0; i < 3; i++)
        cr_expect_str_eq(list.share[i].words, words[i]);
    cr_expect(list.share[1].mean == -3.05 && list.share[1].ci_low == -4 &&
              list.share[1].ci_high == -2);
    char *text = written(&results, section_drivers_applies, section_drivers);
    expect_has(text, (const char *const[]){
                         "<strong>+18</strong> in all. Lives are saved by thrombolysis (+20), "
                         "strokes prevented (+1.0). Lives are lost by the journey (-3.0).",
                         "data-chart=\"drivers-1\" data-rows=\"3\"", NULL});
    free(text);
    text = written(&results, section_answer_applies, section_answer);
    expect_has(text, (const char *const[]){
                         "Where it comes from: thrombolysis +20, the journey -3.0, strokes "
                         "prevented +1.0 lives a year.",
                         NULL});
    free(text);
    results_done(&results);
}

/* --- targets ---------------------------------------------------------------------------------- */

#define TARGETS                                                                                    \
    "configuration,target,metric,place,against,bound,limit,unit,mean,ci_low,ci_high,met,"          \
    "years_met,evidence_met\n"

/* Met or not is sure when neither the interval of the mean nor the evidence leaves a doubt. */
Test(report_targets, mark_what_is_met_and_how_surely)
{
    static const struct {
        const char *row, *wanted;
    } cases[] = {
        {"within_30_min at least 0.95,within_30_min,all,,at_least,0.95,share,0.98,0.97,0.99,yes,1,"
         "1",
         "at least 95%</th><td>\u2713\u00a0Met</td><td class=\"number\">98.0%</td>"
         "<td class=\"number\">100%</td>"},
        {"Name,strokes,One,,at_most,1500,a year,2311,2200,2400,no,0,0",
         "<strong>Name</strong><br>strokes (I61, I63, I64) (One): at most 1,500 a year</th>"
         "<td>\u2717\u00a0Not\u00a0met</td>"},
        {"Name,ivt_rate,all,,at_least,0.117,share,0.12,0.11,0.13,yes,0.5,1",
         "<td>?\u00a0Probably met"},
        {"Name,ivt_rate,all,,at_least,0.117,share,0.11,0.10,0.12,no,0.5,0",
         "<td>?\u00a0Probably not met"},
        {"Name,ivt_rate,all,,at_least,0.117,share,0.12,0.118,0.13,yes,1,0.9",
         "<td>?\u00a0Probably met"},
        {"Name,ivt_rate,all,,at_least,0.117,share,0.11,0.10,0.112,no,0,0.1",
         "<td>?\u00a0Probably not met"},
        {"Name,mortality_90d,all,a,at_most,-0.015,share,-0.02,-0.03,-0.016,yes,1,",
         "at most -1.5 percentage points against a</th><td>\u2713\u00a0Met</td>"
         "<td class=\"number\">-2.00</td>"},
        {"Name,hasu_waited,One,,at_most,0.1,share,,,,,,", "<td>\u2013\u00a0Does not apply"},
        {"Name,hasu_waited,One,,at_most,0.1,share,,,,no,,",
         "<td>\u2717\u00a0Not\u00a0met: more patients than beds can take"},
        {HOSTILE_CSV ",ivt_rate," HOSTILE_CSV ",,at_least,0.1,share,0.2,0.2,0.2,yes,1,1",
         "<strong>" SHOWN_HOSTILE "</strong><br>thrombolysed, of all strokes (" SHOWN_HOSTILE "):"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1000];
        snprintf(text, sizeof text, TARGETS "b,%s\n", cases[i].row);
        struct results results =
            results_make(TWO, (const struct table_text[]){{"targets.csv", text}, {0}});
        char *page = written(&results, section_targets_applies, section_targets);
        expect_has(page, (const char *const[]){cases[i].wanted, "<strong>b</strong>", NULL});
        cr_expect(strstr(page, "<strong>a</strong>") == NULL, "nothing is asked of a");
        expect_harmless(page);
        free(page);
        results_done(&results);
    }
}

/* --- nothing to show -------------------------------------------------------------------------- */

Test(report_sections, apply_only_where_there_is_something)
{
    static const struct {
        bool (*applies)(const struct page *);
        void (*write)(struct page *);
    } sections[] = {
        {section_treatment_applies, section_treatment}, {section_beds_applies, section_beds},
        {section_staff_applies, section_staff},         {section_bill_applies, section_bill},
        {section_plane_applies, section_plane},         {section_drivers_applies, section_drivers},
        {section_targets_applies, section_targets},
    };
    static const struct table_text none[] = {{0}};
    static const struct table_text empty[] = {{"summary.csv", SUMMARY "a,strokes,a year,,,,,0\n"},
                                              {"units.csv", UNITS},
                                              {"costs.csv", COSTS},
                                              {"drivers.csv", DRIVER_HEAD},
                                              {"targets.csv", TARGETS},
                                              {0}};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        for (size_t missing = 0; missing < 2; missing++) {
            struct results results = results_make(TWO, missing == 1 ? none : empty);
            char *text = written(&results, sections[i].applies, sections[i].write);
            cr_expect_null(text, "section %zu", i);
            free(text);
            results_done(&results);
        }
}
