import type { Rule } from '../../do/findings/check.js';
import type { Evidence, Finding, Report, Severity } from '../../do/findings/finding.js';
import { displayText } from '../../ground/text/display.js';
import type { SourcePlace } from '../../ground/errors.js';
import { hashText } from '../../ground/hash.js';
import { jsonText } from '../../ground/text/json-text.js';
import type { Spec } from '../../do/spec.js';
import { hopsOf } from './same-cause.js';
import { MARKS, describedGaps } from './lists.js';
import { pathOfFinding } from './causes.js';
import { requireReport } from './document.js';

/** How a report is written as SARIF. */
export interface ReportSarifOptions {
  /** The rules of the checks that ran: `rulesOf(clouds)`, or `[...rulesOf(clouds), mine]` where a user's check ran, too. */
  readonly rules: readonly Rule[];
  /** The version of the tool that wrote the report. */
  readonly version?: string | undefined;
  /**
   * The absolute address of the page of the checks, for `helpUri`: `https://…/checks.md`. By default a rule's
   * first source is used.
   */
  readonly docs?: string | undefined;
  /**
   * What a file is called in the report: relative to the root of its repository, by which code scanning finds it. By default as
   * the spec was named.
   */
  readonly fileName?: ((file: string) => string) | undefined;
}

/** The name of a result's fingerprint; another algorithm gets another name. */
const FINGERPRINT = 'postern/v1';

/**
 * The security severity of a rule's results for code scanning, which shows 7.0 to 8.9 as high, 4.0 to 6.9 as
 * medium and less as low.
 * @see
 *   https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#reportingdescriptor-object
 */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { error: '8.0', warning: '5.0', note: '2.0' };

/** The levels of SARIF are our severities. */
const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'note' };

/**
 * A report as SARIF 2.1.0, for code scanning: a rule for each check; a result for each finding, at the line
 * of its target or integration in the spec, with the walk as a code flow and a fingerprint of check,
 * integration and subject, which stays the same between runs. Findings that the spec ignores are accepted
 * suppressions; gaps and assumptions are notifications of the run. An unknown verdict is of kind `open`,
 * whose level is always `none`.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
 */
export function reportSarif(report: Report, spec: Spec, options: ReportSarifOptions): string {
  requireReport('reportSarif', report);
  const { rules, version, docs, fileName = (file) => file } = options;
  const known = withUnlisted(rules, report);
  const index = new Map(known.map(({ id }, at) => [id, at]));
  const seen = new Map<string, number>();
  const placed: Spec = { ...spec, places: remembered(spec.places, fileName) };
  const results = report.findings.map((finding) => resultOf(finding, index, fingerprint(finding, seen), placed));
  return `${jsonText(
    {
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'Postern',
              version,
              rules: known.map((rule) => ruleOf(rule, docs)),
              notifications: [
                { id: 'gap', shortDescription: { text: 'A fact could not be read' } },
                { id: 'assumption', shortDescription: { text: 'A verdict depends on a fact from the spec' } },
              ],
            },
          },
          columnKind: 'utf16CodeUnits',
          invocations: [{ executionSuccessful: true, toolExecutionNotifications: notificationsOf(report) }],
          results,
        },
      ],
    },
    2,
  )}\n`;
}

/** Looks a place up once: many findings are of one integration. */
function remembered(places: Spec['places'], fileName: (file: string) => string): Spec['places'] {
  if (places === undefined) return undefined;

  const known = new Map<string, SourcePlace | undefined>();
  return (path) => {
    if (!known.has(path)) {
      const place = places(path);
      known.set(path, place?.file === undefined ? place : { ...place, file: fileName(place.file) });
    }
    return known.get(path);
  };
}

/** Findings of checks that are not among the rules get a rule of their own, so that every result has one. */
function withUnlisted(rules: readonly Rule[], { findings }: Report): readonly Rule[] {
  const ids = new Set(rules.map(({ id }) => id));
  const others = new Map<string, Rule>();
  for (const { check, severity = others.get(check)?.severity ?? 'warning' } of findings) {
    if (!ids.has(check)) others.set(check, { id: check, title: check, severity, about: check });
  }
  return [...rules, ...others.values()];
}

function ruleOf({ id, title, severity, about, sources = [] }: Rule, docs: string | undefined): object {
  return {
    id: displayText(id),
    shortDescription: { text: message(title) },
    fullDescription: { text: message(about) },
    // Without a documentation page of Postern, the page that is the check's source.
    helpUri: docs === undefined ? sources[0] : `${docs}#${id.replace('/', '')}`,
    help: { text: message([about, ...sources].join('\n')) },
    defaultConfiguration: { level: LEVELS[severity] },
    // [U] GitHub reads it only where the rule is tagged as one about security.
    properties: { tags: ['security'], 'security-severity': SECURITY_SEVERITY[severity] },
  };
}

function resultOf(finding: Finding, rules: ReadonlyMap<string, number>, print: string, spec: Spec): object {
  const { check, verdict, severity, integration, subject, message: said, remedy, suppressed } = finding;
  const place = placeOf(finding, spec);
  return {
    ruleId: displayText(check),
    ruleIndex: rules.get(check),
    kind: verdict === 'unknown' ? 'open' : verdict,
    level: verdict === 'fail' ? LEVELS[severity] : 'none',
    message: { text: message(`${subject}: ${said}${remedy === undefined ? '' : `\n${remedy}`}`) },
    locations: [
      {
        physicalLocation: physical(place),
        logicalLocations: [
          { fullyQualifiedName: displayText(integration === null ? subject : pathOfFinding(finding, spec)) },
        ],
      },
    ],
    codeFlows: codeFlow(finding, place),
    partialFingerprints: { [FINGERPRINT]: print },
    suppressions: suppressed && [
      {
        kind: 'inSource',
        status: 'accepted',
        justification: displayText(
          suppressed.until === undefined ? suppressed.reason : `${suppressed.reason} (until ${suppressed.until})`,
        ),
      },
    ],
    properties: { verdict, severity, evidence: finding.evidence.map(shownEvidence) },
  };
}

function shownEvidence({ kind, id, text, code }: Evidence): object {
  return {
    kind: displayText(kind),
    id: displayText(id),
    text: displayText(text),
    code: code === undefined ? undefined : displayText(code),
  };
}

/** The line of what a finding is about: its target or route, or the integration around it; its link; an entry of `ignore`. */
function placeOf(finding: Finding, spec: Spec): SourcePlace | undefined {
  const { integration } = finding;
  return (
    spec.places?.(pathOfFinding(finding, spec)) ??
    (integration === null ? undefined : spec.places?.(`integrations.${integration}`))
  );
}

function physical(place: SourcePlace | undefined): object | undefined {
  if (place?.file === undefined) return undefined;

  const { file, line, column } = place;
  return {
    artifactLocation: { uri: fileUri(file) },
    region: line === undefined ? undefined : { startLine: line, startColumn: column },
  };
}

/** The hops of the walk, in order; what decided is essential. */
function codeFlow(finding: Finding, place: SourcePlace | undefined): readonly object[] | undefined {
  const hops = hopsOf(finding);
  if (hops.length === 0) return undefined;

  const locations = hops.map(({ hop, kind, id, text, verdict, code }, at) => ({
    location: {
      physicalLocation: physical(place),
      logicalLocations: [{ name: displayText(id), kind: 'resource' }],
      message: {
        text: message(
          `${MARKS[verdict ?? 'unknown']} ${hop ?? kind}: ${id}: ${text}${code === undefined ? '' : ` (${code})`}`,
        ),
      },
    },
    executionOrder: at + 1,
    importance: verdict === 'pass' ? 'important' : 'essential',
  }));
  return [{ threadFlows: [{ locations }] }];
}

function notificationsOf({ gaps, assumptions }: Report): readonly object[] {
  return [
    ...describedGaps(gaps).map(({ what, operation, code, permission }) => ({
      descriptor: { id: 'gap', index: 0 },
      level: 'warning',
      message: {
        text: message(
          `${what}: ${operation} returned ${code}${permission === undefined ? '' : `; allow ${permission}`}`,
        ),
      },
    })),
    ...assumptions.map(({ path, text }) => ({
      descriptor: { id: 'assumption', index: 1 },
      level: 'note',
      message: { text: message(`${path}: ${text}`) },
    })),
  ];
}

/** Of several findings with the same check, integration and subject the later ones are numbered. */
function fingerprint({ check, integration, subject }: Finding, seen: Map<string, number>): string {
  const print = hashText(JSON.stringify([check, integration, subject]));
  const number = (seen.get(print) ?? 0) + 1;
  seen.set(print, number);
  return number === 1 ? print : `${print}:${number}`;
}

/**
 * A message, in which text from outside can be neither a link (`[text](address)`) nor a placeholder (`{0}`):
 * braces are doubled, as the standard requires, and a bracket that would open an address is separated.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html#_Toc141790720
 */
function message(text: string): string {
  return text
    .split('\n')
    .map(displayText)
    .join('\n')
    .replaceAll('](', '] (')
    .replace(/[{}]/g, (brace) => brace + brace);
}

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
