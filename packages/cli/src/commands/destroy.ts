import { observeSpec, planDestroy } from '@postern/core';
import { requireAnswer } from '../ask.js';
import { carryOut, type CarryOutOptions } from '../carry-out.js';
import type { Invocation } from '../io.js';
import { loadSpec } from '../load-spec.js';
import { noteRegions, withRegion } from '../named-region.js';
import { openSession } from '../session.js';

interface Options extends CarryOutOptions {
  readonly region?: string;
}

/** `postern destroy`: removes what carries the mark of this spec, and nothing else. */
export async function run({ io, args: [file], options }: Invocation<Options>): Promise<number> {
  requireAnswer(io, options);
  const loaded = await loadSpec(file, io, { ...options, looksInRegion: true });
  const { folder } = loaded;
  const spec = withRegion(loaded.spec, options.region);
  const session = await openSession(io, { ...options, spec });
  const { deleteInstances, prune } = options;
  const snapshot = await observeSpec(spec, session.drivers, session.context, { all: true });
  noteRegions(io, snapshot);
  const plan = planDestroy(snapshot, spec, { deleteInstances, prune });
  return carryOut({ io, plan, spec, folder, session, options, verb: 'Destroy' });
}
