import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** The link carries calls, and its source addresses are known. */
export const linkCheck: Check = {
  id: 'path/link',
  title: 'The link carries calls, and its source addresses are known',
  severity: 'error',
  about:
    'Checks the state of the link and the subnets of its source addresses. A link that is not ready carries no calls. AWS re-provisions an INACTIVE link at the first request: it becomes AVAILABLE after some minutes, with other addresses. The documentation does not say whether links call over IPv6, so a target with IPv6 addresses only is unknown.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html'],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/link'),
};
