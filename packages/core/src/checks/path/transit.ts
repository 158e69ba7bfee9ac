import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** The transit gateway on the path forwards the calls. */
export const transitCheck: Check = {
  id: 'path/transit',
  title: 'The transit gateway on the path forwards the calls',
  severity: 'error',
  about:
    "The link's network needs an attachment with a subnet in each zone of the link. The attachment has to be associated with a route table. In that table, the route with the longest prefix (static before propagated) needs an attachment that is available as its target.",
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html',
    'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html',
  ],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/transit'),
};
