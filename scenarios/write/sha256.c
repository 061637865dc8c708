#include "scenarios/write/sha256.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <stdint.h>
#include <stdio.h>

static void finish(struct sha256_ctx *context, char hex[SHA256_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 0x0fu];
    }
    hex[2 * sizeof digest] = '\0';
}

void sha256_bytes(const void *bytes, size_t length, char hex[SHA256_HEX_SIZE])
{
    struct sha256_ctx context;
    sha256_init(&context);
    if (length > 0)
        sha256_update(&context, length, bytes);
    finish(&context, hex);
}

bool sha256_file(const char *path, char hex[SHA256_HEX_SIZE], struct write_fault *fault)
{
    struct sha256_ctx context;
    uint8_t buffer[16384];
    size_t got = 0;
    hex[0] = '\0';
    FILE *stream = fopen(path, "rb");
    if (!stream)
        return write_fault_set(fault, errno, "cannot read %s", path);
    sha256_init(&context);
    errno = 0;
    while ((got = fread(buffer, 1, sizeof buffer, stream)) > 0)
        sha256_update(&context, got, buffer);
    int error = ferror(stream) ? errno : 0;
    bool failed = ferror(stream) != 0;
    fclose(stream);
    if (failed)
        return write_fault_set(fault, error, "cannot read %s", path);
    finish(&context, hex);
    return true;
}
