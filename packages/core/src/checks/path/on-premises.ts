import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** The connection to the on-premises network is up and has a route to the target. */
export const onPremisesCheck: Check = {
  id: 'path/on-premises',
  title: 'The connection to the on-premises network is up and has a route to the target',
  severity: 'error',
  about:
    "Checks the gateway that is the target of the route: whether it is available and attached, whether a VPN connection or a virtual interface behind it is up, and whether the cloud has a route for the target's CIDR block there. Routers and firewalls on premises are not known; see path/return.",
  sources: [
    'https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html',
    'https://docs.aws.amazon.com/directconnect/latest/UserGuide/virtualgateways.html',
  ],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/on-premises'),
};
