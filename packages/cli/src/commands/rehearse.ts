import path from 'node:path';
import { InvalidInputError, parseAccepted, type MovePlan } from '@postern/core';
import type { Invocation } from '../invocation.js';
import { linkIdsIn, withLinkIds } from '../migrate/link-ids.js';
import { askedFor, type MigrateOptions } from '../migrate/migrate-options.js';
import type { Io } from '../process/io.js';
import { applyToTwin, planOnTwin, type RehearseApplyOptions } from '../rehearse/rehearse-apply.js';
import { moveOnTwin, movesOf } from '../rehearse/rehearse-move.js';
import { rehearse, type RehearsalOptions } from '../rehearse/rehearse.js';
import { loadSpec } from '../spec/load-spec.js';

/** `postern rehearse apply`: plans a spec for the twin, and applies the plan. */
export async function apply({ io, args: [file], options }: Invocation<RehearseApplyOptions>): Promise<number> {
  const { spec } = await loadSpec(file, io, options);
  return rehearse(io, options, `apply of ${spec.project}`, async (twin) =>
    applyToTwin(io, twin, await planOnTwin(twin, spec, options), spec, options),
  );
}

/** The options of `postern rehearse plan`. */
interface PlanOptions extends RehearseApplyOptions, MoveOptions {
  readonly spec?: string;
}

/** `postern rehearse plan`: applies a saved plan, or runs a saved plan of a move. */
export async function plan({ io, args: [file = ''], options }: Invocation<PlanOptions>): Promise<number> {
  const text = await readPlan(file, io);
  if (isMovePlan(text)) {
    const saved = JSON.parse(text) as MovePlan;
    const how = movingOptions(options);
    return rehearse(io, options, `the move of ${file}`, async (twin) =>
      moveOnTwin(io, await movesOf(twin, saved), saved, how),
    );
  }
  const { decodePlan } = await import('@postern/core/decode');
  const saved = decodePlan(text, { file });
  const { spec } = await loadSpec(options.spec, io, options);
  return rehearse(io, options, `the plan of ${file}`, (twin) => applyToTwin(io, twin, saved, spec, options));
}

/** The options of a move. */
interface MoveOptions {
  readonly acceptUnknown?: readonly string[];
  readonly canary?: string;
  readonly batch?: number;
  readonly pause?: number;
  readonly drain?: number;
}

/** `postern rehearse migrate`: plans a move for the twin, runs it, waits for the drain and finishes it. */
export async function migrate({
  io,
  args,
  options,
}: Invocation<
  RehearsalOptions & Omit<MigrateOptions, 'snapshot'> & MoveOptions & { readonly manage?: readonly string[] }
>): Promise<number> {
  const [unexpected] = args;
  if (unexpected !== undefined) {
    throw new InvalidInputError('INVALID_INPUT', `unexpected argument ${JSON.stringify(unexpected)}`, {
      remedy: 'Use options instead.',
    });
  }
  const asked = askedFor(options);
  const { to } = 'one' in asked ? asked.one : asked.all;
  const how = movingOptions(options);
  return rehearse(io, options, `the move to ${to}`, async (twin) => {
    const named = await withLinkIds(asked, linkIdsIn(twin.snapshot));
    const request = 'one' in named ? named.one : named.all;
    const { provider = 'aws' } = request;
    const region = request.region ?? regionIn(twin.snapshot, provider);
    const moves = await movesOf(twin, { provider, region });
    const made = await moves.plan(request, { manage: options.manage, accept: how.accept });
    return moveOnTwin(io, moves, made, how);
  });
}

function movingOptions<T extends RehearsalOptions & MoveOptions>({ acceptUnknown = [], canary, ...options }: T) {
  const { pause, drain, ...rest } = options;
  return {
    ...rest,
    accept: acceptUnknown.map((text) => parseAccepted(text)),
    canary: canary === undefined ? undefined : canaryOf(canary),
    pauseMs: pause === undefined ? undefined : pause * 1_000,
    drainMs: drain === undefined ? undefined : drain * 1_000,
  };
}

/** `2`: units; `10%`: of the calls. */
function canaryOf(text: string): number | { readonly percent: number } {
  const [, number, percent] = /^(\d{1,5}(?:\.\d{1,2})?)(%?)$/.exec(text) ?? [];
  if (number === undefined) {
    throw new InvalidInputError('INVALID_INPUT', '--canary is not a number', { remedy: 'Write 2 for units, or 10%.' });
  }
  return percent === '' ? Number(number) : { percent: Number(number) };
}

function regionIn(
  { regions }: { readonly regions: readonly { provider: string; region: string }[] },
  wanted: string,
): string {
  const [first, ...others] = regions.filter(({ provider }) => provider === wanted);
  if (first !== undefined && others.length === 0) return first.region;
  throw new InvalidInputError(
    'REGION_MISSING',
    `the snapshot has ${others.length === 0 ? 'no region' : 'several regions'} of ${wanted}`,
    {
      remedy: 'Add --region with a region of the snapshot.',
    },
  );
}

async function readPlan(file: string, io: Io): Promise<string> {
  const { readTextFile, PLAN_MAX_BYTES } = await import('@postern/core/node');
  const text = await readTextFile(path.resolve(io.cwd, file), { maxBytes: PLAN_MAX_BYTES });
  if (text.trimStart().startsWith('{')) return text;
  throw new InvalidInputError('INVALID_INPUT', `${file}: this is not a saved plan`, {
    place: { file },
    remedy: 'Name a file that `postern plan -o` wrote.',
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
