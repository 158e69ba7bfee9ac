import type { RegionSnapshot, Snapshot } from '@postern/core/internal/library';
import { AlibabaCloud } from './alibaba/alibaba-cloud.js';
import { AwsCloud } from './aws/aws-cloud.js';
import { loadAwsRegions } from './aws/twin/load-regions.js';
import type { Cloud } from './simulation/world/cloud.js';
import type { World } from './simulation/world/world.js';

/**
 * Puts the regions of one provider into its cloud, in place of all that was there.
 * @returns what the twin lacks, a sentence without a full stop each: `the route tables of eu-west-1 were not read`
 * @throws {RangeError} for a region or an account that cannot be one
 */
type Load = (cloud: Cloud, regions: readonly RegionSnapshot[]) => readonly string[];

/** By provider, which is also the cloud's name. */
const LOADERS: Readonly<Record<string, Load>> = {
  alibaba: (cloud, regions) => (cloud instanceof AlibabaCloud ? cloud.loadRegions(regions) : []),
  aws: (cloud, regions) => (cloud instanceof AwsCloud ? loadAwsRegions(cloud.dispatcher, regions) : []),
};

/**
 * Makes a world the twin of what a snapshot shows: the same resources under the same ids, at the moment at
 * which it was taken. All earlier content is removed, timers included; the journal and the faults stay.
 * @returns what the twin lacks: what the snapshot itself could not see, and what no snapshot contains
 * @throws {RangeError} for a snapshot without a moment, or a place that cannot be one
 */
export function loadSnapshot(world: World, snapshot: Snapshot): readonly string[] {
  const takenAt = Date.parse(snapshot.takenAt);
  if (Number.isNaN(takenAt)) throw new RangeError(`The snapshot was taken at no time: ${snapshot.takenAt}.`);

  world.settle();
  world.timers.load([]);
  world.time.set(takenAt);
  const notes: string[] = [];
  for (const cloud of world.clouds) {
    const regions = snapshot.regions.filter(({ provider }) => provider === cloud.name);
    const load = LOADERS[cloud.name];
    cloud.reset();
    if (regions.length === 0) continue;

    if (load === undefined) notes.push(`nothing of ${cloud.name} can be loaded`);
    else notes.push(...load(cloud, regions));
  }
  for (const { provider } of snapshot.regions) {
    if (!world.clouds.some(({ name }) => name === provider)) notes.push(`${provider} is not simulated`);
  }
  return [...new Set(notes)];
}
