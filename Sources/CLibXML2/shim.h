#pragma once
// Debian builds libxml2 with ICU. The headers of ICU clash with the headers of Foundation, and nothing here needs them.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>
#include <libxml/parser.h>
#include <libxml/xmlreader.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

/// Frees what libxml2 allocated; `xmlFree` itself is a mutable global, which Swift 6 refuses.
static inline void cxml_free(void *pointer) { xmlFree(pointer); }

static inline void cxml_ignore_error(void *context, const char *message, ...) {
  (void)context;
  (void)message;
}

/// Silences libxml2's messages on standard error for this thread.
static inline void cxml_silence(void) { xmlSetGenericErrorFunc(NULL, cxml_ignore_error); }
