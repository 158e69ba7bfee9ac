import type { CheckWords } from '../../../findings/statement.js';
import { byHandSays } from './by-hand.words.js';

/** The texts of `gateway/live-route`. */
export const liveRouteWords = {
  title: 'Live routes match the spec',
  about:
    'Calls take the live route. The other checks evaluate the link and the target of the spec. `postern apply` never changes an integration of ' +
    '`owner: external`. A route of such an integration that is missing, or has another link or target, is therefore an error. A path that is ' +
    'overwritten or kept against the spec is a warning. What a stage serves counts: of an HTTP API or a REST API the deployment of the stage, as ' +
    'its export shows it, and of an API group the published version. Routes that were changed after that count with the next deployment only. ' +
    'The result is unknown where a deployment was not read. No call returns that of a WebSocket API, or that of a canary which is not the ' +
    'deployment of a stage. An integration of type HTTP needs a response of its own for the answers of its backend: without one, callers get ' +
    'status 500. The method that an integration sends may differ from that of the route, and the checks of the path take it. A routing plug-in of an API group calls ' +
    'a backend of its own where its condition holds, which is not evaluated. A route of this project that differs is a warning, ' +
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
    ROUTED_BY_PLUGIN: ({ key }: { readonly key: string }) => `all calls of ${key} reach its target`,
    ROUTE_NOT_READ: ({ key }: { readonly key: string }) => `${key} matches the spec`,
    AS_DECLARED: ({ key, titleOf }: { readonly key: string; readonly titleOf: string }) =>
      `${key} of ${titleOf} matches the spec`,
    ROUTE_NOT_SEEN: ({ key }: { readonly key: string }) => `route ${key} exists`,
    ROUTE_ABSENT: ({
      titleOf,
      key,
      stages,
      gateway,
      target,
      linkId,
      integration,
    }: {
      readonly titleOf: string;
      readonly key: string;
      /** Those whose deployments lack it; empty where it does not exist at all. */
      readonly stages: readonly string[];
      readonly gateway: string;
      readonly target: string;
      readonly linkId: string;
      readonly integration: string;
    }) => ({
      message: `${stages.length === 0 ? '' : `${stages.join(', ')} of `}${titleOf} ${stages.length > 1 ? 'have' : 'has'} no route ${key}: its calls get 404, or the response of another route`,
      remedy: `Ask the owner of ${gateway} to recreate ${key} with target ${target} and link ${linkId}${stages.length === 0 ? '' : `, and to deploy to ${stages.join(', ')}`}, or remove it from integrations.${integration}.routes.`,
    }),
    METHOD_ELSEWHERE: ({
      key,
      others,
      titleOf,
      integration,
    }: {
      readonly key: string;
      readonly others: readonly string[];
      readonly titleOf: string;
      readonly integration: string;
    }) => ({
      message: `${others.join(', ')} of ${titleOf} ${others.length === 1 ? 'gets' : 'get'} calls that ${key} would get, and the spec does not declare ${others.length === 1 ? 'it' : 'them'}`,
      remedy: `Write ${others.join(', ')} under integrations.${integration}.routes, or delete ${others.length === 1 ? 'it' : 'them'} if all methods are for ${key}.`,
    }),
    RESPONSE_LACKING: ({
      key,
      titleOf,
      stages,
      gateway,
    }: {
      readonly key: string;
      readonly titleOf: string;
      readonly stages: readonly string[];
      readonly gateway: string;
    }) => ({
      message: `${key} of ${titleOf} has no response for status 200 of its backend on ${stages.join(', ')}: the calls get status 500`,
      remedy: `Ask the owner of ${gateway} to add an integration response and a method response to ${key}, or to use the integration type HTTP_PROXY, and to deploy to ${stages.join(', ')}.`,
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
