import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `gateway/quota`. */
export const gatewayQuotaWords = {
  title: 'The quotas of the API allow what the spec adds to it',
  about:
    'An HTTP API can have 300 routes and 300 integrations. The quota of routes (L-65B5C802) can be increased, the quota of integrations ' +
    'cannot. `postern apply` creates a route for each key that the API lacks, and an integration for each target that no integration of the ' +
    'project has. It deletes routes and integrations that are no longer declared only afterwards. Above a quota, CreateRoute or ' +
    'CreateIntegration is refused after the link was created. A WebSocket API has the same two quotas. A REST API can have 300 ' +
    'resources (L-01C8A9E0), one for each part of a path, and 10 stages: the stage that the spec names counts if it does not exist. ' +
    'Resources without methods are counted only where they are part of the path of a route.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
  ],
  says: {
    GATEWAY_NOT_READ: ({ id }: { readonly id: string }) => `the quotas of ${id} allow what the spec adds to it`,
    WITHIN_QUOTA: ({ gateway, needs }: { readonly gateway: string; readonly needs: readonly string[] }) =>
      `the quotas of ${gateway} allow ${needs.join(' and ')} more`,
    QUOTA_NOT_READ: ({ title, more, what }: { readonly title: string; readonly more: number; readonly what: string }) =>
      `the quota of ${title} allows ${more} more ${what}`,
    QUOTA_EXCEEDED: ({
      title,
      there,
      limit,
      what,
      more,
      code,
    }: {
      readonly title: string;
      readonly there: number;
      readonly limit: number;
      readonly what: string;
      readonly more: number;
      readonly code?: string | undefined;
    }) => ({
      message: `${title} has ${there} of ${limit} ${what}, and the spec needs ${more} more: the gateway refuses to create them`,
      remedy:
        `Delete unused ones, replace several routes with one {proxy+} route, or use another API` +
        (code === undefined ? '.' : `; or ask for a higher quota (${code}).`),
    }),
  },
} satisfies CheckWords;
