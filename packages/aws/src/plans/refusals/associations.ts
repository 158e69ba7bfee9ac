import { fail } from '@postern/core/checks';
import { contains, overlaps, parsePrefix, type Prefix } from '@postern/core/kinds';
import { ifCertain, refusals, type Asked, type Refusals, type View } from '@postern/core/overlay';
import { AWS } from '../rows/wanted.js';
import { protocolOf } from '../rows/backend-uri.js';
import { textOf } from './facts.js';

/** A block; undefined where it is none. */
function blockOf(text: string | undefined): Prefix | undefined {
  try {
    return text === undefined ? undefined : parsePrefix(text);
  } catch {
    return undefined;
  }
}

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const SIZES = { largest: 16, smallest: 28 } as const;

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html InvalidSubnet.Conflict, InvalidSubnet.Range */
const subnets: Refusals = refusals(
  ['aws_subnet'],
  {
    SUBNET_OVERLAPS: fail(
      '{block} overlaps {otherBlock} of {other}, in the same network: CreateSubnet answers InvalidSubnet.Conflict',
      'Write blocks that do not overlap.',
    ),
    SUBNET_OUTSIDE: fail('{block} is in no block of {network} ({blocks})', 'Write a block inside of {blocks:or}.'),
    SUBNET_SIZE: fail('{block} is not a block of /{largest} to /{smallest}', 'Write a block of such a size.'),
  },
  function* ({ view, about, others, draft, planned }, say) {
    const text = view.needed('cidr_block');
    const block = blockOf(text);
    if (block === undefined) return;
    if (block.bits < SIZES.largest || block.bits > SIZES.smallest)
      yield say.SUBNET_SIZE(about, { block: text, ...SIZES });
    const network = view.neededRef('vpc_id', AWS.network);
    const hit = (one: string | undefined): boolean => {
      const other = blockOf(one);
      return other !== undefined && other.address.family === block.address.family && overlaps(other, block);
    };
    const other = others('aws_subnet').find(
      (one) => ifCertain(() => one.ref('vpc_id', AWS.network)) === network && hit(textOf(one, 'cidr_block')),
    );
    const kept = draft.base.subnets.find(
      (one) => one.networkId === network && !planned.has(one.id) && hit(one.cidrBlock),
    );
    const found = other?.instance.address ?? (view.instance.before === undefined ? kept?.id : undefined);
    if (found !== undefined) {
      const otherBlock = other === undefined ? (kept?.cidrBlock ?? '') : (textOf(other, 'cidr_block') ?? '');
      yield say.SUBNET_OVERLAPS(about, { block: text, other: found, otherBlock });
    }
    const own = draft.get('networks', network);
    const blocks = own?.cidrBlocks ?? [];
    const isGap = [...draft.base.gaps, ...draft.gaps].some(({ of }) => of === 'networks');
    const isInside = blocks.some((one) => {
      const outer = blockOf(one);
      return outer === undefined || (outer.address.family === block.address.family && contains(outer, block));
    });
    if (blocks.length > 0 && !isInside && !isGap) yield say.SUBNET_OUTSIDE(about, { block: text, network, blocks });
  },
);

const SEPARATE = [
  'aws_security_group_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_vpc_security_group_egress_rule',
];

/** What a rule allows, a text for each source. @throws {UnknownAttribute} */
function allowedBy(view: View): readonly string[] {
  const isOld = view.instance.type === 'aws_security_group_rule';
  const direction = isOld ? view.needed('type') : view.instance.type.includes('egress') ? 'egress' : 'ingress';
  const protocol = protocolOf(view.text(isOld ? 'protocol' : 'ip_protocol'));
  const ports = protocol === 'all' ? '' : `${view.number('from_port') ?? ''}-${view.number('to_port') ?? ''}`;
  const sources = isOld
    ? [
        ...view.texts('cidr_blocks'),
        ...view.texts('ipv6_cidr_blocks'),
        ...view.refs('prefix_list_ids', AWS.prefixList),
        view.ref('source_security_group_id', AWS.group),
        view.flag('self') === true ? view.ref('security_group_id', AWS.group) : undefined,
      ]
    : [
        view.text('cidr_ipv4'),
        view.text('cidr_ipv6'),
        view.ref('prefix_list_id', AWS.prefixList),
        view.ref('referenced_security_group_id', AWS.group),
      ];
  return sources.filter((one) => one !== undefined).map((one) => `${direction} ${protocol} ${ports} ${one}`);
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html InvalidPermission.Duplicate */
const rules: Refusals = refusals(
  SEPARATE,
  {
    RULE_TWICE: fail(
      '{other} allows the same in {group}: EC2 answers InvalidPermission.Duplicate',
      'Remove one of the two rules.',
    ),
  },
  function* ({ view, about, others }, say) {
    const group = view.neededRef('security_group_id', AWS.group);
    const own = new Set(allowedBy(view));
    const other = others(...SEPARATE).find(
      (one) =>
        ifCertain(() => one.ref('security_group_id', AWS.group)) === group &&
        (ifCertain(() => allowedBy(one)) ?? []).some((allowed) => own.has(allowed)),
    );
    if (other !== undefined) yield say.RULE_TWICE(about, { group, other: other.instance.address });
  },
);

/** Another resource that is the same association: by the attributes that name what is associated. */
function sameOf({ view, others }: Asked, ids: (one: View) => string | undefined): View | undefined {
  const own = ids(view);
  if (own === undefined) return undefined;
  return others(view.instance.type).find((one) => ifCertain(() => ids(one)) === own);
}

/** What may be associated once. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const ONCE: readonly (readonly [type: string, ids: (view: View) => string | undefined, what: string])[] = [
  ['aws_route_table_association', (one) => one.ref('subnet_id', AWS.subnet), 'a subnet has one route table'],
  ['aws_internet_gateway', (one) => one.ref('vpc_id', AWS.network), 'a network has one internet gateway'],
  [
    'aws_route',
    (one) =>
      one.text('destination_cidr_block') === undefined
        ? undefined
        : `${one.neededRef('route_table_id', AWS.table)} ${one.text('destination_cidr_block')}`,
    'a route table has one route for a destination',
  ],
  [
    'aws_network_acl_rule',
    (one) =>
      `${one.neededRef('network_acl_id', AWS.acl)} ${one.flag('egress') === true} ${one.number('rule_number') ?? ''}`,
    'a network ACL has each rule number once in a direction',
  ],
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-api-with-vpclink-cli.html
  [
    'aws_api_gateway_vpc_link',
    (one) => one.refs('target_arns', AWS.balancer)[0],
    'a network load balancer is of one VPC link V1',
  ],
];

const associations: readonly Refusals[] = ONCE.map(([type, ids, what]) =>
  refusals(
    [type],
    { ASSOCIATED_TWICE: fail('{other} is for the same: {what}', 'Remove one of the two.') },
    function* (asked, say) {
      const other = sameOf(asked, ids);
      if (other !== undefined)
        yield say.ASSOCIATED_TWICE(asked.about, { other: other.instance.address }, { words: { what } });
    },
  ),
);

export const networkRefusals: readonly Refusals[] = [subnets, rules, ...associations];
