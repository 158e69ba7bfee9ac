import { describe, expect, it } from 'vitest';
import type { CheckInput } from '../../../src/do/world/views.js';
import { check } from '../../../src/check/checks/run.js';
import { prepare } from '../../../src/do/world/prepare.js';
import { linkHash } from '../../../src/do/world/resolve/link-identity.js';
import type { Spec } from '../../../src/do/spec.js';
import type { Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { LISTENER } from '../../check/checks/aws-region.js';
import { alibabaWorld, awsWorld, type World, withhold } from '../../check/checks/world.js';
import { edit } from '../../check/checks/edits.js';
import { CLOUDS } from '../../clouds.js';

function views(make: typeof awsWorld, change?: (world: World) => void): CheckInput {
  const { snapshot, spec } = make(change);
  return prepare(snapshot as Snapshot, spec as Spec, { clouds: CLOUDS, now: 0, passes: true }).input;
}

function linkOf(change?: (world: World) => void): CheckInput['links'][number] {
  const [link] = views(awsWorld, change).links;
  if (link === undefined) throw new Error('no link');
  return link;
}

function integrationOf(change?: (world: World) => void, make = awsWorld): CheckInput['integrations'][number] {
  const [integration] = views(make, change).integrations;
  if (integration === undefined) throw new Error('no integration');
  return integration;
}

/** Changes the spec to declare its link by subnets. */
function declared({ linkSpec }: World): void {
  delete linkSpec.id;
  linkSpec.subnets = ['subnet-a', 'subnet-b'];
  linkSpec.securityGroups = ['sg-link'];
}

/** Adds the project's mark to the existing link, as `apply` writes it. */
function marked(world: World): void {
  declared(world);
  const owner = { project: 'shop', spec: 'shop', integration: 'eu' };
  const link = world.the('links', 'vlink-1');
  link.owner = { ...owner, specHash: linkHash(owner, link) };
}

describe('a link of the spec', () => {
  it('is the one with its ID', () => {
    expect(linkOf()).toMatchObject({
      name: 'eu',
      link: { id: 'vlink-1' },
      subnetIds: ['subnet-a', 'subnet-b'],
      securityGroupIds: ['sg-link'],
      networkId: 'vpc-1',
      unresolved: undefined,
      integrations: ['orders'],
    });
  });

  it('is the one with its name or tag', () => {
    expect(linkOf(edit({ 'linkSpec.id': { name: 'eu' } })).link?.id).toBe('vlink-1');
    const tagged = linkOf(
      edit({
        'linkSpec.id': { tag: { team: 'a', tier: 'b' } },
        'links.vlink-1.tags': { team: 'a', tier: 'b', more: 'c' },
      }),
    );
    expect(tagged.link?.id).toBe('vlink-1');
    const half = linkOf(
      edit({ 'linkSpec.id': { tag: { team: 'a', tier: 'b' } }, 'links.vlink-1.tags': { team: 'a' } }),
    );
    expect(half).toMatchObject({ link: undefined, unresolved: { verdict: 'fail', code: 'NOT_FOUND' } });
  });

  it('is the external one of its name', () => {
    const change = edit({ 'linkSpec.id': undefined, 'linkSpec.owner': 'external' });
    expect(linkOf(change).link?.id).toBe('vlink-1');
  });

  it("is the one with the project's mark", () => {
    expect(linkOf(marked).link?.id).toBe('vlink-1');
  });

  it.each<[string, (world: World) => void]>([
    ['its subnets', withhold('subnets', 'ec2:DescribeSubnets')],
    ['one of its subnets', withhold('subnets', 'ec2:DescribeSubnets', 'subnet-b')],
    [
      'its groups and allowlist',
      ({ withhold }) => {
        withhold('securityGroups', 'ec2:DescribeSecurityGroups');
        withhold('allowlists', 'ec2:DescribeSecurityGroups');
      },
    ],
  ])('is found by the IDs in the spec where %s could not be read', (_, lose) => {
    const view = linkOf((world) => {
      marked(world);
      lose(world);
    });
    expect(view).toMatchObject({ link: { id: 'vlink-1' }, unseen: undefined, unresolved: { verdict: 'unknown' } });
    expect(view.unresolved?.remedy).toContain('ec2:Describe');
  });

  it.each<[string, (world: World) => void, string]>([
    ['links could not be read', withhold('links', 'apigateway:GET'), 'apigateway:GET'],
    [
      'the group of its allowlist is unknown',
      ({ linkSpec, withhold }) => {
        Object.assign(linkSpec, { securityGroups: [], allowlist: ['10.0.11.0/24'] });
        withhold('allowlists', 'ec2:DescribeSecurityGroups');
      },
      'ec2:DescribeSecurityGroups',
    ],
    [
      'names of subnets could not be looked up',
      ({ linkSpec, withhold }) => {
        linkSpec.subnets = [{ name: 'a' }, { name: 'b' }];
        withhold('subnets', 'ec2:DescribeSubnets');
      },
      'ec2:DescribeSubnets',
    ],
  ])('may exist where %s', (_, lose, permission) => {
    const view = linkOf((world) => {
      marked(world);
      lose(world);
    });
    expect(view).toMatchObject({ link: undefined, unseen: { permission } });
    expect(view.unresolved).toMatchObject({ verdict: 'unknown', code: 'PERMISSION_DENIED' });
  });

  it('has a state, tags and a quota result where only its groups could not be read', () => {
    const { snapshot, spec } = awsWorld((world) => {
      marked(world);
      Object.assign(world.linkSpec, { securityGroups: [], allowlist: ['10.0.11.0/24'] });
      for (const list of ['securityGroups', 'allowlists'] as const) world.withhold(list, 'ec2:DescribeSecurityGroups');
    });
    const verdicts = check(snapshot, spec, { clouds: CLOUDS }).findings.flatMap(({ check: id, verdict }) =>
      ['link/state', 'link/tags', 'link/quota', 'link/allowlist'].includes(id) ? [[id, verdict]] : [],
    );
    expect(Object.fromEntries(verdicts)).toEqual({
      'link/state': 'pass',
      'link/tags': 'pass',
      'link/quota': 'pass',
      'link/allowlist': 'unknown',
    });
  });

  it.each<[string, (world: World) => void]>([
    ['was deleted', ({ region }) => region.securityGroups.splice(0)],
    ['could not be read', withhold('securityGroups', 'ec2:DescribeSecurityGroups')],
  ])('is the one with the groups that the spec names by ID where one of them %s', (_, change) => {
    const view = linkOf((world) => {
      marked(world);
      change(world);
    });
    expect(view).toMatchObject({ link: { id: 'vlink-1' }, unseen: undefined });
    expect(view.unresolved?.message).toContain('sg-link');
  });

  it('is undecided where its groups could not be read and another link with the mark may be the one', () => {
    const { snapshot, spec } = awsWorld((world) => {
      marked(world);
      Object.assign(world.linkSpec, { securityGroups: [], allowlist: ['10.0.11.0/24'] });
      world.copy('links', 'vlink-1', { id: 'vlink-2', state: 'failed', nativeState: 'FAILED' });
      for (const list of ['securityGroups', 'allowlists'] as const) world.withhold(list, 'ec2:DescribeSecurityGroups');
    });
    const found = check(snapshot, spec, { clouds: CLOUDS }).findings.filter(({ check: id }) => id === 'link/state');
    expect(found.map(({ verdict }) => verdict)).toEqual(['unknown']);
  });

  it.each<[string, (world: World) => void]>([
    ['is to be replaced', () => undefined],
    [
      'may have to be replaced',
      ({ withhold }) => {
        for (const list of ['securityGroups', 'allowlists'] as const) withhold(list, 'ec2:DescribeSecurityGroups');
      },
    ],
  ])('has the state of the link with the mark where that one %s', (_, lose) => {
    const { snapshot, spec } = awsWorld((world) => {
      marked(world);
      Object.assign(world.linkSpec, { securityGroups: [], allowlist: ['10.0.11.0/24'] });
      lose(world);
    });
    const found = check(snapshot, spec, { clouds: CLOUDS }).findings.filter(({ check: id }) => id === 'link/state');
    expect(found.map(({ verdict, message }) => `${verdict}: ${message}`)).toEqual([
      'pass: vlink-1, which carries the mark of link eu, is ready',
    ]);
  });

  it('fails at too many tags only where the link is certainly kept, or the spec alone declares too many', () => {
    const verdictOf = (change: (world: World) => void): readonly string[] => {
      const { snapshot, spec } = awsWorld((world) => {
        marked(world);
        Object.assign(world.linkSpec, { securityGroups: [], allowlist: ['10.0.11.0/24'] });
        for (const list of ['securityGroups', 'allowlists'] as const)
          world.withhold(list, 'ec2:DescribeSecurityGroups');
        change(world);
      });
      return check(snapshot, spec, { clouds: CLOUDS }).findings.flatMap(({ check: id, verdict }) =>
        id === 'link/tags' ? [verdict] : [],
      );
    };
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`tag-${at}`, 'x']));
    expect(verdictOf(edit({ 'links.vlink-1.tags': many }))).toEqual(['unknown']);
    expect(verdictOf(edit({ 'linkSpec.tags': many }))).toEqual(['fail']);
  });

  it('is certainly another one where IDs that could not be read differ', () => {
    const view = linkOf((world) => {
      marked(world);
      world.linkSpec.subnets = ['subnet-a', 'subnet-c'];
      world.withhold('subnets', 'ec2:DescribeSubnets');
    });
    expect(view).toMatchObject({ link: undefined, unseen: undefined, subnetIds: ['subnet-a', 'subnet-c'] });
  });

  it('reports every name that does not exist', () => {
    const { troubles } = linkOf((world) => {
      declared(world);
      world.linkSpec.subnets = ['subnet-a', 'subnet-nope', { name: 'nobody' }];
      world.linkSpec.securityGroups = ['sg-nope'];
    });
    expect(troubles.map(({ message }) => message)).toEqual([
      'subnet subnet-nope does not exist in eu-west-1',
      'subnet with name "nobody" does not exist in eu-west-1',
      'security group sg-nope does not exist in eu-west-1',
    ]);
  });

  it.each<[string, (world: World) => void]>([
    ['carries the mark of another project', edit({ 'links.vlink-1.owner.project': 'other' })],
    ['carries a forged mark', edit({ 'links.vlink-1.owner.specHash': 'f00' })],
    ['is being deleted', edit({ 'links.vlink-1.state': 'deleting' })],
    ['is in other subnets', edit({ 'linkSpec.subnets': ['subnet-a', 'subnet-c'] })],
    ['has other groups', edit({ 'linkSpec.securityGroups': ['sg-app'] })],
    ['has no managed allowlist', edit({ 'linkSpec.allowlist': ['10.0.0.0/16'] })],
    [
      'is named by another link of the spec',
      ({ spec, linkSpec }) => (spec.links['named'] = { ...linkSpec, id: 'vlink-1' }),
    ],
  ])('is created where the existing one %s', (_, change) => {
    const view = linkOf((world) => {
      marked(world);
      change(world);
    });
    expect(view).toMatchObject({ link: undefined, unresolved: undefined, networkId: 'vpc-1' });
    expect(view.subnetIds).toContain('subnet-a');
  });

  it('is the existing managed link with its allowlist', () => {
    const view = linkOf((world) => {
      marked(world);
      world.linkSpec.allowlist = ['10.0.0.0/16'];
      Object.assign(world.region.allowlists[0]!, { owned: true, securityGroupId: 'sg-own' });
    });
    expect(view.link?.id).toBe('vlink-1');
  });

  it('that may or may not exist is unknown', () => {
    const view = linkOf((world) => {
      declared(world);
      world.withhold('links', 'apigateway:GET');
    });
    expect(view).toMatchObject({
      link: undefined,
      subnetIds: ['subnet-a', 'subnet-b'],
      unresolved: { verdict: 'unknown', code: 'PERMISSION_DENIED', remedy: expect.stringContaining('apigateway:GET') },
    });
  });

  it.each<[string, (world: World) => void, string, string]>([
    ['an ID that does not exist', edit({ 'linkSpec.id': 'vlink-9' }), 'fail', 'NOT_FOUND'],
    ['an ID behind a gap', withhold('links', 'apigateway:GET', 'vlink-1'), 'unknown', 'PERMISSION_DENIED'],
    ['a subnet that does not exist', edit({ 'linkSpec.subnets': ['subnet-9'] }), 'fail', 'NOT_FOUND'],
    [
      'a subnet of an incomplete list',
      edit({ 'linkSpec.subnets': ['subnet-9'], whole: [] }),
      'unknown',
      'INCOMPLETE_LIST',
    ],
    [
      'a name that matches two',
      ({ linkSpec, the }) => {
        linkSpec.subnets = [{ name: 'private' }];
        for (const id of ['subnet-a', 'subnet-b']) the('subnets', id).name = 'private';
      },
      'fail',
      'AMBIGUOUS',
    ],
    [
      'a name that matches one, while others could not be read',
      edit({
        'linkSpec.subnets': [{ name: 'private' }],
        'subnets.subnet-a.name': 'private',
        'gaps.+': { what: 'subnets', operation: 'DescribeSubnets', code: 'INCOMPLETE_LIST', of: 'subnets' },
      }),
      'unknown',
      'INCOMPLETE_LIST',
    ],
    [
      'a group of another network',
      ({ linkSpec, copy }) => {
        copy('securityGroups', 'sg-link', { id: 'sg-far', networkId: 'vpc-2' });
        linkSpec.subnets = ['subnet-a'];
        linkSpec.securityGroups = ['sg-far'];
      },
      'fail',
      'WRONG_NETWORK',
    ],
    [
      'another network',
      edit({ 'linkSpec.subnets': ['subnet-a'], 'linkSpec.network': 'vpc-2' }),
      'fail',
      'WRONG_NETWORK',
    ],
  ])('reports why %s cannot be resolved', (_, change, verdict, code) => {
    expect(linkOf(change).unresolved).toMatchObject({ verdict, code, remedy: expect.stringMatching(/^[A-Z].*\.$/) });
  });

  it('resolves the name of a group in its own network', () => {
    const view = linkOf((world) => {
      declared(world);
      world.copy('securityGroups', 'sg-link', { id: 'sg-far', name: 'sg-link', networkId: 'vpc-2' });
      world.linkSpec.securityGroups = [{ name: 'sg-link' }];
    });
    expect(view).toMatchObject({ unresolved: undefined, securityGroupIds: ['sg-link'] });
  });

  it('of several networks has no network', () => {
    const view = linkOf((world) => {
      declared(world);
      world.the('subnets', 'subnet-b').networkId = 'vpc-2';
      world.linkSpec.securityGroups = [];
    });
    expect(view).toMatchObject({ networkId: undefined, subnetIds: ['subnet-a', 'subnet-b'], unresolved: undefined });
  });
});

describe('a target', () => {
  it.each<[string, (world: World) => void]>([
    ["a load balancer's name", () => undefined],
    [
      "a load balancer's ID",
      ({ targetSpec, region }) =>
        (targetSpec.ref = { listener: { loadBalancer: region.loadBalancers[0]!.id, port: 443 } }),
    ],
    ["a listener's ARN", edit({ 'targetSpec.ref': { listener: LISTENER } })],
  ])('is found by %s', (_, change) => {
    expect(integrationOf(change).targets).toMatchObject([
      { name: 'orders', target: { id: LISTENER }, unresolved: undefined, routeKeys: ['ANY /orders'] },
    ]);
  });

  it('has a remedy with the ports that its load balancer listens on', () => {
    const { targets } = integrationOf(
      edit({ 'targetSpec.ref': { listener: { loadBalancer: 'orders-alb', port: 80 } } }),
    );
    expect(targets[0]?.unresolved).toMatchObject({
      verdict: 'fail',
      code: 'NOT_FOUND',
      remedy: 'Write a port that orders-alb listens on: 443.',
    });
  });

  it('behind a gap is unknown', () => {
    const { targets } = integrationOf(({ withhold, region }) => {
      region.targets = [];
      withhold('listeners', 'elasticloadbalancing:DescribeListeners');
    });
    expect(targets[0]).toMatchObject({
      target: undefined,
      unresolved: { verdict: 'unknown', code: 'PERMISSION_DENIED' },
    });
  });

  it('that two match is ambiguous', () => {
    const { targets } = integrationOf(({ copy }) => copy('targets', LISTENER, { id: `${LISTENER}0` }));
    expect(targets[0]?.unresolved).toMatchObject({ verdict: 'fail', code: 'AMBIGUOUS' });
  });

  it('that is created on demand need not exist', () => {
    const { targets } = integrationOf(edit({ targets: [] }), alibabaWorld);
    expect(targets).toMatchObject([
      { name: 'orders', target: undefined, unresolved: undefined },
      { name: 'stock', target: undefined, unresolved: undefined },
    ]);
  });

  it('at an address is the one of the network of the link', () => {
    const change =
      (networkId: string) =>
      ({ targetSpec, region }: World): void => {
        targetSpec.ref = { address: '10.0.9.9', port: 80 };
        const authorization = { kind: 'address' as const, resourceId: '10.0.9.9', port: 80, raw: null };
        region.targets = [
          { ...authorization, id: 'auth-1', networkId },
          { ...authorization, id: 'auth-2', networkId: 'vpc-far' },
        ];
      };
    const { link } = integrationOf(undefined, alibabaWorld);
    expect(integrationOf(change(link.networkId ?? ''), alibabaWorld).targets[0]?.target?.id).toBe('auth-1');
    // An instance calls an address of its network directly, without an authorization.
    expect(integrationOf(change('vpc-far'), alibabaWorld).targets[0]?.target?.id).toBe('10.0.9.9:80');
  });
});

describe('a gateway', () => {
  it.each<[string, (world: World) => void, string, string]>([
    ['does not exist', ({ remove }) => remove('gateways', 'api-1'), 'fail', 'NOT_FOUND'],
    ['could not be read', withhold('gateways', 'apigateway:GET', 'api-1'), 'unknown', 'PERMISSION_DENIED'],
    ['is of another kind', edit({ 'integration.gateway': { restApi: 'api-1' } }), 'fail', 'WRONG_KIND'],
  ])('that %s', (_, change, verdict, code) => {
    expect(integrationOf(change).unresolved).toMatchObject({ verdict, code });
  });

  it('of another kind is declared with the key of its kind', () => {
    const { unresolved } = integrationOf(edit({ 'integration.gateway': { restApi: 'api-1' } }));
    expect(unresolved).toMatchObject({ remedy: 'Declare it as httpApi.' });
  });

  it('is the one with its ID', () => {
    expect(integrationOf()).toMatchObject({ gateway: { id: 'api-1' }, unresolved: undefined });
  });
});

it.each<[string, (world: World) => void]>([
  ['region', edit({ 'linkSpec.region': 'eu-central-1' })],
  ['account', edit({ 'linkSpec.account': '999999999999' })],
  ['provider', edit({ 'linkSpec.provider': 'alibaba' })],
])('a spec for another place than the snapshot: is refused with its place: %s', (_, change) => {
  expect(() =>
    views(awsWorld, (world) => {
      world.spec.places = (path) => ({ file: 'postern.yaml', line: 4, path });
      change(world);
    }),
  ).toThrow(
    expect.objectContaining({
      code: 'INVALID_INPUT',
      place: expect.objectContaining({ file: 'postern.yaml', line: 4, path: 'links.eu' }) as unknown,
    }) as Error,
  );
});

it('finds the region on the far side of a peering', () => {
  const { regionOf } = views(awsWorld);
  expect(regionOf({ provider: 'aws', region: 'eu-west-1', account: '111122223333' })?.region.region).toBe('eu-west-1');
  expect(regionOf({ provider: 'aws', region: 'eu-west-1', account: '2' })).toBeUndefined();
});

it('names each assumption once, in order', () => {
  const { snapshot, spec } = awsWorld();
  const { input, assumptions } = prepare(snapshot as Snapshot, spec as Spec, { clouds: CLOUDS, now: 0, passes: true });
  for (const path of ['assume.b', 'assume.a', 'assume.b']) input.assumed(path, 'so');
  expect(assumptions()).toEqual([
    { path: 'assume.a', text: 'so' },
    { path: 'assume.b', text: 'so' },
  ]);
});
