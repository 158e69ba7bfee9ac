import { describeApplyCalls } from '../../../testing/test/adapters/apply-calls.js';
import { setUpRestApi } from '../world/conformance-setup.js';
import { MANY_ROUTES, OPTIONS } from './many-routes.js';

describeApplyCalls('REST API', {
  ...MANY_ROUTES,
  setUp: () => setUpRestApi('apply', OPTIONS),
  most: 3.3,
  removes: 3,
  creates: 'PutMethod',
});
