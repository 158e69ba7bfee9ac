import type { Random } from '../../../agreement/random.js';
import type { Change, Values } from '../area.js';

const NAMES = [
  'shop',
  'other',
  'nlb',
  'web-1',
  'a',
  '-web',
  'web-',
  'web_1',
  'a.b',
  'internal-web',
  'w'.repeat(32),
  'w'.repeat(33),
];
const PROTOCOLS = ['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'GENEVE', 'QUIC', 'TCP_QUIC'];

const CHECKS: Readonly<Record<string, readonly unknown[]>> = {
  protocol: ['HTTP', 'HTTPS', 'TCP', 'UDP'],
  port: ['traffic-port', '8080', '0', '70000', 'http'],
  path: ['/', '/health', 'health'],
  interval: [5, 10, 30, 4, 301],
  timeout: [2, 5, 10, 30, 1, 121],
  healthy_threshold: [2, 10, 1, 11],
  unhealthy_threshold: [2, 10, 1, 11],
  matcher: ['200', '200-299', '200,204', '200-500', '99', 'ok'],
  enabled: [true, false],
};

const BALANCER_ATTRIBUTES: Readonly<Record<string, readonly unknown[]>> = {
  idle_timeout: [60, 4000, 4001],
  client_keep_alive: [60, 59, 604_800],
  desync_mitigation_mode: ['defensive', 'strictest', 'off'],
  xff_header_processing_mode: ['append', 'keep'],
  dns_record_client_routing_policy: ['any_availability_zone', 'one_zone'],
};

const GROUP_ATTRIBUTES: Readonly<Record<string, readonly unknown[]>> = {
  deregistration_delay: ['0', '3600', '3601'],
  slow_start: [30, 29, 900, 901],
  load_balancing_algorithm_type: ['round_robin', 'least_outstanding_requests', 'random'],
  preserve_client_ip: ['true', 'false'],
  proxy_protocol_v2: [true],
  connection_termination: [true],
};

const STICKINESS: readonly Values[] = [
  { type: 'lb_cookie', enabled: true },
  { type: 'source_ip', enabled: true },
  { type: 'source_ip', enabled: false },
  { type: 'app_cookie', enabled: true, cookie_name: 'basket' },
  { type: 'app_cookie', enabled: true },
  { type: 'app_cookie', enabled: true, cookie_name: 'AWSALBAPP' },
];

const FIXED = (type = 'text/plain'): Values => ({
  type: 'fixed-response',
  fixed_response: { content_type: type, status_code: '404' },
});
const REDIRECTS: readonly Values[] = [
  { port: '443', protocol: 'HTTPS', status_code: 'HTTP_301' },
  { status_code: 'HTTP_301' },
  { port: '70000', status_code: 'HTTP_301' },
  { path: 'moved', status_code: 'HTTP_302' },
  { host: 'shop.example.com', status_code: 'HTTP_302' },
];

const CONDITIONS: readonly (readonly Values[])[] = [
  [{ path_pattern: { values: ['/a', '/b/*'] } }],
  [{ path_pattern: { values: ['/a'] } }, { path_pattern: { values: ['/b'] } }],
  [{ path_pattern: { values: ['/1', '/2', '/3', '/4', '/5', '/6'] } }],
  [{ path_pattern: { values: [`/${'a'.repeat(128)}`] } }],
  [{ path_pattern: { values: ['/*/*/*/*/*/*'] } }],
  [{ host_header: { values: ['shop.example.com'] } }, { path_pattern: { values: ['/a'] } }],
  [{ host_header: { values: ['a.example.com'] } }, { host_header: { values: ['b.example.com'] } }],
  [{ http_request_method: { values: ['GET'] } }],
  [{ http_request_method: { values: ['get'] } }],
  [{ source_ip: { values: ['10.0.0.0/8'] } }],
  [{ source_ip: { values: ['10.0.0.0/33'] } }],
  [{ http_header: { http_header_name: 'x-tenant', values: ['a'] } }],
  [{ http_header: { http_header_name: 'Host', values: ['a'] } }],
  [{ http_header: { http_header_name: 'x'.repeat(41), values: ['a'] } }],
];

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/0f1e2d3c-0000-4000-8000-000000000000';

const target = (random: Random) => random.pick(['shop', 'other', 'nlb']);
const listener = (random: Random) => random.pick(['shop', 'second', 'nlb']);
const balancer = (random: Random) => random.pick(['shop', 'nlb']);

function oneOf(list: Readonly<Record<string, readonly unknown[]>>, random: Random): Values {
  const name = random.pick(Object.keys(list));
  return { [name]: random.pick(list[name] ?? []) };
}

function action(random: Random): Values {
  const kind = random.below(4);
  if (kind === 0) return FIXED(random.pick(['text/plain', 'text/csv']));
  if (kind === 1) return { type: 'redirect', redirect: random.pick(REDIRECTS) };
  if (kind === 2) return { type: 'forward', groups: [{ group: target(random) }] };
  const weighed = random.pick([
    ['shop', 'other'],
    ['shop', 'shop'],
    ['shop', 'nlb'],
  ]);
  return {
    type: 'forward',
    groups: weighed.map((group, at) => ({ group, weight: at === 0 ? 10 : random.pick([0, 90, 999, 1000]) })),
  };
}

export function balancingChanges(): readonly Change[] {
  return [
    ({ balancers }, random) => (balancers[balancer(random)].name = random.pick(NAMES)),
    ({ balancers }, random) => {
      const places = [['a'], ['a', 'c'], ['b', 'c'], ['a', 'b', 'c'], ['a', 'd'], ['b', 'd']];
      balancers[balancer(random)].subnets = random.pick(places);
    },
    ({ balancers }, random) => (balancers[balancer(random)].type = random.pick(['application', 'network'])),
    ({ balancers }, random) => (balancers[balancer(random)].internal = random.chance(0.5)),
    ({ balancers }, random) =>
      (balancers[balancer(random)].groups = random.pick([['balancer'], ['foreign'], ['balancer', 'backend']])),
    ({ balancers }, random) => {
      const one = balancers[balancer(random)];
      // The provider sends attributes of the type alone: internal/service/elbv2/load_balancer.go.
      const { dns_record_client_routing_policy: own, ...others } = BALANCER_ATTRIBUTES;
      one.attributes = oneOf(one.type === 'network' ? { dns_record_client_routing_policy: own ?? [] } : others, random);
    },
    ({ targetGroups }, random) => (targetGroups[target(random)].name = random.pick(NAMES)),
    ({ targetGroups }, random) => (targetGroups[target(random)].protocol = random.pick(PROTOCOLS)),
    ({ targetGroups }, random) => (targetGroups[target(random)].port = random.pick([80, 6081, 0, 65_535, 65_536])),
    ({ targetGroups }, random) =>
      (targetGroups[target(random)].target_type = random.pick(['ip', 'instance', 'alb', 'lambda'])),
    ({ targetGroups }, random) =>
      (targetGroups[target(random)].protocol_version = random.pick(['HTTP1', 'HTTP2', 'GRPC', 'HTTP3', null])),
    ({ targetGroups }, random) => (targetGroups[target(random)].network = random.pick(['main', 'other'])),
    ({ targetGroups }, random) => (targetGroups[target(random)].attributes = oneOf(GROUP_ATTRIBUTES, random)),
    ({ targetGroups }, random) => (targetGroups[target(random)].stickiness = { ...random.pick(STICKINESS) }),
    ({ targetGroups }, random) => {
      const names = random.some(Object.keys(CHECKS), 3);
      const check = Object.fromEntries(names.map((name) => [name, random.pick(CHECKS[name] ?? [])]));
      targetGroups[target(random)].health_check = check;
    },
    ({ targets }, random) => {
      const ids = ['10.0.0.100', 'i-0123456789abcdef0', 'shop.example.com', 'balancer nlb', 'balancer shop', '8.8.8.8'];
      random.pick(targets as Values[])['id'] = random.pick(ids);
    },
    (values, random) => {
      values['targetGroups'].nlb.target_type = 'alb';
      values['targets'][1].id = random.pick(['balancer shop', 'balancer nlb', '10.0.0.100']);
    },
    ({ targets }, random) => (random.pick(targets as Values[])['port'] = random.pick([80, 8080, 0, 65_536])),
    ({ targets }, random) =>
      (random.pick(targets as Values[])['zone'] = random.pick(['all', 'eu-west-1a', 'eu-west-1b'])),
    ({ targets }, random) => {
      const far = { group: random.pick(['shop', 'nlb']), id: '192.168.1.1', port: null };
      targets[2] = { ...far, zone: random.pick([null, 'all', 'eu-west-1a']) };
    },
    ({ listeners }, random) => (listeners[listener(random)].port = random.pick([80, 8080, 0, 65_536])),
    ({ listeners }, random) => (listeners[listener(random)].protocol = random.pick(PROTOCOLS)),
    ({ listeners }, random) => {
      const one = listeners[listener(random)];
      one.certificate_arn = random.pick([null, CERTIFICATE]);
      one.ssl_policy = random.pick([null, 'ELBSecurityPolicy-TLS13-1-2-2021-06', 'TLS-1-2']);
      if (random.chance(0.5)) one.protocol = random.pick(['HTTPS', 'TLS']);
    },
    ({ listeners }, random) => (listeners[listener(random)].alpn_policy = random.pick(['HTTP2Preferred', 'None'])),
    ({ listeners }, random) => (listeners[listener(random)].action = action(random)),
    ({ listeners }, random) => (listeners[listener(random)].balancer = balancer(random)),
    // Another network load balancer, before the group of the first one or a group of its own kind.
    ({ balancers, listeners }, random) => {
      balancers.spare = { ...balancers.nlb, name: random.pick(['spare', 'nlb']), attributes: {} };
      listeners.spare = {
        ...listeners.nlb,
        balancer: 'spare',
        port: random.pick([80, 81]),
        protocol: random.pick(['TCP', 'TCP', 'HTTP', 'UDP']),
        action: { type: 'forward', groups: [{ group: random.pick(['nlb', 'shop']) }] },
      };
    },
    // The same protocol on one port twice, or two protocols of which one is carried by UDP.
    ({ listeners }, random) => {
      listeners.again = {
        ...listeners[random.pick(['shop', 'nlb'])],
        port: random.pick([80, 8080, 9090]),
        protocol: random.pick(['HTTP', 'TCP', 'UDP', 'TCP_UDP', 'TLS']),
      };
    },
    ({ targets }, random) => targets.push({ ...random.pick(targets as Values[]) }),
    ({ listenerRules }, random) =>
      (random.pick(listenerRules as Values[])['priority'] = random.pick([10, 20, 0, 50_000, 50_001])),
    ({ listenerRules }, random) => (random.pick(listenerRules as Values[])['action'] = action(random)),
    ({ listenerRules }, random) => (random.pick(listenerRules as Values[])['conditions'] = random.pick(CONDITIONS)),
  ];
}
