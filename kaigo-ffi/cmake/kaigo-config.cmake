# kaigo::kaigo is the shared library, kaigo::static the static one. Wherever the tree of an installation was put.
get_filename_component(_kaigo_root "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(_kaigo_places lib lib64 "lib/${CMAKE_LIBRARY_ARCHITECTURE}")

if(NOT TARGET kaigo::kaigo)
  find_library(_kaigo_shared NAMES libkaigo.so libkaigo.dylib kaigo.dll.lib
    PATHS "${_kaigo_root}" PATH_SUFFIXES ${_kaigo_places} NO_DEFAULT_PATH NO_CACHE REQUIRED)
  add_library(kaigo::kaigo UNKNOWN IMPORTED)
  set_target_properties(kaigo::kaigo PROPERTIES
    IMPORTED_LOCATION "${_kaigo_shared}"
    INTERFACE_INCLUDE_DIRECTORIES "${_kaigo_root}/include")
endif()

if(NOT TARGET kaigo::static)
  find_library(_kaigo_static NAMES libkaigo.a kaigo.lib
    PATHS "${_kaigo_root}" PATH_SUFFIXES ${_kaigo_places} NO_DEFAULT_PATH NO_CACHE)
  if(_kaigo_static)
    add_library(kaigo::static STATIC IMPORTED)
    set_target_properties(kaigo::static PROPERTIES
      IMPORTED_LOCATION "${_kaigo_static}"
      INTERFACE_INCLUDE_DIRECTORIES "${_kaigo_root}/include")
    if(UNIX AND NOT APPLE)
      set_target_properties(kaigo::static PROPERTIES INTERFACE_LINK_LIBRARIES "gcc_s;util;rt;pthread;m;dl;c")
    endif()
  endif()
endif()
