import { checkedCloudsOf } from '../../spec/brought-clouds.js';
import type { FleetClient, FleetGoal, RunState } from '@postern/fleet/internal/fleet';
import { InvalidInputError, isPosternError, PosternError, realClock } from '@postern/core/internal/library';
import { changesClouds, loadFleet, nextRuns, runRequest, type FleetPlan } from '@postern/fleet/internal/config';
import { confirm, requireAnswer } from '../../apply/confirm.js';
import { BROUGHT_WORDS } from '../../fleet/brought-words.js';
import { newRunId, runOptionsOf, STAMP } from '../../fleet/new-run.js';
import { authorOf, hasEnded, openFleet, showRun } from '../../fleet/open-fleet.js';
import { planLines, questionOf, shownPlan, runLines } from '../../fleet/run-lines.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { jsonLines, note, printJson, printLines } from '../../output/print.js';

/** `postern fleet up`: begins a run of `fleet.yaml`, or continues the one that has not ended. */
export async function run(invocation: CallOf<typeof grammar.up>): Promise<number> {
  const { io, args, options } = invocation;
  const plan = await loadFleet(fileOf(args), { cwd: io.cwd, env: io.env, clouds: await checkedCloudsOf(io) });
  const { json, goal } = options;
  if (options.rollback === true && goal !== 'migrate') {
    throw new InvalidInputError('INVALID_INPUT', '--rollback has no meaning without --goal migrate', {
      remedy: 'Add --goal migrate.',
    });
  }
  if (options.dryRun === true) {
    if (json === true) printJson(io, shownPlan(plan, goal));
    else printLines(io, ...planLines(plan, goal));
    return 0;
  }

  const changes =
    options.onSchedule === true ? plan.schedules.some((one) => changesClouds(one.run)) : changesClouds(goal);
  if (changes) requireAnswer(io, options, 'Look at `postern fleet up --dry-run`, then add --yes.');
  const client = await openFleet(io, options);
  const shown = options.onSchedule === true ? (plan.schedules[0]?.run ?? firstGoal(plan)) : goal;
  if (json !== true) printLines(io, ...planLines(plan, shown));
  if (changes && options.yes !== true && !(await confirm(questionOf(plan, shown, options.rollback === true)))) {
    printLines(io, 'Nothing was changed.');
    return 1;
  }
  if (options.onSchedule === true) return onSchedule(invocation, client, plan);

  const first = await begin(invocation, client, plan, goal);
  const isOver = hasEnded(first);
  if (options.detach !== true && !isOver) return showRun(io, client, first, json);

  if (json === true) printJson(io, first);
  else if (isOver) printLines(io, ...runLines(first, io.stdout.columns));
  else printLines(io, `Run ${first.run} was sent. See \`postern fleet status --watch\`.`);
  return isOver && (first.state !== 'done' || first.differs === true) ? 1 : 0;
}

/** What a fleet without schedules can do. */
function firstGoal({ waves, moveWaves }: FleetPlan): FleetGoal {
  if (waves.length > 0) return 'apply';

  return moveWaves.length > 0 ? 'migrate' : (BROUGHT_WORDS[0]?.goal ?? 'migrate');
}

function fileOf([file = 'fleet.yaml']: readonly string[]): string {
  return file;
}

async function begin(
  { io, options }: CallOf<typeof grammar.up>,
  client: FleetClient,
  plan: FleetPlan,
  goal: FleetGoal,
): Promise<RunState> {
  const open = await openRun(client, plan.fleet, goal, options.run);
  if (open !== undefined && options.rollback === true) {
    throw new PosternError('LOCKED', `run ${open} has not ended, and nothing returns while it goes on`, {
      remedy: 'Wait for its end, or run `postern fleet cancel`.',
    });
  }

  if (open !== undefined) note(io, `run ${open} has not ended and is continued`);
  const run = open ?? options.run ?? newRunId(plan.fleet, goal);
  const request = runRequest(plan, { run, goal, ...authorOf(io, options), options: runOptionsOf(options) });
  const state = await client.start(request);
  if (hasEnded(state)) note(io, `run ${run} has ended before: nothing was begun. Another --run begins another run`);
  if (state.differs === true) {
    const own = new Set(request.waves.flatMap(({ specs }) => specs));
    if (!state.specs.some(({ name }) => own.has(name))) {
      throw new PosternError('CONFLICT', `run ${run} has none of the specs of this fleet: nothing was begun`, {
        remedy: 'Give another --run.',
      });
    }

    note(io, `run ${run} was begun with other specs or options, and keeps those`);
  }
  return state;
}

/** Begins each run of `schedules` at its time, with the files as they are then. Ends with the signal. */
async function onSchedule(
  invocation: CallOf<typeof grammar.up>,
  client: FleetClient,
  plan: FleetPlan,
): Promise<number> {
  const { io, args, options } = invocation;
  const { json } = options;
  if (plan.schedules.length === 0) {
    printLines(io, 'The fleet has no schedules.');
    return 1;
  }

  const line = json === true ? jsonLines(io) : undefined;
  for (let after = new Date(); ;) {
    const next = nextRuns(plan.schedules, after);
    if (next === undefined) return 0;

    const { at, goals } = next;
    if (line === undefined) printLines(io, `Next run: ${goals.join(', ')} at ${at}`);
    else for (const goal of goals) line({ type: 'next', at, goal });
    await realClock().sleep(Date.parse(at) - Date.now(), io.signal);
    after = new Date(at);
    for (const goal of goals) {
      try {
        const now = await loadFleet(fileOf(args), {
          cwd: io.cwd,
          env: io.env,
          clouds: await checkedCloudsOf(io),
        });
        const state = await begin(invocation, client, now, goal);
        if (line === undefined) printLines(io, `Run ${state.run} (${goal}) was sent.`);
        else line({ type: 'run', ...state });
      } catch (error) {
        if (!isPosternError(error) || io.signal.aborted) throw error;

        // The next one may begin: a run that has not ended holds its accounts, or a file is being edited.
        const { code, message } = error;
        if (line === undefined) note(io, `${goal} was not begun: ${message} [${code}]`);
        else line({ type: 'failed', goal, error: { code, message } });
      }
    }
  }
}

/** The run that `up` continues: the one that is named, else one of this fleet that has not ended. */
async function openRun(
  client: FleetClient,
  fleet: string,
  goal: FleetGoal,
  run: string | undefined,
): Promise<string | undefined> {
  const runs = await client.runs();
  const isOwn = (id: string): boolean => (run === undefined ? id.replace(STAMP, '') === fleet : id === run);
  return runs.find((one) => isOwn(one.run) && one.goal === goal && !hasEnded(one))?.run;
}
