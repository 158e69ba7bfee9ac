/** The address that the pages name. A test serves the simulated clouds on a free port. */
export const ADDRESS = 'http://127.0.0.1:4010';

/**
 * The output of a command as the pages show it. Only this may differ between a page and a run: the line that every command begins
 * with on a simulator, its address, moments of simulated time (but that of a snapshot), how long a step took and how often it was reported, the random part of a spec's identity, and
 * blanks at the ends of lines.
 */
export function normalOutput(text: string, url: string): string {
  return text
    .replaceAll(url, ADDRESS)
    .replaceAll(/^\*\*\* SIMULATOR: .*\n/gm, '')
    .replaceAll(/(?<!, as it was at )\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z/g, '2026-06-01T09:00:00.000Z')
    .replaceAll(/(: done in|is [A-Z]+,) (?:\d+ (?:ms|s|min|h) ?)+$/gm, '$1 2 min')
    .replaceAll(/^(.*)\n(?:\1\n)+/gm, '$1\n')
    .replaceAll(/\b(shop|store)-[a-z0-9]{6}\b/g, '$1-7f3k2q')
    .replaceAll(/[ \t]+$/gm, '');
}

/** On a busy machine simulated time may have passed before the first look: a step then ends without a report of its wait. */
export function withoutWaits(normal: string): string {
  return normal.replaceAll(/^.+: .+ is [A-Z]+, 2 min\n/gm, '');
}
