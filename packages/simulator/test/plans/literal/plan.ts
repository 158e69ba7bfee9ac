import { id, type Resource } from '../../../../aws/test/plans/shop-plan.js';
import type { Values } from './values.js';

/** The resources of a plan with these values, all of them new. */
export function resourcesOf(values: Values): readonly Resource[] {
  const vpc = id('aws_vpc.main');
  const group = (name: string) => id(`aws_security_group.${name}`);
  const { subnets, groups, rules, balancers, targetGroups, targets, listeners, listenerRules, integration, rest } =
    values;
  const subnetIds = (names: readonly string[]) => names.flatMap((name) => id(`aws_subnet.${name}`));
  const all: Resource[] = [{ address: 'aws_vpc.main', after: { cidr_block: '10.0.0.0/16' } }];
  for (const [name, { block, zone }] of entries(subnets))
    all.push({
      address: `aws_subnet.${name}`,
      after: { cidr_block: block, availability_zone: `eu-west-1${zone}` },
      refs: { vpc_id: vpc },
    });
  for (const [key, name] of entries(groups))
    all.push({
      address: `aws_security_group.${key}`,
      after: { name, description: values['description'], egress: [ALL] },
      refs: { vpc_id: vpc },
    });
  (rules as Values[]).forEach(({ protocol, from, to, block }, at) =>
    all.push({
      address: `aws_vpc_security_group_ingress_rule.r${at}`,
      after: { ip_protocol: protocol, from_port: from, to_port: to, cidr_ipv4: block },
      refs: { security_group_id: group('balancer') },
    }),
  );
  all.push(
    {
      address: 'aws_vpc_security_group_ingress_rule.backend',
      after: { ip_protocol: '-1', cidr_ipv4: '10.0.0.0/16' },
      refs: { security_group_id: group('backend') },
    },
    {
      address: 'aws_network_interface.backend',
      after: { private_ips: ['10.0.0.100'] },
      refs: { subnet_id: id('aws_subnet.a'), security_groups: group('backend') },
    },
  );
  for (const [key, { name, type, subnets: names }] of entries(balancers))
    all.push({
      address: `aws_lb.${key}`,
      after: {
        name,
        internal: true,
        load_balancer_type: type,
        subnets: names.map(() => null),
        ...(key === 'nlb' ? CROSS_ZONE : {}),
      },
      refs: { subnets: subnetIds(names), security_groups: group('balancer') },
    });
  for (const [key, { health_check: check, ...more }] of entries(targetGroups))
    all.push({
      address: `aws_lb_target_group.${key}`,
      after: { ...more, ...(check === null ? {} : { health_check: [check] }) },
      refs: { vpc_id: vpc },
    });
  for (const [key, target] of entries(targets))
    all.push({
      address: `aws_lb_target_group_attachment.${key}`,
      after: target === 'balancer' ? {} : { target_id: target },
      refs: {
        target_group_arn: id(`aws_lb_target_group.${key}`, 'arn'),
        ...(target === 'balancer' ? { target_id: id('aws_lb.nlb', 'arn') } : {}),
      },
    });
  for (const [key, { balancer, port, protocol, action, group: to }] of entries(listeners))
    all.push({
      address: `aws_lb_listener.${key}`,
      after: { port, protocol, certificate_arn: null, default_action: [actionOf(action)] },
      refs: { load_balancer_arn: id(`aws_lb.${balancer}`, 'arn'), ...forwards('default_action', action, to) },
    });
  (listenerRules as Values[]).forEach(({ priority, action, group: to }, at) =>
    all.push({
      address: `aws_lb_listener_rule.r${at}`,
      after: { priority, action: [actionOf(action)], condition: [{ path_pattern: [{ values: [`/r${at}`] }] }] },
      refs: { listener_arn: id('aws_lb_listener.shop', 'arn'), ...forwards('action', action, to) },
    }),
  );
  const URIS: Values = {
    listener: { refs: { integration_uri: id('aws_lb_listener.shop', 'arn') } },
    balancer: { refs: { integration_uri: id('aws_lb.shop', 'arn') } },
    group: { refs: { integration_uri: id('aws_lb_target_group.shop', 'arn') } },
    name: { refs: { integration_uri: id('aws_lb.shop', 'dns_name') } },
    http: { after: { integration_uri: 'http://shop.example.com' } },
  };
  const linkOf = (kind: string) =>
    id(kind === 'v2' ? 'aws_apigatewayv2_vpc_link.main' : 'aws_api_gateway_vpc_link.main');
  const api = id('aws_apigatewayv2_api.main');
  all.push(
    {
      address: 'aws_apigatewayv2_vpc_link.main',
      after: { name: 'main', subnet_ids: [null, null] },
      refs: { subnet_ids: subnetIds(['a', 'b']), security_group_ids: group('link') },
    },
    {
      address: 'aws_api_gateway_vpc_link.main',
      after: { name: 'main', target_arns: [null] },
      refs: { target_arns: id('aws_lb.nlb', 'arn') },
    },
    { address: 'aws_apigatewayv2_api.main', after: { name: 'main', protocol_type: 'HTTP' } },
    {
      address: 'aws_apigatewayv2_integration.main',
      after: {
        connection_type: 'VPC_LINK',
        integration_type: integration.type,
        integration_method: integration.method,
        payload_format_version: integration.format,
        timeout_milliseconds: integration.timeout,
        request_parameters: integration.parameters,
        ...URIS[integration.uri].after,
      },
      refs: { api_id: api, connection_id: linkOf(integration.link), ...URIS[integration.uri].refs },
    },
    ...(values['keys'] as string[]).map((key, at) => ({
      address: `aws_apigatewayv2_route.r${at}`,
      after: { route_key: key },
      refs: { api_id: api, target: id('aws_apigatewayv2_integration.main') },
    })),
    ...(values['stages'] as string[]).map((name, at) => ({
      address: `aws_apigatewayv2_stage.s${at}`,
      after: { name, auto_deploy: true },
      refs: { api_id: api },
    })),
  );
  const restApi = id('aws_api_gateway_rest_api.main');
  const [first, second, third] = rest.parts as string[];
  const part = (name: string, path: string | undefined, parent: readonly string[]): Resource => ({
    address: `aws_api_gateway_resource.${name}`,
    after: { path_part: path },
    refs: { rest_api_id: restApi, parent_id: parent },
  });
  const root = id('aws_api_gateway_rest_api.main', 'root_resource_id');
  const at = { rest_api_id: restApi, resource_id: id('aws_api_gateway_resource.second') };
  all.push(
    { address: 'aws_api_gateway_rest_api.main', after: { name: 'main' } },
    part('first', first, root),
    part('second', second, id('aws_api_gateway_resource.first')),
    part('third', third, root),
    {
      address: 'aws_api_gateway_method.main',
      after: { http_method: rest.verb, authorization: 'NONE', request_parameters: rest.declared },
      refs: at,
    },
    {
      address: 'aws_api_gateway_integration.main',
      after: {
        http_method: rest.verb,
        type: rest.type,
        integration_http_method: rest.method,
        uri: rest.uri,
        timeout_milliseconds: rest.timeout,
        request_parameters: rest.parameters,
        connection_type: 'VPC_LINK',
        ...(rest.target === true ? {} : { integration_target: null }),
      },
      refs: {
        ...at,
        connection_id: linkOf(rest.link),
        ...(rest.target === true ? { integration_target: id('aws_lb.shop', 'arn') } : {}),
      },
    },
    { address: 'aws_api_gateway_deployment.main', after: {}, refs: { rest_api_id: restApi } },
    {
      address: 'aws_api_gateway_stage.main',
      after: { stage_name: 'prod' },
      refs: { rest_api_id: restApi, deployment_id: id('aws_api_gateway_deployment.main') },
    },
  );
  return all;
}

/** So that the REST API before it passes. */
const CROSS_ZONE = {
  enable_cross_zone_load_balancing: true,
  enforce_security_group_inbound_rules_on_private_link_traffic: 'off',
};

const ALL = { protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] };

const entries = (of: Values): [string, any][] => Object.entries(of);

const actionOf = (type: string) =>
  type === 'forward' ? { type } : { type, fixed_response: [{ content_type: 'text/plain', status_code: '404' }] };

const forwards = (block: string, type: string, group: string): Record<string, readonly string[]> =>
  type === 'forward' ? { [`${block}.0.target_group_arn`]: id(`aws_lb_target_group.${group}`, 'arn') } : {};
