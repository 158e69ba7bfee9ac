import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `gateway/locked`. */
export const gatewayLockedWords = {
  title: 'The gateway is not locked by the provider',
  about:
    'Alibaba Cloud locks an API group for an overdue bill or a suspected breach of law. A locked group cannot be changed or moved, ' +
    'and its calls may be refused.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describeapigroup',
  ],
  says: {
    GATEWAY_NOT_READ: ({ gateway }: { readonly gateway: string }) => `${gateway} is locked`,
    LOCKED: ({
      gateway,
      gatewayId,
      locked,
    }: {
      readonly gateway: string;
      readonly gatewayId: string;
      readonly locked: string;
    }) => ({
      message: `${gateway} (${gatewayId}) is locked: ${locked}`,
      remedy: `Resolve the cause of the lock (${locked}) with Alibaba Cloud, then check again.`,
    }),
    LOCK_NOT_READ: ({ gateway }: { readonly gateway: string }) => `${gateway} is locked`,
    NOT_LOCKED: ({ gateway }: { readonly gateway: string }) => `${gateway} is not locked`,
  },
} satisfies CheckWords;
