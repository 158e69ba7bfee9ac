import { contains, formatPrefix, overlaps, parsePrefix } from '../../cidr/prefix.js';
import { InvalidInputError, UnsupportedError } from '../../ground/errors.js';
import type { Allowlist, AllowEntry, PortRange } from '../model/allowlist.js';
import {
  allowEntries,
  blockEntries,
  compareEntries,
  coversEntry,
  fullerFamily,
  MAX_ALLOW_ENTRIES,
  portRanges,
} from '../allowlist/allow-entries.js';
import { argumentError } from '../forms/check-argument.js';
import { calledPorts, requireUnneeded } from '../allowlist/needed-blocks.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import type { LinkTarget } from './requests.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { asStep } from '../../ground/calls/step-context.js';
import { abilityOf } from '../abilities.js';
import type { Driver, Scope } from '../driver.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import { type Claimant, ownerText } from '../model/ownership.js';
import { type LinkRef, isSameRef } from '../model/reference.js';
import { mayChange } from '../model/marks.js';
import { requireLink } from './call-options.js';
import { isOurs } from '../world/resolve/link-identity.js';

/**
 * The entries to add to a list to allow `cidrBlocks` on `ports` (undefined: the cloud has none). Blocks that
 * a wider entry covers need none.
 * @throws {InvalidInputError} `INVALID_PREFIX`, `ALLOWLIST_FULL`, `ALLOWLIST_INEFFECTIVE`. {UnsupportedError}
 *   for an unmanaged list.
 */
function addedEntries(
  list: Allowlist,
  cidrBlocks: readonly string[],
  ports: readonly PortRange[] | undefined,
): { readonly added: readonly AllowEntry[]; readonly isWhole: boolean } {
  const wanted = ports === undefined ? blockEntries(cidrBlocks) : allowEntries(cidrBlocks, ports);
  checkOwned(list);
  const [first] = list.wider;
  if (first !== undefined) {
    throw new InvalidInputError('ALLOWLIST_INEFFECTIVE', `the allowlist of ${list.linkId} has no effect: ${first}`, {
      remedy: 'Narrow or remove that rule: rules of several groups add up.',
      details: { rules: list.wider },
    });
  }

  const { missing } = compareEntries(wanted, list.entries);
  const added = missing.filter((entry) => !list.entries.some((listed) => coversEntry(listed, entry)));
  const total = fullerFamily([...list.entries, ...added]).length;
  if (ports !== undefined && total > MAX_ALLOW_ENTRIES) {
    throw new InvalidInputError(
      'ALLOWLIST_FULL',
      `the allowlist of ${list.linkId} would have ${total} rules, but a security group holds ${MAX_ALLOW_ENTRIES}`,
      {
        remedy: 'Merge blocks into larger ones, or revoke some first.',
        details: { needed: total, limit: MAX_ALLOW_ENTRIES },
      },
    );
  }

  return { added, isWhole: added.length === wanted.length };
}

/**
 * The entries of a list that match `cidrBlocks`, on any ports. Entries inside of one stay: they were added by themselves, and
 * calls need them. A block that is not on the list does not cause an error.
 * @throws {InvalidInputError} `INVALID_PREFIX`; `CIDR_CONFLICT` where a larger block would keep one allowed, or where one
 *   is not on the list and a smaller block keeps part of it allowed. `force` removes an entry beside a larger one.
 */
function removedEntries(
  list: Allowlist,
  cidrBlocks: readonly string[],
  force: boolean | undefined,
): readonly AllowEntry[] {
  const blocks = cidrBlocks.map(parsePrefix);
  checkOwned(list);
  const texts = new Set(blocks.map(formatPrefix));
  const removed = list.entries.filter(({ cidrBlock }) => texts.has(cidrBlock));
  const fixed = removed.find((entry) => entry.fixed === true);
  if (fixed !== undefined) {
    throw new UnsupportedError(
      `${fixed.cidrBlock} is a block of the link's own subnets: it stays as long as ${list.linkId} exists`,
      { remedy: 'Leave it out; the other entries can be revoked.' },
    );
  }

  for (const block of blocks) {
    const isListed = removed.some(({ cidrBlock }) => cidrBlock === formatPrefix(block));
    const other = list.entries.find(({ cidrBlock }) => {
      const one = parsePrefix(cidrBlock);
      return !texts.has(cidrBlock) && overlaps(one, block) && !(isListed && contains(block, one));
    });
    if (other === undefined) continue;

    const isWider = contains(parsePrefix(other.cidrBlock), block);
    if (force === true && isListed && isWider) continue;

    throw new InvalidInputError(
      'CIDR_CONFLICT',
      `${formatPrefix(block)} would stay allowed, ${isWider ? 'fully' : 'partly'}: ${other.cidrBlock} is on the list of ${list.linkId}`,
      {
        remedy: isWider
          ? `First allow the blocks that must stay, then also revoke ${other.cidrBlock}.${isListed ? ' Or use --revoke-needed (`force` in a program) to remove this entry alone.' : ''}`
          : `Revoke the blocks that are on the list, such as ${other.cidrBlock}.`,
      },
    );
  }
  return removed;
}

/** @throws {UnsupportedError} for an unmanaged list */
function checkOwned({ linkId, owned }: Allowlist): void {
  if (owned) return;

  throw new UnsupportedError(`link ${linkId} has no allowlist of this project, and none can be added`, {
    remedy: 'Create the link with an allowlist, even an empty one: its security groups cannot be changed.',
  });
}

/**
 * The ports of a link's targets: those of its routes in the region, and those that were ensured.
 * @throws {InvalidInputError} `INVALID_INPUT` unless each of them is known.
 */
function portsToAllow(region: RegionSnapshot, linkId: string, ensured: readonly LinkTarget[]): readonly PortRange[] {
  const used = region.gateways
    .flatMap(({ routes }) => routes)
    .filter((route) => route.linkId === linkId)
    .map(({ targetId }) => ({ target: region.targets.find(({ id }) => id === targetId) }));
  const called = [...ensured.map((target) => ({ target })), ...used].map((one) => calledPorts(region, one));
  const ports = called.flatMap((one) => ('ports' in one ? one.ports : []));
  if (ports.length > 0 && called.every((one) => 'ports' in one)) return portRanges(ports);

  const why =
    called.length === 0 ? `link ${linkId} has no target yet` : `the port of a target of link ${linkId} is not known`;
  throw argumentError('allow', 'ports', {
    message: `the ports to open are not known: ${why}`,
    remedy: "Pass the ports, such as ports: [443], or ports: 'all'.",
  });
}

/** The owner of the links, and what calls their cloud. */
type Program = Claimant & { readonly driver: Driver; readonly clouds: Clouds };

/** Which ports are opened: those given, or those of the targets of the link, of which some were ensured by the program. */
interface OpenPorts {
  readonly ports: readonly number[] | 'all' | undefined;
  readonly ensured: readonly LinkTarget[];
}

/** Adds blocks to the allowlist of a link; whether all of them were added now. @throws {PosternError} as `PrivateIntegrations.allow` */
export async function allowBlocks(
  program: Program,
  link: LinkRef,
  cidrBlocks: readonly string[],
  open: OpenPorts,
  ctx: CallContext,
): Promise<boolean> {
  const { driver, project } = program;
  const list = await ownAllowlist(driver, link, program, ctx);
  checkOwned(list);
  const ports = driver.traits(link.kind).allowlistHasPorts ? await rangesOf(program, link, open, ctx) : undefined;
  const { added: entries, isWhole } = addedEntries(list, cidrBlocks, ports);
  await refuseUnreachable(program, link, project, entries, ctx);
  if (entries.length === 0) return false;

  await asStep(ctx, 'allow', (step) => abilityOf(driver, 'allowlist').allow(link, entries, step));
  return isWhole;
}

/** Removes blocks from the allowlist of a link; whether all of them were removed now. @throws {PosternError} as `PrivateIntegrations.revoke` */
export async function revokeBlocks(
  program: Program,
  link: LinkRef,
  cidrBlocks: readonly string[],
  force: boolean | undefined,
  ctx: CallContext,
): Promise<boolean> {
  const { driver } = program;
  const list = await ownAllowlist(driver, link, program, ctx);
  const entries = removedEntries(list, cidrBlocks, force);
  if (entries.length === 0) return false;

  // Where entries have no ports, the adapter checks: only it can read what else calls addresses.
  if (force !== true && driver.traits(link.kind).allowlistHasPorts) {
    const kept = list.entries.filter((entry) => !entries.includes(entry));
    requireUnneeded(link.id, { gone: entries, kept }, await regionOf(program, { checks: true }, ctx));
  }
  await asStep(ctx, 'revoke', (step) => abilityOf(driver, 'allowlist').revoke(link, entries, step, { force }));
  return new Set(entries.map(({ cidrBlock }) => cidrBlock)).size === new Set(cidrBlocks).size;
}

async function rangesOf(
  program: Program,
  link: LinkRef,
  { ports, ensured }: OpenPorts,
  ctx: CallContext,
): Promise<readonly PortRange[]> {
  if (ports !== undefined) return portRanges(ports === 'all' ? [] : ports);

  const region = await regionOf(program, { targets: ensured.map(({ ref }) => ref) }, ctx);
  return portsToAllow(region, link.id, ensured);
}

/** Reads the region of a driver. */
export function regionOf(
  { driver, project, spec }: Omit<Program, 'clouds'>,
  more: Pick<Scope, 'checks' | 'domains' | 'flowLogs' | 'targets' | 'uses'>,
  ctx: CallContext,
): Promise<RegionSnapshot> {
  return driver.observe({ all: true, project, spec, ...more }, ctx);
}

/**
 * The allowlist of a link that the project may change. For an unmanaged list (`owned` is false) on a link
 * without any mark, the caller refuses and reports why the list cannot be changed.
 * @throws {InvalidInputError} `NOT_OURS` for a link that another project, or a copied mark, claims.
 *   {CloudError} `NOT_FOUND`. {UnsupportedError} where nothing filters the calls of the link
 */
async function ownAllowlist(driver: Driver, ref: LinkRef, by: Claimant, ctx: CallContext): Promise<Allowlist> {
  const { project } = by;
  const link = await requireLink(driver, ref, 'allowlist', ctx);
  const list = await abilityOf(driver, 'allowlist').read(ref, ctx);
  const { owner } = link;
  if ((isOurs(link, project) && mayChange(owner, by)) || (owner === undefined && !list.owned)) {
    if (list.filter !== 'none') return list;

    throw new UnsupportedError(`nothing filters the calls of link ${ref.id}: there is nothing to allow or revoke`, {
      remedy:
        'First turn on that the load balancer of the link enforces the inbound rules of its security groups on PrivateLink traffic. A load balancer without security groups must be created again with at least one.',
    });
  }

  const whose =
    owner === undefined
      ? 'carries no mark'
      : owner.project === project
        ? mayChange(owner, by)
          ? 'carries the mark of this project in a changed form'
          : `is ${ownerText(owner, by)}`
        : `belongs to project ${owner.project}`;
  throw new InvalidInputError('NOT_OURS', `link ${ref.id} ${whose}`, {
    remedy: 'Name a link of the project: other links are never changed.',
    details: { linkId: ref.id, project: owner?.project },
  });
}

/**
 * Refuses blocks that the link can never reach, where a snapshot shows that.
 * @throws {InvalidInputError} `CIDR_UNREACHABLE`, `CIDR_RESERVED`, `CIDR_CONFLICT`, `CIDR_REDUNDANT`
 */
async function refuseUnreachable(
  { driver, clouds }: { readonly driver: Driver; readonly clouds: Clouds },
  { kind, id: linkId }: LinkRef,
  project: string,
  entries: readonly AllowEntry[],
  ctx: CallContext,
): Promise<void> {
  const refusals = clouds.link(kind).rules.blockRefusals;
  if (refusals === undefined || entries.length === 0) return;

  const region = await driver.observe({ project, links: [linkId] }, ctx);
  const { networkId, subnetIds, native } = region.links.find((link) => isSameRef(link, { kind, id: linkId })) ?? {};
  const blocks = entries.map(({ cidrBlock }) => cidrBlock);
  const [error] = refusals(blocks, { linkId, networkId, subnetIds, native }, region);
  if (error !== undefined) throw error;
}
