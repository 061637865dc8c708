#include "models/severity.h"

#include <float.h>
#include <math.h>

#include "models/parameters.h"
#include "sim/variate.h"

static const double ich_nihss_from[ICH_CLASSES + 1] = {0, 6, 11, 16, 21, 43};

bool cumulate(const double *weight, size_t n, double *cumulative)
{
    double total = 0, sum = 0;
    for (size_t i = 0; i < n; i++)
        total += weight[i];
    if (!(total > 0))
        return false;
    for (size_t i = 0; i < n; i++) {
        sum += weight[i];
        cumulative[i] = sum / total;
    }
    cumulative[n - 1] = 1;
    return true;
}

/* Shifted on the scale of log-odds by as much as leaves the mean of both sexes there. */
static double tilt(double share, double log_odds)
{
    return share <= 0 || share >= 1 ? share : 1 / (1 + (1 - share) / share * exp(-log_odds));
}

bool severity_init(struct severity *severity, const double *value, const double male[AGE_CLASSES])
{
    double female_log_or = log(value[P_PATIENT_FEMALE_SEVERE_OR]);
    for (size_t a = 0; a < AGE_CLASSES; a++) {
        double share = value[P_PATIENT_SEVERE_18_49 + a];
        severity->severe[a][false] = tilt(share, female_log_or * male[a]);
        severity->severe[a][true] = tilt(share, -female_log_or * (1 - male[a]));
    }
    return cumulate(value + P_PATIENT_NIHSS_00, NIHSS_CLASSES, severity->nihss_cumulative) &&
           cumulate(value + P_PATIENT_NIHSS_ICH_00_05, ICH_CLASSES, severity->ich_cumulative);
}

uint8_t severity_ischaemic(const struct severity *severity, size_t age_class, bool male, double u)
{
    double milder = severity->nihss_cumulative[NIHSS_SEVERE - 1];
    double severe = severity->severe[age_class][male];
    u = u < 1 - severe ? u / (1 - severe) * milder
                       : milder + (u - (1 - severe)) / severe * (1 - milder);
    u = fmin(u, 1 - DBL_EPSILON / 2); /* rounding may have made it 1 */
    return (uint8_t)variate_discrete(u, severity->nihss_cumulative, NIHSS_CLASSES);
}

uint8_t severity_haemorrhage(const struct severity *severity, double u)
{
    size_t c = variate_discrete(u, severity->ich_cumulative, ICH_CLASSES);
    double below = c == 0 ? 0 : severity->ich_cumulative[c - 1];
    double within = (u - below) / (severity->ich_cumulative[c] - below);
    return (uint8_t)(ich_nihss_from[c] + within * (ich_nihss_from[c + 1] - ich_nihss_from[c]));
}

double severity_ischaemic_below(const struct severity *severity, size_t age_class, bool male,
                                double nihss)
{
    double milder = severity->nihss_cumulative[NIHSS_SEVERE - 1];
    double severe = severity->severe[age_class][male];
    double below = 0;
    for (size_t n = 0; n < NIHSS_CLASSES && (double)n < nihss; n++)
        below = severity->nihss_cumulative[n];
    if (below <= milder)
        return milder > 0 ? below / milder * (1 - severe) : 0;
    return 1 - severe + (below - milder) / (1 - milder) * severe;
}

double severity_haemorrhage_below(const struct severity *severity, double nihss)
{
    size_t c = 0;
    while (c < ICH_CLASSES - 1 && nihss >= ich_nihss_from[c + 1])
        c++;
    double below = c == 0 ? 0 : severity->ich_cumulative[c - 1];
    double within = (nihss - ich_nihss_from[c]) / (ich_nihss_from[c + 1] - ich_nihss_from[c]);
    return below + fmin(1, fmax(0, within)) * (severity->ich_cumulative[c] - below);
}
