import { successorOf } from '../model/successor.js';
import type { LinkView } from '../world/views.js';

/** Whether the provider still makes such links, as far as it has announced the end of that. `now` in milliseconds since 1970. */
export function isOnSale({ region }: LinkView, now: number): boolean {
  const dates = region.region.retirement ?? [];
  return !dates.some(({ at, ends }) => (ends === 'sale' || ends === 'service') && Date.parse(at) <= now);
}

/** What to do where a new link would help and none can be had: `name one that stands in two zones as links.cn.id, …`. */
export function insteadOfNew({ name, region }: LinkView, which: string): string {
  const successor = successorOf(region.region.provider)?.name ?? 'what the provider offers instead';
  return `name ${which} as links.${name}.id (new ones are no longer sold), or move to ${successor}`;
}
