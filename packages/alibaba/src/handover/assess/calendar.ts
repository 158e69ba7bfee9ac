import { counted, DAY_MS } from '@postern/core/cloud';
import { INSTANCE_RETIREMENT } from '../../cloud/integration-instance/retirement.js';
import type { CalendarDay } from './assessment.js';

/** The provider's calendar, and how many full days are left: instants are compared, not days, because they are in UTC+8. */
export function calendarAt(now: number): readonly CalendarDay[] {
  return INSTANCE_RETIREMENT.map(({ at, what, source }) => ({
    at,
    what,
    days: Math.floor((Date.parse(at) - now) / DAY_MS),
    ...(source === undefined ? {} : { source }),
  }));
}

/** `in 299 days`, `today`, `94 days ago`. */
export function daysText(days: number): string {
  const full = days < 0 ? -days - 1 : days;
  if (full === 0) return 'today';
  const text = counted(full, 'day');
  return days < 0 ? `${text} ago` : `in ${text}`;
}
