import type { Integration } from '@aws-sdk/client-api-gateway';
import type { Destination, HttpCall } from '../../simulation/world/cloud.js';
import type { RegionState } from '../state/aws-state.js';
import type { ResourceRow } from '../rest-apis/control/state.js';
import type { Finding } from './connection.js';
import { ownValue } from '../../simulation/own-value.js';

/** A method of the working copy: `arn:aws:apigateway:eu-west-1::/restapis/API/resources/RESOURCE/methods/GET`. */
const WORKING = /^arn:[^:]+:apigateway:[^:]*::\/restapis\/([^/]+)\/resources\/([^/]+)\/methods\/([A-Z]+)$/;
/** A method of a stage: `arn:aws:execute-api:eu-west-1:111122223333:API/STAGE/GET/pets/{id}`. */
const DEPLOYED = /^arn:[^:]+:execute-api:[^:]*:[^:]*:([^/]+)\/([^/]+)\/([A-Z]+)(\/.*)?$/;
const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** What an integration calls, and through which link. */
export interface PrivateCall {
  readonly linkId: string;
  readonly to: { readonly targetId: string; readonly request: HttpCall };
  readonly port: number;
}

type Variables = Readonly<Record<string, string>>;

/**
 * What a method of a REST API calls, where a destination is the ARN of one: in the working copy, without stage
 * variables, or as it is deployed on a stage, with the stage's. Undefined for another destination.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
export function calledByMethod(region: RegionState, to: Destination): PrivateCall | Finding | undefined {
  const { targetId: arn, request } = typeof to === 'string' ? { targetId: to, request: undefined } : to;
  const found = working(region, arn) ?? deployed(region, arn);
  if (!found) return undefined;

  const { integration, variables } = found;
  if (!integration) return { by: 'target', because: `There is no method ${arn} with an integration.` };

  const called = calledByIntegration(region, integration, variables);
  return 'by' in called ? called : { ...called, to: { ...called.to, request: { ...called.to.request, ...request } } };
}

interface Found {
  readonly integration: Integration | undefined;
  readonly variables: Variables;
}

function working({ restApi }: RegionState, arn: string): Found | undefined {
  const [match, apiId = '', resourceId = '', verb = ''] = WORKING.exec(arn) ?? [];
  if (match === undefined) return undefined;

  const resource = restApi.apis.get(apiId)?.resources.get(resourceId);
  return { integration: resource?.methods.get(verb)?.methodIntegration, variables: {} };
}

/** The resource's own path is named, with its placeholders. */
function deployed({ restApi }: RegionState, arn: string): Found | undefined {
  const [match, apiId = '', stageName = '', verb = '', path = '/'] = DEPLOYED.exec(arn) ?? [];
  if (match === undefined) return undefined;

  const api = restApi.apis.get(apiId);
  const stage = api?.stages.get(stageName);
  const { copy } = api?.deployments.get(stage?.deploymentId ?? '') ?? {};
  const resource = [...(copy?.resources.values() ?? [])].find((row: ResourceRow) => row.path === path);
  const method = resource?.methods.get(verb) ?? resource?.methods.get('ANY');
  return { integration: method?.methodIntegration, variables: stage?.variables ?? {} };
}

/**
 * What an integration calls through its link. The port of its URI names the listener, 80 or 443 by default; the host is
 * the `Host` of the request and is never resolved. With a V1 link the load balancer is the link's.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
function calledByIntegration(region: RegionState, own: Integration, variables: Variables): PrivateCall | Finding {
  if (own.connectionType !== 'VPC_LINK') return { by: 'link', because: 'The integration has no VPC link.' };

  const [link] = unsetVariables(own.connectionId, variables);
  if (link !== undefined) return { by: 'link', because: `Stage variable ${link} is not set.` };

  const [part] = unsetVariables(own.uri, variables);
  if (part !== undefined) return { by: 'target', because: `Stage variable ${part} is not set.` };

  const linkId = rendered(own.connectionId ?? '', variables);
  const url = urlOf(rendered(own.uri ?? '', variables));
  const port = url && (url.port === '' ? PORTS[url.protocol] : Number(url.port));
  if (!url || port === undefined) return { by: 'target', because: `${own.uri} is not an HTTP endpoint.` };

  const targetId = region.restApi.vpcLinks.get(linkId)?.fields.targetArns[0] ?? own.integrationTarget;
  if (targetId === undefined)
    return { by: 'target', because: `The integration through VPC link ${linkId} has no target.` };

  const method = own.httpMethod === 'ANY' ? undefined : own.httpMethod;
  return { linkId, to: { targetId, request: { method, host: url.hostname, path: decoded(url) } }, port };
}

const VARIABLE = /\$\{stageVariables\.([^{}]+)\}/g;

/** The names of a text's stage variables that are not set. */
export function unsetVariables(text = '', variables: Variables = {}): string[] {
  return [...text.matchAll(VARIABLE)].flatMap(([, name = '']) => (Object.hasOwn(variables, name) ? [] : [name]));
}

function rendered(text: string, variables: Variables): string {
  return text.replaceAll(VARIABLE, (_, name: string) => ownValue(variables, name) ?? '');
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** Placeholders (`{proxy}`) stay as they are written. */
function decoded({ pathname, search }: URL): string {
  return `${pathname.replaceAll('%7B', '{').replaceAll('%7D', '}')}${search}`;
}
