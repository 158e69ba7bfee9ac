import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** The target lies in the link's network, or in one that is connected to it. */
export const outsideCheck: Check = {
  id: 'path/outside',
  title: "The target lies in the link's network, or in one that is connected to it",
  severity: 'error',
  about:
    "An address outside of the link's network needs a connection between the two places first: a peering, a transit gateway, a VPN or a line. A link is none, and no rule helps.",
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/extend-intro.html'],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/outside'),
};
