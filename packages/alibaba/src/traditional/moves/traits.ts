import type { MoveTraits } from '@postern/core/adapter';
import { CHANGE_POLL_MS, MOVE_TIMEOUT_MS } from '../../limits.js';

/** How API groups move. */
export const GROUP_MOVE_TRAITS: MoveTraits = {
  canary: false,
  showsMoving: true,
  pollMs: CHANGE_POLL_MS,
  timeoutMs: MOVE_TIMEOUT_MS,
  // DNS changes within about 1 to 10 minutes, and the old instance serves the group until then.
  takesEffectMs: 600_000,
  verifies: 'instance, domains, HTTPS policy, published APIs',
  calls: {
    capture: ['DescribeApiGroup', 'DescribeApis'],
    prepare: [],
    shift: ['DescribeApiGroup', 'DescribeApiGroup', 'ModifyApiGroupInstance'],
    where: ['DescribeApiGroup'],
    settle: ['DescribeApiGroup', 'ModifyApiGroupNetworkPolicy'],
    verify: ['DescribeApiGroup', 'DescribeApis'],
  },
};

/** Routes of HTTP APIs of Cloud-native API Gateway. A publication takes seconds to a minute [I]. */
export const ROUTE_SHIFT_TRAITS: MoveTraits = {
  canary: true,
  // A draft that was returned may not have been published.
  sharesWorkingCopy: true,
  showsMoving: false,
  pollMs: CHANGE_POLL_MS,
  timeoutMs: 300_000,
  shift: {
    readyMs: 600_000,
    ready: 'must be healthy before each step, where it has health checks',
    former: 'has no share',
    promote: 'ends the shift; the former service stays in the gateway',
  },
  takesEffectMs: 60_000,
  verifies: 'nothing',
  calls: {
    capture: ['GetHttpApiRoute', 'ListServices'],
    prepare: [],
    shift: ['GetService', 'GetHttpApiRoute', 'UpdateHttpApiRoute', 'DeployHttpApi'],
    where: ['GetHttpApiRoute'],
    settle: [],
    verify: [],
  },
};
