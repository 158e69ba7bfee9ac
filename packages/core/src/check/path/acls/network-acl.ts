import type { NetworkAcl } from '../../../do/model/routing.js';
import {
  compiledAcl,
  type CompiledAcl,
  type RankedEntry,
  deniedBy,
  type Part,
  ANSWERS,
  type AclAt,
} from './acl-entries.js';
import { EPHEMERAL, type Ports, areFew, type EntryToAdd, networkAclReasons } from '../reasons/security-group.js';
import { entryToAdd, missingEntry } from './access-control.js';
import { type End, unknownStep, type PathStep, type Way, failStep, passStep, warnStep } from '../model/step.js';
import type { SubnetPlace } from '../model/world.js';
import { piecesOf } from '../model/address-map.js';
import { holds, meets, type Span, spanText } from '../model/span.js';
import { overEnd, partlyText } from '../whole-span.js';
import type { Missing } from '../../../do/world/views.js';
import { refusedOr } from '../../../do/world/index/gap-facts.js';
import { aclEntryText, portsText } from '../../../do/words/rule-words.js';

/**
 * Whether the network ACL of a subnet allows a call or its answer, to or from the other end. ACLs are stateless. The first matching
 * entry decides, and traffic without a match is denied. A subnet without an ACL allows everything.
 */
export function aclStep(at: AclAt, place: SubnetPlace, other: End, port: number): PathStep {
  const { networkAclId } = place.subnet;
  if (networkAclId === null) return withoutAcl(at);
  if (networkAclId === undefined) {
    // On AWS, the list of ACLs contains the ACL of each subnet: where it was not read, its permission is
    // missing.
    const missing = notRead(place, `the network ACL of ${place.subnet.id}`);
    return unknownStep(at.check, at.hop, { kind: 'subnet', id: place.subnet.id }, missing);
  }

  const found = place.world.index.find('networkAcls', networkAclId);
  const what = { kind: 'network ACL', id: networkAclId };
  if (found.is === 'unknown') return unknownStep(at.check, at.hop, what, found.missing);
  if (found.is === 'absent' && isOwn(place)) return noSuchAcl(at, place, networkAclId);
  if (found.is === 'absent' || found.value.entries === undefined) {
    return unknownStep(at.check, at.hop, what, notRead(place, `the entries of ${networkAclId}`, networkAclId));
  }

  const ports: Ports = at.of === 'call' ? [port, port] : EPHEMERAL;
  const acl = compiledAcl(place.world, found.value, found.value.entries, at.direction, ports);
  if (acl.unread !== undefined)
    return unknownStep(at.check, at.hop, what, notRead(place, `${acl.unread} of ${networkAclId}`, networkAclId));

  return overEnd(other, (span) => judge(at, found.value, acl, span));
}

/** Whether a subnet is the account's own: the network ACL of one that another account shares is that account's. */
function isOwn({ subnet, world }: SubnetPlace): boolean {
  return subnet.account === undefined || subnet.account === world.index.region.account;
}

function judge(at: AclAt, own: NetworkAcl, acl: CompiledAcl, span: Span): PathStep {
  const aclId = own.id;
  if (acl.exempt.some((one) => holds(one, span))) return exemptStep(at, aclId);

  const parts: Part[] = acl.runs.flatMap(({ ports, blocks4, blocks6 }) =>
    piecesOf(span.family === 4 ? blocks4 : blocks6, span).map((piece) => ({
      span: piece.span,
      ruled: piece.value,
      ports,
    })),
  );
  const denied = parts.filter(({ ruled }) => ruled?.entry.action !== 'allow');
  const [bad] = denied;
  if (bad === undefined) return shared(at, acl, parts[0]?.ruled, () => allowStep(at, aclId, parts[0]?.ruled));

  const pieces = deniedBy(parts, denied, span);
  const shown = pieces.map((piece) => ({
    span: piece.span,
    passes: piece.denied === 0 || (at.of === 'answer' && areFew(piece.denied)),
  }));
  const lost = shown.filter(({ passes }) => !passes);
  if (lost.length === 0) return fewStep(at, own, denied, Math.max(...pieces.map((piece) => piece.denied)));
  if (lost.length < shown.length) {
    const stop = denied.find((part) => lost.some((piece) => meets(part.span, piece.span)));
    return partlyStep(at, own, shown, stop ?? bad);
  }

  return bad.ports[0] === acl.runs[0]?.ports[0] && denied.length === parts.length
    ? shared(at, acl, bad.ruled, () => denyStep(at, own, bad, true, answerToAdd))
    : denyStep(at, own, bad, parts.length === denied.length, answerToAdd);
}

/** Steps are created once for each place and entry. */
function shared(at: AclAt, acl: CompiledAcl, ruled: RankedEntry | undefined, make: () => PathStep): PathStep {
  const key = `${at.hop} ${ruled?.rank ?? '-'}`;
  const known = acl.steps.get(key);
  if (known !== undefined) return known;

  const computed = make();
  acl.steps.set(key, computed);
  return computed;
}

/** The entry for the answer, where it would be denied as well: that failure shows only after the call is allowed. */
function answerToAdd(at: AclAt, acl: NetworkAcl, way: Way): EntryToAdd | undefined {
  const back = ANSWERS.get(at);
  const place = way[at.own].place;
  if (back === undefined || place === undefined) return undefined;

  const other = at.own === 'from' ? way.to : way.from;
  return aclStep(back, place, other, way.port).verdict === 'fail' ? entryToAdd(back, acl, way) : undefined;
}

/** The list of network ACLs is complete, and does not contain the one that the subnet names. */
function noSuchAcl(at: AclAt, { subnet, world }: SubnetPlace, id: string): PathStep {
  const { region } = world.index.region;
  return failStep(at.check, at.hop, () => ({
    kind: 'network ACL',
    id,
    text: 'does not exist',
    ...networkAclReasons.ACL_ABSENT({ acl: id, subnet: subnet.id, region }),
  }));
}

function notRead({ world, subnet }: SubnetPlace, what: string, id?: string): Missing {
  const remedy = 'Take the snapshot again with `postern snapshot`, which reads network ACLs.';
  // On other clouds the subnet itself contains its ACL.
  const own = id === undefined ? refusedOr(world.index, 'subnets', subnet.id, { what, remedy }) : { what, remedy };
  return { ...refusedOr(world.index, 'networkAcls', id, own), what };
}

function withoutAcl(at: AclAt): PathStep {
  return passStep(at.check, at.hop, (way) => ({
    kind: 'subnet',
    id: way[at.own].place?.subnet.id ?? '',
    text: 'no network ACL: no filtering',
  }));
}

function evidence(
  aclId: string,
  ruled: RankedEntry | undefined,
): { readonly kind: string; readonly id: string; readonly text: string } {
  if (ruled === undefined) return { kind: 'network ACL', id: aclId, text: 'no matching entry: denied' };

  const { entry } = ruled;
  return {
    kind: 'network ACL entry',
    id: entry.id ?? aclId,
    text: entry.id === undefined ? aclEntryText(entry) : `${aclId}: ${aclEntryText(entry)}`,
  };
}

function allowStep(at: AclAt, aclId: string, ruled: RankedEntry | undefined): PathStep {
  return { check: at.check, hop: at.hop, verdict: 'pass', describe: () => evidence(aclId, ruled) };
}

/** Nearly all answers are allowed: those to a few source ports of calls are denied. */
function fewStep(at: AclAt, { id }: NetworkAcl, denied: readonly Part[], ports: number): PathStep {
  const [bad] = denied;
  return warnStep(at.check, at.hop, (way) => ({
    ...evidence(id, bad?.ruled),
    code: 'SUBNET_ACL_RESTRICTION',
    ...networkAclReasons.ACL_DENIES_FEW_PORTS({
      acl: id,
      ports,
      direction: at.direction,
      other: otherEnd(at, way).text,
      entries: [...new Set(denied.flatMap(({ ruled }) => ruled?.entry.order ?? []))],
    }),
  }));
}

function exemptStep(at: AclAt, aclId: string): PathStep {
  return passStep(at.check, at.hop, () => ({ kind: 'network ACL', id: aclId, text: 'never filters these addresses' }));
}

/** @param answerToAdd the entry that answers need besides, where they would be denied as well */
function denyStep(
  at: AclAt,
  acl: NetworkAcl,
  { ruled, ports }: Part,
  whole: boolean,
  answerToAdd: (at: AclAt, acl: NetworkAcl, way: Way) => EntryToAdd | undefined,
): PathStep {
  const aclId = acl.id;
  return {
    check: at.check,
    hop: at.hop,
    verdict: 'fail',
    describe: (way) => ({
      ...evidence(aclId, ruled),
      code: 'SUBNET_ACL_RESTRICTION',
      ...networkAclReasons.ACL_DENIES({
        acl: aclId,
        entry: ruled?.entry.order,
        traffic: trafficText(at, way, whole ? undefined : ports),
        direction: at.direction,
        other: otherEnd(at, way).text,
        add: entryToAdd(at, acl, way),
        answer: answerToAdd(at, acl, way),
      }),
    }),
    wants: (way) => missingEntry(at, acl, way),
  };
}

function partlyStep(
  at: AclAt,
  acl: NetworkAcl,
  parts: readonly { readonly span: Span; readonly passes: boolean }[],
  bad: Part,
): PathStep {
  const aclId = acl.id;
  return {
    check: at.check,
    hop: at.hop,
    verdict: 'unknown',
    partly: true,
    describe: (way) => {
      const text = partlyText(parts.map(({ span, passes }) => ({ text: spanText(span), passes })));
      return {
        ...evidence(aclId, bad.ruled),
        ...networkAclReasons.ACL_DENIES_PART({
          acl: aclId,
          traffic: trafficText(at, way),
          direction: at.direction,
          other: otherEnd(at, way).text,
          parts: text,
          add: entryToAdd(at, acl, way),
        }),
      };
    },
    wants: (way) => missingEntry(at, acl, way),
  };
}

/** The end that the traffic comes from or goes to. */
function otherEnd({ own }: AclAt, { from, to }: Way): Way['from'] {
  return own === 'from' ? to : from;
}

/** `tcp 443`, `tcp 1024-65535`: of some ports, or of all that are requested. */
function trafficText({ of }: AclAt, { port }: Way, ports: Ports = of === 'call' ? [port, port] : EPHEMERAL): string {
  return portsText(...ports);
}
