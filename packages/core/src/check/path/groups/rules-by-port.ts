import type { SecurityGroup, SecurityGroupRule } from '../../../do/model/network.js';
import { madeOnce, type DerivedOwner } from '../../../do/world/derived.js';
import { isAllProtocols, isTcp, mayBeTcp } from '../../../do/words/rule-words.js';
import { EPHEMERAL, areFew } from '../reasons/security-group.js';

/** The positions of the rules of one direction in a group's list. */
interface Places {
  /** Those of one port each. */
  readonly single: ReadonlyMap<number, readonly number[]>;
  /** Those that may be about several ports. */
  readonly wide: readonly number[];
}

/**
 * The positions in a group's list of the rules of a direction that may be about a port, in order. A group of a load balancer with many
 * listeners has rules for each of them: only the port's own are evaluated. The caller decides whether a rule is about the port.
 */
export function rulesByPort(
  owner: DerivedOwner,
  group: SecurityGroup,
  direction: 'in' | 'out',
  port: number,
): readonly number[] {
  const { single, wide } = placesOf(owner, group)[direction];
  const own = single.get(port);
  if (own === undefined) return wide;

  return wide.length === 0 ? own : [...own, ...wide].sort((a, b) => a - b);
}

/** Whether a group has any rules of a direction. */
export function hasRules(owner: DerivedOwner, group: SecurityGroup, direction: 'in' | 'out'): boolean {
  const { single, wide } = placesOf(owner, group)[direction];
  return wide.length > 0 || single.size > 0;
}

function placesOf(owner: DerivedOwner, group: SecurityGroup): { readonly in: Places; readonly out: Places } {
  return madeOnce(owner, 'places of rules', group, () => findPlaces(group));
}

function findPlaces(group: SecurityGroup): { readonly in: Places; readonly out: Places } {
  const made = {
    in: { single: new Map<number, number[]>(), wide: [] as number[] },
    out: { single: new Map<number, number[]>(), wide: [] as number[] },
  };
  group.rules.forEach((rule, at) => {
    const { single, wide } = made[rule.direction];
    if (!isSingle(rule)) {
      wide.push(at);
      return;
    }

    const ofPort = single.get(rule.fromPort);
    if (ofPort === undefined) single.set(rule.fromPort, [at]);
    else ofPort.push(at);
  });
  return made;
}

function isSingle(rule: SecurityGroupRule): boolean {
  return (
    rule.fromPort === rule.toPort &&
    rule.fromPort >= 0 &&
    rule.portListId === undefined &&
    !isAllProtocols(rule.protocol) &&
    (isTcp(rule.protocol) || !mayBeTcp(rule.protocol))
  );
}

/**
 * The number of source ports from which a rule drops calls, where these are so few that nearly all calls succeed, or none.
 * Undefined for a rule that allows, is about all source ports or many of them, or about a part of its own side.
 * @see https://www.alibabacloud.com/help/en/ecs/user-guide/security-group-quintuple-rules
 */
export function fewPortsDropped({ action, narrowed }: SecurityGroupRule): number | undefined {
  if (action !== 'drop' || narrowed?.sourcePorts === undefined || narrowed.ownCidrBlock !== undefined) return undefined;

  const [, first, last] = /^(\d+)\/(\d+)$/.exec(narrowed.sourcePorts) ?? [];
  if (first === undefined || last === undefined) return undefined;

  const ports = Math.min(Number(last), EPHEMERAL[1]) - Math.max(Number(first), EPHEMERAL[0]) + 1;
  return areFew(ports) ? Math.max(0, ports) : undefined;
}
