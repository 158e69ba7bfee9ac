import type { OpenFinding } from '../findings/finding.js';
import { displayText } from '../../ground/text/display.js';
import type { SnapshotDiff } from './diff.js';
import type { SnapshotChange } from './change.js';

const SIGNS: Readonly<Record<SnapshotChange['kind'], string>> = {
  added: '+',
  removed: '-',
  changed: '~',
  unread: '?',
  gap: '?',
};

/** A difference as readable text, one line per change, safe on a terminal. */
export function snapshotDiffText(diff: SnapshotDiff): string {
  const { changes, findings, notes } = diff;
  const places = new Set(changes.map(placeOf));
  const line = (change: SnapshotChange): string[] =>
    change.details.map((detail) => {
      const place = places.size > 1 ? `${placeOf(change)}: ` : '';
      const clause = /^(?:is|are|was|were|could) /.test(detail) ? ` ${detail}` : `: ${detail}`;
      return `  ${SIGNS[change.kind]} ${displayText(`${place}${change.subject}${clause}`)}`;
    });
  const isRead = ({ kind }: SnapshotChange): boolean => kind !== 'unread' && kind !== 'gap';
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Findings that appeared', (findings?.appeared ?? []).flatMap(findingLines)],
    ['Findings that are gone', (findings?.gone ?? []).flatMap((one) => findingLines({ ...one, remedy: undefined }))],
    ['Changes that may change a path', changes.filter((one) => isRead(one) && one.paths).flatMap(line)],
    [
      'Not compared, because one of the snapshots does not show it',
      changes.filter((one) => !isRead(one)).flatMap(line),
    ],
    ['Other changes', changes.filter((one) => isRead(one) && !one.paths).flatMap(line)],
  ];
  const shown = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => [`${title}:`, ...lines, ''].join('\n'));
  const head = [`From ${diff.before} to ${diff.after}.`, ...notes].map((text) => displayText(text)).join('\n');
  if (shown.length === 0) return `${head}\nNothing ${notes.length === 0 ? '' : 'that was compared '}changed.\n`;

  return `${head}\n\n${shown.join('\n')}`.replace(/(?<!\n)\n+$/, '\n');
}

function findingLines({ check, verdict, severity, subject, message, remedy, suppressed }: OpenFinding): string[] {
  const sign = verdict === 'fail' ? '✗' : '?';
  const hidden = suppressed === undefined ? '' : ' (suppressed)';
  return [
    `  ${sign} ${displayText(`${severity} ${check} ${subject}: ${message}${hidden}`)}`,
    ...(remedy === undefined ? [] : [`    → ${displayText(remedy)}`]),
  ];
}

function placeOf({ provider, region, account }: SnapshotChange): string {
  return `${provider} ${region} ${account}`;
}
