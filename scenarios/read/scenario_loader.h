/* How a scenario is put together from its files; for scenario.c, the scenario_*.c here and what
 * changes a configuration in their way (scenarios/change*.c) alone.
 *
 * Every step adds what it finds wrong to the diagnosis and goes on with what it has. So that one
 * fault is not reported again by each later step that stumbles over it, what could be read only in
 * part says so (`whole`), and then nothing is reported as missing from it.
 */
#ifndef STROKESIM_SCENARIOS_READ_SCENARIO_LOADER_H
#define STROKESIM_SCENARIOS_READ_SCENARIO_LOADER_H

#include "models/evidence.h"
#include "models/model.h"
#include "scenarios/read/name_index.h"
#include "scenarios/read/table.h"
#include "scenarios/read/yaml_tree.h"
#include "scenarios/scenario.h"

/* More are a mistake, and would take the machine's memory before anyone noticed. */
enum { MOST_CONFIGURATIONS = 500, MOST_AREAS = 100000, MOST_SITES = 2000 };

/* What is said of one parameter. */
struct setting {
    bool given;
    bool by_hand; /* on the command line */
    double value;
    struct spread spread;
    const struct yaml_node *node; /* where; NULL on the command line */
};

struct settings {
    struct setting of[PARAMETER_COUNT];
};

/* What a hospital is from a later month on. */
struct hospital_row {
    size_t at; /* its place in the list of hospitals */
    int month; /* from 2 */
    struct hospital hospital;
};

/* What follows upon a list of hospitals in later months: by month, one row a hospital in each. */
struct timetable {
    struct hospital_row *row;
    size_t rows;
};

/* A hospitals file, read once however many configurations name it. */
struct roster {
    const char *named; /* as in scenario.yaml */
    struct table *table;
    struct hospital *hospital; /* in the first month */
    size_t hospitals;
    struct timetable later;
    bool whole;
};

/* The beds of one kind at one hospital by weekday, from a month on. */
struct beds_week {
    size_t site;
    enum bed_kind kind;
    int month;          /* from 1 */
    int beds[WEEKDAYS]; /* from Monday */
    size_t row;         /* the first of the file that names it */
    bool said;          /* what is wrong with it, in an earlier configuration */
};

/* A file of beds by weekday, read once however many configurations name it. */
struct beds_file {
    const char *named;
    struct table *table;
    struct beds_week *week; /* by month */
    size_t weeks;
    bool whole;
};

/* A file that says which hospital each area has; all NULL: not given or not readable. */
struct catchment {
    char *shown;  /* the file in messages */
    size_t *site; /* of each area; NAME_NOT_FOUND where a fault was reported */
    size_t *line;
    bool *said; /* sites at which a fault of the whole was reported */
};

/* A configuration on its way to being resolved. */
struct draft {
    const struct yaml_node *node, *changes; /* its mapping; its changes of hospitals or NULL */
    const char *name;
    struct draft *from;          /* NULL: none */
    const struct roster *roster; /* its own; NULL: that of `from`, or the scenario's */
    bool has_roster;             /* it names a file, readable or not */
    const char *catchment_named; /* its own file, or NULL: that of `from`, if it has one */
    struct catchment catchment;  /* of its own file */
    const char *fleet_named;     /* likewise */
    const char *beds_named;      /* its own file, or NULL: its hospitals' beds as they are */
    struct settings *settings;   /* its own, and after resolving all that hold */
    struct hospital *hospital;   /* resolved: in the first month, and what follows */
    size_t hospitals;
    struct timetable later;
    bool whole; /* its hospitals could all be read */
    bool resolved;
};

/* A --set, parted at its '='. */
struct hand {
    char *text; /* owns the other two */
    const char *key, *value;
    bool broken; /* without '=' */
};

struct loader {
    struct scenario *scenario;
    const struct scenario_options *options;
    struct diagnosis *diagnosis;
    char *yaml_path;
    struct yaml_tree *tree;
    const struct yaml_node *root;
    const char *const *keys; /* that may stand at the top of scenario.yaml */
    size_t key_count;
    struct hand *hand;
    size_t hands;
    int start_date[3];       /* year, month, day; 0: not readable */
    struct settings *common; /* the scenario's parameters, then the variant's over them */
    struct settings *by_hand;
    struct table *areas;
    bool areas_whole;
    struct name_index area_index;
    struct roster *roster; /* MOST_CONFIGURATIONS + 1, so that pointers to them stay */
    size_t rosters;
    struct beds_file *beds_file; /* as many as rosters */
    size_t beds_files;
    const char *beds_named;    /* the scenario's own; NULL: none */
    const struct roster *base; /* the scenario's own hospitals; NULL: unreadable */
    bool rosters_whole;
    struct draft *draft;
    size_t drafts;
    const char **fleet_named; /* the files of the design's fleets, as in scenario.yaml */
    char *travel_shown;       /* the table of journeys, and the line of each area in it; */
    size_t *travel_line;      /* NULL when they are estimated or could not be read */
};

/* scenario_files.c: where things are. */
bool loader_locate(struct loader *loader, const char *path);
struct table *loader_read_table(struct loader *loader, const char *named, bool *whole);
bool loader_add_input(struct loader *loader, const char *name, const char *path);
/* The file that a key of a mapping names, or NULL: not there, or reported. */
const char *loader_file_of(struct loader *loader, const struct yaml_node *parent, const char *key);
/* Whether a key that is missing may be there under a misspelled name, which is reported anyway. */
bool loader_is_misspelled(const struct yaml_node *mapping, const char *const *known, size_t count,
                          const char *wanted);
char *loader_copy(struct loader *loader, const char *text); /* NULL: out of memory, reported */
/* Reports the columns that are not among the known ones. */
void loader_check_columns(struct loader *loader, const struct table *table,
                          const char *const *known, size_t count);
/* The column, or -1, which is reported once: here or as a misspelled column. */
int loader_need_column(struct loader *loader, const struct table *table, const char *const *known,
                       size_t count, const char *name);
/* A place in scenario.yaml as a whole, with this key. */
struct place loader_whole_place(const struct loader *loader, const char *key);

/* scenario_head.c: name, title, start, years, seed; what stands at the top at all. */
extern const char *const loader_service_keys[]; /* of a stroke service */
extern const size_t loader_service_key_count;
void loader_read_head(struct loader *loader);
/* What a key at the top says; NULL when it is missing, which is reported. */
const struct yaml_node *loader_need(struct loader *loader, const char *key, const char *remedy);
/* The title of a mapping; `otherwise` when it has none. New memory, or NULL. */
char *loader_read_title(struct loader *loader, const struct yaml_node *mapping,
                        const char *otherwise);

/* scenario_settings.c: values of parameters. */
bool settings_value(enum parameter_id id, const char *text, const struct place *place,
                    struct diagnosis *diagnosis, double *value);
enum settings_level { SETTINGS_SCENARIO, SETTINGS_CONFIGURATION };
void loader_read_settings(struct loader *loader, const struct yaml_node *mapping,
                          enum settings_level level, struct settings *settings);
void loader_read_setting(struct loader *loader, enum parameter_id id, const struct yaml_node *node,
                         struct settings *settings);
void loader_read_common(struct loader *loader); /* parameters and variants */
struct place loader_setting_place(const struct loader *loader, enum parameter_id id,
                                  const struct setting *setting, char buffer[YAML_PATH_SIZE]);

/* scenario_areas.c */
void loader_read_areas(struct loader *loader);

/* scenario_growth.c: projections of demand; after the head. */
void loader_read_growth(struct loader *loader);

/* scenario_hospitals.c: a hospitals file, and one field of a hospital wherever it stands. */
const struct roster *loader_read_roster(struct loader *loader, const char *named);
size_t loader_find_site(const struct loader *loader, const char *name);

/* scenario_hospital.c */
enum { HOSPITAL_FIELDS = 5 + UNIT_PARAMETERS };
/* Columns of a hospital that can be changed: role, beds, from_month, and its own parameters. */
const char *const *hospital_fields(void);
/* Reports what is no column. */
bool hospital_check_field(const char *field, const struct place *place,
                          struct diagnosis *diagnosis);
/* Sets one from text. False: reported; a role or beds then count as all that they might be. */
bool hospital_set(struct hospital *hospital, const char *field, const char *text,
                  const struct place *place, struct diagnosis *diagnosis);
/* Whether its roles go together, whether its beds go with them. */
bool hospital_check_rehabilitation(const struct hospital *hospital, const struct place *place,
                                   struct diagnosis *diagnosis);
bool hospital_check_role(const struct hospital *hospital, const struct place *place,
                         struct diagnosis *diagnosis);
bool hospital_check(const struct hospital *hospital, const struct place *place,
                    struct diagnosis *diagnosis);
/* Reports a value of thrombectomy at a hospital without the role mt; place: where it stands. */
bool hospital_check_thrombectomy(const struct hospital *hospital, enum unit_parameter which,
                                 const struct place *place, struct diagnosis *diagnosis);

/* scenario_phases.c: hospitals that change in a later month. */
enum { MOST_MONTHS = 1200 };
void timetable_fini(struct timetable *timetable);
bool loader_copy_timetable(struct loader *loader, const struct timetable *from,
                           struct timetable *to);
/* Whether it has a row of a hospital: of a month, or of any (0). */
bool timetable_has(const struct timetable *timetable, size_t at, int month);
bool loader_add_row(struct loader *loader, struct timetable *timetable, size_t at, int month,
                    const struct hospital *hospital);
/* Makes sure that a hospital has a row from a month on, at first as it is before. */
bool loader_begin_month(struct loader *loader, struct timetable *timetable,
                        const struct hospital first[], size_t at, int month);
/* A hospital as it is from a month on, one row after the other: *step is 0 before the first; NULL
 * after the last. */
struct hospital *timetable_next(struct timetable *timetable, struct hospital first[], size_t at,
                                int month, size_t *step);
/* YYYY-MM-DD of the Gregorian calendar from 1900 on; *weekday counts from Monday. */
bool loader_read_date(const char *text, int *weekday, int date[3]);
/* The day of the window with which a month begins, from 1; and its date, 0 where it is not known.
 */
double loader_month_day(const struct loader *loader, int month, int date[3]);
/* Warns of a month after the run. */
void loader_check_month(struct loader *loader, int month, const struct place *place);
/* The phases of a configuration from its resolved draft. False: out of memory. */
bool loader_make_phases(struct loader *loader, const struct draft *draft,
                        struct configuration *configuration);

/* scenario_beds.c: beds by weekday. Sets a draft's beds as a file says. False: out of memory. */
bool loader_apply_beds(struct loader *loader, struct draft *draft, const char *named);
void beds_file_fini(struct beds_file *file);

/* scenario_drafts.c: the list of configurations as written. */
void loader_read_drafts(struct loader *loader);

/* scenario_resolve.c: what holds in each. */
void loader_resolve(struct loader *loader);

/* Where what is set by hand comes from, in messages. */
const char *loader_set_from(const struct loader *loader);

/* scenario_hand.c: the command line. */
bool loader_part_hand(struct loader *loader); /* each --set at its '='; false: out of memory */
/* False: it has no '=', which is reported. */
bool loader_check_hand(struct loader *loader, const struct hand *hand);
void loader_read_hand(struct loader *loader);
void loader_report_key(struct loader *loader, const char *key); /* there is no such parameter */
/* Parts PREFIX"NAME".FIELD into a copy of NAME and FIELD; the quotes may be left out. */
bool loader_part_key(const char *key, const char *prefix, char **name, const char **field);
bool hand_is_of_hospital(const char *key); /* hospital."NAME".COLUMN */
/* Its hospital, to be freed, and column. False: it has none, or out of memory, which is reported.
 */
bool hand_part_hospital(const struct hand *hand, const struct place *place,
                        struct diagnosis *diagnosis, char **name, const char **field);
void loader_apply_hand(struct loader *loader); /* to the resolved hospitals */

/* scenario_minutes.c */
void loader_read_minutes(struct loader *loader);

/* scenario_catchment.c: the files of catchments, and the hospital of each area by them. */
void loader_read_catchments(struct loader *loader);
/* The draft whose file holds for a configuration, itself or one that it builds on; NULL: none. */
const struct draft *loader_catchment_of(const struct loader *loader, size_t configuration);

/* scenario_fleet.c: the files of stations and vehicles. */
void loader_read_fleets(struct loader *loader);

/* scenario_targets.c: outcome targets; after the configurations are resolved. */
void loader_read_targets(struct loader *loader);

/* scenario_observed.c: observed figures; likewise. */
void loader_read_observed(struct loader *loader);

/* scenario_check.c: what only the whole shows. */
void loader_check(struct loader *loader);
/* Whether a policy may send a stroke there. A HASU without beds is reported elsewhere. */
bool hospital_takes_strokes(const struct hospital *hospital, enum policy policy);
/* Whether a configuration, as it runs, has where to send strokes; reported at `place` if not. */
bool configuration_check_destinations(const struct configuration *configuration,
                                      const struct place *place, struct diagnosis *diagnosis);

/* A published level is solved for; one that the command line gives is the one to solve for, and so
 * with what treatment does: it is a belief about the same facts, not a change of the service. */
bool loader_is_level(enum parameter_id id);

#endif
