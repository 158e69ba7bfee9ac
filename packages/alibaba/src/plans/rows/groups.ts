import { canonicalJson } from '@postern/core/internal/adapter';
import type { Rows, View } from '@postern/core/internal/overlay';
import type { SecurityGroup, SecurityGroupRule } from '@postern/core/internal/snapshot';
import { portsOf } from './network.js';
import { ALIBABA, prefixed } from './id-forms.js';

const KINDS: ReadonlyMap<string, NonNullable<SecurityGroup['kind']>> = new Map([
  ['normal', 'basic'],
  ['enterprise', 'enterprise'],
]);

const INNER: ReadonlyMap<string, NonNullable<SecurityGroup['intraGroup']>> = new Map([
  ['accept', 'allow'],
  ['drop', 'deny'],
]);

const ACTIONS: ReadonlyMap<string, NonNullable<SecurityGroupRule['action']>> = new Map([
  ['accept', 'allow'],
  ['drop', 'drop'],
]);

/** Security groups and their rules. */
export const groupRows: Rows = {
  alicloud_security_group: {
    list: 'securityGroups',
    ids: { id: prefixed('sg') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const known = draft.get('securityGroups', id);
      const kind = view.listed('security_group_type', KINDS, 'basic');
      const isEnterprise = kind === 'enterprise';
      draft.put('securityGroups', {
        rules: [],
        tags: view.map('tags'),
        ...known,
        id,
        name: view.text('security_group_name') ?? view.text('name') ?? id,
        networkId: view.neededRef('vpc_id', ALIBABA.network),
        kind,
        // A basic group allows its members and all that goes out, an advanced one neither.
        implicit: { in: 'deny', out: isEnterprise ? 'deny' : 'allow' },
        intraGroup: view.listed('inner_access_policy', INNER, isEnterprise ? 'deny' : 'allow'),
      } as SecurityGroup);
    },
  },
  alicloud_security_group_rule: {
    list: 'securityGroups',
    isPart: true,
    owner: (view) => view.ref('security_group_id', ALIBABA.group),
    add: (view, { draft }) => {
      const rule = ruleOf(view);
      draft.patch('securityGroups', view.neededRef('security_group_id', ALIBABA.group), ({ rules }) => ({
        rules: [...rules.filter((one) => keyOf(one) !== keyOf(rule)), rule],
      }));
    },
    remove: (view, { draft }) => {
      const gone = keyOf(ruleOf(view));
      draft.patch('securityGroups', view.needed('security_group_id'), ({ rules }) => ({
        rules: rules.filter((one) => keyOf(one) !== gone),
      }));
    },
  },
};

function ruleOf(view: View): SecurityGroupRule {
  const block = view.text('cidr_ip') ?? view.text('ipv6_cidr_ip');
  const group = view.ref('source_security_group_id', ALIBABA.group);
  const list = view.ref('prefix_list_id', ALIBABA.prefixList);
  return {
    direction: view.needed('type') === 'egress' ? 'out' : 'in',
    protocol: view.needed('ip_protocol').toLowerCase(),
    ...portsOf(view.text('port_range')),
    ...(group !== undefined
      ? { securityGroupId: group }
      : list !== undefined
        ? { prefixListId: list }
        : { cidrBlock: block ?? '0.0.0.0/0' }),
    action: view.listed('policy', ACTIONS, 'allow'),
    priority: view.number('priority') ?? 1,
  };
}

/** What makes two rules of a group the same one. */
function keyOf(rule: SecurityGroupRule): string {
  const { direction, protocol, fromPort, toPort, cidrBlock, prefixListId, securityGroupId, action, priority } = rule;
  return canonicalJson({
    direction,
    protocol,
    fromPort,
    toPort,
    cidrBlock,
    prefixListId,
    securityGroupId,
    action: action ?? 'allow',
    priority,
  });
}
