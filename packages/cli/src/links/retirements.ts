import type { Driver } from '@postern/core/internal/library';
import { displayText, counted } from '@postern/core/internal/report';

/** A day on which something about a cloud's product ends, and how far away it is. */
export interface RetirementDay {
  readonly provider: string;
  readonly at: string;
  readonly what: string;
  /** Whole days until then, as the check `link/retiring` counts them; negative when the day has passed. */
  readonly daysLeft: number;
}

const DAY_MS = 86_400_000;

/** What ends when, seen from `now`: milliseconds since the epoch, on the clock of the run. */
export function retirements({ provider, retirement = [] }: Driver, now: number): readonly RetirementDay[] {
  return retirement.map(({ at, what }) => ({
    provider,
    at,
    what,
    daysLeft: Math.floor((Date.parse(at) - now) / DAY_MS),
  }));
}

/**
 * A line for each day: `alibaba: 2027-09-21, in 476 days: the service ends`. The same day in two regions
 * gives one line.
 */
export function retirementLines(days: readonly RetirementDay[]): string[] {
  const lines = days.map(({ provider, at, what, daysLeft }) => {
    const ahead = daysLeft === 0 ? 'within a day' : `in ${counted(daysLeft, 'day')}`;
    return displayText(`${provider}: ${at.slice(0, 10)}, ${daysLeft < 0 ? 'since then' : ahead}: ${what}`);
  });
  return [...new Set(lines)];
}
