import { retirementOf } from '../../do/kinds/retired.js';
import { kindOf } from '../../do/world/link-facts.js';
import type { LinkView } from '../../do/world/views.js';
import type { SoldOut } from './sale.words.js';

/**
 * Set where the provider does not sell such links any more, as far as it has announced that. `now` in
 * milliseconds since 1970.
 */
export function soldOut(view: LinkView, now: number): SoldOut | undefined {
  const { name, region } = view;
  const dates = retirementOf(region.clouds, region.region, kindOf(view));
  const isOver = dates.some(({ at, ends }) => (ends === 'sale' || ends === 'service') && Date.parse(at) <= now);
  return isOver ? { link: name, successor: region.clouds.link(kindOf(view)).successor?.name } : undefined;
}
