import { PrivateIntegrations, type Snapshot, isPosternError } from '@postern/core/internal/library';
import { beginReading, type Scope } from '@postern/core/internal/adapter';
import type { Clouds } from '@postern/core/internal/kinds';
import { gatewayOfMigration, linkIdsIn, type LinkIdOf } from '@postern/core/internal/moves';
import { SNAPSHOT_VERSION } from '@postern/core/internal/snapshot';
import type { CommonOptions } from '../invocation.js';
import { findLink } from '../links/open-place.js';
import type { Io } from '../process/io.js';
import type { Taken } from '../snapshot/take-snapshot.js';
import { cloudsOf } from '../spec/brought-clouds.js';
import { movesOn, type MigrateOptions, requestIn, type AskedMove } from './migrate-options.js';

/**
 * The input of a validation. It is read from a snapshot file, without any call. Or it is read from the
 * cloud, no more than the migration changes, in the form of a snapshot file. With `asked`, where IDs replace
 * the names of links.
 * @throws {InvalidInputError} `REGION_MISSING`; {PosternError} what reading the file, or observing, throws.
 */
export async function takeForMigration(
  io: Io,
  asked: AskedMove,
  options: MigrateOptions & CommonOptions,
): Promise<Taken & { readonly asked: AskedMove }> {
  const { snapshot: file, profile, debug } = options;
  if (file !== undefined) {
    const { readSnapshot } = await import('../snapshot/read-snapshot.js');
    const snapshot = await readSnapshot(io, file, options);
    return { snapshot, file, asked: await withLinkIds(asked, linkIdsIn(snapshot)) };
  }

  const { openSession } = await import('../session/open-session.js');
  const { requireRegionOf } = await import('../session/region-of-environment.js');
  const { all } = await cloudsOf(io);
  // A stage of a gateway names no cloud.
  const byDefault = options.provider ?? all.find((cloud) => movesOn(cloud).stages)?.name ?? '';
  const { provider = byDefault } = requestIn(asked);
  const region = await requireRegionOf(io, provider, options.region);
  const { context, drivers } = await openSession(io, { debug, notesWaits: true });
  const driver = await drivers({ provider, region, profile });
  const gate = new PrivateIntegrations(driver, { ...context, project: 'none' });
  const named = await withLinkIds(
    asked,
    linkIdsBy((name) => findLink({ gate, context }, name)),
  );
  const taken = beginReading(context);
  const read = await driver.observe(scopeOf(named, await cloudsOf(io)), context);
  const observed: Snapshot = { version: SNAPSHOT_VERSION, ...taken(), regions: [read] };
  const { encodeSnapshot } = await import('@postern/core/internal/snapshot');
  const { decodeSnapshot } = await import('@postern/core/internal/decode');
  return { snapshot: decodeSnapshot(encodeSnapshot(observed)), asked: named };
}

function scopeOf(asked: AskedMove, clouds: Clouds): Scope {
  const what = { checks: true, uses: true };
  // Only the API groups show on which instance they are, and only the listeners which ports a load balancer has.
  if ('all' in asked || 'stage' in asked) return { ...what, all: true };

  const { one } = asked;
  return {
    ...what,
    gateways: [gatewayOfMigration(one, clouds)],
    links: 'group' in one ? [one.to] : [one.from, one.to],
  };
}

/** The request, with IDs in place of the names of links. */
export async function withLinkIds(asked: AskedMove, idOf: LinkIdOf): Promise<AskedMove> {
  if ('stage' in asked) {
    const { from, to } = asked.stage;
    const named = from === undefined ? {} : { from: await idOf(from) };
    return { stage: { ...asked.stage, ...named, to: await idOf(to) } };
  }
  if ('all' in asked) {
    const { from, to } = asked.all;
    return { all: { ...asked.all, from: await idOf(from), to: await idOf(to) } };
  }

  const { one } = asked;
  if ('group' in one) return { one: { ...one, to: await idOf(one.to) } };

  return { one: { ...one, from: await idOf(one.from), to: await idOf(one.to) } };
}

/**
 * IDs from the cloud. `find` throws `NOT_FOUND` where the link does not exist, which the validation then
 * reports.
 */
export function linkIdsBy(find: (name: string) => Promise<{ readonly id: string }>): LinkIdOf {
  return async (name) => {
    try {
      return (await find(name)).id;
    } catch (error) {
      if (isPosternError(error, 'NOT_FOUND')) return name;

      throw error;
    }
  };
}
