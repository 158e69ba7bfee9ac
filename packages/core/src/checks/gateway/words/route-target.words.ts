import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `gateway/route-target`. */
export const routeTargetWords = {
  title: 'The VPC access authorization that an API names exists',
  about:
    'An API of an API group names its backend by a VPC access authorization. If that authorization is deleted, APIs that name it stay ' +
    'published without a backend: each call fails. `postern apply` recreates it for APIs that this project manages.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-removevpcaccess',
  ],
  says: {
    GATEWAY_NOT_READ: ({ integration }: { readonly integration: string }) =>
      `the authorizations of ${integration} exist`,
    TARGET_EXISTS: ({ targetId, key }: { readonly targetId: string; readonly key: string }) =>
      `authorization ${targetId}, which ${key} names, exists`,
    TARGET_NOT_READ: ({ targetId, key }: { readonly targetId: string; readonly key: string }) =>
      `authorization ${targetId}, which ${key} names, exists`,
    TARGET_ABSENT: ({
      targetId,
      key,
      isOurs,
    }: {
      readonly targetId: string;
      readonly key: string;
      readonly isOurs: boolean;
    }) => ({
      message: `authorization ${targetId} does not exist, and ${key} names it: the published API has no backend`,
      remedy: isOurs
        ? `Run \`postern apply\`: it recreates the authorization and sets it as the backend of ${key}.`
        : `Recreate an authorization named ${targetId}, or change ${key} to another one.`,
      mendedBy: isOurs ? 'apply' : undefined,
    }),
  },
} satisfies CheckWords;
