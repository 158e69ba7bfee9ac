import type { Check } from '../../findings/check.js';
import { isNew, kindOf, linkText } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { fails, holds, unsure } from '../../findings/outcome.js';

const ROLE = 'AliyunServiceRoleForApiGatewayConnectUserVpc';
const SERVICE = 'connectuservpc.apigateway.aliyuncs.com';

/** `link/service-role`. */
export const serviceRole: Check = {
  id: 'link/service-role',
  title: 'The service-linked role of integration instances exists',
  severity: 'error',
  about:
    `An integration instance of Alibaba Cloud makes its network interfaces as ${ROLE}. The first purchase makes the role, which ` +
    'needs ram:CreateServiceLinkedRole of whoever buys; without the role and without that permission the purchase fails.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/service-linked-role-for-connecting-to-a-user-s-vpc-in-api',
  ],
  *run(input) {
    for (const view of input.links) {
      if (kindOf(view) !== 'integration-instance') continue;
      if (view.link === undefined && !isNew(view)) continue;
      const about = aboutLink(view);
      const role = view.region.region.serviceRoles?.find(({ name }) => name === ROLE);
      const evidence = [
        { kind: 'service-linked role', id: ROLE, text: role?.exists === true ? 'exists' : 'does not exist' },
      ];
      if (role === undefined) {
        const missing = view.region.missing('serviceRoles', ROLE) ?? {
          what: `whether the role ${ROLE} exists`,
          remedy: `Ask RAM for the role ${ROLE} (GetRole).`,
        };
        yield unsure(about, `the role that ${linkText(view)} acts in exists`, missing);
      } else if (role.exists) {
        yield holds(input, about, () => ({ message: `the role ${ROLE} exists`, evidence }));
      } else {
        yield fails(about, {
          message: isNew(view)
            ? `the role ${ROLE} does not exist yet: the purchase makes it, where whoever buys may`
            : `the role ${ROLE} does not exist: ${view.link?.id ?? view.name} cannot keep its network interfaces`,
          evidence,
          // The purchase makes it; that it may is what nobody has seen.
          severity: isNew(view) ? 'warning' : undefined,
          remedy: `Run \`aliyun resourcemanager CreateServiceLinkedRole --ServiceName ${SERVICE}\`, or allow ram:CreateServiceLinkedRole.`,
        });
      }
    }
  },
};
