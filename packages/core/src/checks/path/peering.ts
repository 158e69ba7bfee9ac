import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** The peering on the path is active and carries traffic to the target. */
export const peeringCheck: Check = {
  id: 'path/peering',
  title: 'The peering on the path is active and carries traffic to the target',
  severity: 'error',
  about:
    'A peering carries only traffic to the CIDR blocks of the peer network. It is not transitive. If the peer network is in another account, a snapshot of that account shows the rest of the path.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html'],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/peering'),
};
