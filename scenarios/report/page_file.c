#include "scenarios/report/page_file.h"

#include <string.h>

#include "scenarios/report/page_file_inside.h"

static const struct page_file *find(const struct page_file *file, const char *name)
{
    while (file->name != NULL && strcmp(file->name, name) != 0)
        file++;
    return file->name != NULL ? file : NULL;
}

const struct page_file *page_file(const char *name)
{
    const struct page_file *ours = find(page_files_of_ours, name);
    return ours != NULL ? ours : find(page_files_of_npm, name);
}

bool page_libraries(void)
{
    return page_files_of_npm[0].name != NULL;
}
