import { networkAclReasons, type EntryToAdd } from '../reasons/network-acl.js';
import type { NetworkAcl } from '../../../do/model/routing.js';
import type { Missing } from '../../../do/world/views.js';
import { refusedOr } from '../../../do/world/index/gap-facts.js';
import type { RankedEntry, Part, AclAt } from './acl-entries.js';
import { EPHEMERAL, type Ports } from '../reasons/security-group.js';
import type { SubnetPlace } from '../model/world.js';
import { aclEntryText, portsText } from '../../../do/words/rule-words.js';
import { spanText, type Span } from '../model/span.js';
import { failStep, passStep, type PathStep, type Way, warnStep } from '../model/step.js';
import { partlyText } from '../whole-span.js';
import { entryToAdd, missingEntry } from './access-control.js';

/** The list of network ACLs is complete, and does not contain the one that the subnet names. */
export function noSuchAcl(at: AclAt, { subnet, world }: SubnetPlace, id: string): PathStep {
  const { region } = world.index.region;
  return failStep(at.check, at.hop, () => ({
    kind: 'network ACL',
    id,
    text: 'does not exist',
    ...networkAclReasons.ACL_ABSENT({ acl: id, subnet: subnet.id, region }),
  }));
}

export function notRead({ world, subnet }: SubnetPlace, what: string, id?: string): Missing {
  const remedy = 'Take the snapshot again with `postern snapshot`, which reads network ACLs.';
  // On other clouds the subnet itself contains its ACL.
  const own = id === undefined ? refusedOr(world.index, 'subnets', subnet.id, { what, remedy }) : { what, remedy };
  return { ...refusedOr(world.index, 'networkAcls', id, own), what };
}

export function withoutAcl(at: AclAt): PathStep {
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

export function allowStep(at: AclAt, aclId: string, ruled: RankedEntry | undefined): PathStep {
  return { check: at.check, hop: at.hop, verdict: 'pass', describe: () => evidence(aclId, ruled) };
}

/** Nearly all answers are allowed: those to a few source ports of calls are denied. */
export function fewStep(at: AclAt, { id }: NetworkAcl, denied: readonly Part[], ports: number): PathStep {
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

export function exemptStep(at: AclAt, aclId: string): PathStep {
  return passStep(at.check, at.hop, () => ({ kind: 'network ACL', id: aclId, text: 'never filters these addresses' }));
}

/** @param answerToAdd the entry that answers need besides, where they would be denied as well */
export function denyStep(
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

export function partlyStep(
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
