import type { Choose } from '../../simulation/open-questions.js';
import type { AwsState } from '../state/aws-state.js';
import type { SubnetRow } from '../ec2/state.js';
import type { End, Finding, Via } from './connection.js';

/** How packets get from a place to an address. */
export interface Way {
  readonly end: End;
  readonly via: readonly Via[];
  /**
   * Whether rules can match the end behind it by its group: those of the sender's groups, those of the
   * receiver's.
   */
  readonly references: { readonly out: boolean; readonly in: boolean };
  /** Subnets of a transit gateway's interfaces on the path, whose network ACLs see the packets, too. */
  readonly gates: { readonly near: SubnetRow; readonly far: readonly SubnetRow[] } | undefined;
}

/** The account, and what decides where routes are equal. */
export interface Router {
  readonly aws: AwsState;
  readonly choose: Choose;
}

/** The path to the end of the call, or the reason why it has none. */
export function reached(end: End | Finding, via: readonly Via[], out: boolean, into: boolean): Way | Finding {
  return 'by' in end ? end : { end, via, references: { out, in: into }, gates: undefined };
}

/** The path out of the simulated world. */
export function outside(address: string, nextHop: string, via: readonly Via[]): Way {
  return { end: { kind: 'outside', address, nextHop }, via, references: { out: false, in: false }, gates: undefined };
}
