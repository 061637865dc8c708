/* What is said of a fault in a scenario's tables: one change to fixtures/small, and the very lines
   that it must give. */
#include "tests/scenarios/small.h"

static const struct fault areas_faults[] = {
    {"areas.csv", "area,group,lat,lon", "area,group,lat,long",
     "areas.csv:2:16: error: long: no column of this name is known; did you mean 'lon'?\n"},
    {"areas.csv", "area,group,lat,lon,", "area,group,lat,",
     "areas.csv:2: error: lon: there is no column of this name; add it to the header and to every "
     "row\n"
     "areas.csv:3:32: error: the row has 9 fields, the header 8; put a field that holds a comma in "
     "quotes\n"
     "areas.csv:4:43: error: the row has 9 fields, the header 8; put a field that holds a comma in "
     "quotes\n"
     "areas.csv:5:57: error: the row has 9 fields, the header 8; put a field that holds a comma in "
     "quotes\n"},
    {"areas.csv", "strokes_per_year,age_0_64,age_65_79,age_80_plus",
     "a,age_0_64,age_65_79,age_8_plus",
     "areas.csv:2:20: error: a: no column of this name is known\n"
     "areas.csv:2:41: error: age_8_plus: no column of this name is known; did you mean "
     "'age_80_plus'?\n"
     "areas.csv:3:29: error: age_0_64: no value is given; a number from 0 to 1000000000\n"
     "areas.csv:3:30: error: age_65_79: no value is given; a number from 0 to 1000000000\n"},
    {"areas.csv", "strokes_per_year,age_0_64,age_65_79,age_80_plus", "a,b,c,d",
     "areas.csv:2: error: strokes_per_year: there is no column of this name; add it to the header "
     "and to every row\n"
     "areas.csv:2:20: error: a: no column of this name is known\n"
     "areas.csv:2:22: error: b: no column of this name is known\n"
     "areas.csv:2:24: error: c: no column of this name is known\n"
     "areas.csv:2:26: error: d: no column of this name is known\n"},
    {"areas.csv", "51.60", "nan",
     "areas.csv:3:13: error: lat: 'nan' is not a number; a number from -90 to 90\n"},
    {"areas.csv", "51.60", "151.60",
     "areas.csv:3:13: error: lat: 151.60 is above 90; a number from -90 to 90\n"},
    {"areas.csv", ",100,", ",-100,",
     "areas.csv:3:25: error: strokes_per_year: -100 is below 0; a number from 0 to 1000000000\n"},
    {"areas.csv", ",100,", ",,",
     "areas.csv:3:25: error: strokes_per_year: no value is given; a number from 0 to 1000000000\n"},
    {"areas.csv", "6000,", ",",
     "areas.csv:4:33: error: age_65_79: no value is given; a number from 0 to 1000000000\n"},
    {"areas.csv", "Middle,North", "Upper,North",
     "areas.csv:4:1: error: area: the area 'Upper' stands in line 3 already; give each area a name "
     "of its own\n"
     "travel.csv:3:1: error: area: the scenario has no area of the name 'Middle'\n"},
    {"areas.csv", "Middle,North", "=Middle,North",
     "areas.csv:4:1: error: area: the name '=Middle' of the area begins with '=', which a "
     "spreadsheet would run; choose another name\n"
     "travel.csv:3:1: error: area: the scenario has no area of the name 'Middle'; did you mean "
     "'=Middle'?\n"},
    {"areas.csv", "Middle,North", "Middle,@North",
     "areas.csv:4:8: error: group: the name '@North' of the group begins with '@', which a "
     "spreadsheet would run; choose another name\n"},
    {"areas.csv", "Middle,North", ",North",
     "areas.csv:4:1: error: area: the name of the area is empty; give it a name\n"
     "travel.csv:3:1: error: area: the scenario has no area of the name 'Middle'\n"},
    {"areas.csv", "Middle,North", "Middle,North,South",
     "areas.csv:4:49: error: the row has 10 fields, the header 9; put a field that holds a comma "
     "in quotes\n"},
    {"areas.csv", "\"Lower, by the river\"", "\"Lower, by the river",
     "areas.csv:5:1: error: the quote that opens here is never closed; close the quote, or write "
     "it twice\n"},
    {"areas.csv", "# Made",
     "\xef\xbb\xbf"
     "# Made",
     "areas.csv:1:1: error: the file begins with a byte-order mark; save as UTF-8 without "
     "byte-order mark\n"},
    {"areas.csv", "21.5", "x",
     "areas.csv:3:32: error: deprivation_score: 'x' is not a number; a number\n"},
    {"areas.csv", "Middle,North", "Midle,North",
     "travel.csv:3:1: error: area: the scenario has no area of the name 'Middle'; did you mean "
     "'Midle'?\n"},
};

Test(scenario_table_faults, faults_of_areas)
{
    expect_faults(areas_faults, sizeof areas_faults / sizeof *areas_faults);
}

static const struct fault hospitals_faults[] = {
    {"hospitals.csv", "role,", "rol,",
     "hospitals.csv:1:25: error: rol: no column of this name is known; did you mean 'role'?\n"},
    {"hospitals.csv", "hospital,lat", "lat",
     "hospitals.csv:1: error: hospital: there is no column of this name; add it to the header and "
     "to every row\n"
     "hospitals.csv:2:35: error: the row has 9 fields, the header 8; put a field that holds a "
     "comma in quotes\n"
     "hospitals.csv:3:38: error: the row has 9 fields, the header 8; put a field that holds a "
     "comma in quotes\n"
     "hospitals.csv:4:28: error: the row has 9 fields, the header 8; put a field that holds a "
     "comma in quotes\n"},
    {"hospitals.csv", "sector", "month",
     "hospitals.csv:1:18: error: month: no column of this name is known; did you mean "
     "'from_month'?\n"},
    {"hospitals.csv", "East,51.52", "West,51.52",
     "hospitals-central.csv:3:1: error: hospital: 'West' stands at 51.52, -0.05 in another file; "
     "the same coordinates in every file\n"
     "hospitals.csv:3:1: error: hospital: there are two hospitals of the name 'West'; give each "
     "hospital a name of its own\n"
     "travel.csv:4: error: area: from 'Lower, by the river' no hospital that takes strokes in "
     "'local' can be reached; give the minutes to one of them\n"},
    {"hospitals.csv", "East,51.52", "-East,51.52",
     "hospitals.csv:2:1: error: hospital: the name '-East' of the hospital begins with '-', which "
     "a spreadsheet would run; choose another name\n"
     "transfers.csv: error: hospital: there is no row of the hospital '-East'; add a row\n"
     "transfers.csv:1: error: -East: there is no column of this hospital; add it, or take the "
     "hospital out\n"
     "travel.csv:1: error: -East: there is no column of this hospital; add it, or take the "
     "hospital out\n"},
    {"hospitals.csv", "South,51.41", "Sout,51.41",
     "transfers.csv:1:20: error: South: the scenario has no hospital of this name; did you mean "
     "'Sout'?\n"
     "transfers.csv:4:1: error: hospital: the scenario has no hospital of the name 'South'; did "
     "you mean 'Sout'?\n"
     "travel.csv:1:16: error: South: the scenario has no hospital of this name; did you mean "
     "'Sout'?\n"},
    {"hospitals.csv", ",,20,0.6", ",,-20,0.6",
     "hospitals.csv:2:28: error: su_beds: -20 is below 0; a whole number from 0 to 10000\n"},
    {"hospitals.csv", ",,20,0.6", ",,2.5,0.6",
     "hospitals.csv:2:28: error: su_beds: '2.5' is not a whole number; a whole number from 0 to "
     "10000\n"},
    {"hospitals.csv", ",,20,0.6", ",,20,6",
     "hospitals.csv:2:31: error: organised_care_share: 6 is above 1; a number from 0 to 1\n"},
    {"hospitals.csv", "stroke+rehab", "stroke+rehap",
     "hospitals.csv:3:20: error: role: there is no role 'rehap'; did you mean 'rehab'?\n"},
    {"hospitals.csv", "stroke+rehab", "stroke+none",
     "hospitals.csv:3:20: error: role: 'none' is joined with other roles; none on its own, or the "
     "roles without it\n"},
    {"hospitals.csv", "stroke+rehab", "",
     "hospitals.csv:3:20: error: role: there is no role ''; hasu, su, stroke, mt, rehab or none, "
     "joined by '+'\n"},
    {"hospitals.csv", "sector,", "from_month,",
     "hospitals.csv:2:18: error: from_month: 'A' is not a whole number; a whole number from 1 to "
     "1200\n"
     "hospitals.csv:3:18: error: from_month: 'B' is not a whole number; a whole number from 1 to "
     "1200\n"},
    {"hospitals-central.csv", "12,20,,14", "0,20,,14",
     "hospitals-central.csv:2:29: error: hasu_beds: it is a HASU without a hyper-acute bed; give "
     "it beds, or take hasu out of its role\n"},
    {"hospitals-central.csv", "12,20,,14", "12,20,4,14",
     "hospitals-central.csv:2:35: error: rehab_beds: it has rehabilitation beds but not the role; "
     "add rehab to its role, or leave them out\n"},
    {"hospitals-central.csv", "51.52", "51.53",
     "hospitals-central.csv:2:1: error: hospital: 'East' stands at 51.52, -0.05 in another file; "
     "the same coordinates in every file\n"},
    {"hospitals-central.csv", "hasu+su+mt", "su",
     "scenario.yaml:37:13: error: configurations[3].policy: the policy is nearest_hasu, and "
     "'central' has no HASU; give a hospital the role hasu, or take the policy nearest\n"},
    {"hospitals-central.csv", "51.49", "51.49,1",
     "hospitals-central.csv:3:28: error: the row has 9 fields, the header 8; put a field that "
     "holds a comma in quotes\n"},
    {"hospitals-central.csv", "West,", "\"West,",
     "hospitals-central.csv:3:1: error: the quote that opens here is never closed; close the "
     "quote, or write it twice\n"},
    {"hospitals.csv", "East,51.52", "East,51.5x",
     "hospitals.csv:2:6: error: lat: '51.5x' is not a number; a number from -90 to 90\n"},
};

Test(scenario_table_faults, faults_of_hospitals)
{
    expect_faults(hospitals_faults, sizeof hospitals_faults / sizeof *hospitals_faults);
}

static const struct fault minutes_faults[] = {
    {"travel.csv", "area,", "aera,",
     "travel.csv:1: error: area: there is no column of this name; is it the one named 'aera'?\n"},
    {"travel.csv", "East", "Eats",
     "travel.csv:1:6: error: Eats: the scenario has no hospital of this name; did you mean "
     "'East'?\n"},
    {"travel.csv", "East", "East,Else",
     "travel.csv:1:11: error: Else: the scenario has no hospital of this name\n"
     "travel.csv:2: error: the row has 4 fields, the header 5; add commas for fields that are "
     "empty\n"
     "travel.csv:3: error: the row has 4 fields, the header 5; add commas for fields that are "
     "empty\n"
     "travel.csv:4: error: the row has 4 fields, the header 5; add commas for fields that are "
     "empty\n"},
    {"travel.csv", ",West", "",
     "travel.csv:1: error: West: there is no column of this hospital; add it, or take the hospital "
     "out\n"
     "travel.csv:2:13: error: the row has 4 fields, the header 3; put a field that holds a comma "
     "in quotes\n"
     "travel.csv:3:14: error: the row has 4 fields, the header 3; put a field that holds a comma "
     "in quotes\n"
     "travel.csv:4:27: error: the row has 4 fields, the header 3; put a field that holds a comma "
     "in quotes\n"},
    {"travel.csv", "Middle,", "Midle,",
     "travel.csv:3:1: error: area: the scenario has no area of the name 'Midle'; did you mean "
     "'Middle'?\n"},
    {"travel.csv", "Middle,9.5,8,14\n", "",
     "travel.csv: error: area: there is no row of the area 'Middle'; add a row\n"},
    {"travel.csv", "Middle,9.5,8,14\n", "Middle,9.5,8,14\nMiddle,9.5,8,14\n",
     "travel.csv:4:1: error: area: 'Middle' stands in line 3 already; remove one of them\n"},
    {"travel.csv", "9.5,8,14", ",8,14",
     "travel.csv:3: error: area: from 'Middle' no hospital that takes strokes in 'tight' can be "
     "reached; give the minutes to one of them\n"},
    {"travel.csv", "9.5,8,14", ",,14",
     "travel.csv:3: error: area: from 'Middle' no hospital that takes strokes in 'local' can be "
     "reached; give the minutes to one of them\n"},
    {"travel.csv", "9.5,8,14", "9.5,nan,14",
     "travel.csv:3:12: error: West: 'nan' is not a number; a number from 0 to 1440\n"},
    {"travel.csv", "9.5,8,14", "9.5,-8,14",
     "travel.csv:3:12: error: West: -8 is below 0; a number from 0 to 1440\n"},
    {"travel.csv", "9.5,8,14", "9.5,8000,14",
     "travel.csv:3:12: error: West: 8000 is above 1440; a number from 0 to 1440\n"},
    {"travel.csv", "9.5,8,14", "9.5,8",
     "travel.csv:3: error: the row has 3 fields, the header 4; add commas for fields that are "
     "empty\n"},
    {"transfers.csv", "East,,15,20", "East,,,20",
     "transfers.csv:2:7: error: West: no value is given; a number from 0 to 1440\n"},
    {"transfers.csv", "West,16,0,19\n", "",
     "transfers.csv: error: hospital: there is no row of the hospital 'West'; add a row\n"},
    {"transfers.csv", "East,,15,20", "Esat,,15,20",
     "transfers.csv:2:1: error: hospital: the scenario has no hospital of the name 'Esat'; did you "
     "mean 'East'?\n"},
    {"transfers.csv", "hospital,East,West,South", "hospital,East,West,Suth",
     "transfers.csv:1:20: error: Suth: the scenario has no hospital of this name; did you mean "
     "'South'?\n"},
    {"transfers.csv", "18,", "1441,",
     "transfers.csv:4:10: error: West: 1441 is above 1440; a number from 0 to 1440\n"},
};

Test(scenario_table_faults, faults_of_minutes)
{
    expect_faults(minutes_faults, sizeof minutes_faults / sizeof *minutes_faults);
}
