import type { Simulation } from '@postern/simulator';
import type { Inventory } from './inventory.js';
import type { LocalRow } from './row-of.js';
import { alibabaLinks } from './alibaba-rows.js';
import { awsLinks } from './aws-rows.js';
import type { Place } from '../places.js';

/**
 * Two links that were created for the same part of a spec; undefined where each is there once. Of those that a link replaces, the
 * mark has another hash. What was there at the start is left out.
 */
export function doubledLink(simulation: Simulation, places: readonly Place[], start: Inventory): string | undefined {
  const byMark = new Map<string, LocalRow>();
  for (const { provider, region } of places) {
    for (const link of LINKS[provider]?.(simulation, region) ?? []) {
      const mark = JSON.stringify(link.fields);
      if (start.has(`${link.type} ${link.id}`) || !mark.includes(MARK)) continue;
      const other = byMark.get(mark);
      if (other !== undefined) return `${other.id} and ${link.id} were created for the same link`;
      byMark.set(mark, link);
    }
  }
  return undefined;
}

/** The tag that says from what a link was created. */
const MARK = 'postern:spec';

const LINKS: Readonly<Record<string, (simulation: Simulation, region: string) => readonly LocalRow[]>> = {
  aws: awsLinks,
  alibaba: alibabaLinks,
};
