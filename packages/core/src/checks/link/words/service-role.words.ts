import type { CheckWords } from '../../../findings/statement.js';

const ROLE = 'AliyunServiceRoleForApiGatewayConnectUserVpc';

/** The texts of `link/service-role`. */
export const serviceRoleWords = {
  title: 'The service-linked role of integration instances exists',
  about:
    `An integration instance of Alibaba Cloud creates its network interfaces with the role ${ROLE}. The first purchase creates the role, ` +
    'for which the buyer needs the permission ram:CreateServiceLinkedRole. Without the role and without that permission the purchase fails.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/service-linked-role-for-connecting-to-a-user-s-vpc-in-api',
  ],
  says: {
    ROLE_NOT_READ: ({ linkText }: { readonly linkText: string }) => `the service-linked role of ${linkText} exists`,
    ROLE_EXISTS: () => `the role AliyunServiceRoleForApiGatewayConnectUserVpc exists`,
    ROLE_ABSENT: ({ isNew, linkId }: { readonly isNew: boolean; readonly linkId: string }) => ({
      message: isNew
        ? `the role AliyunServiceRoleForApiGatewayConnectUserVpc does not exist yet: the purchase creates it if the buyer has ram:CreateServiceLinkedRole`
        : `the role AliyunServiceRoleForApiGatewayConnectUserVpc does not exist: ${linkId} cannot keep its network interfaces`,
      remedy: `Run \`aliyun resourcemanager CreateServiceLinkedRole --ServiceName connectuservpc.apigateway.aliyuncs.com\`, or allow ram:CreateServiceLinkedRole.`,
    }),
  },
} satisfies CheckWords;
