import { InvalidInputError, PosternError } from '@postern/core/internal/adapter';
import { asStep, counted, progressOf, type StepTools } from '@postern/core/internal/cloud';
import type { HandoverPlan } from '../plan/fingerprint.js';
import { journaled, type JournaledTools, requireAccount } from '../run/journaled.js';
import type { ClassicGroup, ClassicInstance } from '../switch/classic-side.js';
import type { HandoverFinishDriver } from '../switch/witness.js';
import { drainStage, drainState } from './drain-stage.js';
import { editsOf } from './edits.js';
import type {
  FinishEvent,
  FinishRemoval,
  FinishResult,
  FinishState,
  StageDrain,
  FinishHandoverOptions,
  FinishItem,
} from './finish-events.js';
import { isConsented, removeItems, stepOfItem, type Removed, type ReportStep, itemsOf } from './items.js';
import { INSTANCE_RETIREMENT } from '../../cloud/retirement.js';
import { readStage, type StageNow } from '../switch/handover-status.js';

/**
 * Ends a hand-over: says what is left on the classic side, what is paid until when, and which edits programs need; and removes what was
 * consented to, once the drain has ended and no call comes to the classic group. Also with a plan that is old. Run again to continue one
 * that was killed.
 *
 * @throws {InvalidInputError} `INVALID_INPUT`. {PosternError} `FINDINGS_FAILED`: a name does not lead to the target; `STILL_REFERENCED`:
 *   the group has what is not removed; `WRONG_ACCOUNT`; `LOCKED`; `ABORTED`; `JOURNAL_WRITE_FAILED`.
 */
export async function* finishHandover(
  plan: HandoverPlan,
  driver: HandoverFinishDriver,
  options: FinishHandoverOptions,
): AsyncGenerator<FinishEvent, FinishResult, undefined> {
  const { context, journal, keepAliveMs = 0 } = options;
  if (!Number.isFinite(keepAliveMs) || keepAliveMs < 0) {
    throw new InvalidInputError('INVALID_INPUT', 'keepAliveMs: expected a number of milliseconds from 0', {
      remedy: 'Give the longest time for which a client keeps a connection.',
    });
  }

  const consents = new Set(options.remove ?? []);
  let found: Left | undefined;
  return yield* journaled<FinishEvent, FinishResult>(
    {
      context,
      journal,
      command: 'handover finish',
      handover: plan.handover,
      steps: consents.size,
      maxParallel: 1,
      requireCurrent: async () => {
        await requireAccount(plan, driver, context);
        found = await readLeft(plan, driver, options);
        requireSwitched(plan, found);
        requireRemovable(found, consents);
      },
      done: (result) => ({ type: 'finish.done', result }),
    },
    async (tools) => finish(plan, driver, { options, consents, found, tools }),
  );
}

interface Tools {
  readonly options: FinishHandoverOptions;
  readonly consents: ReadonlySet<FinishRemoval>;
  readonly found: Left | undefined;
  readonly tools: JournaledTools<FinishEvent>;
}

async function finish(
  plan: HandoverPlan,
  driver: HandoverFinishDriver,
  { options, consents, found, tools }: Tools,
): Promise<{ readonly result: FinishResult; readonly applied: number }> {
  const { stages, group, items } = found ?? { stages: [], group: undefined, items: [] };
  tools.emit({ type: 'finish.started', handover: plan.handover, stages: plan.stages.map(({ stage }) => stage) });
  const drains: StageDrain[] = [];
  for (const [index, { stage }] of plan.stages.entries()) {
    const now = stages[index];
    if (now !== undefined) drains.push(await drainStage(stage, now, { options, tools, group }));
  }
  const state = drainState(drains, options);
  const wanted = items.filter((item) => item.state === 'removable' && isConsented(item, consents));
  const isReady = state === 'drained' && wanted.length > 0;
  const removed: Removed = isReady ? await removeAll(plan, driver, { options, consents, found, tools }) : { items };
  const { failure } = removed;
  const notReady = wanted.length > 0 && state !== 'drained' ? refusalOf(drains, state) : [];
  const result: FinishResult = {
    handover: plan.handover,
    state: failure !== undefined ? 'failed' : isReady ? 'finished' : state,
    stages: drains,
    items: removed.items,
    ...(group?.instance === undefined
      ? {}
      : { instance: { ...group.instance, advice: instanceAdvice(group.instance) } }),
    edits: editsOf(plan, stages),
    notes: NOTES,
    failures:
      failure === undefined
        ? notReady
        : [{ step: failure.step, code: failure.error.code, message: failure.error.message }],
  };
  return { result, applied: removed.items.filter((item) => item.state === 'removed').length };
}

const NOTES: readonly string[] = [
  'Apps, plug-ins, VPC authorizations, named backends and log settings of the classic service stay: other groups may use them.',
  'Once APIs are deleted, rollback has nothing to return to.',
];

function refusalOf(drains: readonly StageDrain[], state: FinishState): FinishResult['failures'] {
  return drains
    .filter(({ classic }) => state === 'draining' || classic !== 'quiet')
    .map(({ stage, drainedAt, message }) =>
      state === 'draining'
        ? {
            step: `drain ${stage}`,
            code: 'DRAINING',
            message: `callers may still know the classic group until ${drainedAt}`,
          }
        : { step: `drain ${stage}`, code: 'STILL_REFERENCED', message },
    );
}

function removeAll(
  plan: HandoverPlan,
  driver: HandoverFinishDriver,
  { consents, found, tools }: Tools,
): Promise<Removed> {
  const { stages = [], items = [] } = found ?? {};
  const run = tools.runOf(plan.stages[0]?.stage ?? '');
  const { unit } = run;
  const steps: StepTools = tools;
  const report: ReportStep = (item, work) => {
    const step = stepOfItem(item);
    const resource = { type: item.kind, name: item.name };
    return asStep(steps, { unit, step, kind: 'remove', resource }, () => work(step));
  };
  return removeItems(items, consents, {
    run,
    dns: driver.dns,
    handover: plan.handover,
    classic: driver.classic,
    groupId: plan.group.id,
    names: stages.flatMap((stage) => stage.names),
    report,
    onWrite: (name, message) => progressOf(steps, { unit, step: `record ${name}` }).progress(message),
    onRetry: (step, retry) => progressOf(steps, { unit, step }).retried(retry),
  });
}

/** What to do with the instance of a group that was handed over, in one sentence. */
function instanceAdvice({ id, kind, paidUntil, otherGroups }: ClassicInstance): string {
  if (kind === 'shared') return 'The group is on the shared instance, which is not paid for.';

  const paid = paidUntil === undefined ? 'paid by the hour' : `paid until ${paidUntil}`;
  if (otherGroups > 0) return `Instance ${id} serves ${counted(otherGroups, 'other group')}, and is ${paid}.`;
  if (paidUntil === undefined) {
    return `Instance ${id} is paid by the hour until it is released: release it when the group is deleted.`;
  }

  const end = INSTANCE_RETIREMENT.find(({ ends }) => ends === 'service')?.at ?? '';
  return Date.parse(paidUntil) > Date.parse(end)
    ? `Instance ${id} is paid until ${paidUntil}, and the service ends at ${end}: ask for a refund before that.`
    : `Instance ${id} is paid until ${paidUntil}: do not renew it.`;
}

/** What is there when the end of a hand-over begins. */
interface Left {
  readonly stages: readonly StageNow[];
  readonly group: ClassicGroup | undefined;
  readonly items: readonly FinishItem[];
}

/** Reads both sides. */
async function readLeft(
  plan: HandoverPlan,
  driver: HandoverFinishDriver,
  { context, journal, resolve }: FinishHandoverOptions,
): Promise<Left> {
  const records = await journal.read();
  const stages: StageNow[] = [];
  for (const stage of plan.stages) stages.push(await readStage(plan, stage, driver, { context, records, resolve }));
  const group = await driver.classic.group(plan.group.id, context);
  const names = stages.flatMap((stage) => stage.names);
  return { stages, group, items: itemsOf(plan, group, names) };
}

/** Refuses names that do not lead to the target. @throws {PosternError} `FINDINGS_FAILED` */
function requireSwitched({ stages: planned }: HandoverPlan, { stages }: Left): void {
  const names = stages.flatMap((stage) => stage.names);
  const open = names.filter(({ share }) => share !== 100);
  if (open.length === 0 && names.length > 0) return;

  const shown = open.map(({ name, share }) => `${name} ${share === null ? 'unknown' : `${share} %`}`).join(', ');
  const [first] = planned;
  throw new PosternError(
    'FINDINGS_FAILED',
    names.length === 0
      ? `${first?.stage ?? 'the plan'}: no name was switched, so that callers still come to the classic group`
      : `callers still come to the classic group: ${shown} to the target`,
    { remedy: 'Switch first: `postern handover switch`. A name in the DNS of another provider needs a resolver.' },
  );
}

/** Refuses to delete a group that has what stays. @throws {PosternError} `STILL_REFERENCED` */
function requireRemovable({ items }: Left, consents: ReadonlySet<FinishRemoval>): void {
  const group = items.find(({ kind }) => kind === 'group');
  if (!consents.has('group') || group === undefined) return;

  const api = items.find(({ kind }) => kind === 'api');
  if (group.state === 'removable' && (api === undefined || consents.has('apis'))) return;

  throw new PosternError(
    'STILL_REFERENCED',
    `group ${group.name} is not deleted: ${group.reason ?? `it has the API ${api?.name}`}`,
    {
      remedy:
        consents.has('apis') || api === undefined
          ? 'Remove that first, or leave the group.'
          : 'Delete its APIs, too (--delete-apis), or leave the group.',
    },
  );
}
