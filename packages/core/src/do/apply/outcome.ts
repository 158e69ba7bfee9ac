import { defined } from '../../ground/defined.js';
import { isPosternError, type CloudError, thrownText } from '../../ground/errors.js';
import type { Json } from '../../ground/json.js';
import { withoutSecrets } from '../../ground/text/secrets.js';
import { type EventError, stepKey } from './events.js';
import type { Run, StepOutcome, StepError } from './run.js';
import { RETRY_POLICY } from '../../ground/calls/retry.js';
import type { JournalRecord } from './journal.js';
import { membersOf, recordedRuns } from './recorded-runs.js';
import { SEEN_MS } from '../model/read-bound.js';
import { placeKey } from '../model/traits.js';
import type { Plan } from '../plan/plan.js';

/** Runs an effect and converts its rejection into a value. */
export async function settle<T extends Json>(effect: () => Promise<T>): Promise<StepOutcome<T>> {
  try {
    return { ok: true, value: await effect() };
  } catch (error) {
    return { ok: false, error: stepError(error) };
  }
}

/** `run.sleep`. An abort becomes a value; another error is the run's own. */
export async function pause(run: Pick<Run, 'sleep'>, id: string, ms: number): Promise<StepOutcome<null>> {
  try {
    if (ms > 0) await run.sleep(id, ms);
    return { ok: true, value: null };
  } catch (error) {
    if (!isPosternError(error, 'ABORTED')) throw error;

    return { ok: false, error: stepError(error) };
  }
}

/** An error as a value. An error that is not a `PosternError` is a defect: `INTERNAL`. Its message is recorded without secrets. */
export function stepError(error: unknown): StepError {
  if (!isPosternError(error)) {
    return { code: 'INTERNAL', message: withoutSecrets(thrownText(error)) };
  }

  const { code, message, remedy, operation, requestId, outcomeUnknown, exhausted, unfinished } = error as CloudError;
  return {
    code,
    message,
    ...defined({ remedy, operation, requestId }),
    ...(outcomeUnknown === true ? { outcomeUnknown } : {}),
    ...(exhausted === true ? { exhausted } : {}),
    ...(unfinished === true ? { unfinished } : {}),
  };
}

/** A step's error as events show it: without what only later runs read. */
export function shownError({ outcomeUnknown: _o, exhausted: _e, unfinished: _u, ...error }: StepError): EventError {
  return error;
}

export function failureOf(answer: Json): StepError | undefined {
  if (typeof answer !== 'object' || answer === null || !('ok' in answer) || !('error' in answer)) return undefined;

  return answer['ok'] === false ? (answer['error'] as StepError) : undefined;
}

/**
 * Whether a wait continues although its read fails. The call itself does not retry a refused connection or an
 * unknown name (`ECONNREFUSED`, `ENOTFOUND`), because at the start of a run it means a wrong endpoint. During
 * a wait the endpoint has answered before, so the failure may last as long as lost answers of a call may.
 * `failingMs` counts from the last successful read, in milliseconds.
 */
export function isToleratedOutage(
  error: { readonly code: string; readonly exhausted?: boolean | undefined },
  failingMs: number,
): boolean {
  return error.code === 'ENDPOINT_UNREACHABLE' && error.exhausted !== true && failingMs < RETRY_POLICY.totalMs;
}

/** No step tries a creation for longer, so lists must show everything that an earlier step created. */
const LONGEST_STEP_MS = 3_600_000;

/**
 * The steps of earlier runs whose effect lists may not show yet: `<unit> <step>`. Each was started and has no
 * record of its end, or ended with an unknown outcome, or in the middle; or it ended a moment ago, in a run that was killed. The
 * journal only shows what was in progress. The cloud shows whether it happened, and the cloud's lists may lag.
 * `now` is in milliseconds since the epoch, by the cloud's clock; NaN where it is not known: then no time has passed.
 * `ended`: which runs a step that ended a moment ago may be of. `any` where a run that failed is followed by the next one
 * at once, and the service takes a second one of what exists.
 */
export function interruptedSteps(
  records: readonly JournalRecord[],
  now: number,
  ended: 'killed' | 'any' = 'killed',
): ReadonlySet<string> {
  const open = openSteps(records).filter((one) => isWithin(LONGEST_STEP_MS, one, now));
  return new Set([...open, ...unseenSteps(records, now, ended)].map(stepKey));
}

/** The records that a later run needs, whenever it begins after the last of `records`. */
export function carriedSteps(records: readonly JournalRecord[]): readonly JournalRecord[] {
  return [...openSteps(records), ...unseenSteps(records, Date.parse(records.at(-1)?.at ?? ''), 'any')];
}

/** The ends of steps, a moment before `now`: of runs that were killed, or of any run. */
function unseenSteps(records: readonly JournalRecord[], now: number, of: 'killed' | 'any'): readonly JournalRecord[] {
  const runs = recordedRuns(records).filter(({ end }) => of === 'any' || end === undefined);
  return runs.flatMap((run) => run.records).filter((one) => one.type === 'after' && isWithin(SEEN_MS, one, now));
}

function isWithin(ms: number, { at }: JournalRecord, now: number): boolean {
  return !(now - Date.parse(at) > ms);
}

/** The last `before` of each step whose outcome is not known. */
function openSteps(records: readonly JournalRecord[]): readonly JournalRecord[] {
  const open = new Map<string, JournalRecord>();
  for (const record of records) {
    const { type, unit, step, value } = record;
    if (unit === undefined || step === undefined) continue;

    if (type === 'before') open.set(stepKey(record), record);
    else if (type === 'after' || (type === 'failed' && !mayHaveChanged(value))) open.delete(stepKey(record));
  }
  return [...open.values()];
}

/** Whether a step that failed may have had its effect, or a part of it. */
export function mayHaveChanged(value: JournalRecord['value'] | StepError): boolean {
  const { outcomeUnknown, unfinished } = (value ?? {}) as Partial<StepError>;
  return outcomeUnknown === true || unfinished === true;
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
  const last = new Map<
    string,
    { readonly place: Changed; readonly isDone: boolean; readonly at: string | undefined }
  >();
  for (const { begin, end } of recordedRuns(records)) {
    const isDone = isWhole(end?.value);
    for (const place of placesIn(begin?.value)) last.set(placeKey(place), { place, isDone, at: begin?.at });
  }
  const now = new Set(read.map(placeKey));
  return [...last].flatMap(([key, { place, isDone, at }]) =>
    now.has(key) || isDone
      ? []
      : [
          `the run of ${at} changed ${place.provider} ${place.region} of account ${place.account} and did not end: this run does not read that region, and what was created there stays; \`postern destroy --also-region ${place.region}\` deletes it with all else, or declare a link there again`,
        ],
  );
}

/** Whether the run of an end has done all its steps. */
export function isWhole(value: Json | undefined): boolean {
  const { failed, skipped } = membersOf(value);
  return failed === 0 && skipped === 0;
}

/** A journal is read from a file: what does not look like a place is none. */
function placesIn(value: Json | undefined): readonly Changed[] {
  const { places }: { readonly places?: unknown } = membersOf(value);
  if (!Array.isArray(places)) return [];

  return places.flatMap((one: unknown) => (isPlace(one) ? [one] : []));
}

function isPlace(value: unknown): value is Changed {
  const members = (value ?? {}) as Readonly<Record<string, unknown>>;
  return ['provider', 'region', 'account'].every((name) => typeof members[name] === 'string');
}
