import { allRegions } from './subnet/zones.js';

const names = new Set(allRegions().map(({ name }) => name));

/** Whether the region exists, in any partition. A signature for another is refused. */
export function isRegion(name: string): boolean {
  return names.has(name);
}
