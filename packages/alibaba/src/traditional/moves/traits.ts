import type { MoveTraits } from '@postern/core/internal/adapter';
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
