import { displayText } from '../../ground/text/display.js';

/**
 * A path as the URI of an artifact: relative paths stay relative, with `/` between their parts; absolute ones
 * become `file:` URIs. All special characters in a part (a colon, a blank, `%`) are percent-encoded, so that
 * no path is read as another scheme. A character that a URI cannot contain is shown escaped.
 * @see https://www.rfc-editor.org/rfc/rfc8089
 */
export function fileUri(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  const [, drive, rest] = /^([A-Za-z]:)(\/.*)$/.exec(slashed) ?? [];
  if (drive !== undefined && rest !== undefined) return `file:///${drive}${encoded(rest)}`;
  return slashed.startsWith('/') ? `file://${encoded(slashed)}` : encoded(slashed);
}

function encoded(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(displayText(part)))
    .join('/');
}
