import type { DispatchRules } from '../simulation/dispatch/dispatcher.js';
import type { CloudTypes } from '../simulation/dispatch/operation.js';
import {
  type AwsCall,
  type AnyOperation,
  type ServiceName,
  type ServiceError,
  partitionOf,
  type NetworkChecks,
} from './operation/operation.js';
import { checkLimits } from './operation/limits.js';
import { awsQuotas } from './operation/quotas.js';
import { newGlobals, newRegion, registry, timers } from './services.js';
import type { AwsState, RegionState } from './state/aws-state.js';

/** Which operation, where. */
export interface CallTarget {
  readonly service: ServiceName;
  /** As the SDK spells it: `CreateVpcLink`. */
  readonly operation: string;
  readonly region: string;
}

/** The types of the simulated AWS. */
export interface Aws extends CloudTypes {
  readonly region: RegionState;
  readonly state: AwsState;
  readonly call: AwsCall;
  readonly operation: AnyOperation;
  readonly target: CallTarget;
  readonly error: ServiceError;
}

/** How AWS runs operations. */
export const awsDispatch = (networkChecks: NetworkChecks): DispatchRules<Aws> => ({
  cloud: 'aws',
  alphabet: 'hex',
  newState: (account, quotas) => ({ account, regions: new Map(), quotas, sessions: new Map(), ...newGlobals() }),
  newRegion,
  timers,
  rootCaller: (account, region, accessKeyId = 'AKIAPOSTERNSIMULATOR') => ({
    arn: `arn:${partitionOf(region)}:iam::${account}:user/postern`,
    userId: 'AIDAPOSTERNSIMULATOR1',
    accessKeyId,
  }),
  quota: awsQuotas.valueOf,
  call: (common, aws) => {
    const { quota, state } = common;
    return Object.assign(common, {
      aws,
      partition: partitionOf(common.region),
      networkChecks,
      reachedOf: networkChecks.from({ aws, region: state }),
      // What Service Quotas raised counts where it is more than the world's own number.
      quota: (key: string) => Math.max(quota(key), state.serviceQuotas.raised.get(key) ?? 0),
    });
  },
  find: ({ service, operation }) => registry.get(service, operation),
  check: (operation, input) => {
    checkLimits(operation, input);
    return input;
  },
});
