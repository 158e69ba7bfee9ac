import { defined, MARK_TAGS, PARAMETER_FORMS, writeParameters, backendPath } from '@postern/core/internal/adapter';
import {
  HclBlocks,
  type HclBody,
  HclExpression,
  type ExportContext,
  type ExportRow,
  type Inexpressible,
  type OwnedGroup,
  type OwnedLink,
  type OwnedRoute,
  type OwnedSetting,
} from '@postern/core/internal/overlay';
import type { SecurityGroup, SecurityGroupRule, Link, RouteSettings } from '@postern/core/internal/snapshot';

// Each row: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/, section Import.

const VPC_LINK = 'aws_apigatewayv2_vpc_link';
const BALANCER_LINK = 'aws_api_gateway_vpc_link';
const GROUP = 'aws_security_group';
const INTEGRATION = 'aws_apigatewayv2_integration';

/** …/apigatewayv2_vpc_link: the ID of the link. */
export const vpcLinkRow: ExportRow<OwnedLink> = {
  type: VPC_LINK,
  key: ({ link }) => link.id,
  name: ({ name }) => name,
  importId: ({ link }) => link.id,
  body: ({ link }, { ref }) => ({
    name: link.name,
    subnet_ids: link.subnetIds,
    security_group_ids: link.securityGroupIds.map((id) => ref(GROUP, id)),
    ...tagsBody(link),
  }),
  ignored: () => IGNORED_TAGS,
};

/** …/api_gateway_vpc_link: the ID of the link. */
export const balancerLinkRow: ExportRow<OwnedLink> = {
  type: BALANCER_LINK,
  key: ({ link }) => link.id,
  name: ({ name }) => name,
  importId: ({ link }) => link.id,
  body: ({ link }) => ({ name: link.name, target_arns: link.loadBalancerIds ?? [], ...tagsBody(link) }),
  ignored: () => IGNORED_TAGS,
};

/**
 * …/security_group: the ID of the group. Its rules are inside of it: a rule of its own is imported by its ID, which no
 * snapshot has, and the allowlist is exact, as rules inside of a group are.
 */
export const groupRow: ExportRow<OwnedGroup> = {
  type: GROUP,
  key: ({ group }) => group.id,
  name: ({ name }) => name,
  importId: ({ group }) => group.id,
  body: ({ group }) => ({
    name: group.name,
    vpc_id: group.networkId,
    ...tagsBody(group),
    ingress: rulesBody(group, 'in'),
    egress: rulesBody(group, 'out'),
  }),
  // The description is the mark, and a group is replaced where it differs.
  ignored: () => ['description', 'revoke_rules_on_delete', ...IGNORED_TAGS],
};

/** …/apigatewayv2_integration: `API/INTEGRATION`. */
export const integrationRow: ExportRow<OwnedRoute> = {
  type: INTEGRATION,
  key: ({ route }) => route.integrationId ?? '',
  name: ({ name }) => name,
  importId: ({ gateway, route }) => `${gateway.id}/${route.integrationId}`,
  body: (one, context) =>
    one.gateway.kind === 'websocket-api' ? socketIntegration(one, context) : httpIntegration(one, context),
  ignored: () => ['description'],
};

/** …/apigatewayv2_route: `API/ROUTE`. */
export const routeRow: ExportRow<OwnedRoute> = {
  type: 'aws_apigatewayv2_route',
  key: ({ gateway, route }) => `${gateway.id}/${route.id}`,
  name: ({ name, route }) => `${name}_${route.key}`,
  importId: ({ gateway, route }) => `${gateway.id}/${route.id}`,
  body: ({ gateway, route }, { ref }) => {
    const { settings = {} } = route;
    const integration = ref(INTEGRATION, route.integrationId ?? '');
    return {
      api_id: gateway.id,
      route_key: route.key,
      target:
        integration instanceof HclExpression
          ? new HclExpression(`"integrations/\${${integration.text}}"`)
          : `integrations/${integration}`,
      authorization_type: route.authorization,
      authorizer_id: authorizerId(settings),
      authorization_scopes: settings.scopes,
      ...(gateway.kind === 'websocket-api'
        ? {
            api_key_required: settings.apiKey === true ? true : undefined,
            request_parameter: declaredParameters(settings),
          }
        : {}),
    };
  },
  // The mark of the route, or a name that it had before.
  ignored: () => ['operation_name'],
};

export const stageImport = ({ gateway, stage }: OwnedSetting): string => `${gateway.id}/${stage.name}`;

/** …/apigatewayv2_stage: `API/STAGE`. A snapshot lacks its logs and metrics, which the settings of routes contain. */
export const stageRow: ExportRow<OwnedSetting> = {
  type: 'aws_apigatewayv2_stage',
  key: stageImport,
  name: ({ name, stage }) => `${name}_${stage.name}`,
  importId: stageImport,
};

function httpIntegration({ gateway, route, link }: OwnedRoute, { ref }: ExportContext): HclBody {
  const { settings = {}, tls } = route;
  const parameters = {
    ...writeParameters(PARAMETER_FORMS['http-api'], settings.parameters ?? {}),
    ...(route.path === 'overwrite' ? { 'overwrite:path': '$request.path' } : {}),
    ...defined({ 'overwrite:header.host': settings.host }),
  };
  return {
    api_id: gateway.id,
    integration_type: 'HTTP_PROXY',
    integration_method: route.method ?? 'ANY',
    integration_uri: route.targetId ?? '',
    connection_type: 'VPC_LINK',
    connection_id: ref(VPC_LINK, link.id),
    payload_format_version: '1.0',
    timeout_milliseconds: settings.timeoutMs,
    request_parameters: Object.keys(parameters).length === 0 ? undefined : parameters,
    tls_config:
      tls === undefined
        ? undefined
        : new HclBlocks([tls.serverName === undefined ? {} : { server_name_to_verify: tls.serverName }]),
  };
}

function socketIntegration(one: OwnedRoute, { ref }: ExportContext): HclBody | Inexpressible {
  const { gateway, route, link } = one;
  const { settings = {} } = route;
  const uri = route.path === 'keep' ? undefined : backendUri(one, '/');
  if (uri === undefined) return { lacks: 'the host or the path of its backend is not in the snapshot' };

  const parameters = writeParameters(PARAMETER_FORMS['websocket-api'], settings.parameters ?? {});
  return {
    api_id: gateway.id,
    integration_type: 'HTTP_PROXY',
    integration_method: route.method ?? 'POST',
    integration_uri: uri,
    connection_type: 'VPC_LINK',
    connection_id: ref(BALANCER_LINK, link.id),
    timeout_milliseconds: settings.timeoutMs,
    request_parameters: Object.keys(parameters).length === 0 ? undefined : parameters,
  };
}

/** The parts of a call that parameters come from, which the route has to declare. */
function declaredParameters({ parameters = {} }: RouteSettings): HclBlocks | undefined {
  const sources = Object.values(writeParameters(PARAMETER_FORMS['websocket-api'], parameters));
  const keys = [...new Set(sources.filter((source) => source.startsWith('route.request.')))];
  if (keys.length === 0) return undefined;

  return new HclBlocks(keys.map((key) => ({ request_parameter_key: key, required: false })));
}

/** The ID of an authorizer; undefined where the type says all. */
export function authorizerId({ authorizer }: RouteSettings): string | undefined {
  return authorizer === 'none' || authorizer === 'iam' ? undefined : authorizer;
}

function tagsBody({ tags }: Pick<Link, 'tags'>): HclBody {
  const own = Object.entries(tags).filter(([key]) => !/^(?:postern|aws):/i.test(key));
  return own.length === 0 ? {} : { tags: Object.fromEntries(own.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

/** Marks stay while Postern manages it, and go when it is forgotten. */
const IGNORED_TAGS = MARK_TAGS.map((key) => `tags[${JSON.stringify(key)}]`);

/** Rules as EC2 groups them: with the same ports and description they are one. */
function rulesBody({ rules }: SecurityGroup, direction: SecurityGroupRule['direction']): HclBlocks | undefined {
  const groups = new Map<string, HclBody>();
  for (const rule of rules.filter((one) => one.direction === direction)) {
    const { protocol, description } = rule;
    const [fromPort, toPort] = protocol === 'all' ? [0, 0] : [rule.fromPort, rule.toPort];
    const key = JSON.stringify([protocol, fromPort, toPort, description]);
    const known = groups.get(key) ?? {
      description,
      from_port: fromPort,
      to_port: toPort,
      protocol: protocol === 'all' ? '-1' : protocol,
    };
    const [name, value] = sourceOf(rule);
    groups.set(key, { ...known, [name]: [...((known[name] as readonly string[] | undefined) ?? []), value] });
  }
  return groups.size === 0 ? undefined : new HclBlocks([...groups.values()]);
}

function sourceOf({
  cidrBlock,
  prefixListId,
  securityGroupId,
}: SecurityGroupRule): readonly [name: string, value: string] {
  if (cidrBlock !== undefined) return [cidrBlock.includes(':') ? 'ipv6_cidr_blocks' : 'cidr_blocks', cidrBlock];

  return prefixListId === undefined ? ['security_groups', securityGroupId ?? ''] : ['prefix_list_ids', prefixListId];
}

/**
 * The URI of an integration that names a port of the load balancer by it: `https://orders.internal:8443/orders/{id}`.
 * Undefined where its host or its port is not in the snapshot.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
export function backendUri({ route, target }: OwnedRoute, path: string): string | undefined {
  const { tls, settings = {} } = route;
  const host = settings.host ?? tls?.serverName;
  if (host === undefined || target?.port === undefined) return undefined;

  const [scheme, usual] = tls === undefined ? ['http', 80] : ['https', 443];
  return `${scheme}://${host}${target.port === usual ? '' : `:${target.port}`}${backendPath(path)}`;
}
