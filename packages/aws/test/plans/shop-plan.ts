import type { Snapshot } from '@postern/core/internal/library';
import { emptyRegion } from '../../../core/src/do/snapshot/snapshot-form.js';
import { modulePath, moduleText, partsOf } from '../../../core/src/overlay/terraform/instances.js';

/** A resource of a plan as tests write it: what is known, and by attribute the references of what is not. */
export interface Resource {
  readonly address: string;
  readonly actions?: readonly string[];
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  readonly refs?: Readonly<Record<string, readonly string[]>>;
  readonly forEach?: readonly string[];
  readonly sensitive?: readonly string[];
  /** Of a map: what of it is not known, in place of the whole. */
  readonly unknown?: Readonly<Record<string, unknown>>;
  /** What it waits for besides. */
  readonly dependsOn?: readonly string[];
  /** The alias of its provider: `aws.west`. */
  readonly provider?: string;
}

/** By the name of a module: what its call is given, and what it returns. Modules that call each other are `a.b`. */
export interface Modules {
  readonly [name: string]: {
    readonly inputs?: Readonly<Record<string, readonly string[]>>;
    readonly outputs?: Readonly<Record<string, readonly string[]>>;
  };
}

interface Config {
  resources: object[];
  outputs: Record<string, object>;
  module_calls: Record<string, { expressions: object; module: Config }>;
}

const none = (): Config => ({ resources: [], outputs: {}, module_calls: {} });

/** The JSON of a plan. */
export function planText(resources: readonly Resource[], modules: Modules = {}, more: object = {}): string {
  const { providers = {}, ...others } = more as { readonly providers?: object };
  const root = none();
  const configOf = (names: readonly string[]): Config => {
    let at = root;
    names.forEach((name, depth) => {
      const { inputs = {}, outputs = {} } = modules[names.slice(0, depth + 1).join('.')] ?? {};
      const expressions = Object.fromEntries(Object.entries(inputs).map(([key, references]) => [key, { references }]));
      at.module_calls[name] ??= { expressions, module: none() };
      at = at.module_calls[name].module;
      for (const [key, references] of Object.entries(outputs)) at.outputs[key] = { expression: { references } };
    });
    return at;
  };
  for (const name of Object.keys(modules)) configOf(name.split('.'));
  const declared = new Set<string>();
  const changes = resources.map((one) => {
    const parts = partsOf(one.address) ?? [];
    const own = parts.at(-1);
    const type = parts.at(-2)?.name ?? '';
    const mode = parts.at(-3)?.name === 'data' ? 'data' : 'managed';
    const calls = parts.slice(0, mode === 'data' ? -3 : -2);
    const path = modulePath(moduleText(calls.filter((_, at) => at % 2 === 1)));
    const key = `${path.map(({ name }) => name).join('.')} ${mode} ${type}.${own?.name}`;
    const refs = Object.entries(one.refs ?? {});
    if (!declared.has(key)) {
      configOf(path.map(({ name }) => name)).resources.push({
        mode,
        type,
        name: own?.name,
        ...(one.provider === undefined ? {} : { provider_config_key: one.provider }),
        expressions: nested([
          ...Object.keys(one.after ?? {}).map((name) => [name, {}] as const),
          ...refs.map(([name, references]) => [name, { references }] as const),
        ]),
        ...(one.dependsOn === undefined ? {} : { depends_on: one.dependsOn }),
        ...(one.forEach === undefined ? {} : { for_each_expression: { references: one.forEach } }),
      });
    }
    declared.add(key);
    const marked = Object.fromEntries((one.sensitive ?? []).map((name) => [name, true]));
    return {
      address: one.address,
      ...(path.length === 0 ? {} : { module_address: moduleText(path) }),
      mode,
      type,
      name: own?.name,
      ...(own?.key === undefined ? {} : { index: own.key }),
      change: {
        actions: one.actions ?? [mode === 'data' ? 'read' : 'create'],
        before: one.before ?? null,
        after: one.after ?? null,
        after_unknown: {
          ...nested(
            [...(one.before === undefined ? ['id', 'arn'] : []), ...refs.map(([name]) => name)].map(
              (name) => [name, marksOf(one.after?.[name])] as const,
            ),
          ),
          ...one.unknown,
        },
        before_sensitive: marked,
        after_sensitive: marked,
      },
    };
  });
  return JSON.stringify({
    format_version: '1.2',
    resource_changes: changes,
    configuration: { root_module: root, provider_config: providers },
    ...others,
  });
}

/** Of a list of nulls each element is not known, and their number is. */
function marksOf(value: unknown): true | readonly true[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => one === null) ? value.map(() => true) : true;
}

/** `{ action: [{ arn: true }] }` of `action.0.arn`. */
function nested(entries: readonly (readonly [path: string, value: unknown])[]): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const [path, value] of entries) {
    const parts = path.split('.');
    let at = all;
    parts.forEach((part, depth) => {
      const next = parts[depth + 1];
      if (next === undefined) at[part] = value;
      else {
        const isList = /^\d+$/.test(next);
        const isThere = isList ? Array.isArray(at[part]) : typeof at[part] === 'object';
        if (!isThere) at[part] = isList ? [] : {};
        at = at[part] as Record<string, unknown>;
      }
    });
  }
  return all;
}

export const id = (address: string, attribute = 'id'): readonly string[] => [`${address}.${attribute}`, address];

/** A private integration that a plan creates, and that works. A test replaces or adds resources by their addresses. */
export function shop(...changed: readonly Resource[]): readonly Resource[] {
  const vpc = id('aws_vpc.shop');
  const subnet = (name: string, block: string): Resource => ({
    address: `aws_subnet.${name}`,
    after: { cidr_block: block, availability_zone: `eu-west-1${name}` },
    refs: { vpc_id: vpc },
  });
  const group = (name: string, more: object = {}): Resource => ({
    address: `aws_security_group.${name}`,
    after: { name, ...more },
    refs: { vpc_id: vpc },
  });
  const rule = (name: string, way: string, more: Pick<Resource, 'after' | 'refs'>): Resource => ({
    address: `aws_vpc_security_group_${way}_rule.${name}`,
    after: { ip_protocol: 'tcp', from_port: 80, to_port: 80, ...more.after },
    refs: { security_group_id: id(`aws_security_group.${name}`), ...more.refs },
  });
  const all: readonly Resource[] = [
    { address: 'aws_vpc.shop', after: { cidr_block: '10.0.0.0/16' } },
    subnet('a', '10.0.0.0/24'),
    subnet('b', '10.0.1.0/24'),
    group('link'),
    rule('link', 'egress', { after: { cidr_ipv4: '10.0.0.0/16' } }),
    group('balancer'),
    rule('balancer', 'ingress', { refs: { referenced_security_group_id: id('aws_security_group.link') } }),
    rule('balancer', 'egress', { after: { cidr_ipv4: '0.0.0.0/0', ip_protocol: '-1' } }),
    group('backend'),
    rule('backend', 'ingress', { refs: { referenced_security_group_id: id('aws_security_group.balancer') } }),
    {
      address: 'aws_network_interface.backend',
      after: { private_ips: ['10.0.0.100'] },
      refs: { subnet_id: id('aws_subnet.a'), security_groups: id('aws_security_group.backend') },
    },
    {
      address: 'aws_lb.shop',
      // Their number is known, and so it is both of them.
      after: { name: 'shop', internal: true, load_balancer_type: 'application', subnets: [null, null] },
      refs: {
        subnets: [...id('aws_subnet.a'), ...id('aws_subnet.b')],
        security_groups: id('aws_security_group.balancer'),
      },
    },
    {
      address: 'aws_lb_target_group.shop',
      after: { name: 'shop', port: 80, protocol: 'HTTP', target_type: 'ip' },
      refs: { vpc_id: vpc },
    },
    {
      address: 'aws_lb_target_group_attachment.shop',
      after: { port: 80 },
      refs: {
        target_group_arn: id('aws_lb_target_group.shop', 'arn'),
        target_id: id('aws_network_interface.backend', 'private_ip'),
      },
    },
    {
      address: 'aws_lb_listener.shop',
      after: { port: 80, protocol: 'HTTP', default_action: [{ type: 'forward' }] },
      refs: {
        load_balancer_arn: id('aws_lb.shop', 'arn'),
        'default_action.0.target_group_arn': id('aws_lb_target_group.shop', 'arn'),
      },
    },
    {
      address: 'aws_apigatewayv2_vpc_link.shop',
      after: { name: 'shop', subnet_ids: [null, null] },
      refs: {
        subnet_ids: [...id('aws_subnet.a'), ...id('aws_subnet.b')],
        security_group_ids: id('aws_security_group.link'),
      },
    },
    { address: 'aws_apigatewayv2_api.shop', after: { name: 'shop', protocol_type: 'HTTP' } },
    {
      address: 'aws_apigatewayv2_integration.shop',
      after: {
        connection_type: 'VPC_LINK',
        integration_type: 'HTTP_PROXY',
        integration_method: 'ANY',
        payload_format_version: '1.0',
      },
      refs: {
        api_id: id('aws_apigatewayv2_api.shop'),
        connection_id: id('aws_apigatewayv2_vpc_link.shop'),
        integration_uri: id('aws_lb_listener.shop', 'arn'),
      },
    },
    {
      address: 'aws_apigatewayv2_route.shop',
      after: { route_key: 'GET /orders' },
      refs: { api_id: id('aws_apigatewayv2_api.shop'), target: id('aws_apigatewayv2_integration.shop') },
    },
    {
      address: 'aws_apigatewayv2_stage.shop',
      after: { name: '$default', auto_deploy: true },
      refs: { api_id: id('aws_apigatewayv2_api.shop') },
    },
  ];
  const last = new Map([...all, ...changed].map((one) => [one.address, one] as const));
  return [...last.values()].filter(({ actions }) => actions?.[0] !== 'none');
}

/** The network with a network load balancer, and no gateway. A test replaces or adds resources by their addresses. */
export const balanced = (...changed: readonly Resource[]): readonly Resource[] =>
  shop(
    ...['vpc_link', 'api', 'integration', 'route', 'stage'].map((name): Resource => ({
      address: `aws_apigatewayv2_${name}.shop`,
      actions: ['none'],
    })),
    {
      address: 'aws_lb.shop',
      after: {
        name: 'shop',
        internal: true,
        load_balancer_type: 'network',
        enable_cross_zone_load_balancing: true,
        subnets: [null, null],
      },
      refs: { subnets: [...id('aws_subnet.a'), ...id('aws_subnet.b')] },
    },
    {
      address: 'aws_lb_target_group.shop',
      after: { name: 'shop', port: 80, protocol: 'TCP', target_type: 'ip', preserve_client_ip: 'false' },
      refs: { vpc_id: id('aws_vpc.shop') },
    },
    {
      address: 'aws_lb_listener.shop',
      after: { port: 80, protocol: 'TCP', default_action: [{ type: 'forward' }] },
      refs: {
        load_balancer_arn: id('aws_lb.shop', 'arn'),
        'default_action.0.target_group_arn': id('aws_lb_target_group.shop', 'arn'),
      },
    },
    {
      address: 'aws_vpc_security_group_ingress_rule.backend',
      after: { ip_protocol: 'tcp', from_port: 80, to_port: 80, cidr_ipv4: '10.0.0.0/16' },
      refs: { security_group_id: id('aws_security_group.backend') },
    },
    ...changed,
  );

/** A region that was read as a whole and is empty. */
export const EMPTY: Snapshot = {
  version: 1,
  takenAt: '2026-06-01T00:00:00.000Z',
  regions: [
    emptyRegion({
      provider: 'aws',
      region: 'eu-west-1',
      account: '111122223333',
      whole: [
        'links',
        'networks',
        'subnets',
        'securityGroups',
        'interfaces',
        'routeTables',
        'networkAcls',
        'prefixLists',
      ],
      routeTables: [],
      networkAcls: [],
      prefixLists: [],
      peerings: [],
      transitGateways: [],
      virtualGateways: [],
      targetGroups: [],
      certificates: [],
      services: [],
      customDomains: [],
      zones: [
        { id: 'euw1-az1', name: 'eu-west-1a' },
        { id: 'euw1-az2', name: 'eu-west-1b' },
      ],
    }),
  ],
};

/** A stage of an API, without which no call reaches its routes. */
export function stageOf(api: string): Resource {
  return api.startsWith('aws_apigatewayv2_api')
    ? {
        address: 'aws_apigatewayv2_stage.of_api',
        after: { name: '$default', auto_deploy: true },
        refs: { api_id: id(api) },
      }
    : {
        address: 'aws_api_gateway_stage.of_api',
        after: { stage_name: 'prod', deployment_id: 'dep001' },
        refs: { rest_api_id: id(api) },
      };
}
