import type { Gateway } from '@postern/core/internal/snapshot';
import {
  OTHER_NAME,
  noBackend,
  type CallerAnswer,
  type MadeAnswer,
  type NoAddress,
} from '@postern/core/internal/kinds';
import { partitionOf } from './arn.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html */
const NO_OWN_NAME: Readonly<Record<NonNullable<Gateway['endpoint']>, NoAddress>> = {
  disabled: { because: 'the default endpoint of the API is disabled', remedy: OTHER_NAME },
  private: {
    because: 'the API is private: only callers inside of a VPC reach it',
    remedy: 'Call it from inside of the VPC with --host GATEWAY=NAME, or use the test call of the cloud.',
  },
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-api.html; of other partitions [U]. */
const DOMAINS: Readonly<Record<string, string>> = {
  'aws-cn': 'amazonaws.com.cn',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
};

/** The name of an API under which API Gateway itself answers. */
export function executeApi({ id, endpoint }: Gateway, region: string): string | NoAddress {
  if (endpoint !== undefined) return NO_OWN_NAME[endpoint];

  return `https://${id}.execute-api.${region}.${DOMAINS[partitionOf(region)] ?? 'amazonaws.com'}`;
}

/**
 * An application load balancer answers by itself where no target does. Its name is not in answers of targets.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
export function balancerAnswer({ status, headers }: CallerAnswer): MadeAnswer | undefined {
  const server = headers['server'] ?? headers['x-amzn-remapped-server'] ?? '';
  if (!server.startsWith('awselb/') || status < 502 || status > 504) return undefined;

  return noBackend('the load balancer answered: no target did, or not in time');
}
