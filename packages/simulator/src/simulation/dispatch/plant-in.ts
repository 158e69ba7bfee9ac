import type { Cloud } from '../world/cloud.js';

/**
 * Lets something happen in a region that no call causes. Regions of two clouds have the same name, so the kind decides first.
 * @returns the ID of what it happened to; undefined where no cloud has the region
 * @throws {RangeError} for what has no known form, or refers to what does not exist
 */
export function plantIn(clouds: readonly Cloud[], region: string, planted: unknown): string | undefined {
  const kind = typeof planted === 'object' && planted !== null && 'kind' in planted ? planted.kind : undefined;
  const knows = ({ plantedKinds = [] }: Cloud): boolean => plantedKinds.some((one) => one === kind);
  for (const cloud of [...clouds.filter(knows), ...clouds.filter((one) => !knows(one))]) {
    const id = cloud.plant?.(region, planted);
    if (id !== undefined) return id;
  }
  return undefined;
}
