import { InvalidInputError, type Snapshot } from '@postern/core/internal/library';
import { linkIdsIn, readMovePlan } from '@postern/core/internal/moves';
import type { Invocation } from '../../invocation.js';
import { assumptionsOf } from '../../migrate/reports.js';
import { acceptedOf, askedForMove } from '../../migrate/migrate-options.js';
import { requestWithIds } from '../../migrate/moves.js';
import { readPlanText } from '../../process/read-file.js';
import {
  applyToTwin,
  planOnTwin,
  type RehearseApplyOptions,
  moveOnTwin,
  movesOf,
  type RehearseMoveOptions,
} from './changes.js';
import { rehearse } from './rehearsal.js';
import { loadSpec } from '../../spec/load-spec.js';

/** `postern rehearse apply`: plans a spec for the twin, and applies the plan. */
export async function apply({ io, args: [file], options }: Invocation<RehearseApplyOptions>): Promise<number> {
  const { spec } = await loadSpec(file, io, options);
  return rehearse(io, options, `apply of ${spec.project}`, async (twin) =>
    applyToTwin(io, twin, await planOnTwin(twin, spec, options), spec, options),
  );
}

/** `postern rehearse plan`: applies a saved plan, or runs a saved plan of a move. */
export async function plan({
  io,
  args: [file = ''],
  options,
}: Invocation<RehearseMoveOptions & RehearseApplyOptions>): Promise<number> {
  const text = await readPlanText(io, file);
  if (isMovePlan(text)) {
    const saved = readMovePlan(text, { file });
    const assume = await assumptionsOf(io, options);
    return rehearse(io, options, `the move of ${file}`, (twin) => moveOnTwin(io, twin, saved, options, assume));
  }

  const { decodePlan } = await import('@postern/core/internal/decode');
  const saved = decodePlan(text, { file });
  const { spec } = await loadSpec(options.spec, io, options);
  // Durations of moves are in milliseconds, and that of a spec's plan in seconds.
  const drain = options.drain === undefined ? undefined : options.drain / 1_000;
  return rehearse(io, options, `the plan of ${file}`, (twin) =>
    applyToTwin(io, twin, saved, spec, { ...options, drain }),
  );
}

/** `postern rehearse migrate`: plans a move for the twin, runs it, waits for the drain and finishes it. */
export async function migrate({ io, args, options }: Invocation<RehearseMoveOptions>): Promise<number> {
  const [unexpected] = args;
  if (unexpected !== undefined) {
    throw new InvalidInputError('INVALID_INPUT', `unexpected argument ${JSON.stringify(unexpected)}`, {
      remedy: 'Use options instead.',
    });
  }

  const asked = await askedForMove(io, options);
  const [accept, assume] = [await acceptedOf(io, options), await assumptionsOf(io, options)];
  return rehearse(io, options, `the move to ${options.to ?? ''}`, async (twin) => {
    const request = await requestWithIds(asked, linkIdsIn(twin.snapshot));
    const { provider = 'aws' } = request;
    const region = request.region ?? regionIn(twin.snapshot, provider);
    const moves = await movesOf(twin, { provider, region });
    const plannedMove = await moves.plan(request, { manage: options.manage, accept, assume });
    return moveOnTwin(io, twin, plannedMove, options, assume);
  });
}

function regionIn({ regions }: Snapshot, wanted: string): string {
  const [first, ...others] = regions.filter(({ provider }) => provider === wanted);
  if (first !== undefined && others.length === 0) return first.region;

  const found = first === undefined ? 'no region' : 'several regions';
  throw new InvalidInputError('REGION_MISSING', `the snapshot has ${found} of ${wanted}`, {
    remedy: 'Add --region with a region of the snapshot.',
  });
}

/** The two kinds of plans differ in `kind`; a text that is not JSON is refused by the reader of plans. */
function isMovePlan(text: string): boolean {
  try {
    return (JSON.parse(text) as { readonly kind?: unknown }).kind === 'move';
  } catch {
    return false;
  }
}
