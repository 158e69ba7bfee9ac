import type { Simulator } from '@postern/core/internal/library';
import type { WorkerOptions } from '@postern/fleet/worker';
import { handoverAccess } from '../handover/fleet-access.js';

/** What a worker needs for the kinds of work that clouds bring. */
const ACCESS: readonly ((simulator: Simulator | undefined) => Promise<Partial<WorkerOptions>>)[] = [handoverAccess];

export async function broughtAccess(simulator: Simulator | undefined): Promise<Partial<WorkerOptions>> {
  const options = await Promise.all(ACCESS.map((one) => one(simulator)));
  return options.reduce((all, one) => ({ ...all, ...one }), {});
}
