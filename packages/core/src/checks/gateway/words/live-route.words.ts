import type { CheckWords } from '../../../findings/statement.js';
import { byHandSays } from './by-hand.words.js';

/** The texts of `gateway/live-route`. */
export const liveRouteWords = {
  title: 'Live routes match the spec',
  about:
    'Calls take the live route. The other checks evaluate the link and the target of the spec. `postern apply` never changes an integration of ' +
    '`owner: external`. A route of such an integration that is missing, or has another link or target, is therefore an error. A path that is ' +
    'overwritten or kept against the spec is a warning. For an API group the published version counts, not the draft. No API call returns the ' +
    'deployed routes of an HTTP API stage without automatic deployment: the result is unknown. A route of this project that differs is a warning, ' +
    'since `postern apply` corrects it. Until then the verdicts hold for the state after `postern apply`. This check ignores routes that ' +
    '`postern apply` still has to create. `gateway/route-owner` checks routes of other owners.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describedeployedapi',
  ],
  says: {
    ...byHandSays,
    ROUTES_NOT_READ: ({ integration }: { readonly integration: string }) =>
      `the routes of ${integration} match the spec`,
    ROUTE_NOT_READ: ({ key }: { readonly key: string }) => `${key} matches the spec`,
    AS_DECLARED: ({ key, titleOf }: { readonly key: string; readonly titleOf: string }) =>
      `${key} of ${titleOf} matches the spec`,
    ROUTE_NOT_SEEN: ({ key }: { readonly key: string }) => `route ${key} exists`,
    ROUTE_ABSENT: ({
      titleOf,
      key,
      gateway,
      target,
      linkId,
      integration,
    }: {
      readonly titleOf: string;
      readonly key: string;
      readonly gateway: string;
      readonly target: string;
      readonly linkId: string;
      readonly integration: string;
    }) => ({
      message: `${titleOf} has no route ${key}: its calls get 404, or the response of another route`,
      remedy: `Ask the owner of ${gateway} to recreate ${key} with target ${target} and link ${linkId}, or remove it from integrations.${integration}.routes.`,
    }),
    ROUTE_DIFFERS: ({
      key,
      titleOf,
      differences,
      isExternal,
      gateway,
      wanted,
      integration,
    }: {
      readonly key: string;
      readonly titleOf: string;
      readonly differences: readonly string[];
      readonly isExternal: boolean;
      readonly gateway: string;
      readonly wanted: readonly string[];
      readonly integration: string;
    }) => ({
      message: `${key} of ${titleOf} differs from the spec: ${differences.join('; ')}${isExternal ? '' : '. The verdicts hold for the state after `postern apply`'}`,
      remedy: isExternal
        ? `Ask the owner of ${gateway} to change ${key}: ${wanted.join(', ')}. Or declare the current state under integrations.${integration}.`
        : `Run \`postern apply\`: it changes ${key}.`,
      mendedBy: isExternal ? undefined : 'apply',
    }),
  },
} satisfies CheckWords;
