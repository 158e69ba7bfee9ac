import type { NeededService } from '../needs/needs.js';
import type { Layout } from './layout.js';

/** The requests per second of a service at its busiest time; 0 where they are not known. */
export function peakOf({ peak = 0 }: NeededService): number {
  return peak;
}

/** The requests per second at the busiest time, of the link with the most. */
export function busiestLink({ links }: Pick<Layout, 'links'>): number {
  return Math.max(...links.map(({ services }) => services.reduce((sum, one) => sum + peakOf(one), 0)));
}
