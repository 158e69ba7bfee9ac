import type { CheckWords } from '../../findings/statement.js';

/** The texts of `gateway/route-target`. */
export const routeTargetWords = {
  title: 'The authorisation that an API names is there',
  about:
    'An API of an API group names its backend by a VPC access authorisation. When that is removed, APIs that name it stay published and ' +
    'have no backend any more: each call fails. `postern apply` makes it again for what is ours.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-removevpcaccess',
  ],
  says: {
    GATEWAY_NOT_READ: ({ integration }: { readonly integration: string }) =>
      `the authorisations of ${integration} are there`,
    TARGET_EXISTS: ({ targetId, key }: { readonly targetId: string; readonly key: string }) =>
      `${targetId}, which ${key} names, is there`,
    TARGET_NOT_READ: ({ targetId, key }: { readonly targetId: string; readonly key: string }) =>
      `${targetId}, which ${key} names, is there`,
    TARGET_ABSENT: ({
      targetId,
      key,
      isOurs,
    }: {
      readonly targetId: string;
      readonly key: string;
      readonly isOurs: boolean;
    }) => ({
      message: `there is no authorisation ${targetId}, which ${key} names: what is published of it has lost its backend`,
      remedy: isOurs
        ? `Run \`postern apply\`: it makes an authorisation again, and leads ${key} to it.`
        : `Make an authorisation named ${targetId} again, or lead ${key} to another one.`,
    }),
  },
} satisfies CheckWords;
