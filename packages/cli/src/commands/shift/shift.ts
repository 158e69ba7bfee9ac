import { abilityOf, InvalidInputError } from '@postern/core/internal/driver';
import {
  isShift,
  shiftedSpec,
  shiftPlanText,
  shiftRequest,
  type MovePlan,
  type MoveResult,
  type RunMoveOptions,
} from '@postern/core/internal/moves';
import { observeSpec } from '@postern/core/internal/plan';
import { displayText } from '@postern/core/internal/report';
import { confirm, requireAnswer } from '../../apply/confirm.js';
import { requireFreeMovesJournal } from '../../apply/journal.js';
import { exitStatus } from '../../errors/print-error.js';
import type * as grammar from './grammar.js';
import type { CallOf, OptionsOf } from '../../grammar/options.js';
import type { CommonOptions } from '../../invocation.js';
import { analysisOf } from '../../migrate/analysis.js';
import { shiftEdit, writeSpec } from '../../migrate/edit-spec.js';
import { refusedStatus } from '../../migrate/refused-status.js';
import {
  lastReturned,
  moveNamed,
  movesOf,
  onlyOpen,
  openMoves,
  openMovesOf,
  recordedMoves,
  unlessEnded,
  type OpenMoves,
  showMove,
  watchLines,
} from '../../migrate/moves.js';
import { displayLines } from '../../output/display-lines.js';
import { printJson, printLines } from '../../output/print.js';
import { probeOptions } from '../probe/probe-options.js';
import type { Io } from '../../process/io.js';
import { secretTexts } from '../../process/secrets.js';
import { openSession } from '../../session/open-session.js';
import { loadSpec } from '../../spec/load-spec.js';

/** The options of `postern shift run`; `plan` has some of them. */
type Options = OptionsOf<typeof grammar.run>;

/** A plan of a shift, and its place. */
interface Planned {
  readonly plan: MovePlan;
  readonly open: OpenMoves;
}

const STEPS = [5, 25, 100];

/** `postern shift plan`: the shares now, and each step. It changes nothing. The exit status is 3 where `run` would refuse the plan. */
export async function plan({ io, args: [name = ''], options }: CallOf<typeof grammar.plan>): Promise<number> {
  const { plan: planned, open } = await planNow(io, name, options);
  if (options.json === true) printJson(io, planned);
  else show(io, planned, open, options);
  return refusedStatus(
    io,
    'shift run',
    await open.moves.refusal(planned, {
      probe: options.probe,
      despiteOwner: options.despiteOwner,
      callGateway: open.callGateway,
    }),
  );
}

/**
 * `postern shift run`: gives the new target its shares step by step. Without an integration it continues the open shift of the folder.
 * The exit status is 75 where something else has changed the shares.
 */
export function run(invocation: CallOf<typeof grammar.run>): Promise<number> {
  return unlessEnded(invocation.io, 'finished', () => carryOut(invocation));
}

async function carryOut({ io, args: [name], options }: CallOf<typeof grammar.run>): Promise<number> {
  requireAnswer(io, options, 'Review the plan with `postern shift plan`, then add --yes.');
  const { analysis, promote, autoAbort, probe, despiteOwner } = options;
  if (analysis === '') throw wrong('--analysis is empty', 'Name an address or a command, or leave --analysis out.');
  if (probe === false && analysis === undefined) {
    throw wrong(
      'nothing decides between the steps: --no-probe without --analysis',
      'Leave --no-probe out, or name an address or a command with --analysis.',
    );
  }

  await requireFreeMovesJournal(io.cwd);
  const { plan: planned, open } = name === undefined ? await continued(io, options) : await planNow(io, name, options);
  const json = options.json === true;
  if (!json) show(io, planned, open, options);
  if (options.yes !== true && !(await agreed(planned, open, `Shift calls of ${nameOf(planned)}`))) return notDone(io);

  const events = open.moves.run(planned, {
    ...mannerOf(options),
    probe,
    despiteOwner,
    autoRollback: autoAbort,
    finish: promote,
    callGateway: open.callGateway,
    probeHeaders: (await callOptions(io, options)).headers,
    ...(analysis === undefined ? {} : { analysis: analysisOf(analysis) }),
  });
  return statusOf(await showMove(io, events, json, (result) => standing(result, planned), 'Shift'));
}

function show(io: Io, planned: MovePlan, { gate }: OpenMoves, options: Options): void {
  const kind = planned.units[0]?.unit.gateway.kind ?? '';
  const traits = abilityOf(gate.driver, 'moves').traits(kind);
  io.stdout.write(displayLines(shiftPlanText(planned, { ...mannerOf(options), traits })));
}

/** How a shift is carried out, as core takes it. */
function mannerOf({
  interval,
  maxErrors,
  drain,
}: Options): Pick<RunMoveOptions, 'pauseMs' | 'drainMs' | 'maxErrorRate'> {
  return { pauseMs: interval, drainMs: drain, maxErrorRate: maxErrors };
}

async function callOptions(io: Io, { path, host, header }: Options) {
  return probeOptions({ path, host, header: await secretTexts(io, '--header', header), via: 'gateway' });
}

/** Observes the integration, and plans. A shift that is open in the journal keeps its plan. */
async function planNow(io: Io, name: string, options: Options & CommonOptions): Promise<Planned> {
  const { to, steps = STEPS, rule, stage, debug, profile } = options;
  const variables = variablesOf(options);
  if (variables !== undefined && stage === undefined) {
    throw wrong('--variable has no meaning without --stage', 'Add --stage with the name of the stage of the REST API.');
  }
  if (to === undefined && variables === undefined) {
    throw wrong(
      '--to is missing',
      'Add --to with the new target: a target group, a service, or with --stage a deployment.',
    );
  }

  const { paths, hosts } = await callOptions(io, options);
  const { spec: whole, clouds } = await loadSpec(options.spec, io, options);
  const spec = shiftedSpec(whole, name);
  const [link] = Object.values(spec.links);
  if (link === undefined) throw wrong(`integration ${name} has no link`, 'Declare its link in the spec.');

  const session = await openSession(io, { debug, profile, spec, notesWaits: true });
  const snapshot = await observeSpec(spec, session.drivers, session.context, { checks: true });
  const request = shiftRequest(snapshot, spec, {
    clouds,
    name,
    to: to ?? '',
    steps,
    rule,
    stage,
    variables,
    paths,
    hosts,
  });
  const open = await openMoves(io, link, { ...options, profile: profile ?? link.profile });
  return { plan: await open.moves.plan(request), open };
}

/** `--variable link=abc123`. @throws {InvalidInputError} `INVALID_INPUT` */
function variablesOf({ variable }: Options): Readonly<Record<string, string>> | undefined {
  if (variable === undefined) return undefined;

  const found = variable.map((text) => /^(\w{1,64})=(.*)$/s.exec(text));
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/stage-variables.html
  if (found.some((one) => one === null))
    throw wrong('--variable: expected NAME=VALUE', 'Write it in this form, in quotes.');

  return Object.fromEntries(found.map((one) => [one?.[1] ?? '', one?.[2] ?? '']));
}

async function continued(io: Io, options: Options & CommonOptions): Promise<Planned> {
  const given = (['to', 'steps', 'rule', 'stage', 'variable', 'spec', 'path', 'host'] as const).find(
    (key) => options[key] !== undefined,
  );
  if (given !== undefined) {
    throw wrong(
      `--${given} has no meaning without an integration`,
      'Name the integration of the spec, or leave it out.',
    );
  }

  const { plan: planned } = onlyOpen(await recordedMoves(io), 'shift');
  return { plan: planned, open: await openMovesOf(io, planned, options) };
}

/** `postern shift status`: where the shifts of this folder stand, as the clouds show it now. */
export async function status({ io, args: [named], options }: CallOf<typeof grammar.status>): Promise<number> {
  const all = await recordedMoves(io);
  const asked = named === undefined ? movesOf(all, 'shift') : [moveNamed(all, named, 'shift')];
  const rows = [];
  const names = new Map(asked.map(({ plan: { move, request } }) => [move, isShift(request) ? request.name : '']));
  for (const { plan: one } of new Map(asked.map((row) => [row.plan.move, row])).values()) {
    const { moves } = await openMovesOf(io, one, options);
    rows.push(...(await moves.status(named ?? one.move)));
  }
  if (options.json === true) printJson(io, { shifts: rows });
  else if (rows.length === 0) printLines(io, 'No shifts in the journal of this folder.');
  for (const { move, from, to, state, units, drainedAt, watchedUntil, next } of options.json === true ? [] : rows) {
    const shares = units.map(({ name, at, percent, because }) => {
      const share = at === 'new' ? '100 %' : at === 'canary' ? `${percent ?? 0} %` : at === 'old' ? 'no new share' : at;
      return { name, text: `${share}${because === undefined ? '' : `: ${because}`}` };
    });
    // Parts with the same share are one line.
    const isOne = new Set(shares.map(({ text }) => text)).size <= 1;
    const lines = [
      `${move}  ${names.get(move) ?? ''}: ${from} → ${to}  ${state}`,
      ...(isOne ? shares.slice(0, 1) : shares).map(({ name, text }) => `  ${to}: ${text}${isOne ? '' : ` (${name})`}`),
      ...(drainedAt === undefined ? [] : [`  the drain ends at ${drainedAt}`]),
      ...watchLines(watchedUntil),
      `  next: ${next}`,
    ];
    printLines(io, ...lines.map((line) => displayText(line)));
  }
  return 0;
}

/** `postern shift abort`: returns the shares as they were. */
export function abort({ io, args: [named], options }: CallOf<typeof grammar.abort>): Promise<number> {
  return unlessEnded(io, 'rolled-back', async () =>
    end(io, named ?? (await lastReturned(io, 'shift')), options, 'Return the calls of', ({ moves }, move) =>
      moves.rollback(move, { drainMs: options.drain, force: options.despiteErrors }),
    ),
  );
}

/** `postern shift promote`: detaches the former targets after the drain. */
export function promote({ io, args: [named], options }: CallOf<typeof grammar.promote>): Promise<number> {
  return unlessEnded(io, 'finished', async () => {
    // Computed before the shift is ended: what cannot be edited ends nothing.
    const edit = options.write === true ? await shiftEdit(io, options, await chosen(io, named)) : undefined;
    const work = ({ moves }: OpenMoves, move: string) => moves.finish(move, { wait: options.wait });
    const ended = await end(io, named, options, 'Promote', work);
    if (ended === 0 && edit !== undefined) await writeSpec(io, edit, options.json === true);
    return ended;
  });
}

/** `postern shift leave`: ends a shift as it is, and changes nothing in the cloud. */
export function leave({ io, args: [named], options }: CallOf<typeof grammar.leave>): Promise<number> {
  return unlessEnded(io, 'left', () =>
    end(io, named, options, 'Leave as it is, for good,', ({ moves }, move) => moves.leave(move)),
  );
}

async function end(
  io: Io,
  named: string | undefined,
  options: Pick<OptionsOf<typeof grammar.abort>, 'profile' | 'yes'> & CommonOptions,
  question: string,
  work: (open: OpenMoves, move: string) => ReturnType<OpenMoves['moves']['run']>,
): Promise<number> {
  const planned = await chosen(io, named);
  requireAnswer(io, options, 'See `postern shift status`, then add --yes.');
  const open = await openMovesOf(io, planned, options);
  if (options.yes !== true && !(await agreed(planned, open, `${question} ${nameOf(planned)}`))) return notDone(io);

  const shown = await showMove(
    io,
    work(open, planned.move),
    options.json === true,
    (result) => standing(result, planned),
    'Shift',
  );
  return statusOf(shown);
}

/** The shift that was named; without a name, the only open one of this folder. */
async function chosen(io: Io, named: string | undefined): Promise<MovePlan> {
  const all = await recordedMoves(io);
  return (named === undefined ? onlyOpen(all, 'shift') : moveNamed(all, named, 'shift')).plan;
}

/** Where a shift stands, and what to do. */
function standing({ move, state, drainedAt, elsewhere }: MoveResult, { from, to }: MovePlan): string {
  if (state === 'rolled-back' && elsewhere.length > 0)
    return 'Ended: something else has set the shares, and they stay as they are.';

  switch (state) {
    case 'draining':
      return `Shifted: ${to.id} has all calls, and ${from.id} none. Promote after ${drainedAt ?? 'the drain'}: postern shift promote ${move}`;
    case 'finished':
      return `Promoted: ${to.id} has all calls, and nothing leads to ${from.id}.`;
    case 'rolled-back':
      return `Aborted: the shares are as before.`;
    case 'left':
      return `Left as it is. Nothing was changed, and nothing continues or returns it.`;
    default:
      return `Not done. Continue with postern shift run, or return the shares: postern shift abort ${move}. As it is it ends with postern shift leave ${move}`;
  }
}

/** The exit status of a shift that something else has changed says so. */
function statusOf({ status: shown, result }: Awaited<ReturnType<typeof showMove>>): number {
  return result?.failures.some(({ code }) => code === 'WORLD_MOVED') === true ? exitStatus('WORLD_MOVED') : shown;
}

function agreed(
  { from, to, provider, region, account }: MovePlan,
  { simulator }: OpenMoves,
  what: string,
): Promise<boolean> {
  const where = simulator === undefined ? '' : ` (SIMULATOR at ${simulator})`;
  return confirm(displayText(`${what}: ${from.id} → ${to.id} in ${provider} ${region}, account ${account}${where}?`));
}

function nameOf({ request }: MovePlan): string {
  return isShift(request) ? request.name : '';
}

function notDone(io: Io): number {
  printLines(io, 'Nothing was changed.');
  return 1;
}

function wrong(message: string, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}
