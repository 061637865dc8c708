#include "scenarios/read/name.h"

#include <string.h>
#include <strings.h>

/* C0, DEL, and C1 in its UTF-8 form (0xC2 0x80 to 0xC2 0x9F). */
static bool has_control(const char *name)
{
    for (const unsigned char *byte = (const unsigned char *)name; *byte; byte++) {
        if (*byte < 0x20 || *byte == 0x7f)
            return true;
        if (*byte == 0xc2 && byte[1] >= 0x80 && byte[1] <= 0x9f)
            return true;
    }
    return false;
}

const char *name_fault(const char *name)
{
    size_t length = strlen(name);
    if (length == 0)
        return "is empty";
    if (has_control(name))
        return "has a control character or a line break";
    if (length > NAME_LONGEST)
        return "is longer than 200 bytes";
    switch (name[0]) {
    case '=':
        return "begins with '=', which a spreadsheet would run";
    case '+':
        return "begins with '+', which a spreadsheet would run";
    case '-':
        return "begins with '-', which a spreadsheet would run";
    case '@':
        return "begins with '@', which a spreadsheet would run";
    default:
        break;
    }
    if (name[0] == ' ' || name[length - 1] == ' ')
        return "begins or ends with a space";
    return NULL;
}

bool name_check(const char *name, const char *what, const struct place *place,
                struct diagnosis *diagnosis)
{
    const char *fault = name_fault(name);
    if (!fault)
        return true;
    if (name[0] == '\0')
        diagnosis_error(diagnosis, place, "give it a name", "the name of the %s is empty", what);
    else
        diagnosis_error(diagnosis, place, "choose another name", "the name '%.60s' of the %s %s",
                        name, what, fault);
    return false;
}

bool name_has_part(const char *name, const char *part)
{
    size_t length = strlen(part);
    for (; length > 0 && *name; name++)
        if (strncasecmp(name, part, length) == 0)
            return true;
    return false;
}
