#pragma once
#include <poppler.h>

/// `POPPLER_ERROR` is a macro that calls a function: Swift does not see it.
static inline GQuark cpoppler_error_domain(void) { return poppler_error_quark(); }

/// Silences GLib's messages on standard error.
static inline void cpoppler_ignore_log(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer data) {
  (void)domain;
  (void)level;
  (void)message;
  (void)data;
}
static inline void cpoppler_silence(void) { g_log_set_default_handler(cpoppler_ignore_log, NULL); }
