import { fail } from '@postern/core/checks';
import { formatPrefix } from '@postern/core/kinds';
import {
  cidrOf,
  ifCertain,
  isInCidrs,
  knownWords,
  OTHER,
  overlapsCidr,
  pairOf,
  refusals,
  textOf,
  type Refusals,
} from '@postern/core/overlay';
import { ALIBABA } from '../rows/id-forms.js';

/** Whether a text is a block without host bits. */
export function isExact(text: string): boolean {
  const block = cidrOf(text);
  return block !== undefined && formatPrefix(block) === text;
}

const SIZES = { largest: 16, smallest: 29 } as const;

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-createvswitch */
const switches: Refusals = refusals(
  ['alicloud_vswitch'],
  {
    BLOCK_FORM: fail('{block} is not a block without host bits', 'Write such a block.'),
    SUBNET_SIZE: fail('{block} is not a block of /{largest} to /{smallest}', 'Write a block of such a size.'),
    SUBNET_OVERLAPS: fail(
      `{block} overlaps {otherBlock} of ${OTHER} in the same network: CreateVSwitch answers InvalidCidrBlock.Overlapped`,
      'Write blocks that do not overlap.',
    ),
    SUBNET_OUTSIDE: fail('{block} is in no block of {network} ({blocks})', 'Write a block inside of {blocks:or}.'),
  },
  function* ({ view, about, others, draft, planned }, say) {
    const text = view.needed('cidr_block');
    const block = cidrOf(text);
    if (!isExact(text)) yield say.BLOCK_FORM(about, { block: text });
    if (block === undefined) return;

    if (block.bits < SIZES.largest || block.bits > SIZES.smallest)
      yield say.SUBNET_SIZE(about, { block: text, ...SIZES });
    const network = view.neededRef('vpc_id', ALIBABA.network);
    const hit = (one: string | undefined): boolean => overlapsCidr(one, block);
    const other = others('alicloud_vswitch').find(
      (one) => ifCertain(() => one.ref('vpc_id', ALIBABA.network)) === network && hit(textOf(one, 'cidr_block')),
    );
    const kept = draft.base.subnets.find(
      (one) => one.networkId === network && !planned.has(one.id) && hit(one.cidrBlock),
    );
    if (other !== undefined)
      yield say.SUBNET_OVERLAPS(about, {
        block: text,
        ...pairOf({ view }, other),
        otherBlock: textOf(other, 'cidr_block') ?? '',
      });
    else if (kept !== undefined && view.instance.before === undefined)
      yield say.SUBNET_OVERLAPS(about, { block: text, isOwn: false, other: kept.id, otherBlock: kept.cidrBlock });
    const blocks = draft.get('networks', network)?.cidrBlocks ?? [];
    if (blocks.length > 0 && !isInCidrs(blocks, block))
      yield say.SUBNET_OUTSIDE(about, { block: text, network, blocks });
  },
);

/** Zones that the snapshot has nothing of may exist all the same. */
const ZONE = /^[a-z]{2}-[a-z]+(?:-\d+)?-?[a-z]$/;
const zones = knownWords(['alicloud_vswitch'], [{ attribute: 'zone_id', known: [], also: ZONE }]);

const NAMES: readonly (readonly [type: string, attribute: string])[] = [
  ['alicloud_vswitch', 'vswitch_name'],
  ['alicloud_security_group', 'security_group_name'],
  ['alicloud_vpc', 'vpc_name'],
  ['alicloud_instance', 'instance_name'],
];

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-createvswitch VSwitchName, and of the others */
const names: readonly Refusals[] = NAMES.map(([type, attribute]) =>
  refusals(
    [type],
    {
      NAME_FORM: fail(
        '{attribute} is {name}: expected 1 to 128 characters, that do not begin with a digit, http:// or https://',
        'Write such a name.',
      ),
    },
    function* ({ view, about, named }, say) {
      const name = view.text(attribute) ?? '';
      if (name.length > 128 || /^(?:https?:\/\/|\d)/i.test(name))
        yield say.NAME_FORM(about, { attribute: named(attribute), name });
    },
  ),
);

export const blockRefusals: readonly Refusals[] = [switches, zones, ...names];
