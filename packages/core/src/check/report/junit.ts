import type { Finding, Report } from '../../do/findings/finding.js';
import { displayText } from '../../ground/text/display.js';
import { groupsOf } from './same-cause.js';
import { failsAt, type FailOn } from './tally.js';
import { describedGaps } from './lists.js';
import { requireReport } from './document.js';

/** How a report is written as JUnit suites. */
export interface JUnitOptions {
  /** What counts as a failure or an error of a test; other findings are cases that were skipped. `error` by default. */
  readonly failOn?: FailOn | undefined;
  /** The command, as the name of all suites; `postern check` by default. */
  readonly name?: string | undefined;
}

/** The number of cases, and their results. */
export interface JUnitCounts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

/** What became of a case that did not pass. */
export interface JUnitOutcome {
  readonly kind: 'failure' | 'error' | 'skipped';
  readonly message: string;
  /** `error`, `warning`, `note` or `unknown`; a skipped case has no type, and its message contains it. */
  readonly type?: string | undefined;
  /** Evidence and remedy, each on a line. */
  readonly text: string;
}

/** One finding as a case. */
export interface JUnitCase {
  readonly classname: string;
  readonly name: string;
  /** Undefined: it passed. */
  readonly outcome?: JUnitOutcome | undefined;
}

/** A suite: the findings of one integration, or what could not be read and what was assumed. */
export interface JUnitSuite extends JUnitCounts {
  readonly name: string;
  readonly properties: readonly { readonly name: string; readonly value: string }[];
  readonly cases: readonly JUnitCase[];
}

/** A report in the structure of JUnit's XML. */
export interface JUnitSuites extends JUnitCounts {
  readonly name: string;
  readonly suites: readonly JUnitSuite[];
}

/**
 * A report as JUnit's suites, to be written as XML for a CI system: a suite for each integration, a case for
 * each finding. A finding that fails the command is a `failure`, or an `error` where the verdict is unknown.
 * One that does not, or that the spec ignores, is `skipped`, with the reason. Text is escaped as on a
 * terminal, so it contains no character that XML forbids.
 * @see https://github.com/testmoapp/junitxml
 * @see https://www.w3.org/TR/xml/#charsets
 */
export function junitSuites(report: Report, options: JUnitOptions = {}): JUnitSuites {
  requireReport('junitSuites', report);
  const { failOn = 'error', name = 'postern check' } = options;
  const suites = groupsOf(report.findings).map(({ integration, findings }): JUnitSuite => {
    const cases = findings.map((finding) => caseOf(finding, failOn));
    return { name: displayText(integration ?? 'postern'), ...countsOf(cases), properties: [], cases };
  });
  const all = [...factsOf(report), ...suites];
  return { name, ...countsOf(all.flatMap(({ cases }) => cases)), suites: all };
}

function countsOf(cases: readonly JUnitCase[]): JUnitCounts {
  const count = (kind: JUnitOutcome['kind']): number => cases.filter(({ outcome }) => outcome?.kind === kind).length;
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

function caseOf(finding: Finding, failOn: FailOn): JUnitCase {
  const { check, subject, verdict, severity, message, evidence, remedy, suppressed } = finding;
  const named = { classname: displayText(check), name: displayText(subject) };
  if (verdict === 'pass') return named;

  const lines = evidence.map(({ kind, hop, id, text }) => `${hop ?? kind} ${id}: ${text}`);
  const text = [...lines, ...(remedy === undefined ? [] : [remedy])].map(displayText).join('\n');
  const until = suppressed?.until === undefined ? '' : `, until ${suppressed.until}`;
  const reason = displayText(suppressed === undefined ? message : `${message} (ignored: ${suppressed.reason}${until})`);
  const type = verdict === 'unknown' ? 'unknown' : severity;
  if (!failsAt(finding, failOn)) return { ...named, outcome: { kind: 'skipped', message: `${type}: ${reason}`, text } };

  return { ...named, outcome: { kind: verdict === 'fail' ? 'failure' : 'error', message: reason, type, text } };
}

/** What could not be read and what was assumed, as properties of a suite without cases. */
function factsOf({ gaps, assumptions }: Report): readonly JUnitSuite[] {
  const facts = [
    ...describedGaps(gaps).map(({ what, operation, code, permission }) => ({
      name: 'gap',
      value: `${what}: ${operation} returned ${code}${permission === undefined ? '' : ` (${permission})`}`,
    })),
    ...assumptions.map(({ path, text }) => ({ name: 'assumption', value: `${path}: ${text}` })),
  ];
  if (facts.length === 0) return [];

  const properties = facts.map(({ name, value }) => ({ name, value: displayText(value) }));
  return [{ name: 'facts', ...countsOf([]), properties, cases: [] }];
}
