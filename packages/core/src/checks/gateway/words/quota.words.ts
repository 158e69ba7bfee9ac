import type { CheckWords } from '../../../findings/statement.js';
import { counted } from '../../../text/counted.js';

/** The texts of `gateway/quota`. */
export const gatewayQuotaWords = {
  title: 'The quotas of the API allow the new routes and integrations',
  about:
    'An HTTP API can have 300 routes and 300 integrations. The quota of routes (L-65B5C802) can be increased, the quota of integrations ' +
    'cannot. `postern apply` creates a route for each key that the API lacks, and an integration for each target that no integration of the ' +
    'project has. It deletes routes and integrations that are no longer declared only afterwards. Above a quota, CreateRoute or ' +
    'CreateIntegration is refused after the link was created.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html'],
  says: {
    GATEWAY_NOT_READ: ({ id }: { readonly id: string }) =>
      `the quotas of ${id} allow the routes and integrations to be created`,
    WITHIN_QUOTA: ({
      gateway,
      routes,
      count,
    }: {
      readonly gateway: string;
      readonly routes: number;
      readonly count: number;
    }) => `the quotas of ${gateway} allow ${counted(routes, 'route')} and ${counted(count, 'integration')} more`,
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
