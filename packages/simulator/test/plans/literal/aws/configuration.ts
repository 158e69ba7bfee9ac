import { readFileSync } from 'node:fs';
import type { Random } from '../../../agreement/random.js';

/** A resource of a configuration. A reference is a text with `@aws_vpc.main.id` in it; `dependsOn`: what it waits for besides. */
export type Written = readonly [
  address: string,
  attributes: Readonly<Record<string, unknown>>,
  dependsOn?: readonly string[] | undefined,
];

/** HTTP and REST APIs by links of both kinds, load balancers of both kinds, instances here and in a peered network, a service of ECS. */
const ALL = JSON.parse(readFileSync(new URL('world.json', import.meta.url), 'utf8')) as readonly Written[];

/** By the route: the parts that it needs besides its own. A part is a name of resources, or what it begins with. */
const ROUTES = {
  orders: ['alb', 'http'],
  tasks: ['alb', 'http'],
  far: ['alb', 'http'],
  raw: ['nlb', 'http'],
  v1: ['nlb', 'rest'],
  v2: ['alb', 'rest'],
} as const;

export type Route = keyof typeof ROUTES;
export const ROUTE_NAMES = Object.keys(ROUTES) as readonly Route[];

/** The configuration of some routes. */
export function worldOf(routes: readonly Route[]): readonly Written[] {
  const kept = new Set<string>(routes.flatMap((route) => [route, ...ROUTES[route]]));
  const parts = new Set<string>(Object.entries(ROUTES).flatMap(([route, needs]) => [route, ...needs]));
  const gone = ALL.flatMap(([address]) => {
    const part = address.split('.')[1]?.split('_')[0] ?? '';
    return parts.has(part) && !kept.has(part) ? [address] : [];
  });
  return gone.reduce(without, ALL);
}

const PORTS = [80, 8080, 8081, 81];
const BLOCKS = ['10.0.0.0/24', '10.0.1.0/24', '10.0.9.0/24', '10.0.0.0/25', '10.5.0.0/24', '10.7.0.0/24'];
const WIDE = ['10.0.0.0/16', '10.5.0.0/16', '10.0.0.0/24', '10.0.1.0/24', '0.0.0.0/0', '10.9.0.0/16'];

/** What an attribute may be instead, by its name, or by its type and name. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  'aws_vpc.cidr_block': ['10.0.0.0/16', '10.5.0.0/16', '10.0.0.0/20', '10.6.0.0/16', '10.4.0.0/15'],
  'aws_subnet.cidr_block': BLOCKS,
  availability_zone: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  auto_accept: [false],
  destination_cidr_block: WIDE,
  'aws_network_acl_rule.cidr_block': WIDE,
  cidr_ipv4: WIDE,
  from_port: [...PORTS, 0, 1024],
  to_port: [...PORTS, 1023, 65_535],
  egress: [true, false],
  rule_action: ['deny'],
  ip_protocol: ['udp', '-1', 'tcp'],
  'aws_network_acl_rule.protocol': ['udp', '-1'],
  rule_number: [90, 100, 110],
  private_ip: ['10.0.0.100', '10.0.0.101', '10.0.1.100', '10.0.0.1', '10.5.0.100'],
  name: ['web', 'raw', 'link', 'main', 'tasks', 'new', '$default'],
  internal: [false],
  load_balancer_type: ['application', 'network'],
  enable_cross_zone_load_balancing: [false],
  enforce_security_group_inbound_rules_on_private_link_traffic: ['on'],
  preserve_client_ip: ['true'],
  port: PORTS,
  'aws_lb_target_group.protocol': ['HTTP', 'TCP', 'HTTPS', 'UDP'],
  'aws_lb_listener.protocol': ['HTTP', 'TCP', 'UDP', 'HTTPS'],
  target_type: ['ip', 'instance', 'alb'],
  priority: [10, 20, 5, 30],
  values: ['/orders', '/tasks/*', '/far/x', '*'],
  container_definitions: [80, 8082].map((port) =>
    JSON.stringify([
      { name: 'web', image: 'public.ecr.aws/a/b:1', essential: true, portMappings: [{ containerPort: port }] },
    ]),
  ),
  network_mode: ['bridge'],
  desired_count: [0, 1],
  launch_type: ['EC2'],
  assign_public_ip: [false],
  container_name: ['other'],
  container_port: [8080, 8081],
  protocol_type: ['WEBSOCKET'],
  integration_type: ['HTTP_PROXY', 'AWS_PROXY'],
  integration_method: ['POST', 'GET'],
  payload_format_version: ['2.0'],
  route_key: ['GET /orders', 'POST /orders', '$default', 'ANY /{proxy+}', 'GET /tasks/{id}', 'GET /far/x'],
  auto_deploy: [false],
  path_part: ['v1', 'v2', '{proxy+}', '{id}'],
  http_method: ['POST', 'ANY'],
  authorization: ['AWS_IAM'],
  'aws_api_gateway_integration.type': ['HTTP', 'MOCK'],
  integration_http_method: ['POST', 'ANY'],
  uri: ['http://web.example.com/v2', 'http://raw.example.com/v1', 'https://web.example.com/', 'http://raw:9000'],
  stage_name: ['test', 'a b'],
};

const REFERENCE = /@((\w+)(?:\.\w+)?)\.(\w+)/;

/** By the address that a text names, the address of what it is an attribute of, and the name of the attribute. */
export function referenceIn(text: unknown): { address: string; type: string; attribute: string } | undefined {
  const [, address = '', type = '', attribute = ''] = (typeof text === 'string' && REFERENCE.exec(text)) || [];
  return address === '' ? undefined : { address, type, attribute };
}

/** A value with each of its texts and numbers changed; an element that becomes undefined is left out. */
export function mapped(
  value: unknown,
  change: (leaf: unknown, path: readonly string[]) => unknown,
  path: readonly string[] = [],
): unknown {
  if (Array.isArray(value))
    return value.map((one, at) => mapped(one, change, [...path, String(at)])).filter((one) => one !== undefined);
  if (typeof value !== 'object' || value === null) return change(value, path);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapped(one, change, [...path, name])]));
}

/** The addresses that a resource names. */
export function namesOf([, attributes, dependsOn = []]: Written): readonly string[] {
  const found = [...dependsOn];
  mapped(attributes, (leaf) => found.push(referenceIn(leaf)?.address ?? ''));
  return found;
}

/** A configuration with one change. */
export function changed(all: readonly Written[], random: Random): readonly Written[] {
  const [address, attributes, dependsOn] = random.pick(all);
  if (random.chance(0.15)) return without(all, address);
  if (random.chance(0.08)) return [...all, [`${address}_again`, attributes, dependsOn]];
  const paths: (readonly string[])[] = [];
  mapped(attributes, (_, path) => paths.push(path));
  const at = random.pick(paths).join('.');
  const type = address.split('.')[0] ?? '';
  const value = mapped(attributes, (leaf, path) => {
    if (path.join('.') !== at) return leaf;
    const isListed = /^\d+$/.test(path.at(-1) ?? '');
    const named = referenceIn(leaf);
    if (named === undefined) {
      const name = path.findLast((one) => !/^\d+$/.test(one)) ?? '';
      return random.pick(VALUES[`${type}.${name}`] ?? VALUES[name] ?? [leaf]);
    }
    if (isListed && random.chance(0.4)) return undefined;
    const others = all.flatMap(([other]) => (other.startsWith(`${named.type}.`) ? [other] : []));
    return (leaf as string).replace(named.address, random.pick(others));
  });
  return all.map((one) => (one[0] === address ? [address, value as Written[1], dependsOn] : one));
}

/** Without a resource: lists lose it, and what else names it goes, too. */
function without(all: readonly Written[], gone: string): readonly Written[] {
  const lost = new Set([gone]);
  const needs = (attributes: unknown): boolean => {
    let found = false;
    mapped(attributes, (leaf, path) => {
      found ||= lost.has(referenceIn(leaf)?.address ?? '') && !/^\d+$/.test(path.at(-1) ?? '');
    });
    return found;
  };
  for (let before = 0; before < lost.size;) {
    before = lost.size;
    for (const [address, attributes] of all) if (needs(attributes)) lost.add(address);
  }
  return all.flatMap(([address, attributes, dependsOn]): readonly Written[] => {
    const left = mapped(attributes, (leaf) => (lost.has(referenceIn(leaf)?.address ?? '') ? undefined : leaf));
    return lost.has(address) ? [] : [[address, left as Written[1], dependsOn?.filter((one) => !lost.has(one))]];
  });
}
