# The libraries that draw the charts, by npm, as C. No npm, or no way to what it fetches, is no
# fault of the build: then the table is empty, and the program makes no report.
#
#   cmake -D NPM=npm -D PAGE=... -D FOLDER=... -D FILE=... -D TABLE=... -D DONE=... -P libraries.cmake
#
# NPM: the command, or nothing. PAGE: the folder with the lock. FOLDER: where npm works, in a copy
# of it; it may be shared by builds that run at the same time. FILE, TABLE: the C file that is made,
# and its table. DONE: a file that is there afterwards if the libraries are; without it the build
# tries again.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/embed.cmake)
set(LIBRARIES vega/build/vega.min.js vega-lite/build/vega-lite.min.js
              vega-embed/build/vega-embed.min.js)

# npm(RESULT ARGUMENT...): in FOLDER. RESULT: what went wrong, in its words.
function(npm result)
  execute_process(COMMAND ${NPM} ${ARGN} WORKING_DIRECTORY ${FOLDER} TIMEOUT 180
    RESULT_VARIABLE status OUTPUT_FILE ${FOLDER}/npm.log ERROR_FILE ${FOLDER}/npm.log)
  set(${result} "" PARENT_SCOPE)
  if(NOT status EQUAL 0)
    file(STRINGS ${FOLDER}/npm.log said LIMIT_COUNT 4)
    list(JOIN said "\n  " said)
    set(${result} "npm ${ARGV1} failed (${status})\n  ${said}" PARENT_SCOPE)
  endif()
endfunction()

# fetch(RESULT): asks npm for what the lock says, unless it is there. RESULT: what went wrong.
function(fetch result)
  set(${result} "" PARENT_SCOPE)
  set(wanted "")
  foreach(name .npmrc package.json package-lock.json)
    file(SHA256 ${PAGE}/${name} sum)
    string(APPEND wanted "${sum}\n")
  endforeach()
  set(there "")
  if(EXISTS ${FOLDER}/fetched)
    file(READ ${FOLDER}/fetched there)
  endif()
  if(there STREQUAL wanted AND IS_DIRECTORY ${FOLDER}/node_modules)
    return()
  endif()
  file(REMOVE ${FOLDER}/fetched)
  file(COPY ${PAGE}/.npmrc ${PAGE}/package.json ${PAGE}/package-lock.json DESTINATION ${FOLDER})
  # Without a network one question fails sooner than a hundred.
  npm(wrong view vega version)
  if(NOT wrong)
    npm(wrong ci --omit=dev)
  endif()
  if(wrong)
    set(${result} "${wrong}" PARENT_SCOPE)
    return()
  endif()
  file(WRITE ${FOLDER}/fetched "${wanted}")
endfunction()

# A text that may stand in a script element of a page.
function(embed_for_script text name)
  string(TOLOWER "${text}" lower)
  foreach(end "</script" "<!--")
    string(FIND "${lower}" "${end}" at)
    if(NOT at EQUAL -1)
      message(FATAL_ERROR "${name} contains ${end}, so it cannot stand in a page")
    endif()
  endforeach()
  embed_text("${text}" ${name})
endfunction()

# Without the address of a map for debuggers, which is not there to be fetched.
function(embed_library path)
  get_filename_component(name ${path} NAME)
  file(READ ${FOLDER}/node_modules/${path} text)
  string(REGEX REPLACE "\n//# sourceMappingURL=[^\n]*\n?$" "" text "${text}")
  embed_for_script("${text}" ${name})
endfunction()

# Every licence text that npm brought, once, below the names of the packages that it is of.
function(collect_licences result)
  file(GLOB_RECURSE paths RELATIVE ${FOLDER}/node_modules
    ${FOLDER}/node_modules/LICEN[SC]E* ${FOLDER}/node_modules/licen[sc]e*)
  list(FILTER paths EXCLUDE REGEX "\\.(js|ts|json)$")
  list(SORT paths)
  set(sums "")
  foreach(path ${paths})
    get_filename_component(package ${path} DIRECTORY)
    file(READ ${FOLDER}/node_modules/${package}/package.json about)
    string(JSON name GET "${about}" name)
    string(JSON version GET "${about}" version)
    file(READ ${FOLDER}/node_modules/${path} text)
    string(REPLACE "\r\n" "\n" text "${text}")
    string(STRIP "${text}" text)
    string(SHA256 sum "${text}")
    if(NOT sum IN_LIST sums)
      list(APPEND sums ${sum})
      set(text_${sum} "${text}")
      set(names_${sum} "")
    endif()
    list(APPEND names_${sum} "${name} ${version}")
  endforeach()
  set(all "The charts of this page are drawn by Vega, Vega-Lite and Vega-Embed.\n")
  foreach(sum ${sums})
    list(REMOVE_DUPLICATES names_${sum})
    list(JOIN names_${sum} ", " names)
    string(APPEND all "\n-- ${names} --\n\n${text_${sum}}\n")
  endforeach()
  set(${result} "${all}" PARENT_SCOPE)
endfunction()

file(REMOVE ${DONE})
if(NPM)
  file(MAKE_DIRECTORY ${FOLDER})
  file(LOCK ${FOLDER} DIRECTORY TIMEOUT 300 RESULT_VARIABLE wrong)
  if(wrong STREQUAL "0")
    fetch(wrong)
  endif()
  if(wrong)
    message(WARNING "strokesim is built without its report, and the next build tries again, "
      "unless it is told not to (-D STROKESIM_REPORT=OFF): ${wrong}")
  else()
    foreach(path ${LIBRARIES})
      embed_library(${path})
    endforeach()
    collect_licences(licences)
    embed_for_script("${licences}" licences.txt)
    file(TOUCH ${DONE})
  endif()
endif()
embed_write(${FILE} ${TABLE})
