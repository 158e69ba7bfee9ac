import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** Routes lead the calls to the target. */
export const routeCheck: Check = {
  id: 'path/route',
  title: 'Routes lead the calls to the target',
  severity: 'error',
  about:
    'The route with the longest prefix decides; of equal ones a local before a static before a propagated. A route whose next hop is gone is a blackhole. A machine as next hop forwards or does not, which no API tells: unknown.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html'],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/route'),
};
