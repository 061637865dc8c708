/*
 * Uniforms turned into what a model draws, by inverse: one uniform in, one variate out.
 *
 * Paired comparisons need that. Every function here rises (never falls) with u, so a patient who is
 * lucky under one configuration is as lucky under another whose mean differs. Samplers by rejection
 * are faster, but take an uncertain number of uniforms and pair nothing; where nothing is paired
 * use sim/sampler.h.
 *
 * What is not here has its inverse in GSL, to be called with the same u: gsl_cdf_weibull_Pinv(u,
 * scale, shape), gsl_cdf_beta_Pinv() and others of <gsl/gsl_cdf.h>. Look what they give at the ends
 * of your parameters: not every one converges everywhere.
 *
 * `u` is in the open interval (0, 1), as stream_block() gives it. All are pure functions.
 */
#ifndef SIM_VARIATE_H
#define SIM_VARIATE_H

#include <stddef.h>

/* Standard normal: the inverse of its distribution function (Wichura's AS 241, as GSL has it). */
double variate_normal(double u);

/* mean >= 0. */
double variate_exponential(double u, double mean);

/* exp(mu + sigma z), sigma >= 0. */
double variate_lognormal(double u, double mu, double sigma);

/* A lognormal given that it is at most `limit` (> 0, may be INFINITY): the inverse of the
 * distribution cut there and scaled up. Never above the limit, and accurate however far in the
 * lower tail the limit lies. With sigma 0 it is exp(mu) or the limit, whichever is less. */
double variate_lognormal_below(double u, double mu, double sigma, double limit);

/* The same in two steps, for many draws below one limit: half of the work belongs to the cut. */
struct lognormal_cut {
    double mu, sigma, limit;
    double z, share; /* the limit as a standard normal, and what lies below it */
};
struct lognormal_cut variate_lognormal_cut(double mu, double sigma, double limit);
double variate_lognormal_in_cut(double u, const struct lognormal_cut *cut);

/* Gamma of this shape and scale (both > 0), with mean shape x scale: GSL's inverse where that
 * converges, which it does neither for the lesser u of a small shape (below 0.16) nor for some of a
 * great one (above 900). There it is the series around 0, and from a shape of 500 on the
 * approximation of Wilson and Hilferty (PNAS 17, 1931, 684), whose distribution function is within
 * 1.1e-5 of the exact one. May be 0 for a small shape, whose least values are below the smallest
 * double. */
double variate_gamma(double u, double shape, double scale);

/* The index i in 0..n-1 for a rising table of cumulative weights, n >= 1. The table need not end in
 * exactly 1: it is taken in proportion to its last entry, which must be positive. An outcome
 * without weight never comes. Binary search. */
size_t variate_discrete(double u, const double cumulative[], size_t n);

/* The inverse of a piecewise linear distribution function through the points (x[i],
 * cumulative[i]), both rising, n >= 2; cumulative runs from 0 to 1 (outside its first and last
 * entry the first and last x are returned). */
double variate_piecewise(double u, const double cumulative[], const double x[], size_t n);

/* The mu and sigma of the lognormal with this mean (> 0) and standard deviation (>= 0). */
void variate_lognormal_moments(double mean, double sd, double *mu, double *sigma);

#endif
