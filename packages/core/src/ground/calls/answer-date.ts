import { momentOf } from '../clocks/cloud-time.js';
import type { CallContext } from './call-context.js';

/**
 * Reports the headers of an answer of the cloud, by their names in lower case. An adapter reports those of the service alone, not
 * those of a proxy.
 */
export type ReportHeaders = (headers: Readonly<Record<string, unknown>>) => void;

/** Notes the `Date` of the answer to a request that is sent now. An answer with an `Age` is a cache's: its `Date` is of the past. */
export function dateHearer({ clock, time }: Pick<CallContext, 'clock' | 'time'>): ReportHeaders {
  if (time === undefined) return () => undefined;

  const asked = momentOf(clock);
  return ({ date, age }) => {
    const dateMs = typeof date === 'string' && age === undefined ? Date.parse(date) : Number.NaN;
    if (!Number.isNaN(dateMs)) time.heard(dateMs, asked);
  };
}
