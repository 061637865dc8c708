#include "bench/driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool driver_read(struct selection *driver, int argc, char *argv[])
{
    *driver = (struct selection){0};
    if (argc == 1)
        return true;
    if (argc == 5 && strcmp(argv[1], "--only") == 0 && strcmp(argv[3], "--items") == 0) {
        driver->only = argv[2];
        driver->items = strtoull(argv[4], NULL, 10);
    }
    if (driver->items > 0)
        return true;
    fprintf(stderr, "Usage: %s [--only VARIANT --items N]\n", argv[0]);
    return false;
}
