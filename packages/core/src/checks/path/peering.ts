import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** The peering on the way is active and carries what is for the target. */
export const peeringCheck: Check = {
  id: 'path/peering',
  title: 'The peering on the way is active and carries what is for the target',
  severity: 'error',
  about:
    "A peering carries only what is for the blocks of the network at its other side, and nothing onward. Where that network is another account's, a snapshot of that account shows the rest of the way.",
  sources: ['https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html'],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/peering'),
};
