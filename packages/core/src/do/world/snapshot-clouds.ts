import type { Clouds } from '../kinds/cloud/clouds.js';
import type { Snapshot } from '../snapshot/snapshot.js';

/**
 * The set of clouds that a snapshot was read with in this process, so that a spec of `defineSpec` can be read with it: a hidden member,
 * which neither files of the snapshot nor copies of it have.
 */
const CLOUDS = Symbol('clouds');

interface ReadSnapshot extends Snapshot {
  readonly [CLOUDS]?: Clouds;
}

/** The snapshot, with the clouds that it was read with. */
export function withClouds(snapshot: Snapshot, clouds: Clouds): Snapshot {
  return Object.defineProperty(snapshot, CLOUDS, { value: clouds });
}

/** The clouds that a snapshot was read with, where that was in this process. */
export function cloudsOf(snapshot: Snapshot | undefined): Clouds | undefined {
  return (snapshot as ReadSnapshot | null | undefined)?.[CLOUDS];
}
