import { allRegions } from './ec2/subnet/zones.js';

const names = new Set(allRegions().map(({ name }) => name));

/** Whether there is such a region, in any partition. A signature for another is refused. */
export function isRegion(name: string): boolean {
  return names.has(name);
}
