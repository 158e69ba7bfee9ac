import type { CheckWords } from '../../../findings/statement.js';

/** A route without authorization, and its gateway. */
interface OpenRoute {
  readonly key: string;
  readonly gateway: string;
  readonly movesAsOne: boolean;
  readonly gatewayId: string;
  readonly integration: string;
  /** Whether its routes can need an API key. */
  readonly takesKeys: boolean;
  /** The authorizations that its routes can have. */
  readonly authorizers: string;
}

/** How a route of AWS gets an authorization. */
function guardText({ key, gatewayId, integration, takesKeys, authorizers }: OpenRoute): string {
  return takesKeys
    ? `Write authorizer (iam, or the ID of an authorizer) or apiKey: true at integrations.${integration}.routes.'${key}'.`
    : `Attach an authorizer (${authorizers}) to ${key} of ${gatewayId}.`;
}

/** The texts of `gateway/open-route`. */
export const openRouteWords = {
  title: 'Routes to private targets require authorization',
  about:
    'A route without authorization opens a private backend to every caller of the API. `postern apply` creates routes without ' +
    'authorization, unless the spec declares `authorizer` or `apiKey` for them. Later runs do not change an authorization that was added ' +
    'to a route and is not declared. An API key alone counts as an authorization, although it identifies callers only. For a WebSocket ' +
    'API the route $connect counts: the others receive the messages of connected callers. The check does not see a resource policy, a ' +
    'firewall in front of the API or a check in the backend itself: if there is one, add an `ignore` entry for the finding.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createapi',
  ],
  says: {
    ROUTES_NOT_READ: ({ key }: { readonly key: string }) => `${key} requires authorization`,
    ROUTE_NOT_READ: ({ key }: { readonly key: string }) => `${key} requires authorization`,
    ROUTE_OPEN: (route: OpenRoute) => ({
      message: `${route.key} of ${route.gateway} has no authorization: every caller of the API reaches its private backend`,
      remedy: route.movesAsOne
        ? `Set the security authentication of API ${route.key} to app authentication (or OpenID Connect), then publish it.`
        : guardText(route),
    }),
    ROUTE_GUARDED: ({ key, authorization }: { readonly key: string; readonly authorization?: string | undefined }) =>
      `${key} requires authorization: ${authorization ?? 'type not read'}`,
    GUARD_DECLARED: ({ key, guard }: { readonly key: string; readonly guard: string }) =>
      `the spec declares ${guard} for ${key}, and \`postern apply\` sets it`,
    OPENED_BY_APPLY: (route: OpenRoute) => ({
      message: `the spec declares no authorizer for ${route.key} of ${route.gateway}, and \`postern apply\` removes its authorization: every caller of the API then reaches its private backend`,
      remedy: guardText(route),
    }),
    NO_SUCH_ROUTE: ({
      key,
      gateway,
      gatewayId,
      authorizers,
    }: {
      readonly key: string;
      readonly gateway: string;
      readonly gatewayId: string;
      readonly authorizers: string;
    }) => ({
      message: `${gateway} has no route ${key}: every caller can connect, and reaches its private backends`,
      remedy: `Create the route ${key} of ${gatewayId} with an authorizer (${authorizers}).`,
    }),
    NEW_ROUTE_OPEN: (route: OpenRoute) => ({
      message: `${route.key} of ${route.gateway} does not exist yet, and \`postern apply\` creates it without authorization: every caller of the API reaches its private backend`,
      remedy: route.movesAsOne
        ? `Run \`postern apply\`, then set the security authentication of API ${route.key} to app authentication (or OpenID Connect) and publish it.`
        : route.takesKeys
          ? guardText(route)
          : `Run \`postern apply\`, then attach an authorizer (${route.authorizers}) to ${route.key} of ${route.gatewayId}.`,
    }),
  },
} satisfies CheckWords;
