import { CLOUDS, FAKES } from '../../../clouds.js';
import { laterReads } from '../../../../src/ground/calls/answers.js';
import type { Run, StepOptions } from '../../../../src/do/apply/run.js';
import type { UnitTools } from '../../../../src/do/apply/units/unit-tools.js';
import { simulatedClock } from '../../../../src/ground/clocks/simulated-clock.js';
import { createContext } from '../../../../src/do/context.js';
import type { Driver } from '../../../../src/do/driver.js';
import { CloudError, PosternError } from '../../../../src/ground/errors.js';
import type { ErrorCode } from '../../../../src/ground/error-codes.js';
import type { Json } from '../../../../src/ground/json.js';
import type { Step } from '../../../../src/do/plan/plan.js';
import { step as stepOf } from '../../../../src/do/plan/step-input.js';
import { seeded } from '../../../drive.js';
import { TRAITS } from '../../../fake-cloud.js';
import { abilitiesIn, type Groups } from '../../../grouped-driver.js';

export { failing, outcomeOf } from '../../../../src/do/apply/step.js';

/** More steps, sleeps and calls than any unit of a test needs. */
const MOST_STEPS = 500;

/** What a driver of a scene answers: only what the tests of a unit call. */
export interface SceneDriver extends Groups {
  readonly traits?: Partial<ReturnType<Driver['traits']>>;
  readonly observe?: Driver['observe'];
}

interface Given extends SceneDriver {
  readonly tools?: Partial<UnitTools>;
  /** The step or sleep at which the run is aborted. */
  readonly abortAt?: string;
}

/** The members of a driver, each of which writes its name to a log before it answers. */
function logged<T extends object>(log: string[], group: string, members: T): T {
  const known = Object.entries(members).filter(([, member]) => member !== undefined);
  const entries = known.map(([name, member]) => [
    name,
    (...args: unknown[]) => {
      log.push(`${group}.${name}`);
      return (member as (...of: unknown[]) => unknown)(...args);
    },
  ]);
  return Object.fromEntries(entries) as T;
}

/**
 * What a unit works with: a run that keeps nothing, and a driver of the given functions. `log` has each sleep as `<id>: <ms>` and each call
 * as `<group>.<name>`, in order; `steps` the steps with their options; `told` what was reported.
 */
export function unitScene({ tools, abortAt, traits, links, targets, routes, allowlist, observe }: Given = {}) {
  const log: string[] = [];
  const steps: (StepOptions & { readonly id: string })[] = [];
  const told: string[] = [];
  const clock = simulatedClock(0);
  const ctx = createContext({ clock, random: seeded(1) });
  const aborting = (id: string): void => {
    if (steps.length + log.length > MOST_STEPS) throw new Error('the unit does not end');
    if (id === abortAt) throw new PosternError('ABORTED', 'aborted');
  };
  const run: Run = {
    unit: 'u',
    step: async (id, effect, { part, exclusive, cleansUp } = {}) => {
      aborting(part === undefined ? id : `${id}/${part}`);
      steps.push({ id, part, exclusive, cleansUp });
      return effect(ctx, { again: false });
    },
    sleep: async (id, ms) => {
      aborting(id);
      log.push(`${id}: ${ms}`);
    },
    until: async (id, { link, goal, timeoutMs }) => {
      log.push(`${id}: ${goal} ${link.id} ${timeoutMs}`);
      return { ok: true, value: { state: goal, watchedMs: 0 } };
    },
    result: () => Promise.reject(new Error('no other unit')),
    slot: async () => undefined,
    decision: () => Promise.reject(new Error('no decision')),
  };
  const groups = {
    links: logged(log, 'links', links ?? {}),
    targets: logged(log, 'targets', targets ?? {}),
    routes: logged(log, 'routes', routes ?? {}),
    allowlist: logged(log, 'allowlist', allowlist ?? {}),
  };
  const driver = {
    ...groups,
    ...abilitiesIn(groups),
    provider: 'aws',
    cloud: FAKES['aws']!,
    region: 'eu-west-1',
    traits: () => ({ ...TRAITS, ...traits }),
    observe: observe && (async (...of: Parameters<Driver['observe']>) => (log.push('observe'), observe(...of))),
  } as unknown as Driver;
  const say = (kind: string, step: Step, what: unknown) =>
    void told.push(`${kind} ${step.id}: ${typeof what === 'string' ? what : JSON.stringify(what)}`);
  const all: UnitTools = {
    run,
    driver,
    clouds: CLOUDS,
    links: new Map(),
    report: (step) => ({
      waiting: (message, elapsedMs, state) => say('waiting', step, { message, ...(state && { state }), elapsedMs }),
      progress: (message) => say('progress', step, message),
      retried: ({ message, attempt }) => say('retried', step, { message, attempt }),
    }),
    begin: (step) => {
      told.push(`started ${step.id}`);
      return (outcome) =>
        outcome.ok ? say('done', step, outcome.value) : void told.push(`failed ${step.id}: ${outcome.error.code}`);
    },
    drainMs: () => 0,
    probe: true,
    routeSteps: () => [],
    gatewayKey: ({ kind, id }) => `${kind} ${id}`,
    reads: laterReads(),
    ...tools,
  };
  return { tools: all, log, steps, told, clock };
}

export function planStep(id: string, kind: Step['kind'], type: Step['resource']['type'], input: object): Step {
  return stepOf({ id, kind, resource: { type, name: id }, reason: 'why' }, input as never);
}

export const cloudError = (code: ErrorCode, fields: object = {}): CloudError =>
  new CloudError(code, 'refused', { operation: 'X', ...fields });

/** A function that gives these answers in turn, and repeats the last one; errors are thrown. */
export function inTurn<T extends Json | undefined | object>(...answers: readonly (T | Error)[]): () => Promise<T> {
  let at = 0;
  return async () => {
    const answer = answers[Math.min(at, answers.length - 1)]!;
    at += 1;
    if (answer instanceof Error) throw answer;
    return answer;
  };
}
