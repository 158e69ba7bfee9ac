import type { CheckWords } from '../../findings/statement.js';
import { byHandSays } from './by-hand.words.js';

/** The texts of `gateway/live-route`. */
export const liveRouteWords = {
  title: 'Routes lead where the spec says',
  about:
    'Calls take the route that is there; the other checks judge the link and the target that the spec declares. `postern apply` never ' +
    'changes an integration of `owner: external`, so a route of one that is missing, or leads through another link or to another target, is an ' +
    'error. A path that is overwritten or kept against the spec is a warning. Of an API group the version that is published counts, not the draft. ' +
    'What a stage of an HTTP API shows that is deployed by hand no call tells: unknown. A route of this project that differs is a warning, since ' +
    '`postern apply` corrects it: until then the verdicts are of what will be. One that `postern apply` still has to make is no matter of this check; ' +
    'routes of other owners are that of `gateway/route-owner`.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describedeployedapi',
  ],
  says: {
    ...byHandSays,
    ROUTES_NOT_READ: ({ integration }: { readonly integration: string }) =>
      `the routes of ${integration} lead where the spec says`,
    ROUTE_NOT_READ: ({ key }: { readonly key: string }) => `${key} leads where the spec says`,
    AS_DECLARED: ({ key, titleOf }: { readonly key: string; readonly titleOf: string }) =>
      `${key} of ${titleOf} leads where the spec says`,
    ROUTE_NOT_SEEN: ({ key }: { readonly key: string }) => `there is a route ${key}`,
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
      message: `${titleOf} has no route ${key}: its calls get 404, or what another route leads to`,
      remedy: `Have the owner of ${gateway} make ${key} again, leading to ${target} through ${linkId}, or remove it from integrations.${integration}.routes.`,
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
      message: `${key} of ${titleOf} differs from the spec: ${differences.join('; ')}${isExternal ? '' : '. The verdicts are of what is after `postern apply`'}`,
      remedy: isExternal
        ? `Have the owner of ${gateway} change ${key}: ${wanted.join(', ')}. Or declare what is there under integrations.${integration}.`
        : `Run \`postern apply\`: it changes ${key}.`,
    }),
  },
} satisfies CheckWords;
