import { counted } from '../../ground/text/quantities.js';
import type { Finding, Report, Severity, Param, Params } from '../../do/findings/finding.js';

/**
 * The condition for a check command to fail. `error`: a failure of severity `error`; `warning`: also of
 * severity `warning`; `unknown`: a failure or an unknown verdict of severity `error`.
 */
export type FailOn = 'error' | 'warning' | 'unknown';

/** Whether a finding meets the condition of `failOn`. A finding that the spec ignores does not. */
export function failsAt({ verdict, severity, suppressed }: Finding, failOn: FailOn): boolean {
  if (suppressed !== undefined || verdict === 'pass') return false;
  if (verdict === 'unknown') return failOn === 'unknown' && severity === 'error';

  return severity === 'error' || (failOn === 'warning' && severity === 'warning');
}

/** The numbers of a report. */
export interface Tally {
  readonly failed: Readonly<Record<Severity, number>>;
  readonly unknown: number;
  readonly suppressed: number;
  readonly passed: number;
}

/** Counts a report's findings; `passed` is given where the report does not contain its passes. */
export function tally({ findings }: Report, passed?: number): Tally {
  const failed = { error: 0, warning: 0, note: 0 };
  let [unknown, suppressed, listed] = [0, 0, 0];
  for (const finding of findings) {
    if (finding.verdict === 'pass') listed += 1;
    else if (finding.suppressed !== undefined) suppressed += 1;
    else if (finding.verdict === 'unknown') unknown += 1;
    else failed[finding.severity] += 1;
  }
  return { failed, unknown, suppressed, passed: passed ?? listed };
}

/** The kinds of a tally that are open, in the order of a report, and the noun of several. */
const OPEN = [
  ['error', 'errors'],
  ['warning', 'warnings'],
  ['note', 'notes'],
  ['unknown', 'unknown'],
] as const;

/** A kind of findings that did not pass. */
export type OpenKind = (typeof OPEN)[number][0];

/** Of which kind a finding is that did not pass. */
export function kindOf({ verdict, severity }: Pick<Finding, 'verdict' | 'severity'>): OpenKind {
  return verdict === 'unknown' || severity === undefined ? 'unknown' : severity;
}

/** `2 errors, 1 warning, 3 unknown, 1 suppressed, 40 passed`; `nothing was checked` where there is nothing. */
export function tallyText(numbers: Tally): string {
  return tallyTextWith(numbers, {});
}

/** The same, with what stands behind the number of a kind: ` (on 2 paths)`. */
export function tallyTextWith(
  { failed, unknown, suppressed, passed }: Tally,
  notes: Partial<Readonly<Record<OpenKind, string>>>,
): string {
  const numbers = { ...failed, unknown };
  const rest = [
    [suppressed, 'suppressed'],
    [passed, 'passed'],
  ] as const;
  const parts = [
    ...OPEN.map(
      ([kind, several]) => [numbers[kind], counted(numbers[kind], kind, several), notes[kind] ?? ''] as const,
    ),
    ...rest.map(([number, word]) => [number, `${number} ${word}`, ''] as const),
  ].flatMap(([number, text, note]) => (number === 0 ? [] : [`${text}${note}`]));
  return parts.length === 0 ? 'nothing was checked' : parts.join(', ');
}

/** All texts and numbers of params, however deep, as texts. */
export function valuesOf(params: Params): readonly string[] {
  const values: string[] = [];
  addValues(params, values);
  return values;
}

/** Into one list: a report may have ten thousand params, and a list for each level takes longer than all else. */
function addValues(value: Param, values: string[]): void {
  if (typeof value === 'string') values.push(value);
  else if (typeof value === 'number') values.push(String(value));
  else if (typeof value === 'object') {
    for (const member of Object.values(value)) addValues(member, values);
  }
}
