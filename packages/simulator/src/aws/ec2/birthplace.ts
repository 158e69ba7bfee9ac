import type { AwsCall } from '../operation/operation.js';
import type { Ec2State } from './state.js';

/** What the creation of a resource needs. A region that is being created has it, too. */
export interface Birthplace {
  readonly ec2: Ec2State;
  readonly account: string;
  readonly region: string;
  readonly id: (prefix: string) => string;
  readonly random: () => number;
}

/** Where a call makes its resources. */
export function birthplaceOf(call: AwsCall): Birthplace {
  return {
    ec2: call.state.ec2,
    account: call.account,
    region: call.region,
    id: (prefix) => call.id(prefix),
    random: call.random,
  };
}
