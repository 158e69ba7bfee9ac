import { aboutLink, defineCheck, isNew, kindTraitsOf, linkText } from '@postern/core/checks';

const ROLE = 'AliyunServiceRoleForApiGatewayConnectUserVpc';

/** `link/service-role`. */
export const serviceRole = defineCheck({
  id: 'link/service-role',
  severity: 'error',
  title: 'The service-linked role of integration instances exists',
  about:
    `An integration instance of Alibaba Cloud creates its network interfaces with the role ${ROLE}. The first purchase creates the role, ` +
    'for which the buyer needs the permission ram:CreateServiceLinkedRole. Without the role and without that permission the purchase fails.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/service-linked-role-for-connecting-to-a-user-s-vpc-in-api',
  ],
  codes: ['ROLE_NOT_READ', 'ROLE_EXISTS', 'ROLE_ABSENT'],
  *run(input, say) {
    for (const view of input.links) {
      const { serviceRole: role } = kindTraitsOf(view);
      if (role === undefined) continue;
      if (view.link === undefined && !isNew(view)) continue;
      const about = aboutLink(view);
      const found = view.region.region.serviceRoles?.find(({ name }) => name === role);
      const evidence = [
        { kind: 'service-linked role', id: role, text: found?.exists === true ? 'exists' : 'does not exist' },
      ];
      if (found === undefined) {
        const missing = view.region.missing('serviceRoles', role) ?? {
          what: `the role ${role}`,
          remedy: `Check in RAM whether the role ${role} exists (GetRole).`,
        };
        yield say.unknown(
          about,
          'ROLE_NOT_READ',
          { linkText: linkText(view) },
          missing,
          (p) => `the service-linked role of ${p.linkText} exists`,
        );
      } else if (found.exists) {
        yield say.pass(
          about,
          'ROLE_EXISTS',
          () => ({}),
          () => ({ message: `the role AliyunServiceRoleForApiGatewayConnectUserVpc exists`, evidence }),
        );
      } else {
        yield say.fail(about, 'ROLE_ABSENT', { isNew: isNew(view), linkId: view.link?.id ?? view.name }, (p) => ({
          message: p.isNew
            ? `the role AliyunServiceRoleForApiGatewayConnectUserVpc does not exist yet: the purchase creates it if the buyer has ram:CreateServiceLinkedRole`
            : `the role AliyunServiceRoleForApiGatewayConnectUserVpc does not exist: ${p.linkId} cannot keep its network interfaces`,
          remedy: `Run \`aliyun resourcemanager CreateServiceLinkedRole --ServiceName connectuservpc.apigateway.aliyuncs.com\`, or allow ram:CreateServiceLinkedRole.`,
          evidence,
          severity: isNew(view) ? 'warning' : undefined,
        }));
      }
    }
  },
});
