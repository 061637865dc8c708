#include "scenarios/report/html.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/read/number.h"
#include "scenarios/write/json_writer.h"
#include "scenarios/write/out_file.h"

struct html {
    struct out_file *file;
};

struct html *html_open(const char *path, struct write_fault *fault)
{
    struct html *html = malloc(sizeof *html);
    if (html == NULL) {
        write_fault_set(fault, 0, "out of memory");
        return NULL;
    }
    html->file = out_file_open(path, fault);
    if (html->file == NULL) {
        free(html);
        return NULL;
    }
    return html;
}

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return "&#39;";
    }
}

void html_text(struct html *html, const char *text)
{
    while (*text != '\0') {
        size_t plain = strcspn(text, "&<>\"'");
        out_file_put(html->file, text, plain);
        text += plain;
        if (*text != '\0')
            out_file_text(html->file, entity(*text++));
    }
}

__attribute__((format(printf, 2, 0))) static void put(struct html *html, const char *markup,
                                                      va_list texts)
{
    for (const char *percent; (percent = strchr(markup, '%')) != NULL; markup = percent + 2) {
        assert(percent[1] == 's' || percent[1] == '%');
        out_file_put(html->file, markup, (size_t)(percent - markup));
        if (percent[1] == 's')
            html_text(html, va_arg(texts, const char *));
        else
            out_file_text(html->file, "%");
    }
    out_file_text(html->file, markup);
}

void html_put(struct html *html, const char *markup, ...)
{
    va_list texts;
    va_start(texts, markup);
    put(html, markup, texts);
    va_end(texts);
}

void html_table_begin(struct html *html, const char *class, const char *label, ...)
{
    va_list texts;
    va_start(texts, label);
    html_put(html, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    put(html, label, texts);
    html_put(html, "\"><table");
    if (class != NULL)
        html_put(html, " class=\"%s\"", class);
    html_put(html, ">");
    va_end(texts);
}

void html_table_head(struct html *html)
{
    html_put(html, "\n<thead><tr>");
}

void html_table_heading(struct html *html, const char *text)
{
    html_put(html, "<th scope=\"col\">%s</th>", text);
}

void html_table_number_heading(struct html *html, const char *text)
{
    html_put(html, "<th scope=\"col\" class=\"number\">%s</th>", text);
}

void html_table_body(struct html *html)
{
    html_put(html, "</tr></thead>\n<tbody>\n");
}

void html_table_end(struct html *html)
{
    html_put(html, "</tbody></table></div>\n");
}

void html_raw(struct html *html, const char *bytes, size_t length)
{
    out_file_put(html->file, bytes, length);
}

static void put_script(void *context, const char *bytes, size_t length)
{
    struct html *html = context;
    size_t from = 0;
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] != '<' && bytes[i] != '>')
            continue;
        out_file_put(html->file, bytes + from, i - from);
        out_file_text(html->file, bytes[i] == '<' ? "\\u003c" : "\\u003e");
        from = i + 1;
    }
    out_file_put(html->file, bytes + from, length - from);
}

void html_json_text(struct html *html, const char *text)
{
    json_escape(text, put_script, html);
}

void html_json_number(struct html *html, double value)
{
    char text[NUMBER_TEXT_SIZE];
    size_t length = number_format(value, text);
    out_file_put(html->file, length == 0 ? "null" : text, length == 0 ? 4 : length);
}

bool html_close(struct html *html, struct write_fault *fault)
{
    bool written = out_file_close(html->file, fault);
    free(html);
    return written;
}

void html_abandon(struct html *html)
{
    if (html == NULL)
        return;
    out_file_abandon(html->file);
    free(html);
}
