import type { MoveTraits } from '@postern/core/internal/adapter';
import { MOVE_TIMEOUT_MS, POLL_MS } from '../limits.js';

/**
 * Target groups of an action of a listener. A change takes effect within seconds [U]: no time is published. A target is healthy after
 * as many checks as its group says, at most ten of 300 s; and a new one is registered first.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export const LISTENER_SHIFT_TRAITS: MoveTraits = {
  canary: true,
  showsMoving: false,
  pollMs: POLL_MS,
  timeoutMs: MOVE_TIMEOUT_MS,
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
