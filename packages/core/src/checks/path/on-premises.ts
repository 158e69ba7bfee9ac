import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** The line out of the cloud on the way is up and leads to the target. */
export const onPremisesCheck: Check = {
  id: 'path/on-premises',
  title: 'The line out of the cloud on the way is up and leads to the target',
  severity: 'error',
  about:
    "Looks at the gateway that the route leads to: whether it is available and attached, whether a VPN connection or a virtual interface behind it is up, and whether the cloud knows the target's block at its other end. What routers and firewalls there do is not known; see path/return.",
  sources: [
    'https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html',
    'https://docs.aws.amazon.com/directconnect/latest/UserGuide/virtualgateways.html',
  ],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/on-premises'),
};
