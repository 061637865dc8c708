/* SHA-256 digests (FIPS 180-4), by which a manifest says exactly which inputs made a result.
 * The arithmetic is Nettle's; this is the one place that calls it.
 *
 * Known answer: "abc" gives
 * ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.
 */
#ifndef STROKESIM_SCENARIOS_WRITE_SHA256_H
#define STROKESIM_SCENARIOS_WRITE_SHA256_H

#include "scenarios/write/fault.h"

#include <stdbool.h>
#include <stddef.h>

enum { SHA256_HEX_SIZE = 65 }; /* 64 hexadecimal digits and a NUL */

void sha256_bytes(const void *bytes, size_t length, char hex[SHA256_HEX_SIZE]);

/* False, and the reason in *fault, when the file cannot be read; hex is then empty. */
bool sha256_file(const char *path, char hex[SHA256_HEX_SIZE], struct write_fault *fault);

#endif
