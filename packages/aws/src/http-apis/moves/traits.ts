import type { MoveTraits } from '@postern/core/internal/adapter';
import { MOVE_TIMEOUT_MS, POLL_MS } from '../../limits.js';

/** Routes of an HTTP API. A change takes effect within seconds [U]: no time is published. */
export const HTTP_MOVE_TRAITS: MoveTraits = {
  canary: false,
  showsMoving: false,
  pollMs: POLL_MS,
  timeoutMs: MOVE_TIMEOUT_MS,
  takesEffectMs: 10_000,
  verifies: 'settings of integrations',
  calls: {
    capture: ['GetRoutes', 'GetIntegration', 'GetStages'],
    prepare: ['GetIntegration', 'GetIntegrations', 'CreateIntegration'],
    shift: ['GetRoutes', 'UpdateRoute'],
    where: ['GetRoutes'],
    settle: [],
    verify: ['GetIntegration', 'GetIntegration'],
  },
};
