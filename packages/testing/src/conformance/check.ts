import { PARTS, WORLD_PARTS, type Need } from './need.js';
import type { ConformanceSetup } from './setup.js';
import type { Trial } from './trial.js';
import { isPosternError, type CloudError, type ErrorCode, type PosternError } from '@postern/core/internal/library';
import { expect } from 'vitest';

/** One thing that every driver does. */
export interface Check {
  /** A sentence about the driver: `finds a link by its mark`. */
  readonly name: string;
  readonly needs: readonly Need[];
  readonly run: (trial: Trial) => Promise<void>;
}

export const check = (name: string, needs: readonly Need[], run: Check['run']): Check => ({ name, needs, run });

/** Why a check does not concern a driver; undefined where it does. */
export function reasonToSkip({ needs }: Check, { driver, linkKind, setup }: Trial): string | undefined {
  for (const need of needs) {
    const what = missing(need, setup, { driver, linkKind });
    if (what === undefined) continue;

    const fact = setup.facts?.[need];
    return fact === undefined ? what : `${what}: ${fact}`;
  }
  return undefined;
}

function missing(
  need: Need,
  setup: ConformanceSetup,
  { driver, linkKind }: Pick<Trial, 'driver' | 'linkKind'>,
): string | undefined {
  if (need === 'subnets') return setup.world.loadBalancerIds === undefined ? undefined : 'links have no subnets';
  if (isOneOf(PARTS, need)) return setup[need] === undefined ? `the setup has no ${need}` : undefined;
  if (isOneOf(WORLD_PARTS, need)) return setup.world[need] === undefined ? `the world has no ${need}` : undefined;
  if (driver[need] === undefined) return `the driver has no ${need}`;

  const { targetsAreResources, allowlistNeedsCreation } = driver.traits(linkKind);
  const isOfKind = { targetResources: targetsAreResources, allowlistGroups: allowlistNeedsCreation };
  return isOfKind[need as keyof typeof isOfKind] === false ? `${linkKind} has no ${need}` : undefined;
}

function isOneOf<T extends string>(all: readonly T[], name: string): name is T {
  return (all as readonly string[]).includes(name);
}

/** A `PosternError`, with the members of a cloud's error where it is one. */
export type Refusal = PosternError &
  Partial<Pick<CloudError, 'operation' | 'status' | 'retryable' | 'outcomeUnknown' | 'nativeCode' | 'requestId'>>;

/**
 * The error of a refused promise. Fails when the promise is not refused, or with another error than a
 * `PosternError`.
 */
async function refusal(promise: Promise<unknown>): Promise<Refusal> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!('error' in outcome))
    expect.fail(`It should have been refused, and came back with ${JSON.stringify(outcome.value)}.`);
  const { error } = outcome;
  if (!isPosternError(error)) throw error;

  expect(error.message).not.toBe('');
  return error as Refusal;
}

/** Expects a refusal with this code, and returns it. */
export async function expectRefusal(promise: Promise<unknown>, code: ErrorCode): Promise<Refusal> {
  const error = await refusal(promise);
  expect(error.code, error.message).toBe(code);
  return error;
}
