import { displayText } from '../text/display.js';

/**
 * A path as the URI of an artifact: relative ones stay relative, with `/` between their parts; absolute ones become `file:` URIs.
 * Whatever a part holds (a colon, a blank, `%`) is percent-encoded, so that no path passes for another scheme; what no URI can
 * hold is shown escaped.
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
