import type { RegionIndex } from '../../../do/world/views.js';
import type { Verdict } from '../../../do/findings/finding.js';
import { destinationsOf, type Destinations } from '../balancers/destinations.js';
import { createPairMatrix } from './pair-matrix.js';
import { NO_RETURN_PATHS } from '../routes/return-path.js';
import type { Caller } from '../sources/caller.js';
import { tracesTo } from '../trace/trace.js';
import { createWorld } from '../create-world.js';
import { type World } from '../model/world.js';

/** The targets that each link of a region reaches. */
export interface Reachability {
  readonly links: readonly string[];
  readonly targets: readonly string[];
  /**
   * Row by row, one row per link: 0 where every trace passes, 1 where one is stopped, 2 where it cannot be
   * determined.
   */
  readonly verdicts: Uint8Array;
}

const CODES: Readonly<Record<Verdict, number>> = { pass: 0, fail: 1, unknown: 2 };

/**
 * All links against all targets of a region, independent of a spec. The verdicts are those of the traces, which are computed where
 * single addresses matter.
 */
export function reachability(index: RegionIndex, world: World = createWorld(index)): Reachability {
  const { links, targets } = index.region;
  const matrix = createPairMatrix(world);
  const columns = targets.map((target) => {
    const destinations = destinationsOf(world, target);
    return { destinations, columns: matrix.columns(destinations) };
  });
  const verdicts = new Uint8Array(links.length * targets.length);
  let at = 0;
  for (const link of links) {
    const caller: Caller = { ...link, link };
    const row = matrix.row(caller);
    for (const target of columns) {
      const one = row === undefined || target.columns === undefined ? undefined : matrix.verdict(row, target.columns);
      verdicts[at] = CODES[one?.verdict ?? traced(world, caller, target.destinations)];
      at += 1;
    }
  }
  return { links: links.map(({ id }) => id), targets: targets.map(({ id }) => id), verdicts };
}

/** The full evaluation, which is always correct. */
function traced(world: World, caller: Caller, to: Destinations): Verdict {
  const verdicts = tracesTo({ world, caller, returns: NO_RETURN_PATHS }, to).map(({ verdict }) => verdict);
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.length === 0 || verdicts.includes('unknown') ? 'unknown' : 'pass';
}
