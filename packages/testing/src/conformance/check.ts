import type { DriverTraits } from '@postern/core';
import type { Trial } from './trial.js';

/** What a check needs of a driver, or else is skipped. */
export type Need = keyof DriverTraits | `not ${keyof DriverTraits}` | 'faults';

/** One thing that every driver does. */
export interface Check {
  /** A sentence about the driver: `finds a link by its mark`. */
  readonly name: string;
  readonly needs?: readonly Need[] | undefined;
  readonly run: (trial: Trial) => Promise<void>;
}

/** Why a check does not concern a driver; undefined where it does. */
export function reasonToSkip({ needs = [] }: Check, { driver, setup }: Trial): string | undefined {
  for (const need of needs) {
    const [trait, wanted] = need.startsWith('not ') ? [need.slice('not '.length), false] : [need, true];
    if (trait === 'faults' ? setup.faults !== undefined : driver.traits[trait as keyof DriverTraits] === wanted)
      continue;
    const fact = setup.facts?.[trait as keyof DriverTraits];
    const what = trait === 'faults' ? 'no faults can be injected' : `traits.${trait} is ${String(!wanted)}`;
    if (fact === undefined)
      throw new Error(`A check would be skipped because ${what}, and the setup gives no fact for it.`);
    return `${what}: ${fact}`;
  }
  return undefined;
}
