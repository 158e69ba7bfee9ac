import type { MoveTraits } from '@postern/core/internal/adapter';
import { MOVE_TIMEOUT_MS, POLL_MS } from '../../limits.js';

/** A stage of a REST API. A change of a stage takes effect within a minute [U]. */
export const REST_MOVE_TRAITS: MoveTraits = {
  canary: true,
  sharesWorkingCopy: true,
  showsMoving: false,
  pollMs: POLL_MS,
  timeoutMs: MOVE_TIMEOUT_MS,
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
    settle: ['GetStages', 'FlushStageCache'],
    verify: ['GetExport'],
  },
};

/** A canary of a stage of a REST API. Nothing checks what is behind a deployment: the calls between the steps show it. */
export const STAGE_SHIFT_TRAITS: MoveTraits = {
  canary: true,
  showsMoving: false,
  pollMs: POLL_MS,
  timeoutMs: MOVE_TIMEOUT_MS,
  shift: {
    readyMs: 0,
    former: 'stays what the stage serves without its canary',
    promote: 'makes the deployment and the variables of the canary those of the stage',
  },
  takesEffectMs: 60_000,
  verifies: 'nothing',
  calls: {
    capture: ['GetStages', 'GetDeployments'],
    prepare: [],
    shift: ['GetStages', 'UpdateStage'],
    where: ['GetStages'],
    settle: ['GetStages', 'FlushStageCache'],
    verify: [],
  },
};
