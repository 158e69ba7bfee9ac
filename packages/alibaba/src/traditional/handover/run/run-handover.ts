import { UnsupportedError, type Journal, type CallContext } from '@postern/core/internal/adapter';
import { beginStep, progressOf, type StepFailure, type StepTools } from '@postern/core/internal/cloud';
import type { Run } from '@postern/core/internal/engine';
import type { HandoverPlan } from '../plan/fingerprint.js';
import type { PlannedService, PlannedStage } from '../plan/plan-values.js';
import type { HandoverSource } from '../source/source.js';
import { createObject, settleObject, type BuildTools } from './build-object.js';
import type { HandoverDriver, HandoverObject } from './driver.js';
import {
  journaled,
  type BuiltObject,
  type BuiltStage,
  type JournaledTools,
  type HandoverEvent,
  type HandoverResult,
  requireCurrent,
} from './journaled.js';
import { notBuilt, objectsOf, placeOf, stepOf } from './objects.js';

/** What a run works with. */
export interface RunHandoverOptions {
  /** Its signal ends the run: the step in progress is finished and recorded, and no further step is started. */
  readonly context: CallContext;
  readonly journal: Journal;
  /** Whether gateways may be bought. Default false. */
  readonly allowPurchase?: boolean | undefined;
  /** Values of stage variables, as they were given for the plan. */
  readonly variables?: HandoverSource['variables'] | undefined;
}

/** Steps at once, over all stages: one for each gateway. */
const MAX_PARALLEL = 16;

/**
 * Builds and publishes on the target what a plan has. Nothing of the classic group is changed, and no record of DNS: callers notice
 * nothing. What exists with the mark of this hand-over is not created again, so a run that was killed is continued by running again.
 *
 * Failed steps are events, not exceptions: what was built stays, and the stage is not complete.
 *
 * @throws {PosternError} `WORLD_MOVED` for a plan that is a week old, or whose group or backends changed; `LOCKED`; `ABORTED` after
 *   the last event; `JOURNAL_WRITE_FAILED`. {InvalidInputError} `WRONG_ACCOUNT`. {UnsupportedError} `UNSUPPORTED`: backends that
 *   only the console creates.
 */
export async function* runHandover(
  plan: HandoverPlan,
  driver: HandoverDriver,
  options: RunHandoverOptions,
): AsyncGenerator<HandoverEvent, HandoverResult, undefined> {
  const { context, journal, allowPurchase = false, variables = {} } = options;
  for (const stage of plan.stages) requireBuildable(stage);
  const { handover } = plan;
  const steps = plan.stages.reduce((sum, stage) => sum + objectsOf(stage).length, 0);
  return yield* journaled<HandoverEvent, HandoverResult>(
    {
      context,
      journal,
      command: 'handover run',
      handover,
      steps,
      maxParallel: MAX_PARALLEL,
      requireCurrent: () => requireCurrent(plan, driver, variables, context),
      done: (result) => ({ type: 'handover.done', result }),
    },
    ({ runOf, emit, elapsedMs }) => buildStages(plan, { runOf, driver, allowPurchase, emit, elapsedMs }, 'together'),
  );
}

type BuildStagesTools = Omit<StageTools, 'run' | 'failures'> & { readonly runOf: (stage: string) => Run };

/** Builds the stages: together, or one by one where a run does one thing after the other. */
export async function buildStages(
  plan: HandoverPlan,
  { runOf, ...tools }: BuildStagesTools,
  order: 'together' | 'one by one',
): Promise<{ readonly result: HandoverResult; readonly applied: number }> {
  const { handover } = plan;
  const failures: StepFailure[] = [];
  const steps = plan.stages.reduce((sum, stage) => sum + objectsOf(stage).length, 0);
  tools.emit({ type: 'handover.started', handover, stages: plan.stages.map(({ stage }) => stage), steps });
  const build = (stage: PlannedStage): Promise<BuiltStage> =>
    buildStage(plan, stage, { ...tools, run: runOf(stage.stage), failures });
  const stages: BuiltStage[] = [];
  if (order === 'together') stages.push(...(await Promise.all(plan.stages.map(build))));
  else for (const stage of plan.stages) stages.push(await build(stage));
  const result: HandoverResult = {
    handover,
    state: stages.every(({ complete }) => complete) ? 'built' : 'failed',
    stages,
    notes: plan.stages.flatMap(notBuilt),
    failures,
  };
  const applied = stages.reduce((sum, { objects }) => sum + objects.filter(({ created }) => created).length, 0);
  return { result, applied };
}

/**
 * Why a service is not created. The name of a function has no room for the mark by which a service is known after a run that
 * was killed, and one of the same name may be used by others. One of a registry is shared by all who call it; its source is of
 * the gateway, and the classic service does not tell the instance that a source is created with.
 * @see https://github.com/aliyun/alibabacloud-typescript-sdk (apig-20240327/src/models/CreateServiceRequest.ts)
 */
function notCreated({ kind, registered }: PlannedService, gateway: PlannedStage['gateway']): string | undefined {
  if (kind === 'FC3') return 'its name is that of the function, and cannot carry the mark of the hand-over';
  if (kind !== 'MSE_NACOS') return undefined;
  if (!('adopt' in gateway)) return 'a gateway that is bought has no source for its registry';

  return registered?.service ? undefined : 'its name in the registry was not read';
}

/** @throws {UnsupportedError} `UNSUPPORTED` */
export function requireBuildable({ stage, gateway, services, routes }: PlannedStage): void {
  const both = routes.find(({ signed, guard }) => signed && guard === 'jwtAuth');
  if (both !== undefined) {
    throw new UnsupportedError(`${stage}: callers of ${both.key} sign and send a token: APIG checks one of both [I]`, {
      remedy: 'Detach the plug-in, or let the backend check the token, and plan again.',
    });
  }

  const [other] = services.flatMap((one) => {
    const why = notCreated(one, gateway);
    return why === undefined ? [] : [{ kind: one.kind, name: one.name, why }];
  });
  if (other === undefined) return;

  const { kind, name, why } = other;
  throw new UnsupportedError(`${stage}: a service of type ${kind} (${name}) is not created: ${why}`, {
    remedy:
      kind === 'MSE_NACOS' && !('adopt' in gateway)
        ? 'Create the gateway, add the registry to it as a source, and plan with it as the target.'
        : 'Hand its APIs over in the console, and plan the others.',
  });
}

interface StageTools
  extends
    Pick<BuildTools, 'run' | 'driver' | 'allowPurchase'>,
    Pick<JournaledTools<HandoverEvent>, 'emit' | 'elapsedMs'> {
  readonly failures: StepFailure[];
}

/** The objects of a stage one after the other, but all publications at once; the first that fails ends the stage. */
async function buildStage(plan: HandoverPlan, stage: PlannedStage, tools: StageTools): Promise<BuiltStage> {
  const { run, driver, allowPurchase } = tools;
  const steps: StepTools = tools;
  const built = new Map<string, BuiltObject>();
  const place = placeOf(plan, stage, built);
  const { unit } = run;
  const ended = (complete: boolean): BuiltStage => ({ stage: stage.stage, complete, objects: [...built.values()] });
  const toolsOf = (step: string): BuildTools => ({
    run,
    driver,
    place,
    allowPurchase,
    report: progressOf(steps, { unit, step }),
  });
  for (const together of waitedTogether(objectsOf(stage))) {
    const created: {
      readonly object: HandoverObject;
      readonly one: BuiltObject;
      readonly end: ReturnType<typeof beginStep>;
    }[] = [];
    for (const object of together) {
      const step = stepOf(object);
      const { kind, name } = object;
      const end = beginStep(steps, { unit, step, kind: `build-${kind}`, resource: { type: kind, name } });
      const outcome = await createObject(object, toolsOf(step));
      if (!outcome.ok) {
        end(outcome);
        return ended(false);
      }

      created.push({ object, one: { kind, name, ...outcome.value }, end });
    }
    for (const { object, one, end } of created) {
      const step = stepOf(object);
      const settled = await settleObject(object, one.id, toolsOf(step));
      end(settled);
      if (!settled.ok) return ended(false);

      built.set(step, one);
    }
  }
  return ended(true);
}

/** A publication takes seconds, and does not need the one before it: all are begun, and then waited for. */
function waitedTogether(objects: readonly HandoverObject[]): readonly (readonly HandoverObject[])[] {
  const groups: HandoverObject[][] = [];
  for (const object of objects) {
    const last = groups.at(-1);
    if (object.kind === 'publication' && last?.[0]?.kind === 'publication') last.push(object);
    else groups.push([object]);
  }
  return groups;
}
