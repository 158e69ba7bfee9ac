import { aboutLink, defineCheck, fail, isNew, kindTraitsOf, linkText, pass, unknown } from '@postern/core/checks';

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
  codes: {
    ROLE_NOT_READ: unknown('the service-linked role of {linkText} exists'),
    ROLE_EXISTS: pass(`the role ${ROLE} exists`),
    ROLE_ABSENT: fail(
      `the role ${ROLE} does not exist[if isNew:  yet: the purchase creates it if the buyer has ram:CreateServiceLinkedRole|: {linkId} cannot keep its network interfaces]`,
      'Run `aliyun resourcemanager CreateServiceLinkedRole --ServiceName connectuservpc.apigateway.aliyuncs.com`, or allow ram:CreateServiceLinkedRole.',
    ),
  },
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
        yield say.ROLE_NOT_READ(about, { linkText: linkText(view) }, missing);
      } else if (found.exists) yield say.ROLE_EXISTS(about, {}, evidence);
      else {
        yield say.ROLE_ABSENT(
          about,
          { isNew: isNew(view), linkId: view.link?.id ?? view.name },
          { evidence, severity: isNew(view) ? 'warning' : undefined },
        );
      }
    }
  },
});
