// A snapshot of one AWS account and region, and the spec of everything in it: `scale` times 200 links, 2,000 listeners as targets
// and 5,000 rules of security groups. Networks have twelve subnets; rules name blocks, groups and prefix lists.
import { NETWORK_LISTS } from '../../packages/core/dist/adapter.js';
import { emptyRegion } from '../../packages/core/dist/internal/cloud.js';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';
/** Prefix lists at the smallest size. */
const LISTS = 20;
/** As many as a load balancer may have. */
const LISTENERS_PER_BALANCER = 50;

const ACCESS_LOG = {
  destination: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:calls`,
  format: '$context.integrationErrorMessage',
};

/** @param {number} scale @param {number} seed */
export function checkWorld(scale, seed = 7) {
  const random = generator(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const counts = {
    links: 200 * scale,
    targets: 2_000 * scale,
    rules: 5_000 * scale,
    networks: 4 * scale,
  };
  const region = regionOf(scale, counts.networks);
  const networks = Array.from({ length: counts.networks }, (_, index) => network(region, index));
  const balancers = counts.targets / LISTENERS_PER_BALANCER;
  const spec = { version: 1, project: 'bench', spec: 'bench', links: {}, integrations: {} };

  const groupsOf = (kind, count) =>
    Array.from({ length: count }, (_, index) => {
      const { id: networkId } = networks[index % networks.length];
      const group = { id: `sg-${kind}${index}`, name: `${kind}${index}`, networkId, rules: [], tags: {}, raw: null };
      region.securityGroups.push(group);
      return group;
    });
  const linkGroups = groupsOf('link', counts.links);
  const balancerGroups = groupsOf('lb', balancers);

  /** The link that calls a listener of a load balancer: one of the same network. */
  const callerOf = (balancer, which) => {
    const network = balancer % networks.length;
    const turn = Math.floor(balancer / networks.length) * LISTENERS_PER_BALANCER + which;
    return network + networks.length * (turn % (counts.links / networks.length));
  };

  let rules = 0;
  const rule = (group, direction, port, about, toPort = port) => {
    rules += 1;
    group.rules.push({ id: `sgr-${rules}`, direction, protocol: 'tcp', fromPort: port, toPort, ...about });
  };

  for (let index = 0; index < counts.links; index += 1) {
    const { id: networkId, front, cidrBlock } = networks[index % networks.length];
    const subnets = [front[index % front.length], front[(index + 1) % front.length]];
    const group = linkGroups[index];
    rule(group, 'out', 443, { cidrBlock }, 443 + LISTENERS_PER_BALANCER);
    region.links.push({
      id: `vlink-${index}`,
      name: `link${index}`,
      kind: 'vpc-link-v2',
      state: 'ready',
      nativeState: 'AVAILABLE',
      networkId,
      subnetIds: subnets.map(({ id }) => id),
      securityGroupIds: [group.id],
      tags: {},
      raw: null,
    });
    for (const subnet of subnets) face(region, subnet, [group.id], { linkId: `vlink-${index}` });
    spec.links[`link${index}`] = { provider: 'aws', region: REGION, account: ACCOUNT, id: `vlink-${index}` };
  }

  for (let index = 0; index < balancers; index += 1) {
    const { id: networkId, front, back } = networks[index % networks.length];
    const subnets = [back[index % back.length], back[(index + 1) % back.length]];
    const group = balancerGroups[index];
    const id = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/app/lb${index}/${hex(index)}`;
    region.loadBalancers.push({
      id,
      name: `lb${index}`,
      kind: 'application',
      networkId,
      scheme: 'internal',
      state: 'active',
      active: true,
      subnetIds: subnets.map((one) => one.id),
      securityGroupIds: [group.id],
      zones: subnets.map(({ zone }) => zone),
      dualStack: false,
      crossZone: true,
      raw: null,
    });
    for (const subnet of subnets) face(region, subnet, [group.id], { attachedTo: id });
    // Two machines behind each load balancer, in the load balancer's own group.
    const machines = subnets.map((subnet, which) => {
      const machine = `i-${index}-${which}`;
      face(region, subnet, [group.id], { attachedTo: machine });
      return { id: machine, port: 8080, zone: subnet.zone, health: 'healthy' };
    });
    const groupId = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:targetgroup/tg${index}/${hex(index)}`;
    region.targetGroups.push({
      id: groupId,
      kind: 'instance',
      port: 8080,
      networkId,
      loadBalancerIds: [id],
      crossZone: true,
      preservesClientAddress: false,
      minimumHealthy: { count: 1 },
      deregistrationDelayMs: 300_000,
      closesAfterDelay: true,
      targets: machines,
      raw: null,
    });
    rule(group, 'out', 8080, { securityGroupId: group.id });
    rule(group, 'in', 8080, { securityGroupId: group.id });
    for (let which = 0; which < LISTENERS_PER_BALANCER; which += 1) {
      const port = 443 + which;
      const listenerId = `${id.replace('loadbalancer', 'listener')}/${hex(index * LISTENERS_PER_BALANCER + which)}`;
      // Most listeners let in the group of the link that calls them, every tenth its subnets, or a prefix list.
      const caller = callerOf(index, which);
      if (which % 10 === 1) {
        for (const subnet of [front[caller % front.length], front[(caller + 1) % front.length]]) {
          rule(group, 'in', port, { cidrBlock: subnet.cidrBlock });
        }
      } else if (which % 10 === 4) rule(group, 'in', port, { prefixListId: `pl-${caller % (LISTS * scale)}` });
      else rule(group, 'in', port, { securityGroupId: linkGroups[caller].id });
      region.listeners.push({
        id: listenerId,
        loadBalancerId: id,
        port,
        protocol: 'HTTP',
        actions: [{ kind: 'forward', targetGroupIds: [groupId] }],
        rules: [],
        raw: null,
      });
      region.targets.push({
        kind: 'listener',
        id: listenerId,
        networkId,
        resourceId: id,
        resourceType: 'application',
        port,
        protocol: 'HTTP',
        raw: null,
      });
    }
  }
  for (const links = linkGroups; rules < counts.rules;) {
    const group = rules % 2 === 0 ? pick(links) : pick(balancerGroups);
    const direction = rules % 2 === 0 ? 'out' : 'in';
    const { back } = pick(networks);
    rule(group, direction, 9_000 + Math.floor(random() * 1_000), { cidrBlock: pick(back).cidrBlock });
  }

  // Each target is called through a link of its own network.
  const routes = region.links.map(() => []);
  region.targets.forEach((target, index) => {
    const caller = callerOf(Math.floor(index / LISTENERS_PER_BALANCER), index % LISTENERS_PER_BALANCER);
    const link = `link${caller}`;
    const name = `integration${caller}`;
    const integration = (spec.integrations[name] ??= {
      link,
      gateway: { httpApi: `api${caller}` },
      targets: {},
      routes: {},
    });
    integration.targets[`t${index}`] = {
      listener: { loadBalancer: `lb${Math.floor(index / LISTENERS_PER_BALANCER)}`, port: target.port },
    };
    integration.routes[`ANY /t${index}`] = `t${index}`;
    routes[caller].push({
      id: `route-${index}`,
      gatewayId: `api${caller}`,
      key: `ANY /t${index}`,
      linkId: `vlink-${caller}`,
      targetId: target.id,
      open: false,
      authorization: 'JWT',
      raw: null,
    });
  });
  region.links.forEach((link, index) => {
    region.gateways.push({
      id: `api${index}`,
      name: `api${index}`,
      kind: 'http-api',
      stages: [{ name: '$default', autoDeploy: true, accessLog: ACCESS_LOG, throttle: {}, throttles: [] }],
      routes: routes[index],
      tags: {},
      raw: null,
    });
  });
  return {
    snapshot: { version: 1, takenAt: '2026-06-01T00:00:00.000Z', regions: [region] },
    spec,
    counts: { links: region.links.length, targets: region.targets.length, rules },
  };
}

/** All lists of it were read. Prefix lists hold the half of their network in which links stand, and of seven others. */
function regionOf(scale, networks) {
  return emptyRegion({
    provider: 'aws',
    region: REGION,
    account: ACCOUNT,
    whole: [...NETWORK_LISTS, 'targetGroups', 'certificates', 'customDomains', 'services', 'registrars'],
    prefixLists: Array.from({ length: LISTS * scale }, (_, index) => ({
      id: `pl-${index}`,
      cidrBlocks: Array.from({ length: 8 }, (_, block) => `10.${((index % networks) + block * 4) % 256}.0.0/17`),
      raw: null,
    })),
    zones: ['euw1-az1', 'euw1-az2', 'euw1-az3'].map((id) => ({ id, servesLinks: true })),
    quotas: { 'vpc-links': 1_000_000 },
  });
}

/** A network of six subnets for links and six for load balancers, /20 each; every fourth has an ACL of its own. */
function network(region, index) {
  const id = `vpc-${index}`;
  // More than 256 networks use the same blocks again, as networks that are not connected may.
  const second = index % 256;
  const cidrBlock = `10.${second}.0.0/16`;
  region.networks.push({ id, cidrBlocks: [cidrBlock], tags: {}, raw: null });
  region.routeTables.push({
    id: `rtb-${index}`,
    networkId: id,
    main: true,
    routes: [
      { cidrBlock, nextHop: { kind: 'local' }, state: 'active', origin: 'local' },
      { cidrBlock: '0.0.0.0/0', nextHop: { kind: 'nat', id: `nat-${index}` }, state: 'active', origin: 'static' },
    ],
    raw: null,
  });
  const entries = ['in', 'out'].flatMap((direction) => [
    { direction, order: 90, action: 'deny', protocol: 'tcp', fromPort: 22, toPort: 22, cidrBlock: '0.0.0.0/0' },
    { direction, order: 100, action: 'allow', protocol: 'all', fromPort: 0, toPort: 65_535, cidrBlock: '0.0.0.0/0' },
  ]);
  region.networkAcls.push({ id: `acl-${index}`, networkId: id, entries, raw: null });
  const subnets = Array.from({ length: 12 }, (_, which) => {
    const subnet = {
      id: `subnet-${index}-${which}`,
      networkId: id,
      cidrBlock: `10.${second}.${which * 16}.0/20`,
      zone: `euw1-az${(which % 3) + 1}`,
      freeAddresses: 3_000,
      routeTableId: `rtb-${index}`,
      networkAclId: which % 4 === 0 ? `acl-${index}` : null,
      tags: {},
      raw: null,
      used: 3,
    };
    Object.defineProperty(subnet, 'used', { enumerable: false, writable: true, value: 3 });
    region.subnets.push(subnet);
    return subnet;
  });
  return { id, cidrBlock, front: subnets.slice(0, 6), back: subnets.slice(6) };
}

/** A network interface with the next address of its subnet. */
function face(region, subnet, securityGroupIds, more) {
  subnet.used += 1;
  const [a, b, c] = subnet.cidrBlock.split('/')[0].split('.').map(Number);
  const { used } = subnet;
  region.interfaces.push({
    id: `eni-${region.interfaces.length}`,
    networkId: subnet.networkId,
    subnetId: subnet.id,
    addresses: [`${a}.${b}.${c + (used >> 8)}.${used & 255}`],
    securityGroupIds,
    raw: null,
    ...more,
  });
}

/** Sixteen hexadecimal digits, as ids of load balancing have. */
function hex(number) {
  return number.toString(16).padStart(16, '0');
}

/** xorshift32: the same numbers for the same seed everywhere. */
function generator(seed) {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
