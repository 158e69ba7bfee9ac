import { ecsFamily, newId, checkTexts, clientToken, tags, TOKENS } from '../../vpc/request/text-rules.js';
import { admitsAny, eitherPage, readJsonList, getSecurityGroup, getVpc } from '../../vpc/request/lists.js';
import { hasTags, readTags } from '../../vpc/request/tags.js';
import { referencing, revoke, securityGroupView, permissionView } from '../security-group/security-group-view.js';
import { AlibabaError } from '../../operation/operation.js';
import {
  EGRESS_RULES,
  egressRules,
  INGRESS_RULES,
  ingressRules,
  RULE_IDS,
} from '../security-group/permission-parameters.js';
import { authorize } from '../security-group/security-group-rules.js';
import { pageByToken, admits, PAGE, flag, neededText, oneOf, text, action } from '../../operation/family.js';

export const securityGroupActions = ecsFamily({
  /** A new group has no rules. Only groups in a VPC are simulated. */
  CreateSecurityGroup: {
    parameters: {
      VpcId: text,
      SecurityGroupName: text,
      Description: text,
      SecurityGroupType: oneOf('normal', 'enterprise'),
      Tag: tags,
      ClientToken: clientToken,
    },
    run(call, { VpcId = '', SecurityGroupName = '', Description = '', SecurityGroupType = 'normal', Tag }) {
      const { securityGroups } = call.state.network;
      if (VpcId === '') {
        throw new AlibabaError('InvalidVpcId.NotFound', 'vpc id must not empty when only support vpc vm.', 403);
      }

      const vpc = getVpc(call.state, VpcId);
      checkTexts('SecurityGroup', SecurityGroupName, Description);
      const rowTags = readTags(Tag);
      if (securityGroups.size >= call.quota('alibaba-security-groups')) {
        throw new AlibabaError('QuotaExceed.SecurityGroup', 'The maximum number of security groups is reached.', 403);
      }

      const type = SecurityGroupType === 'enterprise' ? 'enterprise' : 'normal';
      const id = newId(call, 'sg');
      securityGroups.set(id, {
        id,
        vpcId: vpc.id,
        name: SecurityGroupName,
        description: Description,
        type,
        innerAccessPolicy: type === 'normal' ? 'Accept' : 'Drop',
        rules: [],
        createdAt: call.now,
        tags: rowTags,
      });
      return { SecurityGroupId: id };
    },
  },

  ModifySecurityGroupPolicy: {
    parameters: { SecurityGroupId: neededText, InnerAccessPolicy: neededText, ClientToken: clientToken },
    run({ state }, { SecurityGroupId, InnerAccessPolicy }) {
      const row = getSecurityGroup(state, SecurityGroupId);
      const policy = (['Accept', 'Drop'] as const).find(
        (known) => known.toLowerCase() === InnerAccessPolicy.toLowerCase(),
      );
      if (!policy) {
        throw new AlibabaError(
          'InvalidPolicy.Malformed',
          "The Policy is invalid. Only 'Accept' and 'Drop' are supported. Ignore case.",
        );
      }
      if (row.type === 'enterprise' && policy === 'Accept') {
        // [?] the code; that it is fixed is documented
        throw new AlibabaError(
          'InvalidOperation.SecurityGroupType',
          'The internal access policy of an advanced security group cannot be modified.',
          403,
        );
      }

      row.innerAccessPolicy = policy;
      return {};
    },
  },

  DeleteSecurityGroup: action({ SecurityGroupId: neededText }, ({ state }, { SecurityGroupId }) => {
    const { id } = getSecurityGroup(state, SecurityGroupId);
    if ([...state.network.interfaces.values()].some((row) => row.securityGroupIds.includes(id))) {
      const message = 'There is still instance(s) in the specified security group.';
      throw new AlibabaError('DependencyViolation', message, 403);
    }
    if (referencing(state.network, id).length > 0) {
      const message = 'The specified security group has been authorized in another one.';
      throw new AlibabaError('DependencyViolation', message, 403);
    }

    state.network.securityGroups.delete(id);
    return {};
  }),

  DescribeSecurityGroups: {
    parameters: {
      VpcId: text,
      SecurityGroupId: text,
      SecurityGroupIds: text,
      SecurityGroupName: text,
      SecurityGroupType: oneOf('normal', 'enterprise'),
      NetworkType: oneOf('vpc', 'classic'),
      FuzzyQuery: flag,
      IsQueryEcsCount: flag,
      ServiceManaged: flag,
      Tag: tags,
      DryRun: flag,
      ...PAGE,
      ...TOKENS,
    },
    run(call, input) {
      const ids = readJsonList('SecurityGroupIds', input.SecurityGroupIds);
      const { SecurityGroupName: name = '' } = input;
      const rows = [...call.state.network.securityGroups.values()].filter(
        (row) =>
          admits(input.VpcId, row.vpcId) &&
          admits(input.SecurityGroupId, row.id) &&
          admitsAny(ids, [row.id]) &&
          (input.FuzzyQuery === true ? row.name.includes(name) : admits(name, row.name)) &&
          admits(input.SecurityGroupType, row.type) &&
          input.NetworkType !== 'classic' &&
          input.ServiceManaged !== true &&
          hasTags(row.tags, input.Tag),
      );
      const { items, numbers } = eitherPage(rows, input, {
        name: 'DescribeSecurityGroups',
        key: ({ id }) => id,
      });
      return {
        ...numbers,
        RegionId: call.region,
        SecurityGroups: {
          SecurityGroup: items.map((row) => securityGroupView(call, row, input.IsQueryEcsCount === true)),
        },
      };
    },
  },

  AuthorizeSecurityGroup: action(INGRESS_RULES, (call, input) => {
    authorize(call, getSecurityGroup(call.state, input.SecurityGroupId), 'ingress', ingressRules(input));
    return {};
  }),

  AuthorizeSecurityGroupEgress: action(EGRESS_RULES, (call, input) => {
    authorize(call, getSecurityGroup(call.state, input.SecurityGroupId), 'egress', egressRules(input));
    return {};
  }),

  RevokeSecurityGroup: action({ ...INGRESS_RULES, ...RULE_IDS }, (call, input) => {
    revoke(call, getSecurityGroup(call.state, input.SecurityGroupId), 'ingress', {
      ids: input.SecurityGroupRuleId,
      rules: () => ingressRules(input),
    });
    return {};
  }),

  RevokeSecurityGroupEgress: action({ ...EGRESS_RULES, ...RULE_IDS }, (call, input) => {
    revoke(call, getSecurityGroup(call.state, input.SecurityGroupId), 'egress', {
      ids: input.SecurityGroupRuleId,
      rules: () => egressRules(input),
    });
    return {};
  }),

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
