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

/**
 * Target groups of an action of a listener. A change takes effect within seconds [U]: no time is published. A target is healthy after
 * as many checks as its group says, at most ten of 300 s; and a new one is registered first.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export const LISTENER_SHIFT_TRAITS: MoveTraits = {
  canary: true,
  showsMoving: false,
  pollMs: POLL_MS,
  timeoutMs: TIMEOUT_MS,
  shift: {
    readyMs: 600_000,
    ready: 'is attached without a share; each step waits for healthy targets',
    former: 'stays in place without a share',
    promote: 'detaches the former target group',
  },
  takesEffectMs: 10_000,
  verifies: 'the health of its targets',
  calls: {
    capture: ['DescribeListeners', 'DescribeRules', 'DescribeTargetGroups'],
    prepare: ['DescribeListeners', 'DescribeRules', 'ModifyListener', 'ModifyRule'],
    shift: ['DescribeTargetHealth', 'ModifyListener', 'ModifyRule'],
    where: ['DescribeListeners', 'DescribeRules'],
    settle: [],
    verify: ['DescribeTargetHealth'],
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
    settle: ['GetStages', 'FlushStageCache'],
    verify: ['GetExport'],
  },
};

/** A canary of a stage of a REST API. Nothing checks what is behind a deployment: the calls between the steps show it. */
export const STAGE_SHIFT_TRAITS: MoveTraits = {
  canary: true,
  showsMoving: false,
  pollMs: POLL_MS,
  timeoutMs: TIMEOUT_MS,
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
