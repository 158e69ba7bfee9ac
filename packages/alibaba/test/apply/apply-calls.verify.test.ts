import { runs } from '../../../core/test/runs.js';
import { describeApplyCalls } from '../../../testing/test/adapters/apply-calls.js';
import { setUp } from '../world/conformance-setup.js';

describeApplyCalls('API group', {
  setUp: () => setUp({ family: 'apply', simulated: { throttle: false, quotas: { 'apis-per-group': 5_000 } } }),
  routes: runs(60, 1_000),
  // `CreateApi`, `DeployApi`, `DescribeApi`, and a share of looks.
  most: 3.1,
  // Seven, and a share of a page of 100 in each of four lists: of APIs and of deployed ones, to plan and to look again.
  removes: 7.04,
  creates: 'CreateApi',
  change: ({ routes }) => ({ routes: { ...routes, 'GET /i0/r0': 'other' } }),
});
