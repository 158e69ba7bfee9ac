import type { SecurityGroupRule } from '../../../do/model/network.js';
import { EPHEMERAL, areFew } from '../reasons/source-ports.js';

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
