import { canonicalJson, ALL_PORTS, MAX_PORT } from '@postern/core/internal/adapter';
import {
  newId,
  type DraftRegion,
  type Row,
  type Rows,
  UnknownAttribute,
  type View,
} from '@postern/core/internal/overlay';
import type { SecurityGroupRule } from '@postern/core/internal/snapshot';
import { AWS } from './id-forms.js';
import { tagged } from './network.js';
import { protocolOf } from './apis/backend-uri.js';

type Direction = SecurityGroupRule['direction'];

/** What is read of an inline rule. */
const RULE = [
  'cidr_blocks',
  'from_port',
  'ipv6_cidr_blocks',
  'prefix_list_ids',
  'protocol',
  'security_groups',
  'self',
  'to_port',
];

/** Security groups and their rules, inline and separate. */
export const groupRows: Rows = {
  aws_security_group: {
    list: 'securityGroups',
    sets: { ingress: RULE, egress: RULE },
    ids: { id: newId('sg') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const known = draft.get('securityGroups', id);
      // Terraform removes the rule that the cloud creates in a new group: without rules there are none.
      draft.put('securityGroups', {
        account: draft.base.account,
        ...known,
        id,
        name: view.ifKnown(() => view.text('name')) ?? id,
        networkId: view.neededRef('vpc_id', AWS.network),
        rules: known?.rules ?? [],
        tags: tagged(view).tags,
      } as never);
      changeInline(view, draft, id, known === undefined);
    },
  },
  aws_default_security_group: {
    list: 'securityGroups',
    sets: { ingress: RULE, egress: RULE },
    // It takes over the group of the network with all its rules, and leaves it when it is destroyed.
    owner: (view, draft) => defaultGroup(view, draft),
    isPart: true,
    add: (view, { draft }) => {
      const id = defaultGroup(view, draft);
      if (id === undefined) throw view.unknown('id', []);

      draft.patch('securityGroups', id, () => ({ rules: [...inline(view, id)] }));
    },
    remove: () => undefined,
  },
  aws_security_group_rule: part((view, id) => {
    const direction = view.needed('type') === 'egress' ? 'out' : 'in';
    return rulesOf(view, direction, id, { groups: 'source_security_group_id', protocol: 'protocol' });
  }),
  aws_vpc_security_group_ingress_rule: part((view) => single(view, 'in')),
  aws_vpc_security_group_egress_rule: part((view) => single(view, 'out')),
};

/** A row of a resource that is one or more rules of one group. Rules only allow: the group may be any of several. */
function part(rules: (view: View, groupId: string) => readonly SecurityGroupRule[]): Row {
  const ownersOf = (view: View, draft: DraftRegion): readonly string[] =>
    view.anyOf('security_group_id', AWS.group, () => draft.all('securityGroups').map(({ id }) => id));
  return {
    list: 'securityGroups',
    isPart: true,
    ids: { id: newId('sgr'), security_group_rule_id: newId('sgr') },
    owner: (view, draft) => ownersOf(view, draft)[0],
    owners: ownersOf,
    add: (view, { draft }) => {
      for (const id of ownersOf(view, draft)) addRules(draft, id, rules(view, id));
    },
    remove: (view, { draft }) => {
      const id = view.needed('security_group_id');
      removeRules(draft, id, rules(view, id));
    },
  };
}

function addRules(draft: DraftRegion, id: string, rules: readonly SecurityGroupRule[]): void {
  draft.patch('securityGroups', id, (group) => {
    const known = draft.keys.get(group.rules) ?? new Set(group.rules.map(keyOf));
    const added = rules.filter((one) => !known.has(keyOf(one)));
    for (const one of added) known.add(keyOf(one));
    const all = [...group.rules, ...added];
    draft.keys.delete(group.rules);
    draft.keys.set(all, known);
    return { rules: all };
  });
}

function removeRules(draft: DraftRegion, id: string, rules: readonly SecurityGroupRule[]): void {
  const gone = new Set(rules.map(keyOf));
  draft.patch('securityGroups', id, (group) => ({ rules: group.rules.filter((one) => !gone.has(keyOf(one))) }));
}

/** What a rule covers: a cloud has no two rules of a group that cover the same. */
function keyOf({
  direction,
  protocol,
  fromPort,
  toPort,
  cidrBlock,
  prefixListId,
  securityGroupId,
}: SecurityGroupRule): string {
  return canonicalJson({ direction, protocol, fromPort, toPort, cidrBlock, prefixListId, securityGroupId });
}

/**
 * Inline rules. They are all rules of a group where they are written; a list that is not written is what the provider
 * found, rules of other resources included, and changes nothing.
 */
function changeInline(view: View, draft: DraftRegion, id: string, isNew: boolean): void {
  const { before } = view.instance;
  if (isNew || before === undefined) addRules(draft, id, inline(view, id));
  else if (inlineText(before) !== inlineText(view.values)) {
    removeRules(draft, id, inline(view.as('before'), id));
    addRules(draft, id, inline(view, id));
  }
}

function inlineText(values: View['values']): string {
  return canonicalJson([values?.['ingress'] ?? null, values?.['egress'] ?? null]);
}

function inline(view: View, id: string): readonly SecurityGroupRule[] {
  return [
    ...view.blocks('ingress').flatMap((one) => rulesOf(one, 'in', id, INLINE)),
    ...view.blocks('egress').flatMap((one) => rulesOf(one, 'out', id, INLINE)),
  ];
}

interface Names {
  readonly groups: string;
  readonly protocol: string;
}

const INLINE: Names = { groups: 'security_groups', protocol: 'protocol' };

/** A rule for each source or destination. */
function rulesOf(view: View, direction: Direction, id: string, names: Names): readonly SecurityGroupRule[] {
  const base = { direction, ...portsOf(view, names.protocol) };
  const blocks = (name: string): readonly SecurityGroupRule[] =>
    view.texts(name).map((cidrBlock) => ({ ...base, cidrBlock }));
  const groups = (): readonly string[] =>
    names.groups === INLINE.groups ? view.refs(names.groups, AWS.group) : peersOf(view, names.groups);
  return [
    ...orAll(view, base, () => blocks('cidr_blocks')),
    ...orAll(view, base, () => blocks('ipv6_cidr_blocks')),
    ...orAll(view, base, () =>
      view.refs('prefix_list_ids', AWS.prefixList).map((prefixListId) => ({ ...base, prefixListId })),
    ),
    // A group of another account is written with the account before it.
    ...orAll(view, base, () => groups().map((one) => ({ ...base, securityGroupId: one.split('/').at(-1) }))),
    ...(view.flag('self') === true ? [{ ...base, securityGroupId: id }] : []),
  ];
}

function single(view: View, direction: Direction): readonly SecurityGroupRule[] {
  const base = { direction, ...portsOf(view, 'ip_protocol') };
  return orAll(view, base, () => {
    const block = view.text('cidr_ipv4') ?? view.text('cidr_ipv6');
    if (block !== undefined) return [{ ...base, cidrBlock: block }];

    const groups = peersOf(view, 'referenced_security_group_id');
    if (groups.length > 0) return groups.map((one) => ({ ...base, securityGroupId: one.split('/').at(-1) }));

    return [{ ...base, prefixListId: view.neededRef('prefix_list_id', AWS.prefixList) }];
  });
}

/** The group that a rule names, or all that it may name. @throws {UnknownAttribute} */
function peersOf(view: View, name: string): readonly string[] {
  if (view.isUnknown(name)) {
    const { values, reasons } = view.candidates(name, AWS.group);
    if (values.length === 0 || reasons.length > 0) throw view.unknown(name, reasons);
  }
  return view.anyOf(name, AWS.group, () => []);
}

/** Rules, or where their other end is not known either those of all addresses or none: a rule only allows more. */
function orAll(
  view: View,
  base: Omit<SecurityGroupRule, 'cidrBlock' | 'prefixListId' | 'securityGroupId'>,
  read: () => readonly SecurityGroupRule[],
): readonly SecurityGroupRule[] {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnknownAttribute) || view.when === 'before') throw error;

    return view.allowsMost(error) ? ['0.0.0.0/0', '::/0'].map((cidrBlock) => ({ ...base, cidrBlock })) : [];
  }
}

/** Of all protocols no port counts. */
function portsOf(view: View, name: string): Pick<SecurityGroupRule, 'protocol' | 'fromPort' | 'toPort'> {
  const protocol = protocolOf(view.text(name));
  if (protocol === 'all') return { protocol, ...ALL_PORTS };

  return { protocol, fromPort: view.number('from_port') ?? 0, toPort: view.number('to_port') ?? MAX_PORT };
}

/** The default group of a network: by its ID, or by its name in the network. */
function defaultGroup(view: View, draft: DraftRegion): string | undefined {
  const id = view.text('id');
  if (id !== undefined) return id;

  const network = view.ref('vpc_id', AWS.network);
  return draft.all('securityGroups').find((one) => one.networkId === network && one.name === 'default')?.id;
}
