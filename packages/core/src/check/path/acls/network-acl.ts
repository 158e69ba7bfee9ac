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
import { EPHEMERAL, type Ports, areFew } from '../reasons/security-group.js';
import { entryToAdd } from './access-control.js';
import type { EntryToAdd } from '../reasons/network-acl.js';
import { type End, unknownStep, type PathStep, type Way } from '../model/step.js';
import type { SubnetPlace } from '../model/world.js';
import { piecesOf } from '../model/address-map.js';
import { holds, meets, type Span } from '../model/span.js';
import { overEnd } from '../whole-span.js';
import {
  noSuchAcl,
  notRead,
  withoutAcl,
  allowStep,
  fewStep,
  exemptStep,
  denyStep,
  partlyStep,
} from './network-acl-steps.js';

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
