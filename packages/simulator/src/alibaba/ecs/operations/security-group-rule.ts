import { ecsFamily } from '../../vpc/request/family.js';
import { getSecurityGroup } from '../../vpc/request/lookups.js';
import { neededText, oneOf, TOKENS } from '../../vpc/request/parameters.js';
import {
  EGRESS_RULES,
  egressRules,
  INGRESS_RULES,
  ingressRules,
  RULE_IDS,
} from '../security-group/permission-parameters.js';
import { revoke } from '../security-group/revoke.js';
import { authorize } from '../security-group/security-group-rules.js';
import { permissionView } from '../security-group/security-group-view.js';
import { pageByToken } from '../../operation/page.js';

/** Rules of security groups. */
export const securityGroupRuleActions = ecsFamily({
  AuthorizeSecurityGroup: {
    parameters: INGRESS_RULES,
    run(call, input) {
      authorize(call, getSecurityGroup(call.state, input.SecurityGroupId), 'ingress', ingressRules(input));
      return {};
    },
  },

  AuthorizeSecurityGroupEgress: {
    parameters: EGRESS_RULES,
    run(call, input) {
      authorize(call, getSecurityGroup(call.state, input.SecurityGroupId), 'egress', egressRules(input));
      return {};
    },
  },

  RevokeSecurityGroup: {
    parameters: { ...INGRESS_RULES, ...RULE_IDS },
    run(call, input) {
      revoke(call, getSecurityGroup(call.state, input.SecurityGroupId), 'ingress', {
        ids: input.SecurityGroupRuleId,
        rules: () => ingressRules(input),
      });
      return {};
    },
  },

  RevokeSecurityGroupEgress: {
    parameters: { ...EGRESS_RULES, ...RULE_IDS },
    run(call, input) {
      revoke(call, getSecurityGroup(call.state, input.SecurityGroupId), 'egress', {
        ids: input.SecurityGroupRuleId,
        rules: () => egressRules(input),
      });
      return {};
    },
  },

  DescribeSecurityGroupAttribute: {
    parameters: {
      SecurityGroupId: neededText,
      Direction: oneOf('egress', 'ingress', 'all'),
      NicType: oneOf('internet', 'intranet'),
      ...TOKENS,
    },
    run(call, { SecurityGroupId, Direction = 'all', NextToken, MaxResults = 500 }) {
      const row = getSecurityGroup(call.state, SecurityGroupId);
      // NicType distinguishes only rules of the classic network
      const rules = row.rules.filter(({ direction }) => Direction === 'all' || direction === Direction);
      const { items, NextToken: next } = pageByToken(
        rules,
        { NextToken, MaxResults: Math.min(1000, Math.max(10, MaxResults)) },
        {
          operation: { product: 'Ecs', name: 'DescribeSecurityGroupAttribute' },
          list: row.id,
          defaultSize: 500,
          largest: 1000,
          key: ({ id }) => id,
        },
      );
      return {
        Description: row.description,
        InnerAccessPolicy: row.innerAccessPolicy,
        NextToken: next,
        Permissions: { Permission: items.map((rule) => permissionView(call, rule)) },
        RegionId: call.region,
        SecurityGroupId: row.id,
        SecurityGroupName: row.name,
        VpcId: row.vpcId,
      };
    },
  },
});
