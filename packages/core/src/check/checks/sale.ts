import { retirementOf } from '../../do/kinds/retired.js';
import type { LinkView } from '../../do/world/views.js';

/**
 * Set where the provider does not sell such links any more, as far as it has announced that. `now` in
 * milliseconds since 1970.
 */
export function soldOut(view: LinkView, now: number): SoldOut | undefined {
  const { name, region, kind, traits } = view;
  const dates = retirementOf(region.clouds, region.region, kind);
  const isOver = dates.some(({ at, ends }) => (ends === 'sale' || ends === 'service') && Date.parse(at) <= now);
  return isOver ? { link: name, successor: traits.successor?.name } : undefined;
}

/** A link whose kind is not sold any more. */
export interface SoldOut {
  /** Its name in the spec. */
  readonly link: string;
  /** The product that the provider offers instead. */
  readonly successor?: string | undefined;
}

/** The remedy if a new link would help and none is sold: `write the ID of an instance in two zones as links.cn.id …`. */
export function insteadOfNew(
  { link, successor = 'the product that the provider offers instead' }: SoldOut,
  which: string,
): string {
  return `write the ID of ${which} as links.${link}.id (new instances are no longer sold), or move to ${successor}`;
}

/** A clause as the beginning of a sentence. */
export function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}`;
}
