import type { Evidence, Finding, OpenFinding } from '../../do/findings/finding.js';
import { subjectOf } from '../../do/findings/subject.js';
import { valuesOf } from './tally.js';
import { grouped } from '../../ground/grouped.js';

/** A finding, and those of other checks that one and the same cause explains. */
export interface MergedFinding {
  readonly finding: OpenFinding;
  readonly also: readonly OpenFinding[];
}

/** The checks that evaluate one hop of the path separately, and report more about it than a walk that stops there. */
const LOOKED_AT: Readonly<Record<string, readonly string[]>> = {
  'path/link link': ['link/state', 'link/inactive'],
  'path/security-group security group in': ['egress/admitted'],
  'path/route route': ['target/network'],
  'path/load-balancer load balancer': ['target/balancer-active', 'target/kind'],
  'path/load-balancer listener': ['target/listener', 'target/protocol', 'target/answers'],
  'path/load-balancer listener rule': ['target/answers'],
  'path/load-balancer target health': ['target/healthy'],
  'path/load-balancer zone': ['target/healthy-zones'],
  'path/load-balancer access control list': ['target/access-list'],
};

/** Hops that a target has only once: two checks that fail at the same one have the same cause. */
const ONLY_ONE: ReadonlySet<string> = new Set(['load balancer', 'listener', 'target health', 'zone']);

/**
 * Combines findings with one cause into one entry of a text report; each finding is in exactly one. A walk that stops
 * where a separate check reports the reason (a link that is not ready, a target group without healthy targets) is
 * combined with that check. Unknown verdicts with the same missing fact about one subject, or with one missing
 * permission, are combined. The order is that of the first finding of each entry.
 */
export function bySameCause(findings: readonly OpenFinding[]): readonly MergedFinding[] {
  const leads = grouped(findings, (finding) => `${finding.check} ${placeOf(finding)}`);
  const waiting = new Map<string, OpenFinding>();
  const led = new Map<OpenFinding, OpenFinding>();
  for (const finding of findings) {
    const lead = leadOf(finding, leads) ?? waitsWith(finding, waiting);
    if (lead !== undefined) led.set(finding, lead);
  }
  const entries = new Map(
    findings.flatMap((finding) => (led.has(finding) ? [] : [[finding, [] as OpenFinding[]] as const])),
  );
  for (const finding of led.keys()) entries.get(firstOf(finding, led))?.push(finding);
  return [...entries].map(([finding, also]) => ({ finding, also }));
}

/** The finding that heads an entry may itself be combined with another. */
function firstOf(finding: OpenFinding, led: ReadonlyMap<OpenFinding, OpenFinding>): OpenFinding {
  let first = finding;
  for (let lead = led.get(first); lead !== undefined; lead = led.get(first)) first = lead;
  return first;
}

/** `orders target orders`, of a walk and of a check of the target alike; a link is the same in all integrations. */
function placeOf(finding: Finding): string {
  const { integration, about } = finding;
  const thing = subjectOf('target', finding) ?? about[0];
  const label = thing?.label ?? finding.subject;
  return thing?.kind === 'link' ? label : `${integration ?? ''} ${label}`;
}

function leadOf(finding: OpenFinding, leads: ReadonlyMap<string, readonly OpenFinding[]>): OpenFinding | undefined {
  if (finding.check === 'target/exposed')
    return leads.get(`egress/wider ${placeOf(finding)}`)?.find((lead) => isOfSameRules(lead, finding));
  if (!finding.check.startsWith('path/')) return undefined;

  const hops = hopsOf(finding);
  const hop = hops[decidingHop(hops, finding)];
  const place = placeOf(finding);
  const checks = LOOKED_AT[`${finding.check} ${hop?.hop ?? ''}`] ?? [];
  const candidates = checks.flatMap((check) => leads.get(`${check} ${place}`) ?? []);
  return candidates.find((lead) => hop !== undefined && explains(lead, finding, hop));
}

function explains(lead: OpenFinding, finding: OpenFinding, hop: Evidence): boolean {
  const { check, verdict, severity, routes } = finding;
  if (check === 'path/link') return true;
  if (lead.verdict !== verdict || lead.severity !== severity) return false;
  if (lead.routes !== undefined && routes?.some((key) => lead.routes?.includes(key)) === false) return false;
  if (ONLY_ONE.has(hop.hop ?? '')) return true;

  const { params, evidence } = lead;
  const named = new Set([...valuesOf(params), ...evidence.map(({ id }) => id)]);
  return idsAt(hop, finding).some((id) => named.has(id));
}

/** Whether two failures are about the same rules or lists: who narrows them ends both. */
function isOfSameRules(a: OpenFinding, b: OpenFinding): boolean {
  const idsOf = ({ evidence }: OpenFinding) => JSON.stringify([...new Set(evidence.map(({ id }) => id))].toSorted());
  return a.verdict === 'fail' && b.verdict === 'fail' && a.severity === b.severity && idsOf(a) === idsOf(b);
}

/** The ids of what decided at a hop: the rule, and the group or list that it is of. */
function idsAt({ id }: Evidence, { params: { group, groups, lists } }: Finding): readonly string[] {
  return [id, ...valuesOf({ group, groups, lists })];
}

/** The first finding that waits for the same fact about the same subject, or for the same permission. */
function waitsWith(finding: OpenFinding, waiting: Map<string, OpenFinding>): OpenFinding | undefined {
  const { integration, subject, remedy = '' } = finding;
  const missing = missingOf(finding);
  if (missing === undefined || (missing.permission === undefined && hopsOf(finding).length > 0)) return undefined;

  const { what, permission } = missing;
  const key = JSON.stringify(permission === undefined ? [integration, subject, remedy, what] : [permission, remedy]);
  const first = waiting.get(key);
  if (first === undefined) waiting.set(key, finding);
  return first;
}

/** A fact that a verdict waits for, and the permission that would supply it. */
export interface MissingFact {
  readonly what: string;
  readonly permission?: string | undefined;
}

/** The fact that a verdict waits for. */
export function missingOf({ verdict, params: { missing } }: Finding): MissingFact | undefined {
  if (verdict !== 'unknown' || typeof missing !== 'object' || !('what' in missing)) return undefined;

  const { what, permission } = missing;
  if (typeof what !== 'string') return undefined;

  return typeof permission === 'string' ? { what, permission } : { what };
}

/** How many hops are shown before the one that decides, and of a walk where none does. */
const BEFORE = 1;
const FIRST = 3;

/** The hops of a walk, where the finding is about one. */
export function hopsOf({ evidence }: Pick<Finding, 'evidence'>): readonly Evidence[] {
  return evidence.filter(({ hop }) => hop !== undefined);
}

/**
 * The hop that decided a verdict: the one that the params name, since a walk may continue after a stop; else
 * the first that has the verdict; -1 where none does.
 */
function decidingHop(hops: readonly Evidence[], { verdict, params }: Pick<Finding, 'verdict' | 'params'>): number {
  if (verdict === 'pass') return -1;

  const named = hops.findIndex((one) => one.verdict === verdict && one.hop === params['hop']);
  return named < 0 ? hops.findIndex((one) => one.verdict === verdict) : named;
}

/** The deciding hop, and what comes just before it. */
export interface HopWindow {
  /** The last one is that which decided, where one did. */
  readonly hops: readonly Evidence[];
  readonly deciding: Evidence | undefined;
  readonly cutBefore: boolean;
}

/** The hops of a finding up to the one that decided its verdict. */
export function hopWindow(finding: Pick<Finding, 'evidence' | 'verdict' | 'params'>): HopWindow {
  const hops = hopsOf(finding);
  const at = decidingHop(hops, finding);
  if (at < 0) return { hops: hops.slice(0, FIRST), deciding: undefined, cutBefore: false };

  const from = Math.max(0, at - BEFORE);
  return { hops: hops.slice(from, at + 1), deciding: hops[at], cutBefore: from > 0 };
}

/** The findings of one integration, or of none. */
export interface Group<T = Finding> {
  /** `null`: about links of several integrations, or about none. */
  readonly integration: string | null;
  readonly findings: readonly T[];
}

/** Findings by integration, in order. */
export function groupsOf(findings: readonly Finding[]): readonly Group[] {
  return groupsBy(findings, ({ integration }) => integration);
}

/** Groups items about findings by their integration, in order. */
export function groupsBy<T>(things: readonly T[], integrationOf: (thing: T) => string | null): readonly Group<T>[] {
  return [...grouped(things, integrationOf)].map(([integration, findings]) => ({ integration, findings }));
}
