import type { Evidence, Finding } from '../findings/finding.js';
import { decidingHop, hopsOf } from './hops.js';
import { wordsOf } from './words.js';

/** A finding, and those of other checks that one and the same cause explains. */
export interface Told {
  readonly finding: Finding;
  readonly also: readonly Finding[];
}

/** The checks that look at one hop of the way by themselves, and say more of it than a walk that stops there. */
const LOOKED_AT: Readonly<Record<string, readonly string[]>> = {
  'path/link link': ['link/state', 'link/inactive'],
  'path/security-group security group in': ['egress/admitted'],
  'path/route route': ['target/network'],
  'path/load-balancer load balancer': ['target/balancer-active'],
  'path/load-balancer listener': ['target/listener', 'target/protocol', 'target/answers'],
  'path/load-balancer listener rule': ['target/answers'],
  'path/load-balancer target health': ['target/healthy'],
  'path/load-balancer zone': ['target/healthy-zones'],
  'path/load-balancer access control list': ['target/access-list'],
};

/** Hops of which a target has one only: two checks that stumble there stumble over the same thing. */
const ONLY_ONE: ReadonlySet<string> = new Set(['load balancer', 'listener', 'target health', 'zone']);

/**
 * Puts what one cause explains into one entry, for people; each finding is in exactly one. A walk that stops where a check of its own
 * says why (a link that is not ready, a target group without healthy targets) goes with that check; verdicts that wait for one and the
 * same missing fact about one subject, or for one permission, are one. The order is that of the findings that lead.
 */
export function bySameCause(findings: readonly Finding[]): readonly Told[] {
  const leads = new Map<string, Finding[]>();
  const waiting = new Map<string, Finding>();
  for (const finding of findings) {
    add(leads, `${finding.check} ${placeOf(finding)}`, finding);
  }
  const led = new Map<Finding, Finding>();
  for (const finding of findings) {
    const lead = leadOf(finding, leads) ?? waitsWith(finding, waiting);
    if (lead !== undefined) led.set(finding, lead);
  }
  const entries = new Map(
    findings.flatMap((finding) => (led.has(finding) ? [] : [[finding, [] as Finding[]] as const])),
  );
  for (const finding of led.keys()) entries.get(firstOf(finding, led))?.push(finding);
  return [...entries].map(([finding, also]) => ({ finding, also }));
}

/** What leads a finding may itself go with another. */
function firstOf(finding: Finding, led: ReadonlyMap<Finding, Finding>): Finding {
  let first = finding;
  for (let lead = led.get(first); lead !== undefined; lead = led.get(first)) first = lead;
  return first;
}

function add(map: Map<string, Finding[]>, key: string, finding: Finding): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [finding]);
  else known.push(finding);
}

/** `orders target orders`, of a walk and of a check of the target alike; a link is the same in all integrations. */
function placeOf({ integration, subject }: Finding): string {
  const [, target] = /^link [^ ]+ → (target [^ ]+)/.exec(subject) ?? [];
  const [thing = subject] = subject.split(', ');
  return thing.startsWith('link ') && target === undefined ? thing : `${integration ?? ''} ${target ?? thing}`;
}

function leadOf(finding: Finding, leads: ReadonlyMap<string, readonly Finding[]>): Finding | undefined {
  if (!finding.check.startsWith('path/')) return undefined;
  const hops = hopsOf(finding);
  const hop = hops[decidingHop(hops, finding)];
  const place = placeOf(finding);
  const checks = LOOKED_AT[`${finding.check} ${hop?.hop ?? ''}`] ?? [];
  const candidates = checks.flatMap((check) => leads.get(`${check} ${place}`) ?? []);
  return candidates.find((lead) => hop !== undefined && explains(lead, finding, hop));
}

function explains(lead: Finding, { check, verdict, severity }: Finding, hop: Evidence): boolean {
  if (check === 'path/link') return true;
  if (lead.verdict !== verdict || lead.severity !== severity) return false;
  if (ONLY_ONE.has(hop.hop ?? '')) return true;
  const { message, remedy = '', evidence } = lead;
  const named = wordsOf([message, remedy, ...evidence.map(({ id }) => id)].join(' '));
  // A rule's text begins with the group that it is of.
  const [owner = ''] = hop.text.split(':');
  return [...wordsOf(hop.id), owner].some((id) => named.has(id));
}

/** How a remedy begins that names a permission: `Allow ec2:DescribeSubnets`. */
const PERMISSION = /^Allow [a-z0-9-]+:\w/;

/** The first finding that waits for the same fact about the same subject, or for the same permission. */
function waitsWith(finding: Finding, waiting: Map<string, Finding>): Finding | undefined {
  const { verdict, integration, subject, remedy = '' } = finding;
  const missing = missingOf(finding);
  const ofPermission = verdict === 'unknown' && PERMISSION.test(remedy);
  if (missing === undefined && !ofPermission) return undefined;
  const key = JSON.stringify(ofPermission ? [remedy] : [integration, subject, remedy, missing?.id, missing?.text]);
  const first = waiting.get(key);
  if (first === undefined) waiting.set(key, finding);
  return first;
}

/** The fact that a verdict waits for. */
export function missingOf({ verdict, evidence }: Finding): Evidence | undefined {
  return verdict === 'unknown' ? evidence.find(({ kind }) => kind === 'missing fact') : undefined;
}
