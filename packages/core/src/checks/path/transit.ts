import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** The transit gateway on the way leads the calls on. */
export const transitCheck: Check = {
  id: 'path/transit',
  title: 'The transit gateway on the way leads the calls on',
  severity: 'error',
  about:
    "The link's network has to be attached with a subnet in each zone of the link; the attachment has to be associated with a route table; the longest prefix of that table, static before propagated, has to lead to an attachment that is available.",
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html',
    'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html',
  ],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/transit'),
};
