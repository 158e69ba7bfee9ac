import type { Severity } from '@postern/core/internal/library';
import type { MigrationReport } from '@postern/core/internal/moves';
import type { Stage } from './scene.js';

/** The damage when the fault is ignored. The simulator shows it, or `why` explains why it cannot. */
export type Damage =
  /** The call is accepted, and the service then fails the move with this message. */
  | { readonly kind: 'fails'; readonly words: RegExp }
  /** The call itself is refused with this message. */
  | { readonly kind: 'refused'; readonly words: RegExp }
  /** The move succeeds, and a backend that was called before is no longer reached. */
  | { readonly kind: 'cut off' }
  /** The move succeeds, and after DNS has changed, callers that were answered before are not. */
  | { readonly kind: 'unanswered'; readonly calls: (stage: Stage) => Call; readonly words: string }
  /** The move succeeds, and a setting has changed. */
  | { readonly kind: 'changed'; readonly read: (stage: Stage) => unknown; readonly words: string }
  /** The move succeeds, and the move back fails, or loses a backend that is called now. */
  | { readonly kind: 'no way back'; readonly by: 'fails' | 'cut off' }
  /** It cannot be observed in any simulated world. */
  | { readonly kind: 'not shown'; readonly why: string };

/** Callers, and the domain that they call: `internet`, `internet-ipv6`, a VPC, a gateway instance. */
export interface Call {
  readonly from: string;
  readonly domain: string;
}

/** One fault of a migration. */
export interface Fault {
  readonly id: string;
  readonly family: string;
  /** Section of the notes on the cloud's behavior. */
  readonly facts: string;
  readonly what: string;
  /** Where the group is before. */
  readonly source: 'conventional' | 'integration';
  readonly plant: (stage: Stage) => unknown;
  /** The checks that report it; no other check reports an error. */
  readonly found: readonly string[];
  /** Checks that must also report an error because of it, with another statement. */
  readonly also?: readonly string[] | undefined;
  readonly verdict: 'fail' | 'unknown';
  readonly severity: Severity;
  readonly damage: Damage;
  /** Does what the remedy says, if a call can: the move then succeeds. */
  readonly mend?: ((stage: Stage) => unknown) | undefined;
  /** Whether what is planted goes on by itself: a move that is in progress. */
  readonly isUnderWay?: boolean | undefined;
  /** Which instance it is to move to; the VPC integration instance by default. */
  readonly to?: 'old' | undefined;
}

/** Findings that must not be ignored. */
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
