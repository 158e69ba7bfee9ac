import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** Route tables route the calls to the target. */
export const routeCheck: Check = {
  id: 'path/route',
  title: 'Route tables route the calls to the target',
  severity: 'error',
  about:
    'The route with the longest prefix decides. Of equal prefixes, a local route precedes a static route, and a static route a propagated one. A route whose next hop was deleted is a blackhole. No API reports whether an instance as next hop forwards traffic: the result is unknown.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html'],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/route'),
};
