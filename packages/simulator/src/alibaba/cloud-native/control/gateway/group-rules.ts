import { authorize } from '../../../ecs/security-group/security-group-rules.js';
import type { AlibabaCall } from '../../../operation/operation.js';
import { getSecurityGroup } from '../../../vpc/request/lists.js';
import { LIST_LAG_MS, refusals } from '../request/parameters.js';
import type { ApigGatewayRow, GatewayGroupRuleRow } from '../state.js';

/** What a gateway is to be allowed in. */
export interface WantedGroupRule {
  readonly securityGroupId: string;
  /** `8080/8089`; all ports without one. */
  readonly portRanges?: readonly string[] | undefined;
  readonly description?: string | undefined;
}

/**
 * Writes inbound rules into the group of a backend: the source is the gateway's managed group. An enterprise group cannot refer to groups:
 * there the blocks of the gateway's vSwitches are the source [U].
 * @throws {AlibabaError} `InvalidParameter` for the gateway's own group and for one of another VPC; those of ECS
 */
export function addGroupRules(call: AlibabaCall, gateway: ApigGatewayRow, wanted: WantedGroupRule): void {
  const { securityGroupId, portRanges = ['1/65535'], description = '' } = wanted;
  const group = getSecurityGroup(call.state, securityGroupId);
  if (group.id === gateway.securityGroupId) {
    throw refusals.invalid('securityGroupId', 'It is the security group of the gateway itself.');
  }
  if (group.vpcId !== gateway.vpcId) throw refusals.invalid('securityGroupId', `It is not in ${gateway.vpcId}.`);

  const authCidrs = group.type === 'enterprise' ? vSwitchBlocks(call, gateway) : [];
  const sources =
    group.type === 'enterprise'
      ? authCidrs.map((block) => ({ cidrIp: block }))
      : [{ groupId: gateway.securityGroupId }];
  for (const portRange of portRanges) {
    const before = new Set(group.rules.map(({ id }) => id));
    const given = { IpProtocol: 'TCP', PortRange: portRange, Description: description };
    authorize(
      call,
      group,
      'ingress',
      sources.map((source) => ({ ...given, ...source })),
    );
    const id = call.id('gsgr-', 20);
    call.state.apig.securityGroupRules.set(id, {
      id,
      gatewayId: gateway.id,
      securityGroupId: group.id,
      ruleIds: group.rules.filter((rule) => !before.has(rule.id)).map((rule) => rule.id),
      portRange,
      description,
      authCidrs,
      listedFrom: call.now + Math.floor(call.random() * LIST_LAG_MS),
    });
  }
}

function vSwitchBlocks({ state }: AlibabaCall, { zones }: ApigGatewayRow): readonly string[] {
  return zones.flatMap(({ vSwitchId }) => state.network.vSwitches.get(vSwitchId)?.cidrBlock ?? []);
}

/** Removes a rule, and those in the group of the backend unless they are to stay. */
export function removeGroupRule(
  { state }: AlibabaCall,
  { id, securityGroupId, ruleIds }: GatewayGroupRuleRow,
  stay = false,
): void {
  state.apig.securityGroupRules.delete(id);
  const group = state.network.securityGroups.get(securityGroupId);
  if (group && !stay) group.rules = group.rules.filter((rule) => !ruleIds.includes(rule.id));
}

/** A rule as a list shows it. */
export function groupRuleView({ state }: AlibabaCall, row: GatewayGroupRuleRow): Record<string, unknown> {
  const { id, gatewayId, securityGroupId, portRange, description, authCidrs } = row;
  const gateway = state.apig.gateways.get(gatewayId);
  const group = state.network.securityGroups.get(securityGroupId);
  const isByGroup = authCidrs.length === 0;
  return {
    securityGroupRuleId: id,
    securityGroupId,
    securityGroupName: group?.name ?? '',
    portRange,
    ipProtocol: 'TCP',
    description,
    vpcId: gateway?.vpcId ?? '',
    type: isByGroup ? 'SecurityGroup' : 'Cidr',
    ...(isByGroup ? { sourceSecurityGroupId: gateway?.securityGroupId ?? '' } : { authCidrs }),
  };
}
