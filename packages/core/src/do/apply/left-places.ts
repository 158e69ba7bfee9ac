import type { Json } from '../../ground/json.js';
import { placeKey } from '../model/traits.js';
import type { Plan } from '../plan/plan.js';
import type { JournalRecord } from './journal.js';

/** An account and region in which a run changes something. */
type Changed = { readonly provider: string; readonly region: string; readonly account: string };

/** What the record of a run holds of where it changes something. */
export function recordedPlaces({ units }: Pick<Plan, 'units'>): { readonly places?: readonly Changed[] } {
  const places = new Map(
    units.flatMap(({ steps, provider, region, account }) => {
      const place = { provider, region, account };
      return steps.length === 0 ? [] : [[placeKey(place), place] as const];
    }),
  );
  return places.size === 0 ? {} : { places: [...places.values()] };
}

/**
 * Sentences about accounts and regions that this run does not read, and in which the last run that changed something there did not do
 * all of it: what that run created is not seen any more once the region of a link is edited. What the journal holds decides
 * nothing but a message.
 */
export function leftPlaces(records: readonly JournalRecord[], read: readonly Changed[]): readonly string[] {
  const whole = new Set(records.flatMap(({ type, run, value }) => (type === 'end' && isWhole(value) ? [run] : [])));
  const last = new Map<string, { readonly place: Changed; readonly run: string; readonly at: string }>();
  for (const { type, run, at, value } of records) {
    if (type !== 'run') continue;

    for (const place of placesIn(value)) last.set(placeKey(place), { place, run, at });
  }
  const now = new Set(read.map(placeKey));
  return [...last].flatMap(([key, { place, run, at }]) =>
    now.has(key) || whole.has(run)
      ? []
      : [
          `the run of ${at} changed ${place.provider} ${place.region} of account ${place.account} and did not end: this run does not read that region, and what was created there stays; \`postern destroy --region ${place.region}\` deletes it with all else, or declare a link there again`,
        ],
  );
}

function isWhole(value: Json | undefined): boolean {
  const { failed, skipped } = (value ?? {}) as { readonly failed?: unknown; readonly skipped?: unknown };
  return failed === 0 && skipped === 0;
}

/** A journal is read from a file: what does not look like a place is none. */
function placesIn(value: Json | undefined): readonly Changed[] {
  const { places } = (value ?? {}) as { readonly places?: unknown };
  if (!Array.isArray(places)) return [];

  return places.flatMap((one: unknown) => (isPlace(one) ? [one] : []));
}

function isPlace(value: unknown): value is Changed {
  const members = (value ?? {}) as Readonly<Record<string, unknown>>;
  return ['provider', 'region', 'account'].every((name) => typeof members[name] === 'string');
}
