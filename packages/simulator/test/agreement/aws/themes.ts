import { balancer, backend } from './balancers.js';
import { farTargets } from './far-targets.js';
import { LINK_BLOCKS, TARGET_BLOCKS, PORTS, OPEN, entries, openServer } from './blocks.js';
import { listenerRules, type Called } from './rules.js';
import { noRoute, blackhole, peering, transit, virtualGateway } from './networks.js';
import { addRule, closeEgress, networkAcl, SERVER, serviceAt, type AwsWorld, type Entry } from './parts.js';

/** What a world is about. With each theme its kind decides often; with the added noise other kinds decide, too. */
export const AWS_THEMES = [
  'group-out',
  'group-in',
  'reference',
  'prefix-list',
  'acl-out',
  'acl-in',
  'acl-in',
  'acl-return',
  // Twice: one denied port blocks almost no call.
  'acl-return',
  'no-route',
  'nat',
  'blackhole',
  'peering',
  'transit',
  'vgw',
  'listener',
  'health',
  'zone',
  'route-return',
  'backend',
  'rules',
  // Twice: some of its worlds are blocked by something else, and some by nothing.
  'rules',
  'far-transit',
  'far-nat',
] as const;

export type AwsTheme = (typeof AWS_THEMES)[number];

/** What a theme has built. */
export interface Built {
  /** The id of the target that is called. */
  readonly targetId: string;
  /** What is called, where that matters. */
  readonly called?: Called;
  /** Further listeners that the spec names. */
  readonly reads?: readonly string[];
}

/** Builds what a theme is about. */
export async function buildTheme(world: AwsWorld, theme: AwsTheme): Promise<Built> {
  return theme === 'rules' ? listenerRules(world) : { targetId: await targetOf(world, theme) };
}

async function targetOf(world: AwsWorld, theme: Exclude<AwsTheme, 'rules'>): Promise<string> {
  switch (theme) {
    case 'group-out':
      return groupOut(world);
    case 'group-in':
      return groupIn(world);
    case 'reference':
      return reference(world);
    case 'prefix-list':
      return prefixList(world);
    case 'acl-out':
    case 'acl-in':
    case 'acl-return':
      return acls(world, theme);
    case 'no-route':
    case 'nat':
      return noRoute(world);
    case 'blackhole':
      return blackhole(world);
    case 'peering':
    case 'route-return':
      return peering(world, theme);
    case 'transit':
      return transit(world);
    case 'vgw':
      return virtualGateway(world);
    case 'listener':
    case 'health':
    case 'zone':
      return balancer(world, theme);
    case 'backend':
      return backend(world);
    case 'far-transit':
      return farTargets(world, 'transit');
    case 'far-nat':
      return farTargets(world, 'nat');
  }
}

function groupOut(world: AwsWorld): Promise<string> {
  const { random, groups } = world;
  openServer(world);
  closeEgress(world, groups.link);
  for (const CidrIp of random.some(TARGET_BLOCKS, 2)) {
    addRule(world, 'out', groups.link, { IpRanges: [{ CidrIp }] }, [...random.pick(PORTS)]);
  }
  return serviceAt(world, SERVER);
}

function groupIn(world: AwsWorld): Promise<string> {
  const { random, groups } = world;
  for (const CidrIp of random.some(LINK_BLOCKS, 3)) {
    addRule(world, 'in', groups.server, { IpRanges: [{ CidrIp }] }, [...random.pick(PORTS)]);
  }
  return serviceAt(world, SERVER);
}

function reference(world: AwsWorld): Promise<string> {
  const { random, groups } = world;
  const names = [groups.link, groups.server, groups.other];
  if (random.chance(0.5)) {
    closeEgress(world, groups.link);
    addRule(world, 'out', groups.link, {
      UserIdGroupPairs: [{ GroupId: random.chance(0.8) ? groups.server : groups.other }],
    });
  }
  addRule(world, 'in', groups.server, {
    UserIdGroupPairs: [{ GroupId: random.chance(0.75) ? groups.link : random.pick(names) }],
  });
  return serviceAt(world, SERVER);
}

function prefixList(world: AwsWorld): Promise<string> {
  const { random, groups, ec2 } = world;
  const list = (blocks: readonly string[]): string =>
    ec2('CreateManagedPrefixList', {
      PrefixListName: `list${random.below(1e9)}`,
      MaxEntries: 5,
      AddressFamily: 'IPv4',
      Entries: blocks.map((Cidr) => ({ Cidr })),
    }).PrefixList.PrefixListId;
  const blocks = random.chance(0.75) ? ['10.0.1.0/24', '10.0.2.0/24'] : random.some(LINK_BLOCKS.slice(0, -1), 2);
  addRule(world, 'in', groups.server, { PrefixListIds: [{ PrefixListId: list(blocks) }] });
  if (random.chance(0.4)) {
    closeEgress(world, groups.link);
    addRule(world, 'out', groups.link, {
      PrefixListIds: [{ PrefixListId: list(random.some(TARGET_BLOCKS.slice(0, 5), 3)) }],
    });
  }
  return serviceAt(world, SERVER);
}

function acls(world: AwsWorld, theme: 'acl-out' | 'acl-in' | 'acl-return'): Promise<string> {
  const { random, subnets } = world;
  openServer(world);
  // Without the final allow entry, packets that match no entry are denied.
  const rest = (out: boolean): readonly Entry[] =>
    OPEN.filter((one) => one.out !== out || random.chance(theme === 'acl-out' ? 0.35 : 0.5));
  if (theme === 'acl-out') {
    const own = [subnets.a, subnets.b];
    for (const subnetId of random.chance(0.5) ? own : [random.pick(own)])
      networkAcl(world, subnetId, [...entries(random, true, 'call', TARGET_BLOCKS), ...rest(true)]);
  }
  if (theme === 'acl-in')
    networkAcl(world, subnets.back, [...entries(random, false, 'call', LINK_BLOCKS), ...rest(false)]);
  if (theme === 'acl-return' && random.chance(0.4)) {
    // One denied port blocks some answers, and nearly all calls succeed.
    const at = 1024 + random.below(40_000);
    networkAcl(world, subnets.back, [
      { out: true, order: 10, allow: false, ports: [at, at], block: random.pick(LINK_BLOCKS) },
      ...OPEN,
    ]);
  } else if (theme === 'acl-return' && random.chance(0.5)) {
    networkAcl(world, subnets.back, [...entries(random, true, 'answer', LINK_BLOCKS), ...rest(true)]);
  } else if (theme === 'acl-return') {
    networkAcl(world, subnets.a, [...entries(random, false, 'answer', TARGET_BLOCKS), ...rest(false)]);
  }
  return serviceAt(world, SERVER);
}
