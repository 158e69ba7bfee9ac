import { AlibabaError } from '../operation/service-error.js';
import { words } from '../operation/words.js';

const say = words('Cms');
const DAY_MS = 86_400_000;
/** The longest period of a request, and how long points of a minute are kept. */
const KEPT_MS = 31 * DAY_MS;
const LARGEST_DIMENSIONS = 50;
const DIMENSIONS: ReadonlySet<string> = new Set(['instanceId', 'userId', 'regionId']);

/** What is refused because the simulation does not have it, and not because the service refuses it. */
export const notSimulated = (what: string): AlibabaError =>
  new AlibabaError('NotImplemented', `Postern does not simulate ${what}.`, 501);

/**
 * The moments of a request, after the first and up to the second.
 * @throws {AlibabaError} for moments in another form, an end that is not after the start, and more than 31 days
 */
export function periodOf(
  { StartTime, EndTime }: { readonly StartTime?: string | undefined; readonly EndTime?: string | undefined },
  now: number,
): { readonly from: number; readonly to: number } {
  // What the service shows then is not documented.
  if (StartTime === undefined || EndTime === undefined) throw notSimulated('metrics without StartTime and EndTime');
  const [from, to] = [instant(StartTime, 'StartTime'), instant(EndTime, 'EndTime')];
  if (from >= to) throw say.invalid('StartTime');
  if (to - from > KEPT_MS) throw say.invalid('EndTime');
  return { from: Math.max(from, now - KEPT_MS), to: Math.min(to, now) };
}

/** Milliseconds, or `2019-01-30 00:00:00`, whose time zone is not documented. */
function instant(given: string, name: string): number {
  if (/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(given))
    throw notSimulated(`${name} in another form than milliseconds`);
  if (!/^\d{13}$/.test(given)) throw say.invalid(name);
  return Number(given);
}

/**
 * The instances that dimensions name; undefined for all of them.
 * @throws {AlibabaError} for what is not `[{"instanceId":"gw-1a2b3c"}]`, other dimensions, more than 50
 */
export function instancesOf(text: string | undefined): ReadonlySet<string> | undefined {
  if (text === undefined) return undefined;
  const given = parsed(text);
  const all: unknown[] = Array.isArray(given) ? given : [given];
  if (all.length === 0 || all.length > LARGEST_DIMENSIONS) throw say.invalid('Dimensions');
  return new Set(
    all.map((one) => {
      if (typeof one !== 'object' || one === null || Array.isArray(one)) throw say.invalid('Dimensions');
      const { instanceId, ...others } = one as Readonly<Record<string, unknown>>;
      const isKnown = Object.entries(others).every(
        ([name, value]) => DIMENSIONS.has(name) && typeof value === 'string',
      );
      if (typeof instanceId !== 'string' || !isKnown) throw say.invalid('Dimensions');
      return instanceId;
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw say.invalid('Dimensions');
  }
}

/** Periods of the documentation, in seconds. */
const PERIODS: ReadonlySet<string> = new Set(['15', '60', '300', '900', '3600']);

/** Only minutes are simulated. @throws {AlibabaError} */
export function requireMinutes(period: string): void {
  if (!PERIODS.has(period)) throw say.invalid('Period');
  if (period !== '60') throw notSimulated(`metrics over ${period} seconds`);
}
