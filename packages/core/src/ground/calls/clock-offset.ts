import { cloudNow } from '../clocks/cloud-time.js';
import type { CloudError } from '../errors.js';
import { lengthOfTime } from '../text/quantities.js';
import type { CallContext } from './call-context.js';

/** Adds to the remedy of a refused signature by how much the machine's clock is off, where the refusal had a `Date`. */
export function nameClockOffset(error: CloudError, { clock, time }: Pick<CallContext, 'clock' | 'time'>): void {
  const now = cloudNow({ clock, time });
  if (now === undefined) return;
  const offMs = clock.now() - (now.earliestMs + now.latestMs) / 2;
  if (Math.abs(offMs) < NOTICED_MS) return;
  const minutes = Math.round(Math.abs(offMs) / NOTICED_MS) * NOTICED_MS;
  const remedy = `Set the machine's clock: it is ${lengthOfTime(minutes)} ${offMs < 0 ? 'behind' : 'ahead of'} the cloud's.`;
  (error as { remedy: string }).remedy = remedy;
}

const NOTICED_MS = 60_000;
