import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** The link carries calls, and it is known where they come from. */
export const linkCheck: Check = {
  id: 'path/link',
  title: 'The link carries calls, and it is known where they come from',
  severity: 'error',
  about:
    "Looks at the link's state and at the subnets that its calls come from. A link that is not ready carries nothing: an inactive one wakes up with the first request, after some minutes and with other addresses. Whether links call over IPv6 is documented nowhere, so that a target with IPv6 addresses only stays unknown.",
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html'],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/link'),
};
