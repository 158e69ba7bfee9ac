import type { MigrationReport, Severity } from '@postern/core';
import type { Stage } from './scene.js';

/** Who is harmed, and how, when the fault is not heeded. */
export type Damage =
  /** The call is accepted, and the service then fails the move with these words. */
  | { readonly kind: 'fails'; readonly words: RegExp }
  /** The call itself is refused with these words. */
  | { readonly kind: 'refused'; readonly words: RegExp }
  /** The move succeeds, and a backend that was called before is not reached any more. */
  | { readonly kind: 'cut off' }
  /** The move succeeds, and something is not what it was. */
  | { readonly kind: 'changed'; readonly read: (stage: Stage) => unknown; readonly words: string }
  /** What happens nobody can know, the simulator included: the fault is that. */
  | { readonly kind: 'unknown' }
  /** Told by the documentation only: the simulator does not do it. */
  | { readonly kind: 'documented'; readonly words: string };

/** One way in which a migration goes wrong. */
export interface Fault {
  readonly id: string;
  readonly family: string;
  /** Section of the notes on how the cloud behaves. */
  readonly facts: string;
  readonly what: string;
  /** Where the group is before. */
  readonly source: 'conventional' | 'integration';
  readonly plant: (stage: Stage) => unknown;
  /** The checks that say it, and no other of severity error does. */
  readonly found: readonly string[];
  readonly verdict: 'fail' | 'unknown';
  readonly severity: Severity;
  readonly damage: Damage;
  /** Which instance it is to move to; the VPC integration instance by default. */
  readonly to?: 'old' | undefined;
}

/** Findings that may not pass unheeded. */
export function errorsOf({ findings }: MigrationReport) {
  return findings.filter(({ verdict, severity }) => verdict !== 'pass' && severity === 'error');
}

export const REFUSED: Damage = { kind: 'fails', words: /^instance cannot connect the backend / };
export const CUT_OFF: Damage = { kind: 'cut off' };

type Given = Partial<Fault> & Pick<Fault, 'id' | 'what' | 'plant'>;

const ORDINARY = {
  family: '',
  facts: '',
  source: 'conventional',
  found: [],
  verdict: 'fail',
  severity: 'error',
  damage: { kind: 'unknown' },
} satisfies Partial<Fault>;

/** Faults of one family, with what they have in common. */
export function faults(common: Partial<Fault>, given: readonly Given[]): readonly Fault[] {
  return given.map((one) => ({ ...ORDINARY, ...common, ...one }));
}
