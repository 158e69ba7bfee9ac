import type { MoveTraits } from '@postern/core/adapter';
import { POLL_MS } from '../limits.js';

const TIMEOUT_MS = 300_000;

/** Routes of an HTTP API. A change takes effect within seconds [U]: no time is published. */
export const HTTP_MOVE_TRAITS: MoveTraits = {
  canary: false,
  showsMoving: false,
  pollMs: POLL_MS,
  timeoutMs: TIMEOUT_MS,
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

/** A stage of a REST API. A change of a stage takes effect within a minute [U]. */
export const REST_MOVE_TRAITS: MoveTraits = {
  canary: true,
  sharesWorkingCopy: true,
  showsMoving: false,
  pollMs: POLL_MS,
  timeoutMs: TIMEOUT_MS,
  takesEffectMs: 60_000,
  verifies: 'what the stage serves',
  calls: {
    capture: ['GetStages', 'GetResources', 'GetExport'],
    prepare: [
      'DescribeLoadBalancers',
      'DescribeListeners',
      'GetResources',
      'UpdateIntegration',
      'GetDeployments',
      'CreateDeployment',
    ],
    shift: ['GetStages', 'UpdateStage'],
    where: ['GetStages'],
    settle: [],
    verify: ['GetExport'],
  },
};
