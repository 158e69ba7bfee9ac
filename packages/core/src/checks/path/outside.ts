import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** The target is in the link's network, or in a network connected to it. */
export const outsideCheck: Check = {
  id: 'path/outside',
  title: "The target is in the link's network, or in a network connected to it",
  severity: 'error',
  about:
    "An address outside the link's network needs a connection between the two networks: a peering, a transit gateway, a VPN or a Direct Connect connection. A link is not such a connection, and no security group rule replaces it.",
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/extend-intro.html'],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/outside'),
};
