import { fail } from '@postern/core/checks';
import {
  cidrOf,
  ifCertain,
  isWithin,
  knownWords,
  refusals,
  textOf,
  type Refusals,
  type View,
} from '@postern/core/overlay';
import { ALIBABA } from '../rows/id-forms.js';
import { isExact } from './blocks.js';

const RULE = 'alicloud_security_group_rule';
const ACL = 'alicloud_network_acl';
const PROTOCOLS = ['all', 'tcp', 'udp', 'icmp', 'icmpv6', 'gre'];
const RANGE = /^([1-9]\d{0,4})\/([1-9]\d{0,4})$/;

/** `80/80` for tcp and udp, `-1/-1` for all others. */
function fits(protocol: string, range: string): boolean {
  const hasPorts = protocol === 'tcp' || protocol === 'udp';
  if (!hasPorts) return range === '-1/-1' || !PROTOCOLS.includes(protocol);

  const [, from, to] = RANGE.exec(range) ?? [];
  return from !== undefined && to !== undefined && Number(from) <= Number(to) && Number(to) <= 65_535;
}

const PORTS = fail('the ports are {range}, and the protocol is {protocol}: expected {expected}', 'Write {expected}.');
const expectedOf = (protocol: string): string =>
  protocol === 'tcp' || protocol === 'udp' ? 'FROM/TO from 1 to 65535, such as 80/80' : '-1/-1';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-authorizesecuritygroup */
const rules: Refusals = refusals(
  [RULE],
  {
    PORTS,
    PRIORITY_RANGE: fail('{attribute} is {priority}: expected 1 to 100', 'Write such a priority.'),
    BLOCK_FORM: fail('{attribute} is {block}, which is not a block of addresses', 'Write a block in CIDR notation.'),
    GROUP_ITSELF: fail('{attribute} is its own group', 'Allow the group itself by its inner access policy.'),
    ENTERPRISE: fail(
      '{group} is an advanced security group, and no rule has one as its source or names a group in it',
      'Write blocks of addresses, or basic security groups.',
    ),
  },
  function* ({ view, about, named, draft }, say) {
    const protocol = view.needed('ip_protocol').toLowerCase();
    const range = view.text('port_range') ?? '-1/-1';
    if (!fits(protocol, range)) yield say.PORTS(about, { range, protocol, expected: expectedOf(protocol) });
    const priority = view.number('priority');
    if (priority !== undefined && !isWithin(priority, 1, 100))
      yield say.PRIORITY_RANGE(about, { attribute: named('priority'), priority });
    for (const attribute of ['cidr_ip', 'ipv6_cidr_ip']) {
      const block = textOf(view, attribute);
      if (block !== undefined && block.includes('/') && cidrOf(block) === undefined)
        yield say.BLOCK_FORM(about, { attribute: named(attribute), block });
    }
    const source = view.ref('source_security_group_id', ALIBABA.group);
    // A block counts before a group.
    const isBlock = ['cidr_ip', 'ipv6_cidr_ip', 'prefix_list_id'].some((one) => textOf(view, one) !== undefined);
    if (source === undefined || isBlock) return;

    const own = view.neededRef('security_group_id', ALIBABA.group);
    if (source === own) yield say.GROUP_ITSELF(about, { attribute: named('source_security_group_id') });
    const advanced = [own, source].find((id) => draft.get('securityGroups', id)?.kind === 'enterprise');
    if (advanced !== undefined) yield say.ENTERPRISE(about, { group: advanced });
  },
);

const SIDES = [
  ['ingress_acl_entries', 'source_cidr_ip'],
  ['egress_acl_entries', 'destination_cidr_ip'],
] as const;

/** The entries of an ACL that are known. */
const entriesOf = (view: View, name: string): readonly View[] => ifCertain(() => view.blocks(name)) ?? [];

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-updatenetworkaclentries */
const acls: Refusals = refusals(
  [ACL],
  {
    PORTS,
    BLOCK_FORM: fail('{block} is not a block without host bits', 'Write a block in CIDR notation.'),
    BOUND_TWICE: fail(
      '{other} is bound to {subnet} as well: a vSwitch has one network ACL',
      'Bind one of the two to {subnet}.',
    ),
  },
  function* ({ view, about, others }, say) {
    for (const [list, side] of SIDES)
      for (const one of entriesOf(view, list)) {
        const protocol = (textOf(one, 'protocol') ?? 'all').toLowerCase();
        const range = textOf(one, 'port') ?? '-1/-1';
        if (!fits(protocol, range)) yield say.PORTS(about, { range, protocol, expected: expectedOf(protocol) });
        const block = textOf(one, side);
        if (block !== undefined && !isExact(block)) yield say.BLOCK_FORM(about, { block });
      }
    const bound = (one: View): readonly string[] =>
      entriesOf(one, 'resources').flatMap((each) => ifCertain(() => each.ref('resource_id', ALIBABA.subnet)) ?? []);
    const own = new Set(bound(view));
    for (const other of others(ACL)) {
      const subnet = bound(other).find((id) => own.has(id));
      if (subnet !== undefined) yield say.BOUND_TWICE(about, { other: other.instance.address, subnet });
    }
  },
);

const POLICIES = ['accept', 'drop'];

export const ruleRefusals: readonly Refusals[] = [
  rules,
  acls,
  knownWords(
    [RULE],
    [
      { attribute: 'ip_protocol', known: PROTOCOLS },
      { attribute: 'policy', known: POLICIES },
    ],
  ),
  knownWords(
    [ACL],
    SIDES.flatMap(([block]) => [
      { block, attribute: 'protocol', known: PROTOCOLS },
      { block, attribute: 'policy', known: POLICIES },
    ]),
  ),
];
