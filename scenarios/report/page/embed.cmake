# Files as C, for page_file.c to find. Every byte is written as \xNN, so that nothing in a file can
# mean something in C; a compiler reads a megabyte of that in a tenth of a second.
#
# embed_text(TEXT NAME): another file of the table that embed_write() writes.
# embed_write(FILE TABLE): leaves alone a file that is the same already.
# By itself, for files as they are:
#   cmake -D FILE=... -D TABLE=... -D FOLDER=... -D "NAMES=NAME;..." -P embed.cmake
set_property(GLOBAL PROPERTY embed_arrays "")
set_property(GLOBAL PROPERTY embed_rows "")

function(embed_text text name)
  string(MAKE_C_IDENTIFIER "file_${name}" array)
  string(HEX "${text}" hex)
  string(REGEX REPLACE "(..)" "\\\\x\\1" hex "${hex}")
  string(REPEAT "." 96 line)
  string(REGEX REPLACE "(${line})" "\\1\"\n    \"" hex "${hex}")
  set_property(GLOBAL APPEND_STRING PROPERTY embed_arrays
    "static const char ${array}[] =\n    \"${hex}\";\n\n")
  set_property(GLOBAL APPEND_STRING PROPERTY embed_rows
    "    {\"${name}\", ${array}, sizeof ${array} - 1},\n")
endfunction()

function(embed_write file table)
  get_property(arrays GLOBAL PROPERTY embed_arrays)
  get_property(rows GLOBAL PROPERTY embed_rows)
  set(new "/* Made by the build. */
#include \"scenarios/report/page_file_inside.h\"

${arrays}const struct page_file ${table}[] = {
${rows}    {NULL, NULL, 0},
};
")
  set(old "")
  if(EXISTS ${file})
    file(READ ${file} old)
  endif()
  if(NOT old STREQUAL new)
    file(WRITE ${file} "${new}")
  endif()
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  foreach(name ${NAMES})
    file(READ ${FOLDER}/${name} text)
    embed_text("${text}" ${name})
  endforeach()
  embed_write(${FILE} ${TABLE})
endif()
