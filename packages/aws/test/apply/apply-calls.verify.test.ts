import { describeApplyCalls } from '../../../testing/test/adapters/apply-calls.js';
import { setUp } from '../world/conformance-setup.js';
import { MANY_ROUTES, OPTIONS } from './many-routes.js';

describeApplyCalls('HTTP API', {
  ...MANY_ROUTES,
  setUp: () => setUp('apply', OPTIONS),
  most: 1.3,
  removes: 2.2,
  creates: 'CreateRoute',
});
