import type { CheckWords } from '../../../findings/statement.js';

/** A route without authorization, and its gateway. */
interface OpenRoute {
  readonly key: string;
  readonly gateway: string;
  readonly movesAsOne: boolean;
  readonly gatewayId: string;
}

/** The texts of `gateway/open-route`. */
export const openRouteWords = {
  title: 'Routes to private targets require authorization',
  about:
    'A route without authorization opens a private backend to every caller of the API. `postern apply` creates routes without ' +
    'authorization. Later runs do not change an authorization that was added to a route. The check does not see a resource policy, a ' +
    'firewall in front of the API or a check in the backend itself: if there is one, add an `ignore` entry for the finding.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createapi',
  ],
  says: {
    ROUTES_NOT_READ: ({ key }: { readonly key: string }) => `${key} requires authorization`,
    ROUTE_NOT_READ: ({ key }: { readonly key: string }) => `${key} requires authorization`,
    ROUTE_OPEN: ({ key, gateway, movesAsOne, gatewayId }: OpenRoute) => ({
      message: `${key} of ${gateway} has no authorization: every caller of the API reaches its private backend`,
      remedy: movesAsOne
        ? `Set the security authentication of API ${key} to app authentication (or OpenID Connect), then publish it.`
        : `Attach an authorizer (JWT, Lambda or IAM) to ${key} of ${gatewayId}.`,
    }),
    ROUTE_GUARDED: ({ key, authorization }: { readonly key: string; readonly authorization?: string | undefined }) =>
      `${key} requires authorization: ${authorization ?? 'type not read'}`,
    NEW_ROUTE_OPEN: ({ key, gateway, movesAsOne, gatewayId }: OpenRoute) => ({
      message: `${key} of ${gateway} does not exist yet, and \`postern apply\` creates it without authorization: every caller of the API reaches its private backend`,
      remedy: movesAsOne
        ? `Run \`postern apply\`, then set the security authentication of API ${key} to app authentication (or OpenID Connect) and publish it.`
        : `Run \`postern apply\`, then attach an authorizer (JWT, Lambda or IAM) to ${key} of ${gatewayId}.`,
    }),
  },
} satisfies CheckWords;
