import type { AccountState } from '../../simulation/dispatch/operation.js';
import type { IamState } from '../iam/state.js';
import type { Route53State } from '../route53/state.js';
import type { RegionState } from './region-state.js';

/**
 * One AWS account, all its regions. A region is created when it is first called, with the resources of a new
 * account.
 */
export interface AwsState extends AccountState<RegionState> {
  /** Credentials that `AssumeRole` gave out, by access key id. */
  readonly sessions: Map<string, RoleSession>;
  /** Services without regions. */
  readonly iam: IamState;
  readonly route53: Route53State;
}

/** Temporary credentials of an assumed role. */
export interface RoleSession {
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly arn: string;
  /** `AROA…:session`. */
  readonly userId: string;
  /** Simulated time, milliseconds since the epoch. */
  readonly expiresAt: number;
}
