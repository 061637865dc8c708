# What models/ and scenarios/ need besides the engine, as targets with the same names in this tree and
# for those who use the installed libraries: strokesim::yaml, strokesim::nettle, strokesim::csv.
# STROKESIM_LACKS says what is missing.
set(STROKESIM_LACKS)
find_package(PkgConfig QUIET)
foreach(pair yaml:yaml-0.1 nettle:nettle)
  string(REGEX REPLACE ":.*" "" name ${pair})
  string(REGEX REPLACE ".*:" "" module ${pair})
  if(NOT TARGET strokesim::${name})
    set(found FALSE)
    if(PkgConfig_FOUND)
      pkg_check_modules(STROKESIM_${name} QUIET IMPORTED_TARGET ${module})
      set(found ${STROKESIM_${name}_FOUND})
    endif()
    if(found)
      add_library(strokesim::${name} INTERFACE IMPORTED)
      set_target_properties(strokesim::${name} PROPERTIES
        INTERFACE_LINK_LIBRARIES PkgConfig::STROKESIM_${name})
    else()
      list(APPEND STROKESIM_LACKS ${module})
    endif()
  endif()
endforeach()

# libcsv knows nothing of pkg-config.
find_path(STROKESIM_CSV_INCLUDE csv.h)
find_library(STROKESIM_CSV_LIBRARY csv)
mark_as_advanced(STROKESIM_CSV_INCLUDE STROKESIM_CSV_LIBRARY)
if(NOT STROKESIM_CSV_INCLUDE OR NOT STROKESIM_CSV_LIBRARY)
  list(APPEND STROKESIM_LACKS libcsv)
elseif(NOT TARGET strokesim::csv)
  add_library(strokesim::csv UNKNOWN IMPORTED)
  set_target_properties(strokesim::csv PROPERTIES
    IMPORTED_LOCATION ${STROKESIM_CSV_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${STROKESIM_CSV_INCLUDE})
endif()
