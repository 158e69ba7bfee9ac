import type { GatewayKind, Owner, RouteSettings } from '@postern/core/internal/library';
import {
  integrationIdentity,
  isShortMarkOf,
  ownerFromTags,
  ownerOfGroup,
  PARAMETER_FORMS,
  pathVariables,
  readBoundMark,
  readParameters,
  routeIdentity,
  type Route,
  userHash,
  usersOfMark,
} from '@postern/core/internal/adapter';
import type { Attributes, Facts, ImportTypes, RouteFact } from '@postern/core/internal/overlay';

/** What the resources of each type say of owners and of settings, which a verdict does not depend on and a spec has. */
export const FACTS: ImportTypes['facts'] = {
  aws_apigatewayv2_vpc_link: linkFact,
  aws_api_gateway_vpc_link: linkFact,
  aws_security_group: (values, { groups }) =>
    groups.set(
      text(values, 'id'),
      ownerOfGroup({ name: text(values, 'name'), description: text(values, 'description'), tags: tagsOf(values) }),
    ),
  aws_apigatewayv2_integration: (values, { routes }) => {
    const api = text(values, 'api_id');
    const of = integrationIdentity(
      api,
      text(values, 'connection_id') || undefined,
      text(values, 'integration_uri') || undefined,
    );
    const description = text(values, 'description');
    const owner = readBoundMark(description, of);
    const users = usersOfMark(description);
    add(routes, `${api} ${text(values, 'id')}`, (route, kind) => {
      // A route that the mark does not name has one of its own, or was led here by others.
      const isNamed = users.includes(userHash(route.key));
      return {
        ...withParameters(route, values, kind),
        owner: owner === undefined || isNamed ? owner : { ...owner, unbound: true },
      };
    });
  },
  aws_apigatewayv2_route: (values, { routes }) => {
    const api = text(values, 'api_id');
    add(routes, `${api} ${text(values, 'id')}`, (route) => {
      const { unbound, ...owner } = route.owner ?? {};
      const isMarked =
        route.owner !== undefined &&
        isShortMarkOf(text(values, 'operation_name'), route.owner, routeIdentity(api, route.key));
      const settings = callerSettings(values, 'authorization_type');
      return withSettings(unbound === true && isMarked ? { ...route, owner: owner as Owner } : route, settings);
    });
  },
};

function linkFact(values: Attributes, { links }: Facts): void {
  links.set(text(values, 'id'), ownerFromTags(tagsOf(values)));
}

export function add(facts: Facts['routes'], key: string, fact: RouteFact): void {
  facts.set(key, [...(facts.get(key) ?? []), fact]);
}

export function withSettings(route: Route, settings: RouteSettings): Route {
  return { ...route, settings: { ...route.settings, ...settings } };
}

/** Parameters that are no setting of their own: the path, and the host. */
const OWN: readonly string[] = ['overwrite:path', 'overwrite:header.host'];

export function withParameters(route: Route, values: Attributes, kind: GatewayKind): Route {
  const form = Object.hasOwn(PARAMETER_FORMS, kind) ? PARAMETER_FORMS[kind as keyof typeof PARAMETER_FORMS] : undefined;
  if (form === undefined) return route;

  const variables = new Map(pathVariables(route.key.split(' ')[1] ?? ''));
  const mapped = Object.entries(textsOf(values, 'request_parameters')).filter(
    ([key, value]) => !OWN.includes(key.toLowerCase()) && variables.get(key) !== value,
  );
  const parameters = readParameters(form, mapped);
  return parameters === undefined ? route : withSettings(route, { parameters });
}

/** How callers are authorized: `none`, `iam`, or the ID of an authorizer; and the scopes. */
export function callerSettings(values: Attributes, type: string): RouteSettings {
  const authorizer = AUTHORIZERS.get(text(values, type)) ?? text(values, 'authorizer_id');
  const scopes = values['authorization_scopes'];
  const list = Array.isArray(scopes) ? scopes.filter((one): one is string => typeof one === 'string') : [];
  return { ...(authorizer === '' ? {} : { authorizer }), ...(list.length === 0 ? {} : { scopes: list }) };
}

const AUTHORIZERS = new Map([
  ['NONE', 'none'],
  ['AWS_IAM', 'iam'],
]);

export function text(values: Attributes, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}

function textsOf(values: Attributes, name: string): Readonly<Record<string, string>> {
  const value = values[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};

  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function tagsOf(values: Attributes): Readonly<Record<string, string>> {
  return { ...textsOf(values, 'tags'), ...textsOf(values, 'tags_all') };
}

/** The attribute by which the parts of an API name it, and the API, of which more is not known. */
export const APIS: ImportTypes['apis'] = {
  aws_apigatewayv2_route: {
    of: 'api_id',
    type: 'aws_apigatewayv2_api',
    // Routes of messages have no method.
    more: ({ route_key: key }) => ({
      protocol_type: /^(?:[A-Z]+ \/|\$default$)/.test(String(key)) ? 'HTTP' : 'WEBSOCKET',
    }),
  },
};
