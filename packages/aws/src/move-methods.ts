import type { CallContext } from '@postern/core/internal/library';
import {
  createQueue,
  GONE,
  PosternError,
  unlessGone,
  type Json,
  type MoveMethods,
  type MovePosition,
  type MoveState,
  type MoveUnit,
} from '@postern/core/internal/adapter';

/** What `capture` returned, and `prepare` where it was called. */
export interface Kept<Captured, Prepared> {
  readonly captured: Captured;
  readonly prepared: Prepared | undefined;
}

/** The methods of one kind of gateway, with the state as that kind writes it: plain JSON. */
export interface MoveParts<Captured, Prepared> {
  readonly capture: (unit: MoveUnit, ctx: CallContext) => Promise<Captured>;
  readonly createTest?: MoveMethods['createTest'];
  readonly prepare: (unit: MoveUnit, captured: Captured, ctx: CallContext) => Promise<Prepared>;
  readonly findPrepared: (unit: MoveUnit, captured: Captured, ctx: CallContext) => Promise<Prepared | undefined>;
  readonly ready?: (unit: MoveUnit, state: Kept<Captured, Prepared>, ctx: CallContext) => Promise<string | undefined>;
  readonly writer?: MoveMethods['writer'];
  readonly wayBack?: {
    readonly prepare: (unit: MoveUnit, state: Kept<Captured, Prepared>, ctx: CallContext) => Promise<void>;
    readonly ready: (unit: MoveUnit, state: Kept<Captured, Prepared>, ctx: CallContext) => Promise<string | undefined>;
  };
  readonly shift: (unit: MoveUnit, state: Kept<Captured, Prepared>, percent: number, ctx: CallContext) => Promise<void>;
  readonly where: (unit: MoveUnit, state: Kept<Captured, Prepared>, ctx: CallContext) => Promise<MovePosition>;
  readonly settle: (unit: MoveUnit, state: Kept<Captured, Prepared>, ctx: CallContext) => Promise<readonly string[]>;
  readonly verify: (unit: MoveUnit, state: Kept<Captured, Prepared>, ctx: CallContext) => Promise<readonly string[]>;
  readonly back: (unit: MoveUnit, state: Kept<Captured, Prepared>, ctx: CallContext) => Promise<void>;
  readonly release: (
    unit: MoveUnit,
    state: Kept<Captured, Prepared>,
    which: 'new' | 'old',
    ctx: CallContext,
  ) => Promise<readonly string[]>;
}

/** Methods that read the state as their kind wrote it. Writes to one API run one after the other. Of an API that does not exist nothing is left to delete. */
export function moveMethods<Captured extends Json, Prepared extends Json>(
  parts: MoveParts<Captured, Prepared>,
): MoveMethods {
  const queue = createQueue();
  const inTurn = <T>({ gateway }: MoveUnit, write: () => Promise<T>, { signal }: CallContext): Promise<T> =>
    queue(gateway.id, write, signal);
  const read = ({ captured, prepared }: MoveState): Kept<Captured, Prepared> => ({
    captured: captured as Captured,
    prepared: (prepared ?? undefined) as Prepared | undefined,
  });
  const { createTest, ready, writer, wayBack } = parts;
  return {
    capture: parts.capture,
    ...(writer && { writer }),
    ...(createTest && {
      createTest: (unit, test, ctx) => inTurn(unit, () => createTest(unit, test, ctx), ctx),
    }),
    prepare: (unit, state, ctx) => inTurn(unit, () => parts.prepare(unit, read(state).captured, ctx), ctx),
    findPrepared: (unit, state, ctx) => parts.findPrepared(unit, read(state).captured, ctx),
    ...(ready && { ready: (unit, state, ctx) => ready(unit, read(state), ctx) }),
    ...(wayBack && {
      wayBack: {
        prepare: (unit, state, ctx) => inTurn(unit, () => wayBack.prepare(unit, read(state), ctx), ctx),
        ready: (unit, state, ctx) => wayBack.ready(unit, read(state), ctx),
      },
    }),
    shift: (unit, state, percent, ctx) => inTurn(unit, () => parts.shift(unit, read(state), percent, ctx), ctx),
    where: async (unit, state, ctx) => (await unlessGone(parts.where(unit, read(state), ctx))) ?? GONE,
    settle: (unit, state, _at, ctx) => parts.settle(unit, read(state), ctx),
    verify: (unit, state, ctx) => parts.verify(unit, read(state), ctx),
    back: (unit, state, ctx) => inTurn(unit, () => parts.back(unit, read(state), ctx), ctx),
    release: async (unit, state, which, ctx) =>
      (await unlessGone(inTurn(unit, () => parts.release(unit, read(state), which, ctx), ctx))) ?? [],
  };
}

/** Another writer changed what a move is about. Nothing was overwritten. */
export function changedMeanwhile(what: string): PosternError {
  return new PosternError('WORLD_MOVED', what, {
    remedy: 'Plan the move again: another writer changed the gateway after it was planned.',
  });
}
