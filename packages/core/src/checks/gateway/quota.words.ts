import type { CheckWords } from '../../findings/statement.js';
import { counted } from '../../text/counted.js';

/** The texts of `gateway/quota`. */
export const gatewayQuotaWords = {
  title: 'The API has room for the routes and integrations that are to be made',
  about:
    'An HTTP API holds 300 routes, unless the quota (L-65B5C802) was raised, and 300 integrations, which nobody can have raised. ' +
    '`postern apply` makes a route for each key that the API lacks, and an integration for each target that none of the project leads ' +
    'to; what is no longer declared goes only afterwards. Where that is too many, CreateRoute or CreateIntegration is refused after the ' +
    'link was made.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html'],
  says: {
    GATEWAY_NOT_READ: ({ id }: { readonly id: string }) => `${id} has room for what is to be made`,
    WITHIN_QUOTA: ({
      gateway,
      routes,
      count,
    }: {
      readonly gateway: string;
      readonly routes: number;
      readonly count: number;
    }) => `${gateway} has room for ${counted(routes, 'route')} and ${counted(count, 'integration')} more`,
    QUOTA_NOT_READ: ({ title, more, what }: { readonly title: string; readonly more: number; readonly what: string }) =>
      `${title} has room for ${more} more ${what}`,
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
      message: `${title} has ${there} of ${limit} ${what}, and the spec wants ${more} more: making them would be refused`,
      remedy:
        `Delete those that nobody needs, let one route with {proxy+} take the place of several, or use another API` +
        (code === undefined ? '.' : `; or ask for a higher quota (${code}).`),
    }),
  },
} satisfies CheckWords;
