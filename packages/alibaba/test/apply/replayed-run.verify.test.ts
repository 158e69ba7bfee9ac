import { runs } from '../../../core/test/runs.js';
import { describeReplayedRuns } from '../../../testing/test/adapters/replayed-runs.js';
import { setUp } from '../world/conformance-setup.js';

describeReplayedRuns('Alibaba Cloud', () => setUp({ family: 'apply' }), {
  every: runs(3, 1),
  kills: runs(2, 5),
  // The adapter waits by itself until a change of an instance's blocks is done.
  effectsMaySleep: true,
});
