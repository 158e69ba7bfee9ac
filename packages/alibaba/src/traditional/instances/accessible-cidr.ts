import type { AllowEntry, CallContext } from '@postern/core/internal/library';
import {
  CloudError,
  InvalidInputError,
  readUntil,
  UnsupportedError,
  type AllowlistMethods,
  createQueue,
  isAllPorts,
} from '@postern/core/internal/adapter';
import { formatPrefix, parsePrefix } from '@postern/core/internal/cidr';
import { blockResources, toAllowlist, vSwitchBlocks, connectBlocks } from './connect-blocks.js';
import { dependentsOf } from './dependents.js';
import { isIntegration, requireInstance, waitUntilRunning, type InstanceOutput } from './instance.js';
import type { Session } from '../../client/session.js';
import { STALENESS_MS } from '../../limits.js';
import { localBlockErrors } from '../cloud/blocks.js';

/**
 * What an instance may reach: its accessible CIDR blocks. They are always added as custom blocks, since the
 * wire name of the other form is not certain. Each call adds one block. The instance accepts the next change
 * when it is RUNNING again.
 */
export function allowlist(session: Session): AllowlistMethods {
  const queue = createQueue();
  return {
    resources: (linkId, ctx) => blockResources(session, linkId, ctx),
    // Nothing has to be there before an instance.
    read: async (linkId, ctx) => toAllowlist(await requireInstance(session, linkId, ctx)),
    allow: (linkId, entries, ctx) => queue(linkId, () => allow(session, linkId, entries, ctx), ctx.signal),
    revoke: (linkId, entries, ctx, options) =>
      queue(linkId, () => revoke(session, linkId, entries, options?.force === true, ctx), ctx.signal),
  };
}

async function allow(
  session: Session,
  linkId: string,
  entries: readonly AllowEntry[],
  ctx: CallContext,
): Promise<void> {
  const wanted = blocksOf(entries);
  const instance = await requireIntegration(session, linkId, ctx);
  requireReachable(wanted, instance);
  for (const cidrBlock of wanted) {
    // The caller has not seen it: one that is there was added by a call whose answer was lost.
    const lacks = (one: InstanceOutput): boolean => !reachedBlocks(one).has(cidrBlock);
    if (!lacks(await readUntil(() => waitUntilRunning(session, linkId, ctx), lacks, STALENESS_MS, ctx))) continue;

    await session.call(ctx, 'CloudAPI', 'ModifyInstanceAttribute', {
      InstanceId: linkId,
      ToConnectVpcIpBlock: JSON.stringify({ CidrBlock: cidrBlock, Customized: true }),
      Token: crypto.randomUUID(),
    });
    // A read may show the instance as it was before the change: RUNNING, without the block.
    const shows = (one: InstanceOutput): boolean => reachedBlocks(one).has(cidrBlock);
    const after = await readUntil(() => waitUntilRunning(session, linkId, ctx), shows, STALENESS_MS, ctx);
    if (!shows(after)) throw notTaken(linkId, cidrBlock);
  }
}

async function revoke(
  session: Session,
  linkId: string,
  entries: readonly AllowEntry[],
  force: boolean,
  ctx: CallContext,
): Promise<void> {
  const wanted = blocksOf(entries);
  // The caller has seen them.
  const shows = (one: InstanceOutput): boolean => wanted.every((block) => reachedBlocks(one).has(block));
  const instance = await readUntil(() => requireIntegration(session, linkId, ctx), shows, STALENESS_MS, ctx);
  const own = vSwitchBlocks(instance);
  const reached = reachedBlocks(instance);
  const gone = wanted.filter((block) => reached.has(block));
  const fixed = gone.find((block) => own.has(block));
  if (fixed !== undefined) {
    throw new UnsupportedError(`${fixed} is the block of ${own.get(fixed)}, in which ${linkId} has an interface`, {
      remedy: 'Leave it out; the blocks of its own vSwitches stay as long as the instance exists.',
      details: { cidrBlock: fixed },
    });
  }
  if (gone.length === 0) return;

  if (!force) await requireUnused(session, instance, gone, ctx);
  for (const block of gone) {
    await waitUntilRunning(session, linkId, ctx);
    // The documentation's example has "true"; the service expects the block.
    await session.call(ctx, 'CloudAPI', 'ModifyInstanceAttribute', {
      InstanceId: linkId,
      DeleteVpcIpBlock: block,
      Token: crypto.randomUUID(),
    });
    // A read may show the instance as it was before the change: RUNNING, with the block.
    const isGone = (one: InstanceOutput): boolean => !reachedBlocks(one).has(block);
    await readUntil(() => waitUntilRunning(session, linkId, ctx), isGone, STALENESS_MS, ctx);
  }
}

/** Refuses to remove blocks that calls still need. @throws {CloudError} `STILL_REFERENCED`, naming the calls */
async function requireUnused(
  session: Session,
  instance: InstanceOutput,
  gone: readonly string[],
  ctx: CallContext,
): Promise<void> {
  const kept = [...reachedBlocks(instance)].filter((block) => !gone.includes(block));
  const users = await dependentsOf(session, instance, { gone, kept }, ctx);
  if (users.length === 0) return;

  const words = users.slice(0, 5).map(({ what, address }) => `${what} (${address})`);
  const more = users.length > words.length ? `, and ${users.length - words.length} more` : '';
  throw new CloudError('STILL_REFERENCED', `${gone.join(', ')} is still needed by ${words.join(', ')}${more}`, {
    operation: 'ModifyInstanceAttribute',
    remedy: 'Change the address in these first, or use --revoke-needed (`force` in a program): their calls will fail.',
    details: { linkId: instance.InstanceId, dependents: users },
  });
}

async function requireIntegration(session: Session, linkId: string, ctx: CallContext): Promise<InstanceOutput> {
  const instance = await requireInstance(session, linkId, ctx);
  if (isIntegration(instance)) return instance;

  throw new UnsupportedError(`${linkId} is not a VPC integration instance, and has no accessible blocks`, {
    remedy: 'A conventional instance reaches exactly the resources that are authorized, each with its port.',
  });
}

/** @throws {InvalidInputError} `INVALID_PREFIX`. {UnsupportedError} for ports. */
function blocksOf(entries: readonly AllowEntry[]): readonly string[] {
  for (const { cidrBlock, protocol, fromPort, toPort } of entries) {
    if (protocol === 'all' || isAllPorts({ fromPort, toPort })) continue;

    throw new UnsupportedError(`${cidrBlock} cannot be allowed for ports ${fromPort}-${toPort} only`, {
      remedy: 'Allow the whole block here, and restrict ports with security groups.',
    });
  }
  const v6 = entries.find(({ cidrBlock }) => cidrBlock.includes(':'));
  if (v6 !== undefined) {
    throw new InvalidInputError(
      'INVALID_PREFIX',
      `${v6.cidrBlock} is an IPv6 block, but accessible blocks are IPv4 blocks`,
      { remedy: 'Remove it.' },
    );
  }

  return [...new Set(entries.map(({ cidrBlock }) => formatPrefix(parsePrefix(cidrBlock))))];
}

function notTaken(linkId: string, cidrBlock: string): CloudError {
  return new CloudError('CLOUD_REFUSED', `${linkId} is RUNNING again and does not list ${cidrBlock}`, {
    operation: 'ModifyInstanceAttribute',
    remedy: 'Check the instance in the console; the number of blocks may be limited.',
  });
}

/**
 * Refuses blocks that an existing instance can never reach.
 * @throws {InvalidInputError} `INVALID_PREFIX`, `CIDR_RESERVED`, `CIDR_CONFLICT`
 */
function requireReachable(blocks: readonly string[], instance: InstanceOutput): void {
  for (const text of blocks) {
    const [error] = localBlockErrors(text, parsePrefix(text), instance.InstanceCidrBlock);
    if (error !== undefined) throw error;
  }
}

/** Which blocks an instance may reach already. */
function reachedBlocks(instance: InstanceOutput): ReadonlySet<string> {
  return new Set(connectBlocks(instance));
}
