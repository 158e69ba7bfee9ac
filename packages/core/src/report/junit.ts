import type { Finding, Report } from '../checks/finding.js';
import { groupsOf } from './groups.js';
import { failsAt, type FailOn } from './tally.js';
import { xmlElement, xmlText } from './xml.js';

export interface JUnitReportOptions {
  /** What counts as a failure or an error of a test; other findings are cases that were skipped. `error` by default. */
  readonly failOn?: FailOn | undefined;
}

/**
 * A report as JUnit's XML, for CI systems: a suite for each integration, a case for each finding. What fails the command is a
 * `failure`, or an `error` where the verdict is unknown; what does not, and what the spec ignores, is `skipped`, with the reason.
 */
export function junitReport(report: Report, options: JUnitReportOptions = {}): string {
  const { failOn = 'error' } = options;
  const suites = groupsOf(report.findings).map(({ integration, findings }) => {
    const cases = findings.map((finding) => ({ finding, outcome: outcomeOf(finding, failOn) }));
    const count = (outcome: Outcome): number => cases.filter((one) => one.outcome === outcome).length;
    return {
      count,
      size: cases.length,
      element: xmlElement(
        'testsuite',
        {
          name: integration ?? 'postern',
          tests: cases.length,
          failures: count('failure'),
          errors: count('error'),
          skipped: count('skipped'),
        },
        cases.map(({ finding, outcome }) => caseOf(finding, outcome)),
      ),
    };
  });
  const sum = (of: (suite: (typeof suites)[number]) => number): number =>
    suites.reduce((total, suite) => total + of(suite), 0);
  const root = xmlElement(
    'testsuites',
    {
      name: 'postern check',
      tests: sum(({ size }) => size),
      failures: sum(({ count }) => count('failure')),
      errors: sum(({ count }) => count('error')),
      skipped: sum(({ count }) => count('skipped')),
    },
    [...factsOf(report), ...suites.map(({ element }) => element)],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

type Outcome = 'pass' | 'failure' | 'error' | 'skipped';

function outcomeOf(finding: Finding, failOn: FailOn): Outcome {
  if (finding.verdict === 'pass') return 'pass';
  if (!failsAt(finding, failOn)) return 'skipped';
  return finding.verdict === 'fail' ? 'failure' : 'error';
}

function caseOf(finding: Finding, outcome: Outcome): string {
  const { check, subject, verdict, severity, message, evidence, remedy, suppressed } = finding;
  const attributes = { classname: check, name: subject };
  if (outcome === 'pass') return `\n${xmlElement('testcase', attributes)}`;
  const lines = [
    ...evidence.map(({ kind, hop, id, text }) => `${hop ?? kind} ${id}: ${text}`),
    ...(remedy === undefined ? [] : [remedy]),
  ].map(xmlText);
  const reason =
    suppressed === undefined
      ? message
      : `${message} (ignored: ${suppressed.reason}${suppressed.until === undefined ? '' : `, until ${suppressed.until}`})`;
  const type = verdict === 'unknown' ? 'unknown' : severity;
  // A skipped case has no type: https://github.com/testmoapp/junitxml
  const said = outcome === 'skipped' ? { message: `${type}: ${reason}` } : { message: reason, type };
  return `\n${xmlElement('testcase', attributes, [xmlElement(outcome, said, lines.length === 0 ? [] : [lines.join('\n')])])}`;
}

/** What could not be read and what was assumed, as properties of a suite without cases. */
function factsOf({ gaps, assumptions }: Report): readonly string[] {
  const facts = [
    ...gaps.map(({ what, operation, code, permission }) => ({
      name: 'gap',
      value: `${what}: ${operation} answered ${code}${permission === undefined ? '' : ` (${permission})`}`,
    })),
    ...assumptions.map(({ path, text }) => ({ name: 'assumption', value: `${path}: ${text}` })),
  ];
  if (facts.length === 0) return [];
  const properties = facts.map((fact) => xmlElement('property', fact));
  const none = { tests: 0, failures: 0, errors: 0, skipped: 0 };
  return [`\n${xmlElement('testsuite', { name: 'facts', ...none }, [xmlElement('properties', {}, properties)])}`];
}
