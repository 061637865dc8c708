# The files of report.html, built into strokesim_scenarios (scenarios/report/page_file.h): ours from
# this folder, and the libraries that npm fetches while the rest compiles.
option(STROKESIM_REPORT "Fetch with npm what strokesim report needs" ON)
set(STROKESIM_NPM_DIR ${PROJECT_BINARY_DIR}/npm CACHE PATH
    "Where npm works; several builds may share it")

set(PAGE ${CMAKE_CURRENT_LIST_DIR})
set(PAGE_MADE ${PROJECT_BINARY_DIR}/report)
set(PAGE_NPM "")
set(PAGE_DONE "")
if(STROKESIM_REPORT)
  find_program(STROKESIM_NPM npm)
  if(STROKESIM_NPM)
    set(PAGE_NPM ${STROKESIM_NPM})
    set(PAGE_DONE ${PAGE_MADE}/libraries.done)
    message(STATUS "strokesim report: its libraries come by ${STROKESIM_NPM}")
  else()
    message(STATUS "strokesim report: left out, since there is no npm")
  endif()
else()
  message(STATUS "strokesim report: left out")
endif()

# PAGE_DONE is missing after a build that npm failed in, so the next tries again.
add_custom_command(OUTPUT ${PAGE_MADE}/libraries.c ${PAGE_DONE}
  COMMAND ${CMAKE_COMMAND} -D NPM=${PAGE_NPM} -D PAGE=${PAGE} -D FOLDER=${STROKESIM_NPM_DIR}
          -D FILE=${PAGE_MADE}/libraries.c -D TABLE=page_files_of_npm
          -D DONE=${PAGE_MADE}/libraries.done -P ${PAGE}/libraries.cmake
  DEPENDS ${PAGE}/libraries.cmake ${PAGE}/embed.cmake ${PAGE}/.npmrc ${PAGE}/package.json
          ${PAGE}/package-lock.json
  COMMENT "Fetching the libraries of the report" VERBATIM)

file(GLOB PAGE_CHARTS CONFIGURE_DEPENDS RELATIVE ${PAGE} ${PAGE}/charts/*.json)
set(PAGE_NAMES page.css page.js theme.json ${PAGE_CHARTS})
list(TRANSFORM PAGE_NAMES PREPEND ${PAGE}/ OUTPUT_VARIABLE PAGE_PATHS)
add_custom_command(OUTPUT ${PAGE_MADE}/ours.c
  COMMAND ${CMAKE_COMMAND} -D FILE=${PAGE_MADE}/ours.c -D TABLE=page_files_of_ours
          -D FOLDER=${PAGE} -D "NAMES=${PAGE_NAMES}" -P ${PAGE}/embed.cmake
  DEPENDS ${PAGE}/embed.cmake ${PAGE_PATHS}
  COMMENT "Taking the files of the report into the program" VERBATIM)

# A file is one string, longer than the standard has every compiler take.
set_source_files_properties(${PAGE_MADE}/libraries.c ${PAGE_MADE}/ours.c PROPERTIES
  COMPILE_OPTIONS -Wno-overlength-strings)
# A target of its own, so that npm need not wait for the other rooms.
add_custom_target(report_page DEPENDS ${PAGE_MADE}/libraries.c ${PAGE_MADE}/ours.c)
add_dependencies(strokesim_scenarios report_page)
target_sources(strokesim_scenarios PRIVATE ${PAGE_MADE}/libraries.c ${PAGE_MADE}/ours.c)
