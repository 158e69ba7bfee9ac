import { displayText, type ReportTextOptions } from '../../../ground/text/display.js';
import { reportText } from '../../../check/report/text.js';
import { wrap } from '../../../ground/text/wrap.js';
import { blockersOf } from '../accept.js';
import type { Impact, MigrationReport, ImpactEntry } from '../migration.js';
import { shownEdits, shownReport } from './json.js';

/** Lists of the cloud; the other forms are for lists outside the cloud. */
const LISTS: ReadonlySet<ImpactEntry['form']> = new Set(['security-group', 'access-control-list', 'network-acl']);

/** The entries for lists of the cloud. */
export function listEntriesOf({ entries }: Impact): readonly ImpactEntry[] {
  return entries.filter(({ form }) => LISTS.has(form));
}

/** The entries for all other lists. */
export function otherEntriesOf({ entries }: Impact): readonly ImpactEntry[] {
  return entries.filter(({ form }) => !LISTS.has(form));
}

/** The text if the cloud's lists need no entry; undefined if they do. */
export function noEntryText(impact: Impact): string | undefined {
  if (listEntriesOf(impact).length > 0) return undefined;
  if (impact.new.length === 0) return 'not known';
  return impact.entries.length === 0
    ? 'nothing'
    : 'nothing to the lists of the cloud; other allowlists need the new CIDR blocks';
}

/** Whether a line changes or removes an entry, and does not add one. */
function isChange(line: string): boolean {
  return /^(?:change|remove) /.test(line);
}

/** The limit of backends in a text report; the JSON report contains all. */
const MOST_BACKENDS = 50;

/**
 * A migration's report for people: the findings as a report of checks shows them, the impact table, the
 * edits in tools that declare the gateway, and whether the move may go ahead.
 *
 *     where calls come from
 *       i-1:8080 (orders)
 *         now   100.104.219.0/26
 *         then  10.10.0.0/24, 10.10.1.0/24
 *         add   sg-1: in tcp 8080 from 10.10.0.0/24, priority 1
 *         alter acl-1: remove 10.10.0.0/16
 */
export function migrationText(report: MigrationReport, what: string, options: ReportTextOptions = {}): string {
  const { width = 100, paint = (_, text) => text } = options;
  const lines: string[] = [reportText(shownReport(report), options).trimEnd(), ''];
  if (report.impact.length > 0) lines.push(paint('heading', 'where calls come from'));
  for (const one of report.impact.slice(0, MOST_BACKENDS)) lines.push(...impactLines(one, width));
  if (report.impact.length > MOST_BACKENDS) {
    lines.push(paint('quiet', `  and ${report.impact.length - MOST_BACKENDS} more; --json lists all`));
  }
  const edits = shownEdits(report);
  if (edits.length > 0) lines.push('', paint('heading', 'to change where a tool declares it'));
  for (const { kind, id, text } of edits) {
    lines.push(displayText(`  ${kind}: ${id}`));
    // Not wrapped, so that an edit can be copied.
    for (const part of text.split('; ')) lines.push(displayText(`    ${part}`));
  }
  const stops = blockersOf(report);
  const verdict =
    stops.length === 0
      ? paint('pass', `✓ ${displayText(what)} may go ahead`)
      : paint('error', `✗ ${displayText(what)} must not go ahead: ${countText(stops)}`);
  return `${[...lines, '', verdict].join('\n')}\n`;
}

/** Entries for lists of the cloud; other forms are in the JSON and HTML reports. */
function impactLines(impact: Impact, width: number): readonly string[] {
  const { backend, old, new: next } = impact;
  const row = (name: string, text: string): readonly string[] =>
    broken(`    ${name.padEnd(5)} ${text}`, width, ' '.repeat(10));
  const none = noEntryText(impact);
  return [
    `  ${displayText(backend)}`,
    ...row('now', old.map(displayText).join(', ') || 'not known'),
    ...row('then', next.map(displayText).join(', ') || 'not known'),
    ...listEntriesOf(impact).flatMap(({ where, text }) =>
      text
        .split('\n')
        .flatMap((line) => row(isChange(line) ? 'alter' : 'add', `${displayText(where)}: ${displayText(line)}`)),
    ),
    ...(none === undefined ? [] : row('add', none)),
  ];
}

function broken(text: string, width: number, indent: string): readonly string[] {
  return wrap(displayText(text), Math.max(40, width), indent).map(displayText);
}

/** `2 errors, and 1 undecided; to accept it: --accept-unknown path/security-group`. */
export function countText(stops: ReturnType<typeof blockersOf>): string {
  const failed = stops.filter(({ verdict }) => verdict === 'fail').length;
  const unknown = stops.length - failed;
  const parts = [
    failed === 0 ? '' : `${failed} ${failed === 1 ? 'error' : 'errors'}`,
    unknown === 0 ? '' : `${unknown} undecided`,
  ];
  const checks = new Set(stops.flatMap(({ verdict, check }) => (verdict === 'unknown' ? [check] : [])));
  const options = [...checks].map((check) => `--accept-unknown ${check}`).join(' ');
  const accept = unknown === 0 ? '' : `; to accept ${unknown === 1 ? 'it' : 'them'}: ${options}`;
  return `${parts.filter((part) => part !== '').join(', and ')}${accept}`;
}
