import type { Evidence, LinkView, Missing } from '@postern/core/internal/check';
import {
  insteadOfNew,
  isNew,
  readBlock,
  type SoldOut,
  soldOut,
  subnetsOf,
  unseen,
} from '@postern/core/internal/checks';
import { overlaps, parsePrefix, type Prefix } from '@postern/core/internal/cidr';
import type { Subnet } from '@postern/core/internal/snapshot';
import { INSTANCE_CIDRS, chooseInstanceCidr } from '../blocks.js';

/** The block on the gateway's side of an integration instance. */
export interface OwnBlock {
  readonly text: string;
  readonly prefix: Prefix;
  /** Whether the spec leaves the choice to Postern. */
  readonly chosen: boolean;
  /** The other of the two. */
  readonly other: string;
}

/** Links that are integration instances, or would be, with the subnets that were found. */
export interface BlockLink {
  readonly view: LinkView;
  readonly subnets: readonly Subnet[];
  /** Why not all subnets were found. */
  readonly missing: Missing | undefined;
  /** The missing fact where the block could not be read. */
  readonly cidr: OwnBlock | Missing;
}

/** Every integration instance of the spec, with its instance CIDR block. */
export function* blockLinks(links: readonly LinkView[]): Iterable<BlockLink> {
  for (const view of links) {
    const { callsFrom, settings } = view.traits;
    if (callsFrom !== 'subnets' || !settings.includes('instanceCidr')) continue;

    const { found, missing } = subnetsOf(view);
    const unread = unseen(view);
    if (unread !== undefined) yield { view, subnets: found, missing: unread, cidr: unread };
    else if (view.link !== undefined || isNew(view))
      yield { view, subnets: found, missing, cidr: ownBlock(view, found) };
  }
}

/** Whether the block could be read. */
export function isRead(cidr: OwnBlock | Missing): cidr is OwnBlock {
  return 'prefix' in cidr;
}

function ownBlock(view: LinkView, subnets: readonly Subnet[]): OwnBlock | Missing {
  const { link, region, spec, name } = view;
  const written = (link?.native ?? spec.native)?.['instanceCidr'];
  const given = typeof written === 'string' ? written : undefined;
  if (given === undefined && link !== undefined) {
    const remedy = `Check the CIDR block of ${link.id} in the console.`;
    return region.missing('links', link.id) ?? { what: `the instance CIDR block of ${link.id}`, remedy };
  }

  const text = given ?? choose(view, subnets);
  const prefix = readBlock(text);
  if (prefix === undefined) {
    return {
      what: `the instance CIDR block of link ${name}, written ${JSON.stringify(text)}`,
      remedy: `Write one of ${INSTANCE_CIDRS.join(' and ')} as links.${name}.instanceCidr.`,
    };
  }

  const other = INSTANCE_CIDRS.find((one) => !overlaps(parsePrefix(one), prefix)) ?? INSTANCE_CIDRS[1];
  return { text, prefix, chosen: given === undefined, other };
}

/** As the adapter chooses; where both overlap a vSwitch, the first, so that the check says so. */
function choose({ region, networkId }: LinkView, subnets: readonly Subnet[]): string {
  const network = networkId === undefined ? undefined : region.find('networks', networkId);
  const around = network?.is === 'found' ? network.value.cidrBlocks : [];
  const blocks = subnets.map(({ cidrBlock }) => cidrBlock);
  return chooseInstanceCidr(undefined, blocks, around) ?? INSTANCE_CIDRS[0];
}

/** Whether a block and a text share an address. */
export function overlap(prefix: Prefix, text: string): boolean {
  const other = readBlock(text);
  return other !== undefined && overlaps(prefix, other);
}

export function cidrEvidence({ link, name }: LinkView, { text, chosen }: OwnBlock): Evidence {
  return {
    kind: 'instance block',
    id: text,
    text: link === undefined ? `of link ${name}${chosen ? ', chosen by Postern' : ''}` : `of ${link.id}`,
  };
}

/** What decides how an instance gets the other block. */
export function otherBlock(view: LinkView, { other }: OwnBlock, now: number): OtherBlock {
  return { link: view.name, other, isNew: isNew(view), soldOut: soldOut(view, now) };
}

/** The other CIDR block that an instance can have. */
export interface OtherBlock {
  readonly link: string;
  readonly other: string;
  readonly isNew: boolean;
  /** Set where new instances are no longer sold. */
  readonly soldOut?: SoldOut | undefined;
}

/** How an instance gets the other block, or the alternative if new instances are no longer sold. */
export function otherBlockText({ link, other, isNew, soldOut }: OtherBlock): string {
  if (isNew) return `write instanceCidr: ${other} for links.${link}`;

  return soldOut !== undefined
    ? `${insteadOfNew(soldOut, `an instance whose CIDR block is ${other}`)}, because the CIDR block of an instance never changes`
    : `create an instance with instanceCidr: ${other} and move the API groups to it: the block of an instance never changes`;
}
