import {
  contains,
  formatPrefix,
  overlaps,
  parsePrefix,
  type Prefix,
  InvalidInputError,
  type PosternError,
  type BlockPlace,
} from '@postern/core/internal/kinds';
import type { ErrorCode, RegionSnapshot } from '@postern/core/internal/library';
import type { RouteEntry } from '@postern/core/internal/snapshot';
import { ALIBABA_RESERVED } from '../../cloud/reserved.js';

/**
 * The only blocks that an integration instance may have on its own side.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances
 */
export const INSTANCE_CIDRS = ['192.168.0.0/16', '172.16.0.0/12'] as const;

/**
 * Returns which blocks can never be allowed, from a snapshot alone, each with the block as `details.cidrBlock`. Pure. Codes:
 * `CIDR_RESERVED`, `CIDR_CONFLICT` with the instance CIDR block, `CIDR_REDUNDANT` within another block, `CIDR_UNREACHABLE`
 * outside the VPC without a route. The service checks none of it.
 */
export function blockRefusals(
  cidrBlocks: readonly string[],
  within: BlockPlace,
  region: RegionSnapshot,
): readonly PosternError[] {
  const link = region.links.find(({ id }) => id === within.linkId);
  const networkId = link?.networkId ?? within.networkId;
  const subnetIds = link?.subnetIds ?? within.subnetIds ?? [];
  const subnets = region.subnets.filter(({ id }) => subnetIds.includes(id));
  const own = ownBlock(link?.native?.['instanceCidr'] ?? within.native?.['instanceCidr'], subnets);
  return cidrBlocks.flatMap((text) => {
    const block = parse(text);
    if (block === undefined) return [];

    return [
      ...localBlockErrors(text, block, own),
      ...redundant(text, block, cidrBlocks, subnets),
      ...unreachable(text, block, { networkId, subnetIds }, region),
    ].slice(0, 1);
  });
}

/** What a block alone can be refused for: by the service's own networks, and against the instance CIDR block. */
export function localBlockErrors(text: string, block: Prefix, own: string | undefined): readonly PosternError[] {
  const errors: PosternError[] = [];
  const reserved = ALIBABA_RESERVED.ranges.find(({ prefix }) => overlaps(prefix, block));
  if (reserved !== undefined) {
    const words = `${text} overlaps ${formatPrefix(reserved.prefix)}: ${reserved.name}`;
    const remedy = contains(reserved.prefix, block)
      ? `Remove ${text}: no backend can have such an address.`
      : `Write smaller blocks, with the addresses of the backends and without ${formatPrefix(reserved.prefix)}.`;
    errors.push(refused('CIDR_RESERVED', text, words, remedy));
  }
  const ownPrefix = own === undefined ? undefined : parse(own);
  if (ownPrefix !== undefined && overlaps(ownPrefix, block)) {
    const words = `${text} overlaps the instance CIDR block ${own}: the instance never reaches addresses of that block`;
    const other = INSTANCE_CIDRS.find((one) => one !== own);
    const remedy = `Remove ${text}, or use an instance with the other CIDR block, \`native: { instanceCidr: ${other} }\`.`;
    errors.push(refused('CIDR_CONFLICT', text, words, remedy));
  }
  return errors;
}

function ownBlock(asked: unknown, subnets: readonly { readonly cidrBlock: string }[]): string | undefined {
  if (typeof asked === 'string') return asked;

  return subnets.length === 0
    ? undefined
    : chooseInstanceCidr(
        undefined,
        subnets.map(({ cidrBlock }) => cidrBlock),
      );
}

function redundant(
  text: string,
  block: Prefix,
  all: readonly string[],
  subnets: readonly { readonly id: string; readonly cidrBlock: string }[],
): readonly PosternError[] {
  const cover = all.find((other) => other !== text && covers(other, block));
  if (cover !== undefined) {
    return [
      refused('CIDR_REDUNDANT', text, `${text} is inside ${cover}`, `Remove ${text}; ${cover} already covers it.`),
    ];
  }

  const subnet = subnets.find(({ cidrBlock }) => covers(cidrBlock, block));
  if (subnet === undefined) return [];

  const place =
    text === subnet.cidrBlock
      ? `is the block of ${subnet.id}`
      : `is inside ${subnet.cidrBlock}, the block of ${subnet.id}`;
  const words = `${text} ${place}, which the instance always reaches`;
  return [refused('CIDR_REDUNDANT', text, words, `Remove ${text}.`)];
}

/** Inside the VPC, or routed out of it by the tables of the vSwitches. No verdict without the facts. */
function unreachable(
  text: string,
  block: Prefix,
  { networkId, subnetIds }: { readonly networkId: string | undefined; readonly subnetIds: readonly string[] },
  region: RegionSnapshot,
): readonly PosternError[] {
  const network = region.networks.find(({ id }) => id === networkId);
  const tables = region.routeTables?.filter(({ networkId: of }) => of === networkId);
  if (network === undefined || tables === undefined) return [];
  if (network.cidrBlocks.some((one) => covers(one, block))) return [];

  const bound = new Set(region.subnets.filter(({ id }) => subnetIds.includes(id)).map(({ routeTableId: id }) => id));
  const own = tables.filter(({ id }) => bound.has(id));
  const used = own.length > 0 ? own : tables.filter(({ main }) => main);
  // A table whose entries were not read may have the route.
  if (used.some(({ routes }) => routes === undefined)) return [];

  const routes = used.flatMap((table) => table.routes ?? []).filter(isWayOut);
  if (routes.some(({ cidrBlock, prefixListId }) => prefixListId !== undefined || covers(cidrBlock ?? '', block)))
    return [];

  const list = network.cidrBlocks.join(', ');
  return [
    refused(
      'CIDR_UNREACHABLE',
      text,
      `${text} is outside of ${network.id} (${list}), and no route of the vSwitches leads to it`,
      `Connect the VPC to that network and add a route, or remove ${text}.`,
    ),
  ];
}

function isWayOut({ nextHop, state, origin }: RouteEntry): boolean {
  return origin !== 'local' && nextHop.kind !== 'local' && state === 'active';
}

function covers(outer: string, inner: Prefix): boolean {
  const prefix = parse(outer);
  return prefix !== undefined && contains(prefix, inner);
}

function parse(text: string): Prefix | undefined {
  try {
    return parsePrefix(text);
  } catch {
    return undefined;
  }
}

function refused(code: ErrorCode, cidrBlock: string, message: string, remedy: string): PosternError {
  return new InvalidInputError(code, message, { remedy, details: { cidrBlock } });
}

/**
 * The block for a new instance: the one that is requested, or the first that does not overlap the vSwitches and, if
 * possible, not the VPC either. Undefined if both overlap a vSwitch.
 */
export function chooseInstanceCidr(
  asked: unknown,
  vSwitchBlocks: readonly string[],
  vpcBlocks: readonly string[] = [],
): string | undefined {
  if (typeof asked === 'string') return asked;

  const free = INSTANCE_CIDRS.filter((block) => !vSwitchBlocks.some((other) => meet(block, other)));
  return free.find((block) => !vpcBlocks.some((other) => meet(block, other))) ?? free[0];
}

/** Whether two blocks share an address. Texts that are not blocks share none. */
export function meet(one: string, other: string): boolean {
  try {
    return overlaps(parsePrefix(one), parsePrefix(other));
  } catch {
    return false;
  }
}
