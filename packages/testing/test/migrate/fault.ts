import type { MigrationReport, Severity } from '@postern/core';
import type { Stage } from './scene.js';

/** Who is harmed, and how, when the fault is not heeded. The simulator shows it, or it is said why it cannot. */
export type Damage =
  /** The call is accepted, and the service then fails the move with these words. */
  | { readonly kind: 'fails'; readonly words: RegExp }
  /** The call itself is refused with these words. */
  | { readonly kind: 'refused'; readonly words: RegExp }
  /** The move succeeds, and a backend that was called before is not reached any more. */
  | { readonly kind: 'cut off' }
  /** The move succeeds, and once DNS has changed callers who were answered before are not. */
  | { readonly kind: 'unanswered'; readonly calls: (stage: Stage) => Call; readonly words: string }
  /** The move succeeds, and something is not what it was. */
  | { readonly kind: 'changed'; readonly read: (stage: Stage) => unknown; readonly words: string }
  /** The move succeeds, and the way back fails, or loses a backend that is called now. */
  | { readonly kind: 'no way back'; readonly by: 'fails' | 'cut off' }
  /** Nothing of it can be seen in any world. */
  | { readonly kind: 'not shown'; readonly why: string };

/** Callers, and the domain that they call: `internet`, `internet-ipv6`, a VPC, a gateway instance. */
export interface Call {
  readonly from: string;
  readonly domain: string;
}

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
  /** Checks that have to say something of severity error of it, too, and another thing than it. */
  readonly also?: readonly string[] | undefined;
  readonly verdict: 'fail' | 'unknown';
  readonly severity: Severity;
  readonly damage: Damage;
  /** Does what the remedy says, where a call can: the move then goes well. */
  readonly mend?: ((stage: Stage) => unknown) | undefined;
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
  damage: { kind: 'cut off' },
} satisfies Partial<Fault>;

/** Faults of one family, with what they have in common. */
export function faults(common: Partial<Fault>, given: readonly Given[]): readonly Fault[] {
  return given.map((one) => ({ ...ORDINARY, ...common, ...one }));
}
