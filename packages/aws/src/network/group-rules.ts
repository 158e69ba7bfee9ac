import type { CallContext } from '@postern/core';
import { isPosternError, unlessGone, type GroupRule, type GroupRuleDriver } from '@postern/core/adapter';
import { parsePrefix } from '@postern/core/cidr';
import type { IpPermission } from '../sdk-types.js';
import type { Session } from '../client/session.js';
import { securityGroupsById, toSecurityGroup } from './security-group.js';

/**
 * Single rules of security groups. A rule that is there already is not added, and one that is not there is removed without
 * an error.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html
 */
export function groupRules(session: Session): GroupRuleDriver {
  return {
    has: async (rule, ctx) => {
      const [group] = await securityGroupsById(session, ctx, [rule.groupId]);
      const rules = group === undefined ? [] : toSecurityGroup(group).rules;
      return rules.some(
        (one) =>
          one.direction === (rule.direction === 'ingress' ? 'in' : 'out') &&
          one.protocol === 'tcp' &&
          one.fromPort === rule.fromPort &&
          one.toPort === rule.toPort &&
          one.cidrBlock === rule.cidr &&
          one.securityGroupId === rule.peerGroupId,
      );
    },
    allow: async (rule, description, ctx) => {
      const input = { GroupId: rule.groupId, IpPermissions: [permission(rule, description)] };
      await write(session, rule, 'Authorize', input, ctx).catch((error: unknown) => {
        if (!isPosternError(error, 'ALREADY_EXISTS')) throw error;
      });
    },
    revoke: async (rule, ctx) => {
      const input = { GroupId: rule.groupId, IpPermissions: [permission(rule)] };
      await unlessGone(write(session, rule, 'Revoke', input, ctx));
    },
  };
}

function write(
  session: Session,
  { direction }: GroupRule,
  how: 'Authorize' | 'Revoke',
  input: { GroupId: string; IpPermissions: IpPermission[] },
  ctx: CallContext,
): Promise<object> {
  return session.call(ctx, 'ec2', `${how}SecurityGroup${direction === 'ingress' ? 'Ingress' : 'Egress'}`, input);
}

/** A rule is revoked by what it allows: a description would have to be equal, too. */
function permission({ fromPort, toPort, cidr, peerGroupId }: GroupRule, description?: string): IpPermission {
  const ports = { IpProtocol: 'tcp', FromPort: fromPort, ToPort: toPort };
  const Description = description === undefined ? {} : { Description: description };
  if (peerGroupId !== undefined) return { ...ports, UserIdGroupPairs: [{ GroupId: peerGroupId, ...Description }] };
  const block = cidr ?? '';
  return parsePrefix(block).address.family === 4
    ? { ...ports, IpRanges: [{ CidrIp: block, ...Description }] }
    : { ...ports, Ipv6Ranges: [{ CidrIpv6: block, ...Description }] };
}
