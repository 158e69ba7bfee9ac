import type { RegionSnapshot } from '@postern/core';
import type { AwsCall } from '../call.js';

/** Says what the twin lacks, as a sentence without a full stop. */
export type Lack = (text: string) => void;

/** Puts all that a snapshot of a region shows into the region's state, which is empty. */
export function loadRegion(call: AwsCall, region: RegionSnapshot, lack: Lack): void {
  for (const gap of region.gaps) lack(`${gap.what} of ${call.region} could not be read (${gap.operation})`);
}
