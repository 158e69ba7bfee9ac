import { fail } from '@postern/core/checks';
import type { Prefix } from '@postern/core/kinds';
import {
  type Asked,
  cidrOf,
  ifCertain,
  isInCidrs,
  OTHER,
  overlapsCidr,
  pairOf,
  refusals,
  type Refusals,
  textOf,
} from '@postern/core/overlay';
import { AWS } from '../rows/id-forms.js';

/** Of networks and subnets. @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const SIZES = { largest: 16, smallest: 28 } as const;

const isOfSize = ({ bits }: Prefix): boolean => bits >= SIZES.largest && bits <= SIZES.smallest;

const SECONDARY = 'aws_vpc_ipv4_cidr_block_association';
const SIZE = fail('{block} is not a block of /{largest} to /{smallest}', 'Write a block of such a size.');

const networks: Refusals = refusals(['aws_vpc', SECONDARY], { NETWORK_SIZE: SIZE }, function* ({ view, about }, say) {
  const text = view.needed('cidr_block');
  const block = cidrOf(text);
  if (block?.address.family === 4 && !isOfSize(block)) yield say.NETWORK_SIZE(about, { block: text, ...SIZES });
});

/**
 * Private ranges: a network whose first block is in one has no blocks of the others.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions
 */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '198.19.0.0/16'];

const rangeOf = (block: Prefix): string | undefined => PRIVATE.find((one) => overlapsCidr(one, block));

const secondary: Refusals = refusals(
  [SECONDARY],
  {
    BLOCK_OVERLAPS: fail(
      '{block} overlaps {other}, another block of {network}',
      'Write a block that does not overlap.',
    ),
    BLOCK_RESTRICTED: fail(
      '{block} is in the private range {range}, and {first} of {network} is not: AssociateVpcCidrBlock answers InvalidVpc.Range',
      'Write a block of the same private range, or a public one.',
    ),
  },
  function* ({ view, about, draft, others }, say) {
    const text = view.needed('cidr_block');
    const block = cidrOf(text);
    const network = view.neededRef('vpc_id', AWS.network);
    if (block === undefined) return;

    const blocks = draft.get('networks', network)?.cidrBlocks ?? [];
    const written = others('aws_vpc', SECONDARY)
      .filter(
        (one) => (textOf(one, 'id') ?? '') === network || ifCertain(() => one.ref('vpc_id', AWS.network)) === network,
      )
      .flatMap((one) => textOf(one, 'cidr_block') ?? []);
    const other = [...blocks.filter((one) => one !== text), ...written].find((one) => overlapsCidr(one, block));
    if (other !== undefined) yield say.BLOCK_OVERLAPS(about, { block: text, other, network });
    const [first] = blocks;
    const range = rangeOf(block);
    const own = cidrOf(first);
    if (first !== undefined && own !== undefined && range !== undefined && rangeOf(own) !== range)
      yield say.BLOCK_RESTRICTED(about, { block: text, range, first, network });
  },
);

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html InvalidSubnet.Conflict, InvalidSubnet.Range */
const subnets: Refusals = refusals(
  ['aws_subnet'],
  {
    SUBNET_OVERLAPS: fail(
      `{block} overlaps {otherBlock} of ${OTHER} in the same network: CreateSubnet answers InvalidSubnet.Conflict`,
      'Write blocks that do not overlap.',
    ),
    SUBNET_OUTSIDE: fail('{block} is in no block of {network} ({blocks})', 'Write a block inside of {blocks:or}.'),
    SUBNET_SIZE: SIZE,
  },
  function* (asked, say) {
    const { view, about, draft } = asked;
    const text = view.needed('cidr_block');
    const block = cidrOf(text);
    if (block === undefined) return;

    if (!isOfSize(block)) yield say.SUBNET_SIZE(about, { block: text, ...SIZES });
    const network = view.neededRef('vpc_id', AWS.network);
    const overlapped = overlappedBy(asked, network, block);
    if (overlapped !== undefined) yield say.SUBNET_OVERLAPS(about, { block: text, ...overlapped });
    const blocks = draft.get('networks', network)?.cidrBlocks ?? [];
    const isGap = [...draft.base.gaps, ...draft.gaps].some(({ of }) => of === 'networks');
    if (blocks.length > 0 && !isInCidrs(blocks, block) && !isGap)
      yield say.SUBNET_OUTSIDE(about, { block: text, network, blocks });
  },
);

/** A subnet of the network that has some of the addresses. */
function overlappedBy({ view, others, draft, planned }: Asked, network: string, block: Prefix) {
  const written = others('aws_subnet').find(
    (one) =>
      ifCertain(() => one.ref('vpc_id', AWS.network)) === network && overlapsCidr(textOf(one, 'cidr_block'), block),
  );
  if (written !== undefined) return { ...pairOf({ view }, written), otherBlock: textOf(written, 'cidr_block') ?? '' };

  const kept = draft.base.subnets.find(
    (one) => one.networkId === network && !planned.has(one.id) && overlapsCidr(one.cidrBlock, block),
  );
  return kept === undefined || view.instance.before !== undefined
    ? undefined
    : { isOwn: false, other: kept.id, otherBlock: kept.cidrBlock };
}

export const blockRefusals: readonly Refusals[] = [networks, secondary, subnets];
