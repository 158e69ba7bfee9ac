import { runs } from '../../../core/test/runs.js';
import { describeApplyCalls } from '../../../testing/test/adapters/apply-calls.js';
import { setUp, setUpRestApi } from '../world/conformance-setup.js';

const OPTIONS = { throttle: false, quotas: { 'routes-per-api': 5_000, 'resources-per-rest-api': 5_000 } };
const kind = { routes: runs(30, 2_000), change: () => ({ settings: { 'GET /i0/r0': { timeoutMs: 5_000 } } }) };

describeApplyCalls('HTTP API', { ...kind, setUp: () => setUp('apply', OPTIONS), most: 1.3, creates: 'CreateRoute' });
describeApplyCalls('REST API', {
  ...kind,
  setUp: () => setUpRestApi('apply', OPTIONS),
  most: 3.3,
  creates: 'PutMethod',
});
