import { runs } from '../../../core/test/runs.js';
import { describeApplyCalls } from '../../../testing/test/adapters/apply-calls.js';
import { setUp } from '../world/conformance-setup.js';

describeApplyCalls('API group', {
  setUp: () => setUp({ family: 'apply', simulated: { throttle: false, quotas: { 'apis-per-group': 5_000 } } }),
  routes: runs(60, 1_000),
  // `CreateApi`, `DeployApi`, `DescribeApi`, and a share of looks.
  most: 3.1,
  removes: 7,
  creates: 'CreateApi',
  change: ({ routes }) => ({ routes: { ...routes, 'GET /i0/r0': 'other' } }),
});
