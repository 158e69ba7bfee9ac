import { it, expect } from 'vitest';
import { isToleratedOutage } from '../../../src/do/apply/outcome.js';

it('an outage during a wait: is borne for three minutes, where the endpoint cannot be reached', () => {
  const error = { code: 'ENDPOINT_UNREACHABLE' };
  expect([0, 179_999, 180_000].map((ms) => isToleratedOutage(error, ms))).toEqual([true, true, false]);
  expect(isToleratedOutage({ code: 'PERMISSION_DENIED' }, 0)).toBe(false);
  expect(isToleratedOutage({ ...error, exhausted: true }, 0)).toBe(false);
  expect(isToleratedOutage({ ...error, exhausted: false }, 0)).toBe(true);
});
