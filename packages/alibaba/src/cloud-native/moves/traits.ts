import type { MoveTraits } from '@postern/core/internal/adapter';
import { CHANGE_POLL_MS } from '../../limits.js';

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
