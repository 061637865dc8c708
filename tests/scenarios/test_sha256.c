#include "scenarios/write/sha256.h"
#include "tests/scenarios/folders.h"

/* FIPS 180-4's examples, and the empty message. */
static const struct {
    const char *text;
    const char *digest;
} known[] = {
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

Test(sha256, known_answers)
{
    char folder[SCRATCH_SIZE];
    char path[SCRATCH_SIZE];
    char hex[SHA256_HEX_SIZE];
    struct write_fault fault = {0};
    scratch_make(folder);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        sha256_bytes(known[i].text, strlen(known[i].text), hex);
        cr_assert_str_eq(hex, known[i].digest);
        spill(in(path, folder, "input"), known[i].text);
        cr_assert(sha256_file(path, hex, &fault), "%s", fault.text);
        cr_assert_str_eq(hex, known[i].digest);
    }
    scratch_remove(folder);
}

/* A million times "a", the third example: longer than the buffer. */
Test(sha256, a_long_file)
{
    char folder[SCRATCH_SIZE];
    char path[SCRATCH_SIZE];
    char hex[SHA256_HEX_SIZE];
    scratch_make(folder);
    FILE *stream = fopen(in(path, folder, "long"), "wb");
    for (int i = 0; i < 1000000; i++)
        fputc('a', stream);
    fclose(stream);
    cr_assert(sha256_file(path, hex, NULL));
    cr_assert_str_eq(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    scratch_remove(folder);
}

Test(sha256, files_that_cannot_be_read)
{
    char hex[SHA256_HEX_SIZE] = "x";
    struct write_fault fault = {0};
    cr_assert_not(sha256_file("/dev/null/none", hex, &fault));
    cr_assert_str_eq(hex, "");
    cr_assert_str_eq(fault.text, "cannot read /dev/null/none: Not a directory");
    cr_assert_not(sha256_file("/tmp", hex, &fault));
    cr_assert_str_eq(fault.text, "cannot read /tmp: Is a directory");
}
