import type { GatewayTraits, LinkTraits } from '@postern/core/adapter';
import type { Trial } from './trial.js';
import { isPosternError, type CloudError, type ErrorCode, type PosternError } from '@postern/core';
import { expect } from 'vitest';

/** What a check needs: a trait that is true, or a part of the setup. Without it the check is skipped. */
type Need = keyof LinkTraits | keyof GatewayTraits | 'faults' | 'unreachable' | 'process' | 'subnets';

/** One thing that every driver does. */
export interface Check {
  /** A sentence about the driver: `finds a link by its mark`. */
  readonly name: string;
  readonly needs?: readonly Need[] | undefined;
  readonly run: (trial: Trial) => Promise<void>;
}

/** Why a check does not concern a driver; undefined where it does. @throws {Error} when the setup gives no fact for it. */
export function reasonToSkip({ needs = [] }: Check, { traits, setup }: Trial): string | undefined {
  for (const need of needs) {
    if (isThere(need, traits, setup)) continue;
    const what =
      need === 'subnets'
        ? 'links have no subnets'
        : ofSetup(need)
          ? `the setup has no ${need}`
          : `traits.${need} is ${String(traits[need])}`;
    const fact = setup.facts?.[need];
    if (fact === undefined)
      throw new Error(`A check would be skipped because ${what}, and the setup gives no fact for it.`);
    return `${what}: ${fact}`;
  }
  return undefined;
}

function ofSetup(need: Need): need is 'faults' | 'unreachable' | 'process' {
  return need === 'faults' || need === 'unreachable' || need === 'process';
}

function isThere(need: Need, traits: Trial['traits'], setup: Trial['setup']): boolean {
  if (need === 'subnets') return setup.world.loadBalancerIds === undefined;
  return ofSetup(need) ? setup[need] !== undefined : traits[need] === true;
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
