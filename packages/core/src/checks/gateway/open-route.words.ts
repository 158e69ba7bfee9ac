import type { CheckWords } from '../../findings/statement.js';

/** A route without authorization, and its gateway. */
interface OpenRoute {
  readonly key: string;
  readonly gateway: string;
  readonly movesAsOne: boolean;
  readonly gatewayId: string;
}

/** The texts of `gateway/open-route`. */
export const openRouteWords = {
  title: 'Routes to private targets ask who is calling',
  about:
    'A route without any authorisation opens a private backend to everybody who can call the API. A route that ' +
    '`postern apply` makes is such a one, until somebody gives it an authorisation; later runs leave that as it is. A resource ' +
    'policy, a firewall before the API or a check in the backend itself is not seen here: where there is one, say so with `ignore`.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createapi',
  ],
  says: {
    ROUTES_NOT_READ: ({ key }: { readonly key: string }) => `${key} asks who is calling`,
    ROUTE_NOT_READ: ({ key }: { readonly key: string }) => `${key} asks who is calling`,
    ROUTE_OPEN: ({ key, gateway, movesAsOne, gatewayId }: OpenRoute) => ({
      message: `anybody may call ${key} of ${gateway}, which leads to a private backend`,
      remedy: movesAsOne
        ? `Give the API ${key} the security authentication of apps (or OpenID Connect), then publish it.`
        : `Attach an authoriser (JWT, Lambda or IAM) to ${key} of ${gatewayId}.`,
    }),
    ROUTE_GUARDED: ({ key, authorization }: { readonly key: string; readonly authorization?: string | undefined }) =>
      `${key} asks who is calling: ${authorization ?? 'it has an authorisation'}`,
    NEW_ROUTE_OPEN: ({ key, gateway, movesAsOne, gatewayId }: OpenRoute) => ({
      message: `${key} of ${gateway} is not there yet, and \`postern apply\` makes it so that anybody may call it`,
      remedy: movesAsOne
        ? `Run \`postern apply\`, then give the API ${key} the security authentication of apps (or OpenID Connect) and publish it.`
        : `Run \`postern apply\`, then attach an authoriser (JWT, Lambda or IAM) to ${key} of ${gatewayId}.`,
    }),
  },
} satisfies CheckWords;
