import { cidrsOf } from '../ec2/prefix-list.js';
import type { RuleFields } from '../ec2/state.js';
import { anyCovers } from './blocks.js';
import type { Explained, Finding, Place, Via } from './connection.js';
import type { Way } from './one-call.js';

/** What a rule sees of the other end. */
interface Peer {
  readonly address: string;
  /** Empty where the way hides them. */
  readonly groupIds: readonly string[];
}

/** The decision of the groups: the rule that allows a packet, or why none does. */
export type Admission = { readonly via: readonly Via[] } | Finding;

/** Whether the groups of the link's interface let a call out. */
export function mayLeave(from: Place, { end, references }: Way, port: number): Admission {
  if (end.kind === 'outside') return admitted(from, true, { address: end.address, groupIds: [] }, port);

  const { address, eni } = end.place;
  return admitted(from, true, { address, groupIds: references.out ? eni.groupIds : [] }, port);
}

/**
 * Whether the groups of an interface allow a call inbound. Behind a load balancer that keeps its caller's
 * address, rules see that address. They still match the load balancer's groups, never the caller's.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
export function mayEnter(from: Place, { references }: Way, to: Place, port: number, seen: string): Admission {
  return admitted(to, false, { address: seen, groupIds: references.in ? from.eni.groupIds : [] }, port);
}

/**
 * Groups only allow: one rule of one of an interface's groups is enough, and answers need none. An interface without groups, as
 * a network load balancer's may be, lets everything pass.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
function admitted(place: Place, egress: boolean, peer: Peer, port: number): Admission {
  const { region, eni } = place;
  if (eni.groupIds.length === 0) return { via: [] };

  const by = egress ? 'security-group-out' : 'security-group-in';
  const what = `${egress ? 'to' : 'from'} ${peer.address} on port ${port}`;
  const rules = rulesAbout(place, egress, port);
  const plain = rules.find(({ CidrIpv4, CidrIpv6 }) => anyCovers([CidrIpv4 ?? CidrIpv6 ?? ''], peer.address));
  if (plain) return { via: [] };

  for (const { PrefixListId = '' } of rules) {
    if (anyCovers(cidrsOf(region.ec2.prefixLists.get(PrefixListId)), peer.address)) return { via: ['prefix-list'] };
  }
  if (rules.some(({ ReferencedGroupInfo }) => peer.groupIds.includes(ReferencedGroupInfo?.GroupId ?? ''))) {
    return { via: ['reference'] };
  }

  const explained: Explained = {
    code: groupRules(place, egress).length > 0 ? 'ENI_SG_RULES_MISMATCH' : 'SG_HAS_NO_RULES',
    at: [...eni.groupIds, eni.id, eni.subnetId, eni.vpcId],
    direction: egress ? 'egress' : 'ingress',
  };
  return { by, because: `No rule of ${eni.groupIds.join(', ')} allows what goes ${what}.`, explained };
}

/** The rules of an interface's groups for one direction. */
export function groupRules({ region, eni }: Place, egress: boolean): readonly RuleFields[] {
  return [...region.ec2.securityGroupRules.values()].flatMap(({ groupId, fields }) =>
    eni.groupIds.includes(groupId) && fields.IsEgress === egress ? fields : [],
  );
}

/** Those about a TCP port. */
export function rulesAbout(place: Place, egress: boolean, port: number): readonly RuleFields[] {
  return groupRules(place, egress).filter((fields) => concerns(fields, port));
}

function concerns({ IpProtocol, FromPort, ToPort }: RuleFields, port: number): boolean {
  if (IpProtocol === '-1') return true;
  if (IpProtocol !== 'tcp' && IpProtocol !== '6') return false;

  return FromPort === -1 || (FromPort <= port && port <= ToPort);
}
