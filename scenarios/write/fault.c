#include "scenarios/write/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool write_fault_set(struct write_fault *fault, int error, const char *format, ...)
{
    if (!fault)
        return false;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(fault->text, sizeof fault->text, format, arguments);
    va_end(arguments);
    if (error != 0 && length >= 0 && (size_t)length < sizeof fault->text)
        snprintf(fault->text + length, sizeof fault->text - (size_t)length, ": %s",
                 strerror(error));
    return false;
}
