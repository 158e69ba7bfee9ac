import { isOpen, type Finding } from '../../../src/do/findings/finding.js';

type Said = Pick<Finding, 'check' | 'verdict' | 'severity' | 'integration' | 'subject'>;

/** Two reports: the second one, from fewer facts, has to keep the findings of the first one. */
export interface Loss {
  /** The findings with all facts. */
  readonly before: readonly Finding[];
  /** The findings with fewer facts. */
  readonly after: readonly Finding[];
  /** An unknown has to name one of these; undefined where no permission would supply the fact. */
  readonly permissions?: readonly string[] | undefined;
}

const SEVERITIES = { error: 2, warning: 1, note: 0 } as const;
const RANK = { pass: 0, unknown: 1, fail: 2 } as const;

/** Findings of a path are identified by its two ends, where there are several. */
function baseOf({ check, subject }: Said): string {
  return check.startsWith('path/') ? (subject.split(' (')[0] ?? '') : subject;
}

/**
 * Whether a finding is about a subject, or about what it depends on: the link and target that it names, or the link
 * of which it is the network. `link eu, subnet-a` depends on `link eu`, a stage on its gateway, each route on the routes and targets of its integration.
 * A custom domain depends on the gateway that it leads to, which its evidence names.
 */
function isAbout(finding: Finding, was: Finding): boolean {
  const [subject, base] = [baseOf(finding), baseOf(was)];
  if (base.startsWith('network ') && subject.startsWith('link ')) return true;
  if (base.startsWith('gateway ') && subject.startsWith('region ')) return true;
  if (base.startsWith('route ') && /^(?:routes of|target) /.test(subject)) return true;
  if (base.startsWith('stage ') && subject === `gateway ${base.split(' of ').at(-1)}`) return true;
  if (base.startsWith('domain ') && subject.startsWith('gateway ')) {
    return was.evidence.some(({ text }) => text?.split(/[ ,]+/).includes(subject.slice('gateway '.length)));
  }
  return base.split(' → ').some((part) => [base, part, part.split(', ')[0]].includes(subject));
}

function nameOf({ check, integration, verdict, severity, ...rest }: Said): string {
  return `${check} of ${integration ?? 'no integration'}, ${baseOf({ check, integration, verdict, severity, ...rest })} (${verdict}, ${severity})`;
}

/**
 * What stopped a build and no longer does: a failure that is not reported, and not covered by an unknown of its
 * severity that names the permission and is about the same subject, or the link or target that it depends on; and
 * an unknown that nothing replaces.
 */
export function vanished({ before, after, permissions }: Loss): readonly string[] {
  const left = after.filter(isOpen);
  const gone = before.filter((was) => {
    if (was.verdict === 'pass') return false;
    const base = baseOf(was);
    // One link may serve several integrations: its finding then has no integration.
    const isSame = (one: Finding): boolean =>
      one.integration === was.integration || one.integration === null || was.integration === null;
    return !left.some((one) => {
      if (!isSame(one) || SEVERITIES[one.severity] < SEVERITIES[was.severity]) return false;
      if (one.verdict === 'fail' && one.check === was.check && baseOf(one) === base) return true;
      if (!isAbout(one, was)) return false;
      if (was.verdict === 'unknown') return true;
      return one.verdict === 'unknown' && (permissions === undefined || isNamed(one, permissions));
    });
  });
  return [...new Set(gone.map(nameOf))];
}

function isNamed(finding: Finding, permissions: readonly string[]): boolean {
  return permissions.some((one) => JSON.stringify(finding).includes(one));
}

/**
 * What newly passes: each check of each subject; of a path, also all its checks together. A part without an outcome
 * of a check may pass where the whole no longer passes: a block of the spec that was known to be that of a subnet.
 */
export function risen({ before, after }: Loss): readonly string[] {
  const [known, now] = [worstOf(before), worstOf(after)];
  return [...now].flatMap(([key, verdict]) => {
    if (verdict !== 'pass') return [];
    // A path that ended at one hop continues where the hop is unknown: its later hops were not evaluated before.
    const [whole = key] = /^(?:[^,]*, ){2}[^,]*(?=, )/.exec(key) ?? [];
    const isPart = whole !== key && (now.get(whole) ?? 'pass') !== 'pass';
    const was = known.get(key) ?? (key.startsWith('path/') || isPart ? 'pass' : 'silent');
    return was === 'pass' ? [] : [`${key} was ${was}`];
  });
}

/**
 * Whether a path ends where a check of another family decides, and is reported by the path's first check only because
 * that check has no outcome for it. Once it has one, the path need not be reported.
 */
function isDeferred({ check, verdict, evidence }: Finding): boolean {
  return check === 'path/link' && verdict !== 'pass' && evidence.some(({ hop }) => hop === 'accessible blocks');
}

function worstOf(findings: readonly Finding[]): ReadonlyMap<string, Finding['verdict']> {
  const worst = new Map<string, Finding['verdict']>();
  for (const finding of findings) {
    const { check, integration, verdict } = finding;
    const of = `${integration ?? ''}, ${baseOf(finding)}`;
    if (isDeferred(finding)) continue;
    for (const key of check.startsWith('path/') && of.includes('→')
      ? [`${check}, ${of}`, `walk, ${of}`]
      : [`${check}, ${of}`]) {
      if (RANK[verdict] > RANK[worst.get(key) ?? 'pass'] || !worst.has(key)) worst.set(key, verdict);
    }
  }
  return worst;
}
