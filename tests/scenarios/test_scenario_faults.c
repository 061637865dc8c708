/* What is said of a fault in scenario.yaml or on the command line: one change to fixtures/small,
   and the very lines that it must give. The last test has every fault at once. */
#include "tests/scenarios/small.h"

static const struct fault head_faults[] = {
    {"scenario.yaml", "name: small\n", "",
     "scenario.yaml: error: name: this key is missing; letters, digits, - and _, as in "
     "london-2010\n"},
    {"scenario.yaml", "name: small", "name: a/b",
     "scenario.yaml:2:7: error: name: 'a/b' will not do as a scenario's name; letters, digits, - "
     "and _, as in london-2010\n"},
    {"scenario.yaml", "name: small", "name: -rf",
     "scenario.yaml:2:7: error: name: '-rf' will not do as a scenario's name; letters, digits, - "
     "and _, as in london-2010\n"},
    {"scenario.yaml", "title: A small region", "title: \"=A1\"",
     "scenario.yaml:3:8: error: title: the title begins with '=', which a spreadsheet would run; "
     "choose another title\n"},
    {"scenario.yaml", "start: 2010-01-06\n", "",
     "scenario.yaml: error: start: this key is missing; a date as in 2010-01-04\n"},
    {"scenario.yaml", "start: 2010-01-06", "start: 2010-02-29",
     "scenario.yaml:4:8: error: start: '2010-02-29' is not a date from 1900 on; a date as in "
     "2010-01-04\n"},
    {"scenario.yaml", "start: 2010-01-06", "start: 06/01/2010",
     "scenario.yaml:4:8: error: start: '06/01/2010' is not a date from 1900 on; a date as in "
     "2010-01-04\n"},
    {"scenario.yaml", "years: 2\n", "",
     "scenario.yaml: error: years: this key is missing; a number of years, as in 1\n"},
    {"scenario.yaml", "years: 2", "years: 0",
     "scenario.yaml:5:8: error: years: 0 is below 0.01; a number from 0.01 to 100\n"},
    {"scenario.yaml", "years: 2", "years: two",
     "scenario.yaml:5:8: error: years: 'two' is not a number; a number from 0.01 to 100\n"},
    {"scenario.yaml", "seed: 7", "seed: -1",
     "scenario.yaml:6:7: error: seed: -1 is below 0; a whole number of at least 0\n"},
    {"scenario.yaml", "seed: 7", "sed: 7",
     "scenario.yaml:6:1: error: sed: there is no such key; did you mean 'seed'?\n"},
    {"scenario.yaml", "seed: 7", "seed: 7\nseed: 8",
     "scenario.yaml:7:1: error: seed: the key stands in line 6 already; remove one of them\n"},
    {"scenario.yaml", "seed: 7", "beds.limited: 0",
     "scenario.yaml:6:1: error: beds.limited: there is no such key; put it below 'parameters:'\n"},
    {"scenario.yaml", "areas: areas.csv\n", "",
     "scenario.yaml: error: areas: this key is missing; the name of a file in the scenario's "
     "folder\n"},
    {"scenario.yaml", "areas: areas.csv", "areas: aeras.csv",
     "aeras.csv: error: cannot be opened: No such file or directory\n"},
    {"scenario.yaml", "hospitals: hospitals.csv\n", "",
     "scenario.yaml: error: hospitals: this key is missing; the name of a file in the scenario's "
     "folder\n"},
    {"scenario.yaml", "travel: travel.csv", "travel: [travel.csv]",
     "scenario.yaml:9:9: error: travel: a list stands here; a single value\n"},
    {"scenario.yaml", "configurations:", "configuration:",
     "scenario.yaml:22:1: error: configuration: there is no such key; did you mean "
     "'configurations'?\n"},
    {"scenario.yaml", "# Three areas", "\t# Three areas",
     "scenario.yaml:1:1: error: a value cannot begin with this character; indent with spaces, not "
     "tabs, and put a text that begins with '@', '`' or '%' in quotes\n"},
};

Test(scenario_faults, faults_of_head)
{
    expect_faults(head_faults, sizeof head_faults / sizeof *head_faults);
}

static const struct fault parameters_faults[] = {
    {"scenario.yaml", "beds.limited: no", "beds.limitd: no",
     "scenario.yaml:12:3: error: parameters.beds.limitd: there is no such parameter; did you mean "
     "'beds.limited'?\n"},
    {"scenario.yaml", "beds.limited: no", "limited: no",
     "scenario.yaml:12:3: error: parameters.limited: there is no such parameter; did you mean "
     "'beds.limited'?\n"},
    {"scenario.yaml", "beds.limited: no", "hospital.East.su_beds: 3",
     "scenario.yaml:12:3: error: parameters.hospital.East.su_beds: there is no such parameter; "
     "change a hospital below the 'hospitals:' of a configuration\n"},
    {"scenario.yaml", "beds.limited: no", "beds.limited: 0.5",
     "scenario.yaml:12:17: error: parameters.beds.limited: '0.5' does not switch it on or off; 1 "
     "or yes, 0 or no\n"},
    {"scenario.yaml", "beds.limited: no", "beds.limited: no\n  beds.limited: 1",
     "scenario.yaml:13:3: error: parameters.beds.limited: the key stands in line 12 already; "
     "remove one of them\n"},
    {"scenario.yaml", "demand.multiplier: 1.5", "demand.multiplier: nan",
     "scenario.yaml:13:22: error: parameters.demand.multiplier: 'nan' is not a number; a number "
     "from 0 to 20\n"},
    {"scenario.yaml", "demand.multiplier: 1.5", "demand.multiplier: -1",
     "scenario.yaml:13:22: error: parameters.demand.multiplier: -1 is below 0; a number from 0 to "
     "20\n"},
    {"scenario.yaml", "demand.multiplier: 1.5", "demand.multiplier: '2'",
     "scenario.yaml:13:22: error: parameters.demand.multiplier: '2' in quotes is a text; remove "
     "the quotes\n"},
    {"scenario.yaml", "demand.multiplier: 1.5", "demand.multiplier:",
     "scenario.yaml:13:21: error: parameters.demand.multiplier: no value is given; a single "
     "value\n"},
    {"scenario.yaml", "demand.multiplier: 1.5", "demand.multiplier: [1, 2]",
     "scenario.yaml:13:22: error: parameters.demand.multiplier: a list stands here; a single "
     "value\n"},
    {"scenario.yaml", "demand.multiplier: 1.5", "demand.multiplier: 1,5",
     "scenario.yaml:13:22: error: parameters.demand.multiplier: '1,5' has a comma; write '.' for "
     "the decimal point and nothing between thousands\n"},
    {"scenario.yaml", "policy.elsewhere_share: 0.1", "policy.elsewhere_share: 1.2",
     "scenario.yaml:16:27: error: parameters.policy.elsewhere_share: 1.2 is above 1; a number from "
     "0 to 1\n"},
    {"scenario.yaml", "{value: 0.19, low: 0.15,", "{value: 0.19, lo: 0.15,",
     "scenario.yaml:14:40: error: parameters.outcome.mortality_90d.lo: there is no such key; did "
     "you mean 'low'?\n"
     "scenario.yaml:14:56: error: parameters.outcome.mortality_90d.high: 'low' is missing; give "
     "low and high, or neither\n"},
    {"scenario.yaml", "{value: 0.19, low: 0.15,", "{low: 0.15,",
     "scenario.yaml:14:26: error: parameters.outcome.mortality_90d: 'value' is missing; write "
     "{value: ..., low: ..., high: ...}\n"},
    {"scenario.yaml", "{value: 0.19, low: 0.15,", "{value: 0.19, low: 0.25,",
     "scenario.yaml:14:45: error: parameters.outcome.mortality_90d.low: the range from 0.25 to "
     "0.23 is empty; low must be below high\n"},
    {"scenario.yaml", "{value: 0.19, low: 0.15,", "{value: 0.19, low: -1,",
     "scenario.yaml:14:45: error: parameters.outcome.mortality_90d.low: -1 is below 0.001; a "
     "number from 0.001 to 0.9\n"},
    {"scenario.yaml", "low: 80, high: 170", "low: 0, high: 170",
     "scenario.yaml:15:40: error: parameters.cost.transfer_gbp.low: no gamma distribution has the "
     "range from 0 to 170; low above 0\n"},
    {"scenario.yaml", "low: 80, high: 170", "low: 80",
     "scenario.yaml:15:40: error: parameters.cost.transfer_gbp.low: 'high' is missing; give low "
     "and high, or neither\n"},
    {"scenario.yaml", "beds.limited: no", "beds.limited: {value: 0, low: 0, high: 1}",
     "scenario.yaml:12:33: error: parameters.beds.limited.low: it can have no range; give it "
     "plainly: a choice has no range\n"},
    {"scenario.yaml", "beds.limited: no", "run.evidence_draws: {value: 10, low: 5, high: 20}",
     "scenario.yaml:12:40: error: parameters.run.evidence_draws.low: it can have no range; give a "
     "plain number: how the run is made has no range\n"},
    {"scenario.yaml", "beds.limited: no",
     "outcome.mrs_haemorrhage.0: {value: 0.05, low: 0.04, high: 0.06}",
     "scenario.yaml:12:49: error: parameters.outcome.mrs_haemorrhage.0.low: it can have no range; "
     "give a plain number: a row of the mRS is drawn as a whole\n"},
    {"scenario.yaml", "beds.limited: no",
     "unit.organised_care_share: {value: 0.4, low: 0.40054344985193729, high: 0.4009443942461835}",
     ""},
    {"scenario.yaml", "beds.limited: no", "outcome.mrs_haemorrhage.2: 0.9",
     "scenario.yaml:12:30: error: parameters.outcome.mrs_haemorrhage.2: the shares fall from 0.9 "
     "at outcome.mrs_haemorrhage.2 to 0.427 at outcome.mrs_haemorrhage.3; each share at least as "
     "large as the one before\n"},
    {"scenario.yaml", "beds.limited: no", "outcome.mrs_haemorrhage.2: 0.01",
     "scenario.yaml:12:30: error: parameters.outcome.mrs_haemorrhage.2: the shares fall from 0.183 "
     "at outcome.mrs_haemorrhage.1 to 0.01 at outcome.mrs_haemorrhage.2; each share at least as "
     "large as the one before\n"},
    {"scenario.yaml", "beds.limited: no", "outcome.deaths_by_day.ischaemic_7: 0.9",
     "scenario.yaml:12:38: error: parameters.outcome.deaths_by_day.ischaemic_7: the shares fall "
     "from 0.9 at outcome.deaths_by_day.ischaemic_7 to 0.67 at outcome.deaths_by_day.ischaemic_30; "
     "each share at least as large as the one before\n"},
    {"scenario.yaml", "beds.limited: no", "patient.onset_to_arrival.mild_720: 0.1",
     "scenario.yaml:12:38: error: parameters.patient.onset_to_arrival.mild_720: the shares fall "
     "from 0.58 at patient.onset_to_arrival.mild_360 to 0.1 at patient.onset_to_arrival.mild_720; "
     "each share at least as large as the one before\n"},
    {"scenario.yaml", "beds.limited: no", "policy.name: 1",
     "scenario.yaml:12:16: error: parameters.policy.name: there is no policy '1'; nearest, "
     "nearest_hasu, nearest_mt, drip_and_ship, mothership or catchment\n"},
    {"scenario.yaml", "beds.limited: no", "outcome.utility_set: wong",
     "scenario.yaml:12:24: error: parameters.outcome.utility_set: there is no utility set 'wong'; "
     "did you mean 'wang'?\n"},
    {"scenario.yaml", "beds.limited: no", "lifetime.method: median",
     "scenario.yaml:12:20: error: parameters.lifetime.method: there is no lifetime method "
     "'median'; "
     "expected or published\n"},
    {"scenario.yaml", "beds.limited: no",
     "lifetime.method: {value: expected, low: expected, high: published}",
     "scenario.yaml:12:43: error: parameters.lifetime.method.low: it can have no range; give it "
     "plainly: a choice has no range\n"},
    {"scenario.yaml", "source: a judgement", "source: =1",
     "scenario.yaml:14:71: error: parameters.outcome.mortality_90d.source: it begins with '=', "
     "which a spreadsheet would run; begin with a word\n"},
    {"scenario.yaml", "unit.treated_if_eligible: 0.3", "demand.multiplier: 2",
     "scenario.yaml:27:7: error: configurations[1].parameters.demand.multiplier: it belongs to the "
     "whole scenario; set it under the scenario's own 'parameters:'\n"},
    {"scenario.yaml", "unit.treated_if_eligible: 0.3", "run.evidence_draws: 2",
     "scenario.yaml:27:7: error: configurations[1].parameters.run.evidence_draws: it belongs to "
     "the whole scenario; set it under the scenario's own 'parameters:'\n"},
    {"scenario.yaml", "unit.organised_care_share: 0.66", "unit.organised_care_shar: 0.66",
     "scenario.yaml:19:5: error: variants.low.unit.organised_care_shar: there is no such "
     "parameter; did you mean 'unit.organised_care_share'?\n"},
    {"scenario.yaml", "high: {unit.organised_care_share: 0.5}", "high: 3",
     "scenario.yaml:21:9: error: variants.high: a single value stands here; lines of 'key: value', "
     "indented below it\n"},
    {"scenario.yaml", "unit.treated_if_eligible: 0.3", "outcome.deaths_by_day.haemorrhage_30: 0.1",
     "scenario.yaml:27:7: error: "
     "configurations[1].parameters.outcome.deaths_by_day.haemorrhage_30: it belongs to the whole "
     "scenario; set it under the scenario's own 'parameters:'\n"},
};

Test(scenario_faults, faults_of_parameters)
{
    expect_faults(parameters_faults, sizeof parameters_faults / sizeof *parameters_faults);
}

static const struct fault configurations_faults[] = {
    {"scenario.yaml", "name: local\n", "nme: local\n",
     "scenario.yaml:23:5: error: configurations[1].nme: there is no such key; did you mean "
     "'name'?\n"},
    {"scenario.yaml", "name: tight", "name: local",
     "scenario.yaml:28:11: error: configurations[2].name: there are two configurations of the name "
     "'local'; give each configuration a name of its own\n"},
    {"scenario.yaml", "name: tight", "name: '@tight'",
     "scenario.yaml:28:11: error: configurations[2].name: the name '@tight' of the configuration "
     "begins with '@', which a spreadsheet would run; choose another name\n"},
    {"scenario.yaml", "title: Every hospital on its own", "title: +1",
     "scenario.yaml:24:12: error: configurations[1].title: the title begins with '+', which a "
     "spreadsheet would run; choose another title\n"},
    {"scenario.yaml", "from: central", "from: centrel",
     "scenario.yaml:29:11: error: configurations[2].from: there is no configuration 'centrel'; did "
     "you mean 'central'?\n"},
    {"scenario.yaml", "from: local", "from: tight",
     "scenario.yaml:29:11: error: configurations[2].from: the configuration builds on itself, by "
     "way of 'central'; begin with one that builds on no other\n"},
    {"scenario.yaml", "from: local", "from: central",
     "scenario.yaml:36:11: error: configurations[3].from: the configuration builds on itself, by "
     "way of 'central'; begin with one that builds on no other\n"},
    {"scenario.yaml", "policy: nearest\n", "policy: nearst\n",
     "scenario.yaml:25:13: error: configurations[1].policy: there is no policy 'nearst'; did you "
     "mean 'nearest'?\n"},
    {"scenario.yaml", "policy: nearest\n", "policy: drip_and_ship\n",
     "scenario.yaml:25:13: error: configurations[1].policy: the policy is drip_and_ship, and "
     "'local' has no thrombectomy centre; give a hospital that takes strokes the role mt, or take "
     "the policy nearest\n"},
    {"scenario.yaml", "policy: nearest\n", "policy: nearest_hasu\n",
     "scenario.yaml:25:13: error: configurations[1].policy: the policy is nearest_hasu, and "
     "'local' has no HASU; give a hospital the role hasu, or take the policy nearest\n"},
    {"scenario.yaml", "policy: nearest_hasu", "policy: nearest_hasu\n    polcy: nearest",
     "scenario.yaml:38:5: error: configurations[3].polcy: there is no such key; did you mean "
     "'policy'?\n"},
    {"scenario.yaml", "      unit.treated_if_eligible: 0.3", "      policy.name: nearest",
     "scenario.yaml:27:20: error: configurations[1].parameters.policy.name: the policy stands in "
     "line 25 already; remove one of them\n"},
    {"scenario.yaml", "hospitals: hospitals-central.csv", "hospitals: [a, b]",
     "scenario.yaml:38:16: error: configurations[3].hospitals: a list stands here; the name of a "
     "file, or lines of 'hospital: {key: value}'\n"},
    {"scenario.yaml", "hospitals: hospitals-central.csv", "hospitals: none.csv",
     "none.csv: error: cannot be opened: No such file or directory\n"},
    {"scenario.yaml", "hospitals: hospitals-central.csv", "hospitals:",
     "scenario.yaml:38:15: error: configurations[3].hospitals: no value is given; the name of a "
     "file in the scenario's folder\n"},
    {"scenario.yaml", "      East: {", "      Eats: {",
     "scenario.yaml:31:7: error: configurations[2].hospitals.Eats: the configuration has no "
     "hospital of this name; did you mean 'East'?\n"},
    {"scenario.yaml", "East: {hasu_beds: 3", "East: {hasu_bed: 3",
     "scenario.yaml:31:14: error: configurations[2].hospitals.East.hasu_bed: there is no such key; "
     "did you mean 'hasu_beds'?\n"},
    {"scenario.yaml", "East: {hasu_beds: 3", "East: {hasu_beds: -3",
     "scenario.yaml:31:25: error: configurations[2].hospitals.East.hasu_beds: -3 is below 0; a "
     "whole number from 0 to 10000\n"},
    {"scenario.yaml", "East: {hasu_beds: 3", "East: {hasu_beds: 0",
     "scenario.yaml:31:13: error: configurations[2].hospitals.East: it is a HASU without a "
     "hyper-acute bed; give it beds, or take hasu out of its role\n"},
    {"scenario.yaml", "East: {hasu_beds: 3", "East: {rehab_beds: 3",
     "scenario.yaml:31:13: error: configurations[2].hospitals.East: it has rehabilitation beds but "
     "not the role; add rehab to its role, or leave them out\n"},
    {"scenario.yaml", "East: {hasu_beds: 3", "East: {role: su",
     "scenario.yaml:37:13: error: configurations[3].policy: the policy is nearest_hasu, and "
     "'tight' has no HASU; give a hospital the role hasu, or take the policy nearest\n"},
    {"scenario.yaml", "West: {role: none, su_beds: 0}", "West: none",
     "scenario.yaml:32:13: error: configurations[2].hospitals.West: a single value stands here; "
     "lines of 'key: value', indented below it\n"},
    {"scenario.yaml", "organised_care_share: 0.9", "organised_care_share: 1.9",
     "scenario.yaml:31:50: error: configurations[2].hospitals.East.organised_care_share: 1.9 is "
     "above 1; a number from 0 to 1\n"},
};

Test(scenario_faults, faults_of_configurations)
{
    expect_faults(configurations_faults,
                  sizeof configurations_faults / sizeof *configurations_faults);
}

/* What --set says, and what is said to it. */
static const struct {
    const char *set[2];
    const char *wanted;
} hand_faults[] = {
    {{"beds.limited"}, "--set: error: beds.limited: there is no '='; KEY=VALUE\n"},
    {{"foo=1"}, "--set: error: foo: there is no such parameter\n"},
    {{"outcome.organised_care_orr=0.8"},
     "--set: error: outcome.organised_care_orr: there is no such parameter; did you mean "
     "'outcome.organised_care_or'?\n"},
    {{"organised_care_or=0.8"},
     "--set: error: organised_care_or: there is no such parameter; did you mean "
     "'outcome.organised_care_or'?\n"},
    {{"demand.multiplier=nan"},
     "--set: error: demand.multiplier: 'nan' is not a number; a number from 0 to 20\n"},
    {{"demand.multiplier="},
     "--set: error: demand.multiplier: no value is given; a number from 0 to 20\n"},
    {{"outcome.mortality_90d=1.2"},
     "--set: error: outcome.mortality_90d: 1.2 is above 0.9; a number from 0.001 to 0.9\n"},
    {{"beds.limited=maybe"},
     "--set: error: beds.limited: 'maybe' does not switch it on or off; 1 or yes, 0 or no\n"},
    {{"policy.name=mothership"},
     "--set: error: policy.name: the policy is mothership, and 'local' has no thrombectomy centre; "
     "give a hospital that takes strokes the role mt, or take the policy nearest\n"},
    {{"policy.name=catchment"},
     "--set: error: policy.name: the policy is catchment, and 'local' has no file of catchments; "
     "catchment: a file with the columns area, hospital\n"},
    {{"policy.bypass_limit_min=-1"},
     "--set: error: policy.bypass_limit_min: -1 is below 0; a number from 0 to 1440\n"},
    {{"hospital.West.role=mt"},
     "--set: error: hospital.West.role: it has thrombectomy but takes no strokes; add hasu or "
     "stroke to its role, or take mt out\n"},
    {{"policy.name=furthest"},
     "--set: error: policy.name: there is no policy 'furthest'; nearest, nearest_hasu, "
     "nearest_mt, drip_and_ship, mothership or catchment\n"},
    {{"hospital.\"Eats\".su_beds=3"},
     "--set: error: hospital.\"Eats\".su_beds: no hospital, or more than one, is called 'Eats'; "
     "did you mean 'East'?\n"},
    {{"hospital.t.su_beds=3"},
     "--set: error: hospital.t.su_beds: no hospital, or more than one, is called 't'\n"},
    {{"hospital.East.beds=3"},
     "--set: error: hospital.East.beds: there is no column 'beds' of a hospital\n"},
    {{"hospital.East=3"},
     "--set: error: hospital.East: a hospital's name and column are wanted; "
     "hospital.\"NAME\".hasu_beds=12\n"},
    {{"hospital.\"East\"su_beds=3"},
     "--set: error: hospital.\"East\"su_beds: a hospital's name and column are wanted; "
     "hospital.\"NAME\".hasu_beds=12\n"},
    {{"hospital.East.su_beds=-1"},
     "--set: error: hospital.East.su_beds: -1 is below 0; a whole number from 0 to 10000\n"},
    {{"hospital.East.role=hyper"},
     "--set: error: hospital.East.role: there is no role 'hyper'; hasu, su, stroke, mt, rehab or "
     "none, joined by '+'\n"},
    {{"hospital.East.hasu_beds=0"},
     "--set: error: hospital.East.hasu_beds: it is a HASU without a hyper-acute bed; give it beds, "
     "or take hasu out of its role\n"},
    {{"hospital.East.organised_care_share=2"},
     "--set: error: hospital.East.organised_care_share: 2 is above 1; a number from 0 to 1\n"},
    {{"hospital.East.rehab_beds=4"},
     "--set: error: hospital.East.rehab_beds: it has rehabilitation beds but not the role; add "
     "rehab to its role, or leave them out\n"},
    {{"outcome.mrs_haemorrhage.3=0.1"},
     "--set: error: outcome.mrs_haemorrhage.3: the shares fall from 0.319 at "
     "outcome.mrs_haemorrhage.2 to 0.1 at outcome.mrs_haemorrhage.3; each share at least as large "
     "as the one before\n"},
    {{"policy.name=nearest_hasu"},
     "--set: error: policy.name: the policy is nearest_hasu, and 'local' has no HASU; give a "
     "hospital the role hasu, or take the policy nearest\n"},
    {{"hospital.East.role=none", "hospital.West.role=none"},
     "--set: error: no hospital of 'local' takes strokes; give a hospital the role stroke or "
     "hasu, and beds\n"},
    {{"hospital.East.role=none"},
     "--set: error: the policy is nearest_hasu, and 'central' has no HASU; give a hospital the "
     "role "
     "hasu, or take the policy nearest\n"
     "travel.csv:4: error: area: from 'Lower, by the river' no hospital that takes strokes in "
     "'local' can be reached; give the minutes to one of them\n"},
    {{"=", "hospital."},
     "--set: error: there is no such parameter\n"
     "--set: error: hospital.: there is no '='; KEY=VALUE\n"},
};

Test(scenario_faults, faults_of_the_command_line)
{
    cr_assert_eq(chdir(small), 0);
    for (size_t i = 0; i < sizeof hand_faults / sizeof *hand_faults; i++) {
        const struct scenario_options options = {
            .set = hand_faults[i].set, .sets = hand_faults[i].set[1] ? 2 : 1, .years = NAN};
        expect_here(&options, hand_faults[i].wanted);
    }
    const struct scenario_options variant = {.variant = "lwo", .years = NAN};
    expect_here(&variant, "--variant: error: there is no variant 'lwo'; did you mean 'low'?\n");
    const struct scenario_options years = {.years = -1};
    expect_here(&years,
                "--years: error: -1 years cannot be simulated; a number from 0.01 to 100\n");
}

/* Every fault at once: each is said, once, with its place. */
Test(scenario_faults, all_faults_at_once)
{
    cr_assert_eq(chdir(STROKESIM_ROOT "/tests/cli/fixtures/faulty"), 0);
    expect_here(
        NULL,
        "areas.csv:1: error: lon: there is no column of this name; add it to the header and to "
        "every row\n"
        "areas.csv:3:20: error: strokes_per_year: 'nan' is not a number; a number from 0 to "
        "1000000000\n"
        "areas.csv:4:22: error: the row has 5 fields, the header 4; put a field that holds a comma "
        "in quotes\n"
        "areas.csv:6: error: the row has 3 fields, the header 4; add commas for fields that are "
        "empty\n"
        "hospitals-central.csv:3:1: error: the quote that opens here is never closed; close the "
        "quote, or write it twice\n"
        "hospitals.csv:3:26: error: su_beds: -3 is below 0; a whole number from 0 to 10000\n"
        "hospitals.csv:4:1: error: hospital: there are two hospitals of the name 'West'; give each "
        "hospital a name of its own\n"
        "hospitals.csv:5:1: error: hospital: the name '=South' of the hospital begins with '=', "
        "which a spreadsheet would run; choose another name\n"
        "scenario.yaml:6:1: error: years: the key stands in line 5 already; remove one of them\n"
        "scenario.yaml:12:3: error: parameters.outcome.organised_care_orr: there is no such "
        "parameter; did you mean 'outcome.organised_care_or'?\n"
        "scenario.yaml:13:30: error: parameters.unit.organised_care_share: 1.2 is above 1; a "
        "number from 0 to 1\n"
        "scenario.yaml:14:22: error: parameters.demand.multiplier: 'nan' is not a number; a number "
        "from 0 to 20\n"
        "scenario.yaml:15:44: error: parameters.outcome.mortality_90d.low: the range from 0.3 to "
        "0.1 is empty; low must be below high\n"
        "scenario.yaml:18:13: error: configurations[1].policy: there is no policy 'nearst'; did "
        "you mean 'nearest'?\n"
        "scenario.yaml:24:7: error: configurations[2].parameters.demand.mimic_share: it belongs to "
        "the whole scenario; set it under the scenario's own 'parameters:'\n"
        "scenario.yaml:26:5: error: configurations[3].form: there is no such key; did you mean "
        "'from'?\n"
        "scenario.yaml:28:7: error: configurations[3].hospitals.Eastt: the configuration has no "
        "hospital of this name; did you mean 'East'?\n"
        "transfers.csv:1:1: error: the file begins with a byte-order mark; save as UTF-8 without "
        "byte-order mark\n"
        "travel.csv:5: error: area: from 'Outer' no hospital that takes strokes in 'local' can be "
        "reached; give the minutes to one of them\n");
}
