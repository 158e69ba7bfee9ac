import { isPosternError, type CloudError } from '../../ground/errors.js';
import type { Json } from '../../ground/json.js';
import { withoutSecrets } from '../../ground/text/secrets.js';
import type { EventError } from './events.js';
import type { Run, StepOutcome, StepError } from './run.js';

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
    return { code: 'INTERNAL', message: withoutSecrets(error instanceof Error ? error.message : String(error)) };
  }
  const { code, message, remedy, operation, requestId, outcomeUnknown, exhausted, unfinished } = error as CloudError;
  return {
    code,
    message,
    ...(remedy === undefined ? {} : { remedy }),
    ...(operation === undefined ? {} : { operation }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(outcomeUnknown === true ? { outcomeUnknown } : {}),
    ...(exhausted === true ? { exhausted } : {}),
    ...(unfinished === true ? { unfinished } : {}),
  };
}

/** A step's error as events show it: without what only later runs read. */
export function shownError({ outcomeUnknown: _o, exhausted: _e, unfinished: _u, ...error }: StepError): EventError {
  return error;
}

/** The error in a step's answer, where the step failed. */
export function failureOf(answer: Json): StepError | undefined {
  if (typeof answer !== 'object' || answer === null || !('ok' in answer) || !('error' in answer)) return undefined;
  return answer['ok'] === false ? (answer['error'] as StepError) : undefined;
}
