import { isPosternError, type GroupRule, type GroupRuleDriver } from '@postern/core/adapter';
import type { SecurityGroupRule } from '@postern/core/snapshot';
import { rulesOf } from './security-group.js';
import type { Session } from '../client/session.js';

/**
 * Single rules of security groups.
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-authorizesecuritygroup
 */
export function groupRules(session: Session): GroupRuleDriver {
  return {
    has: async (rule, ctx) => {
      const { rules } = await rulesOf(session, ctx, rule.groupId);
      return rules.some((one) => isSame(one, rule));
    },
    allow: async (rule, description, ctx) => {
      const { groupId: SecurityGroupId, direction } = rule;
      const permission = { ...permissionOf(rule), Policy: 'accept', Description: description };
      const query = { SecurityGroupId, Permissions: [permission] };
      if (direction === 'ingress') await session.call(ctx, 'Ecs', 'AuthorizeSecurityGroup', query);
      else await session.call(ctx, 'Ecs', 'AuthorizeSecurityGroupEgress', query);
    },
    revoke: async (rule, ctx) => {
      const query = { SecurityGroupId: rule.groupId, Permissions: [permissionOf(rule)] };
      try {
        if (rule.direction === 'ingress') await session.call(ctx, 'Ecs', 'RevokeSecurityGroup', query);
        else await session.call(ctx, 'Ecs', 'RevokeSecurityGroupEgress', query);
      } catch (error) {
        if (!isPosternError(error, 'NOT_FOUND')) throw error;
      }
    },
  };
}

function permissionOf({ direction, fromPort, toPort, cidr, peerGroupId, priority }: GroupRule) {
  const isIngress = direction === 'ingress';
  return {
    IpProtocol: 'TCP',
    PortRange: `${fromPort}/${toPort}`,
    Priority: String(priority ?? 1),
    NicType: 'intranet',
    ...(cidr === undefined ? {} : { [isIngress ? 'SourceCidrIp' : 'DestCidrIp']: cidr }),
    ...(peerGroupId === undefined ? {} : { [isIngress ? 'SourceGroupId' : 'DestGroupId']: peerGroupId }),
  };
}

function isSame(one: SecurityGroupRule, rule: GroupRule): boolean {
  return (
    one.direction === (rule.direction === 'ingress' ? 'in' : 'out') &&
    one.action !== 'drop' &&
    one.protocol === 'tcp' &&
    one.fromPort === rule.fromPort &&
    one.toPort === rule.toPort &&
    one.cidrBlock === rule.cidr &&
    one.securityGroupId === rule.peerGroupId &&
    one.narrowed === undefined &&
    (one.priority ?? 1) === (rule.priority ?? 1)
  );
}
