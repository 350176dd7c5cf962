/**
 * The page's content policy, sent as a header with every file. Nothing but the application's own files.
 *
 * Styles may stand inline: Mantine writes `<style>` elements at run time. Since no address outside
 * `app://qwill` can be loaded by any directive, a planted style has nowhere to send what it sees; a
 * nonce would have to be readable by the page and would protect nothing more.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types default",
].join("; ");

/** All headers of every answer of the app:// protocol, but the content type. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};
