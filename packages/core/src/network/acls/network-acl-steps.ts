import { cloudTraits } from '../../kinds/cloud/clouds.js';
import type { Params } from '../../findings/finding.js';
import { fewText } from '../../text/few-text.js';
import type { NetworkAcl } from '../../model/routing.js';
import type { Missing } from '../../world/views.js';
import { refusedOr } from '../../world/index/gap-facts.js';
import { EPHEMERAL, refusedAt, type Ports, type Ruled } from './acl-entries.js';
import { ANSWERS, type AclAt } from './acl-at.js';
import { shareText, SOURCE_PORTS, type Part } from './acl-ports.js';
import { blockText, type Place } from '../end.js';
import { entryText } from '../../text/rule-words.js';
import { spanText, type Span } from '../span.js';
import { type Step, type Way } from '../step.js';
import type { Wanted } from '../wanted.js';
import { partlyText } from '../whole-span.js';
import { aclStep } from './network-acl.js';

/** The list of network ACLs is complete, and does not contain the one that the subnet names. */
export function noSuchAcl(at: AclAt, { subnet, world }: Place, id: string): Step {
  const { region } = world.index.region;
  return {
    check: at.check,
    hop: at.hop,
    verdict: 'fail',
    tell: () => ({
      kind: 'network ACL',
      id,
      text: 'does not exist',
      why: { code: 'ACL_ABSENT', params: { acl: id, subnet: subnet.id, region } },
      because: `network ACL ${id} of ${subnet.id} does not exist in ${region}`,
      remedy: `Associate ${subnet.id} with an existing network ACL, then take the snapshot again.`,
    }),
  };
}

export function notRead({ world, subnet }: Place, what: string, id?: string): Missing {
  const remedy = 'Take the snapshot again with `postern snapshot`, which reads network ACLs.';
  // On other clouds the subnet itself contains its ACL.
  const own = id === undefined ? refusedOr(world.index, 'subnets', subnet.id, { what, remedy }) : { what, remedy };
  return { ...refusedOr(world.index, 'networkAcls', id, own), what };
}

const none = new Map<AclAt, Step>();

export function withoutAcl(at: AclAt): Step {
  const known = none.get(at);
  if (known !== undefined) return known;
  const made: Step = {
    check: at.check,
    hop: at.hop,
    verdict: 'pass',
    tell: (way) => ({
      kind: 'subnet',
      id: way[at.own].place?.subnet.id ?? '',
      text: 'no network ACL: no filtering',
    }),
  };
  none.set(at, made);
  return made;
}

function evidence(
  aclId: string,
  ruled: Ruled | undefined,
): { readonly kind: string; readonly id: string; readonly text: string } {
  if (ruled === undefined) return { kind: 'network ACL', id: aclId, text: 'no matching entry: denied' };
  const { entry } = ruled;
  return {
    kind: 'network ACL entry',
    id: entry.id ?? aclId,
    text: entry.id === undefined ? entryText(entry) : `${aclId}: ${entryText(entry)}`,
  };
}

export function allowStep(at: AclAt, aclId: string, ruled: Ruled | undefined): Step {
  return { check: at.check, hop: at.hop, verdict: 'pass', tell: () => evidence(aclId, ruled) };
}

/** Nearly all answers are allowed: those to a few source ports of calls are denied. */
export function fewStep(at: AclAt, { id }: NetworkAcl, denied: readonly Part[], ports: number): Step {
  const [bad] = denied;
  return {
    check: at.check,
    hop: at.hop,
    verdict: 'pass',
    warns: true,
    tell: (way) => {
      const orders = [...new Set(denied.flatMap(({ ruled }) => ruled?.entry.order ?? []))];
      const count = `${ports} of the ${SOURCE_PORTS} source ports of calls (${shareText(ports)})`;
      const by = orders.length === 0 ? 'no entry allows them' : `denied by ${entriesText(orders)}`;
      return {
        ...evidence(id, bad?.ruled),
        code: 'SUBNET_ACL_RESTRICTION',
        why: {
          code: 'ACL_DENIES_FEW_PORTS',
          params: { acl: id, ports, direction: at.direction, other: words(at, way, undefined).other, entries: orders },
        },
        because: `${id} denies ${bound(at)} answers ${preposition(at)} ${words(at, way, undefined).other} on ${count}, ${by}: calls from these ports fail, others succeed`,
        remedy: `Allow answers to all of 1024-65535 in ${id}. If the deny is intended, add an \`ignore\` entry for this finding.`,
      };
    },
  };
}

function entriesText(orders: readonly number[]): string {
  const shown = fewText(orders.map(String));
  return `${orders.length === 1 ? 'entry' : 'entries'} ${shown}`;
}

export function exemptStep(at: AclAt, aclId: string): Step {
  return {
    check: at.check,
    hop: at.hop,
    verdict: 'pass',
    tell: () => ({ kind: 'network ACL', id: aclId, text: 'never filters these addresses' }),
  };
}

export function denyStep(at: AclAt, acl: NetworkAcl, { ruled, ports }: Part, whole: boolean): Step {
  const aclId = acl.id;
  return {
    check: at.check,
    hop: at.hop,
    verdict: 'fail',
    tell: (way) => {
      const { traffic, other } = words(at, way, whole ? undefined : ports);
      return {
        ...evidence(aclId, ruled),
        code: 'SUBNET_ACL_RESTRICTION',
        why: {
          code: 'ACL_DENIES',
          params: {
            acl: aclId,
            entry: ruled?.entry.order,
            traffic,
            direction: at.direction,
            other,
            remedies: entriesWanted(at, acl, way),
          },
        },
        because:
          ruled === undefined
            ? `no entry of ${aclId} allows ${bound(at)} ${traffic} ${preposition(at)} ${other}`
            : `entry ${ruled.entry.order} of ${aclId} denies ${bound(at)} ${traffic} ${preposition(at)} ${other}`,
        remedy: remedyOf(at, acl, way) + answersText(at, acl, way),
      };
    },
    wants: (way) => wanted(at, acl, way),
  };
}

/** The entry for the answer, where it would be denied as well: that failure shows only after the call is allowed. */
function answersText(at: AclAt, acl: NetworkAcl, way: Way): string {
  const back = ANSWERS.get(at);
  const place = way[at.own].place;
  if (back === undefined || place === undefined) return '';
  const other = at.own === 'from' ? way.to : way.from;
  if (aclStep(back, place, other, way.port).verdict !== 'fail') return '';
  return ` Answers need an entry, too. ${remedyOf(back, acl, way)}`;
}

/** The required entry, and its position, as plain facts. */
function entriesWanted(at: AclAt, acl: NetworkAcl, way: Way): Params {
  const { before, peer, ports } = wanted(at, acl, way);
  return { acl: acl.id, before, peer, fromPort: ports[0], toPort: ports[1] };
}

/** The entry to add, and its place: no entry can precede number 1 on AWS, while Alibaba Cloud orders entries as a list. */
function remedyOf(at: AclAt, acl: NetworkAcl, way: Way): string {
  const { direction } = at;
  const { traffic, block } = words(at, way, undefined);
  const { before } = wanted(at, acl, way);
  const what = `${bound(at)} allow ${traffic} ${preposition(at)} ${block}.`;
  const region = way[at.own].place?.world.index.region;
  if (before !== 1 || region === undefined || !cloudTraits(region).aclEntriesAreNumbered) {
    return `Add an entry to ${acl.id}${before === undefined ? '' : ` before ${before}`}: ${what}`;
  }
  return acl.entries?.some((entry) => entry.direction === direction && entry.order === 2) === true
    ? `Renumber all entries of ${acl.id} to higher numbers, since no entry can precede 1, then add an entry before them: ${what}`
    : `Renumber entry 1 of ${acl.id} to 2, since no entry can precede 1, then add an entry to ${acl.id} before 2: ${what}`;
}

/** One entry for all that is denied, before the first entry that denies a part of it. */
function wanted(at: AclAt, acl: NetworkAcl, way: Way): Extract<Wanted, { list: 'network-acl' }> {
  const { direction } = at;
  const peer = blockText(at.own === 'from' ? way.to : way.from);
  const ports: Ports = at.of === 'call' ? [way.port, way.port] : EPHEMERAL;
  return { list: 'network-acl', acl, direction, ports, peer, before: refusedAt(acl, direction, ports, peer) };
}

export function partlyStep(
  at: AclAt,
  acl: NetworkAcl,
  parts: readonly { readonly span: Span; readonly passes: boolean }[],
  bad: Part,
): Step {
  const aclId = acl.id;
  return {
    check: at.check,
    hop: at.hop,
    verdict: 'unknown',
    partly: true,
    tell: (way) => {
      const { traffic, other } = words(at, way, undefined);
      const text = partlyText(parts.map(({ span, passes }) => ({ text: spanText(span), passes })));
      return {
        ...evidence(aclId, bad.ruled),
        why: {
          code: 'ACL_DENIES_PART',
          params: {
            acl: aclId,
            traffic,
            direction: at.direction,
            other,
            parts: text,
            remedies: entriesWanted(at, acl, way),
          },
        },
        because: `${aclId} allows ${bound(at)} ${traffic} ${preposition(at)} only a part of ${other}: ${text}`,
        remedy: remedyOf(at, acl, way),
      };
    },
    wants: (way) => wanted(at, acl, way),
  };
}

function words(
  at: AclAt,
  way: Way,
  ports: Ports | undefined,
): { readonly traffic: string; readonly block: string; readonly other: string } {
  const end = at.own === 'from' ? way.to : way.from;
  const [first, last] = ports ?? (at.of === 'call' ? [way.port, way.port] : EPHEMERAL);
  return {
    traffic: `tcp ${first === last ? first : `${first}-${last}`}`,
    block: blockText(end),
    other: end.text,
  };
}

function bound({ direction }: AclAt): string {
  return direction === 'in' ? 'inbound' : 'outbound';
}

function preposition({ direction }: AclAt): string {
  return direction === 'in' ? 'from' : 'to';
}
