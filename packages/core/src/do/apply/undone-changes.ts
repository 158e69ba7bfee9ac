import { hashJson } from '../../ground/hash.js';
import type { Json } from '../../ground/json.js';
import type { Plan, Step, Unit } from '../plan/plan.js';
import type { JournalRecord } from './journal.js';
import { stepKey } from './events.js';
import { placeKey } from '../model/traits.js';

/** How often a change was made before it counts as undone by others: once, a list may lag or a person may err. */
const ROUNDS = 2;

/** The most that a record holds of changes, in UTF-16 code units: a line of a journal has at most 1 Mi. */
const MOST_LENGTH = 256 * 1024;

/** A change of a plan, as the record of its run names it. */
interface PlannedChange {
  /** What it changes: hash of the unit's name, and type and name of the resource. */
  readonly resource: string;
  /** What it changes it to. */
  readonly effect: string;
}

/** What the record of a run holds of its changes: nothing where they do not fit. */
export function recordedChanges(plan: Pick<Plan, 'units'>): { readonly changes?: Readonly<Record<string, Json>> } {
  const changes = Object.fromEntries(
    plannedChanges(plan).map(([key, { resource, effect }]) => [key, [resource, effect]]),
  );
  const isRecorded = Object.keys(changes).length > 0 && JSON.stringify(changes).length <= MOST_LENGTH;
  return isRecorded ? { changes } : {};
}

/** The changes of a plan by `<unit> <step>`. Each change of routes is followed by a deployment, which is none of its own. */
function plannedChanges({ units }: Pick<Plan, 'units'>): readonly (readonly [key: string, change: PlannedChange])[] {
  return units.flatMap((unit) =>
    unit.steps.flatMap((step) =>
      step.kind === 'deploy' ? [] : [[stepKey({ unit: unit.id, step: step.id }), changeOf(unit, step)] as const],
    ),
  );
}

/**
 * The steps of a plan that earlier runs carried out, too, without one between them that changed the resource in another way:
 * something other than this project's runs undoes them. By `<unit> <step>`: when they were made, oldest first. What the journal
 * holds decides nothing but a message.
 */
export function undoneChanges(
  records: readonly JournalRecord[],
  plan: Pick<Plan, 'units'>,
): ReadonlyMap<string, readonly string[]> {
  const made = changesMade(records);
  const undone = new Map<string, readonly string[]>();
  for (const [key, change] of plannedChanges(plan)) {
    const earlier = made.get(change.resource) ?? [];
    const other = earlier.findLastIndex(({ effect }) => effect !== change.effect);
    const times = earlier.slice(other + 1).map(({ at }) => at);
    if (times.length >= ROUNDS) undone.set(key, times);
  }
  return undone;
}

/** The changes that runs completed, by resource, oldest first. */
function changesMade(
  records: readonly JournalRecord[],
): ReadonlyMap<unknown, readonly { readonly effect: string; readonly at: string }[]> {
  const planned = new Map<string, Readonly<Record<string, unknown>> | undefined>();
  const ended = new Map<string, { readonly change: RecordedChange; readonly at: string; readonly isDone: boolean }>();
  for (const { type, run, unit, step, at, value } of records) {
    if (type === 'run') planned.set(run, changesIn(value));
    if (unit === undefined || step === undefined || (type !== 'after' && type !== 'failed')) continue;

    const change = readChange(planned.get(run)?.[stepKey({ unit, step })]);
    const atMs = Date.parse(at);
    if (change === undefined || Number.isNaN(atMs)) continue;

    ended.set(JSON.stringify([run, unit, step]), {
      change,
      at: new Date(atMs).toISOString(),
      isDone: type === 'after',
    });
  }
  const made = new Map<unknown, { readonly effect: string; readonly at: string }[]>();
  for (const { change, at, isDone } of ended.values()) {
    if (!isDone) continue;

    const { resource, effect } = change;
    const own = made.get(resource);
    if (own === undefined) made.set(resource, [{ effect, at }]);
    else own.push({ effect, at });
  }
  return made;
}

function changeOf({ name: unit }: Unit, { kind, resource: { type, name }, changes = [] }: Step): PlannedChange {
  const to = changes.map((change) => [change.field, change.to ?? null]);
  return { resource: hashJson([unit, type, name]).slice(0, 12), effect: hashJson([kind, to]).slice(0, 12) };
}

/** A journal is read from a file: what does not look like changes is none. */
function changesIn(value: Json | undefined): Readonly<Record<string, unknown>> | undefined {
  const record = value as { readonly changes?: Readonly<Record<string, unknown>> | null } | null | undefined;
  return record?.changes ?? undefined;
}

/** A change as a journal names it: only the effect is known to be text. */
type RecordedChange = Pick<PlannedChange, 'effect'> & { readonly resource: unknown };

function readChange(value: unknown): RecordedChange | undefined {
  if (!Array.isArray(value)) return undefined;

  const [resource, effect] = value as readonly unknown[];
  return typeof effect === 'string' ? { resource, effect } : undefined;
}

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
