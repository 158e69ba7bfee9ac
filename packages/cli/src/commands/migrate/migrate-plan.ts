import { abilityOf } from '@postern/core/internal/driver';
import path from 'node:path';
import { InvalidInputError, type Snapshot } from '@postern/core/internal/library';
import { movePlanHtml, movePlanText, observeMove, type MovePlan } from '@postern/core/internal/moves';
import { jsonText } from '@postern/core/internal/report';
import type { PicturedMove } from '@postern/core/internal/graph';
import type { Invocation } from '../../invocation.js';
import { assumptionsOf } from '../../migrate/reports.js';
import { acceptedOf, askedForMove, requestIn, switchOptions, type MoveOptions } from '../../migrate/migrate-options.js';
import { namedRequest, openMoves, type OpenMoves } from '../../migrate/moves.js';
import { refusedStatus } from '../../migrate/refused-status.js';
import { displayLines } from '../../output/display-lines.js';
import { note, printJson } from '../../output/print.js';
import { writeOutput } from '../../output/files.js';
import { cloudsOf } from '../../spec/brought-clouds.js';
import type { Io } from '../../process/io.js';

/**
 * `postern migrate plan`: what a move does, in which order, and what must be done first. The exit status is 3 where it
 * must not start.
 */
export async function run({ io, args, options }: Invocation<MoveOptions>): Promise<number> {
  if (args.length > 0) {
    throw new InvalidInputError('INVALID_INPUT', `unexpected argument ${JSON.stringify(args[0])}`, {
      remedy: 'Use options instead.',
    });
  }

  const planned = await planNow(io, options);
  const { plan, open } = planned;
  if (options.output !== undefined) {
    const { writeTextFile } = await import('@postern/core/internal/node');
    await writeTextFile(path.resolve(io.cwd, options.output), `${jsonText(plan, 2)}\n`, { signal: io.signal });
    note(io, `the plan is in ${options.output}; \`postern migrate run --plan ${options.output}\` carries it out`);
  }
  if (options.html !== undefined) await writePage(io, options.html, planned, options);
  if (options.json === true) printJson(io, plan);
  else showMovePlan(io, plan, open, options);
  if (plan.todos.length + plan.undecided.length > 0) return 3;

  return refusedStatus(io, 'migrate run', await open.moves.refusal(plan, { callGateway: open.callGateway }));
}

/** A plan, and the place of its move. */
export interface Planned {
  readonly plan: MovePlan;
  readonly open: OpenMoves;
  /** What pictures are drawn from, where a page was requested. */
  readonly snapshot?: Snapshot | undefined;
}

/** Observes and plans what the options ask for; an open move of the journal keeps its plan. */
export async function planNow(io: Io, options: MoveOptions): Promise<Planned> {
  const asked = await askedForMove(io, options);
  const accept = await acceptedOf(io, options);
  const assume = await assumptionsOf(io, options);
  const { provider = 'aws', region } = requestIn(asked);
  const open = await openMoves(io, { provider, region }, options);
  const request = await namedRequest(open, asked);
  const snapshot = options.html === undefined ? undefined : await observeMove(open.gate.driver, request, open.context);
  const how = { accept, assume, manage: options.manage, capture: options.output !== undefined, snapshot };
  return { plan: await open.moves.plan(request, how), open, snapshot };
}

/** Writes a plan as a page, with pictures of the state before and after the move. @throws {PosternError} `FILE_UNWRITABLE`. */
async function writePage(io: Io, file: string, { plan, open, snapshot }: Planned, options: MoveOptions): Promise<void> {
  const { drawMove } = await import('../../graph/draw-move.js');
  const pictures = snapshot && (await drawMove(snapshot, movedIn(plan), await cloudsOf(io)));
  const page = movePlanHtml(plan, { text: textOf(plan, open, options), pictures });
  await writeOutput(io, file, page);
  note(io, `the page is in ${file}`);
}

function movedIn({ units, from, to, region, widen, findings }: MovePlan): PicturedMove {
  const routes = new Map<string, string[] | undefined>();
  for (const { unit } of units) {
    const own = unit.routes === undefined ? undefined : [...(routes.get(unit.gateway.id) ?? []), ...unit.routes];
    routes.set(unit.gateway.id, own);
  }
  return {
    region,
    gateways: [...routes].map(([id, keys]) => ({ id, routes: keys })),
    from: from.id,
    to: to.id,
    targetBalancer: units[0]?.unit.targetBalancer,
    findings,
    added: widen.map(({ id }) => id),
  };
}

/** Prints a plan for people. */
export function showMovePlan(io: Io, plan: MovePlan, open: OpenMoves, options: MoveOptions): void {
  io.stdout.write(displayLines(textOf(plan, open, options)));
}

function textOf(plan: MovePlan, { gate }: OpenMoves, options: MoveOptions): string {
  const [first] = plan.units;
  const traits = first && abilityOf(gate.driver, 'moves').traits(first.unit.gateway.kind);
  return movePlanText(plan, { ...switchOptions(options), traits });
}
