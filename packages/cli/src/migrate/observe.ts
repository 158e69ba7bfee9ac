import path from 'node:path';
import { InvalidInputError, SNAPSHOT_VERSION, type Scope, type Snapshot } from '@postern/core';
import type { CommonOptions, Io } from '../io.js';
import type { Taken } from '../take-snapshot.js';
import type { Asked, MigrateOptions } from './options.js';

/**
 * What a validation looks at: read from a snapshot file, without any call; or from the cloud, no more than the migration touches, in
 * the form that a file of it would have.
 * @throws {InvalidInputError} `REGION_MISSING`; {PosternError} what reading the file, or observing, throws.
 */
export async function takeForMigration(io: Io, asked: Asked, options: MigrateOptions & CommonOptions): Promise<Taken> {
  const { snapshot: file, provider, profile, debug } = options;
  if (file !== undefined) {
    const { readSnapshotFile } = await import('@postern/core/node');
    const full = file === '-' ? file : path.resolve(io.cwd, file);
    return { snapshot: await readSnapshotFile(full, { shown: file }), file };
  }
  const { openSession, regionOfEnvironment, regionRemedy } = await import('../session.js');
  const region = options.region ?? regionOfEnvironment(io, provider);
  if (region === undefined) {
    throw new InvalidInputError('REGION_MISSING', 'no region given', {
      remedy: regionRemedy(provider),
    });
  }
  const { context, drivers } = await openSession(io, { debug, telling: true });
  const driver = await drivers({ provider, region, profile });
  const takenAt = new Date(context.clock.now()).toISOString();
  const observed: Snapshot = {
    version: SNAPSHOT_VERSION,
    takenAt,
    regions: [await driver.observe(scopeOf(asked), context)],
  };
  const { encodeSnapshot } = await import('@postern/core');
  const { decodeSnapshot } = await import('@postern/core/decode');
  return { snapshot: decodeSnapshot(encodeSnapshot(observed)) };
}

function scopeOf(asked: Asked): Scope {
  const what = { checks: true, uses: true };
  // Which groups are on an instance nobody says but the groups.
  if ('all' in asked) return { ...what, all: true };
  const { one } = asked;
  return 'group' in one
    ? { ...what, gateways: [{ apiGroup: one.group }], links: [one.to] }
    : { ...what, gateways: [{ httpApi: one.api }], links: [one.from, one.to] };
}
