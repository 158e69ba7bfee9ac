import type { GateRules } from '../simulation/dispatch/gate.js';
import type { Aws } from './dispatch.js';
import { isRegion } from './ec2/regions.js';
import { ServiceError } from './operation/service-error.js';
import { SERVICES } from './service-table.js';
import { signatureError } from './signature/signature-words.js';
import { bucketsOf } from './throttle.js';
import { words } from './operation/words.js';

const CONFLICT = 'Unable to complete operation due to concurrent modification. Please try again later.';

/** The rules between a request and its operation on AWS. A write holds its HTTP API. */
export const awsGate: GateRules<Aws> = {
  serviceOf: ({ service }) => service,
  Failure: ServiceError,
  brokenCode: 'InternalFailure',
  refusal: ({ operation, region }) =>
    isRegion(region) ? undefined : signatureError(operation.service, { kind: 'no-such-region' }),
  words: ({ operation, caller }) => {
    const { throttled, failed, denied, expired } = words(operation.service);
    return {
      throttle: () => throttled(operation.name),
      error: failed,
      deny: () => denied(caller.arn, permissionOf(operation)),
      expired,
    };
  },
  buckets: bucketsOf,
  holds: ({ operation, region, input }) => {
    const gateway = (operation.holds as ((input: unknown) => string | undefined) | undefined)?.(input);
    if (gateway === undefined) return [];
    return [{ key: `${region}/${gateway}`, refusal: () => new ServiceError('ConflictException', CONFLICT, 409) }];
  },
};

function permissionOf({ service, name, permission }: Aws['operation']): string {
  return permission ?? `${SERVICES[service].signedAs}:${name}`;
}
