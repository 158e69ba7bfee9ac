import { isPosternError, type Plan, type PosternError, type RunEvent, type Spec } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { apply, takesMoreThan } from '@postern/core/internal/plan';
import { counted, displayText } from '@postern/core/internal/report';
import { printError, printUnreadParts } from '../errors/print-error.js';
import type { CommonOptions } from '../invocation.js';
import { jsonLines, note, printLines } from '../output/print.js';
import { showPlan } from '../output/show-plan.js';
import type { Io } from '../process/io.js';
import type { Session } from '../session/open-session.js';
import { confirm } from './confirm.js';
import { openJournal } from './journal.js';
import { refusalOf, showRefused } from './plan.js';
import { runSummary, type RunDone } from './progress.js';
import { chooseProgress, showSteps, type FailedEvent } from './show-steps.js';
import type { apply as applying } from '../commands/apply/grammar.js';
import type { OptionsOf } from '../grammar/options.js';

/** The options of commands that change something. */
export interface ConfirmAndApplyOptions extends CommonOptions, OptionsOf<typeof applying> {
  /** Set where `postern mcp` applies it: the journal says so. */
  readonly mcp?: boolean | undefined;
}

interface Work {
  readonly io: Io;
  readonly plan: Plan;
  /** Plans again. Absent of a saved plan, which is applied as it is or not at all. */
  readonly planNow?: (() => Promise<Plan>) | undefined;
  readonly spec: Spec;
  readonly folder: string;
  readonly session: Session;
  readonly options: ConfirmAndApplyOptions;
  /** The question before any change: `Apply`. */
  readonly verb: 'Apply' | 'Destroy' | 'Forget';
}

/** The member of a spec that holds the units of a kind. */
const PLACES: Partial<Record<Plan['units'][number]['kind'], string>> = { link: 'links', integration: 'integrations' };

/** How often a plan is computed again because the state had changed before its first step. */
const MOST_AGAIN = 3;

/**
 * Shows a plan, asks for confirmation, applies the plan and reports. Where the state has changed before the first step, it plans
 * again and shows the new plan, unless that takes away what the first did not. Returns the exit status: 1 when a step failed.
 */
export async function confirmAndApply(work: Work): Promise<number> {
  const { io, planNow, options } = work;
  const line = options.json === true ? jsonLines(io) : undefined;
  let { plan } = work;
  for (let again = 0; ; again += 1) {
    const end = await applyOnce({ ...work, plan }, line);
    if (typeof end === 'number') return end;

    const next = again < MOST_AGAIN ? await planNow?.() : undefined;
    if (next === undefined || takesMoreThan(next, work.plan)) {
      showRefused(end, { io, plan, clock: work.session.context.clock, isShown: true, line });
      throw end;
    }

    note(io, `${end.message}. The plan of the current state follows`);
    plan = next;
  }
}

/** The exit status; or why nothing was done, where the state is not that of the plan. */
async function applyOnce(
  { io, plan, spec, folder, session, options, verb }: Work,
  line: ReturnType<typeof jsonLines> | undefined,
): Promise<number | PosternError> {
  const json = line !== undefined;
  const steps = plan.units.flatMap((unit) => unit.steps);
  const showRefusal = (error: PosternError, isShown: boolean): void =>
    showRefused(error, { io, plan, clock: session.context.clock, isShown, line });
  const refusal = refusalOf(plan, spec, options);
  if (refusal !== undefined) {
    showRefusal(refusal, false);
    throw refusal;
  }

  if (!json) showPlan(io, plan);
  if (steps.length === 0 && !json) return endOf(io, plan, spec, 0);
  if (
    steps.length > 0 &&
    options.yes !== true &&
    !(await confirm(questionOf(verb, plan, spec.project, session.simulator)))
  ) {
    printLines(io, 'Nothing was changed.');
    return 1; // not done: `postern apply && …` must not go on
  }

  const journal = await openJournal(folder, spec.project, io);
  const progress = await chooseProgress(io, plan, line);
  let isRunning = false;
  const failures: FailedEvent[] = [];
  let done: RunDone | undefined;
  try {
    const { context, drivers, callGateway } = session;
    const { maxParallel, allowPurchase, deleteAllRoutes, maxDeletes, ignoreFindings, drain, probe } = options;
    const command = commandText(verb, { ...options, probe: undefined, noProbe: options.probe === false });
    const how = { command, maxParallel, allowPurchase, deleteAllRoutes, maxDeletes, ignoreFindings, drain, probe };
    const events = apply(plan, { judge, spec, drivers, context, journal, callGateway, ...how });
    done = await showSteps<RunEvent, RunDone>(io, events, {
      as: progress,
      onEvent: (event) => {
        isRunning = true;
        if (event.type === 'run.started') for (const text of event.notes ?? []) note(io, text);
      },
      onFailure: (failed) => failures.push(failed),
      onResult: (ended) => (done = ended),
    });
  } catch (error) {
    if (!isRunning && isPosternError(error, 'WORLD_MOVED')) return error;

    if (!isRunning && isPosternError(error)) showRefusal(error, true);
    throw error;
  } finally {
    if (io.signal.aborted && done && !json) printLines(io, runSummary(done));
  }
  for (const { unit, step, error } of failures) {
    const request = error.requestId === undefined ? '' : ` (request ${error.requestId})`;
    const { kind, name } = plan.units.find(({ id }) => id === unit) ?? {};
    const member = kind && PLACES[kind];
    printError(io, {
      ...error,
      message: `${step}: ${error.message}${request}`,
      place: member === undefined ? undefined : spec.places?.(`${member}.${name}`),
    });
  }
  if (done && !json) printLines(io, runSummary(done));
  return endOf(io, plan, spec, done === undefined || done.failed > 0 || done.skipped > 0 ? 1 : 0);
}

/** What could not be read is not done, however well the steps went. */
function endOf(io: Io, { incomplete = [], unread = [] }: Plan, spec: Spec, status: number): number {
  printUnreadParts(io, unread, spec);
  for (const text of incomplete) note(io, text);
  return incomplete.length > 0 || unread.length > 0 ? 1 : status;
}

/** `Apply 4 changes (1 deletion) to project shop in aws eu-west-1, account 111122223333?`, `Delete 3 resources of project shop …?`, with the simulator where one is called. */
export function questionOf(verb: string, { units }: Plan, project: string, simulator: string | undefined): string {
  const changing = units.filter(({ steps }) => steps.length > 0);
  const steps = changing.flatMap((unit) => unit.steps);
  const deletions = steps.filter(({ kind }) => kind === 'delete' || kind === 'replace').length;
  const places = new Set(changing.map(({ provider, region, account }) => `${provider} ${region}, account ${account}`));
  const what = `${counted(steps.length, 'change')}${deletions === 0 ? '' : ` (${counted(deletions, 'deletion')})`}`;
  const where = simulator === undefined ? '' : ` (SIMULATOR at ${simulator})`;
  const isDestroy = verb === 'Destroy';
  const asked =
    isDestroy && deletions === steps.length
      ? `Delete ${counted(deletions, 'resource')} of`
      : `${isDestroy ? 'Apply' : verb} ${what} to`;
  return displayText(`${asked} project ${project} in ${[...places].join(' and ')}${where}?`);
}

/**
 * A command as the journal names it, `apply --max-parallel --prune`: the names of the options that were given,
 * without their values, which may be of any content.
 */
function commandText(verb: string, options: object): string {
  const given = Object.entries(options).flatMap(([name, value]) =>
    value === undefined || value === false ? [] : name,
  );
  const flags = given.map((name) => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  return [verb.toLowerCase(), ...flags.toSorted()].join(' ');
}
