import type { Link } from '../model/link.js';
import type { Listener, LoadBalancer } from '../model/load-balancer.js';
import type { RuleNarrowing, SecurityGroup, SecurityGroupRule, Subnet } from '../model/network.js';
import { isAllProtocols, isTcp, mayBeTcp } from '../words/rule-words.js';
import type { Missing } from '../world/views.js';
import type { Evidence } from './finding.js';

export function linkEvidence({ id, nativeState, reason }: Link): Evidence {
  return { kind: 'link', id, text: reason === undefined ? nativeState : `${nativeState}: ${reason}` };
}

/** A subnet as evidence: `10.0.1.0/24 in euw1-az1`, and the deciding fact. */
export function subnetEvidence({ id, cidrBlock, zone }: Subnet, more?: string): Evidence {
  return { kind: 'subnet', id, text: `${cidrBlock} in ${zone}${more === undefined ? '' : `, ${more}`}` };
}

/** A load balancer as evidence: `orders-alb, internal application load balancer, active`. */
export function balancerEvidence(balancer: LoadBalancer, more?: string): Evidence {
  return { kind: 'load balancer', id: balancer.id, text: balancerText(balancer, more) };
}

/** A load balancer in words: `orders-alb, internal application load balancer, active`. */
export function balancerText(
  { name, kind, scheme, state }: Pick<LoadBalancer, 'name' | 'kind' | 'scheme' | 'state'>,
  more?: string,
): string {
  const words = [name || undefined, `${scheme === undefined ? '' : `${scheme} `}${kind} load balancer`, state, more];
  return words.filter((word) => word !== undefined).join(', ');
}

/** A listener as evidence: `HTTPS 443`. */
export function listenerEvidence({ id, protocol, port }: Listener, more?: string): Evidence {
  return { kind: 'listener', id, text: `${protocol} ${port}${more === undefined ? '' : `, ${more}`}` };
}

/** A rule as evidence: `in tcp 443 from 10.0.0.0/8`. Its id is the group's where a rule has none of its own. */
export function ruleEvidence(group: Pick<SecurityGroup, 'id'>, rule: SecurityGroupRule): Evidence {
  return { kind: 'security group rule', id: rule.id ?? group.id, text: `${ruleText(rule)} (${group.id})` };
}

/** What a sentence shows of a rule, as plain facts; `group` is that of the rule. */
export type RuleFacts = Omit<SecurityGroupRule, 'id' | 'peerAccount' | 'description'> & { readonly group: string };

/** A rule as plain facts. */
export function ruleFacts({ id: group }: Pick<SecurityGroup, 'id'>, rule: SecurityGroupRule): RuleFacts {
  const { id: _id, peerAccount: _account, description: _description, ...facts } = rule;
  return Object.assign({ group }, facts);
}

/** `in tcp 443 from 10.0.0.0/8 (sg-1)`. */
export function ruleFactsText(rule: RuleFacts): string {
  return `${ruleText(rule)} (${rule.group})`;
}

/** `in tcp 443 from sg-1`, `out everything to 0.0.0.0/0`, `in tcp 80-90 from 10.0.0.0/8, drop, priority 5`. */
function ruleText(rule: SecurityGroupRule): string {
  const { direction, protocol, narrowed, action, priority } = rule;
  const peer = rule.cidrBlock ?? rule.prefixListId ?? rule.securityGroupId ?? 'an unnamed peer';
  const what = isAllProtocols(protocol) ? 'everything' : `${protocol} ${portsText(rule)}`;
  const only = narrowed === undefined ? '' : `, ${narrowedText(narrowed)} only`;
  const drop = action === 'drop' ? ', drop' : '';
  const order = priority === undefined ? '' : `, priority ${priority}`;
  return `${direction} ${what} ${direction === 'in' ? 'from' : 'to'} ${peer}${only}${drop}${order}`;
}

/**
 * Why it cannot be determined whether a rule applies to a call: it applies to some addresses of its own side or to some source
 * ports only, or no table has its protocol.
 */
export function narrowedMissing({ id, narrowed, protocol }: SecurityGroupRule): Missing | undefined {
  const rule = id === undefined ? 'a rule' : `rule ${id}`;
  if (!isTcp(protocol) && mayBeTcp(protocol)) {
    return {
      what: `whether ${protocol}, the protocol of ${rule}, which is not known to this version, includes TCP`,
      remedy: 'Look up the protocol in the documentation of the cloud, or write the rule for tcp.',
    };
  }
  if (narrowed === undefined) return undefined;

  return {
    what: `whether ${rule}, which holds ${narrowedText(narrowed)} only, is about all of the calls`,
    remedy: `Look at whether ${rule} holds for the calls, or write one without its source port range and without a block for the group's own side.`,
  };
}

function narrowedText({ ownCidrBlock, sourcePorts }: RuleNarrowing): string {
  const parts = [
    ownCidrBlock === undefined ? undefined : `at ${ownCidrBlock} on its own side`,
    sourcePorts === undefined ? undefined : `for packets from the ports ${sourcePorts}`,
  ];
  return parts.filter((part) => part !== undefined).join(' and ');
}

function portsText({ fromPort, toPort, portListId }: SecurityGroupRule): string {
  if (portListId !== undefined) return `ports of ${portListId}`;
  if (fromPort < 0 && toPort < 0) return 'on all ports';

  return fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`;
}
