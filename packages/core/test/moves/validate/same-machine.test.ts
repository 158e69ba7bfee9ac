import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import type { Migration } from '../../../src/moves/validate/migration.js';
import { validateMigration } from '../../../src/moves/validate/validate.js';
import type { World } from '../../check/checks/world.js';
import { expectSample } from '../../check/expect-sample.js';
import { AWS_MOVE, awsMigrationWorld } from './aws-world.js';
import { ASSUME, migrationWorld, MOVE, use } from './world.js';

const HOME = { aws: 'vpc-1', alibaba: 'vpc-h' } as const;
const TABLE = { aws: 'rtb-1', alibaba: 'vtb-1' } as const;
const LINK = { aws: 'vlink-2', alibaba: 'apigateway-hz-2' } as const;
const ADDRESS = '10.0.20.5';

const cloudOf = ({ region }: World): 'aws' | 'alibaba' => (region.provider === 'aws' ? 'aws' : 'alibaba');

/** A second network with the same blocks, in which the new link is; `block` is another block for it. */
function twinNetwork(world: World, block = '10.0.0.0/16'): void {
  const cloud = cloudOf(world);
  const { copy, the } = world;
  copy('networks', HOME[cloud], { id: 'vpc-twin', cidrBlocks: [block] });
  copy('routeTables', TABLE[cloud], { id: 'rtb-twin', networkId: 'vpc-twin' });
  the('routeTables', 'rtb-twin').routes = [
    { cidrBlock: block, nextHop: { kind: 'local' }, state: 'active', origin: 'local' },
  ];
  const near = cloud === 'aws' ? 'subnet-a' : 'vsw-j';
  const place = { networkId: 'vpc-twin', routeTableId: 'rtb-twin', cidrBlock: block.replace('0.0/16', '1.0/24') };
  copy('subnets', near, { id: 'subnet-twin', ...place });
  copy('subnets', near, { id: 'subnet-twin-app', ...place, cidrBlock: block.replace('0.0/16', '20.0/24') });
  Object.assign(the('links', LINK[cloud]), { networkId: 'vpc-twin', subnetIds: ['subnet-twin'], securityGroupIds: [] });
}

/** Both networks have a route to a third one. */
function shared(world: World, peered: readonly string[]): void {
  const cloud = cloudOf(world);
  const { region, copy, the } = world;
  copy('networks', HOME[cloud], { id: 'vpc-shared', cidrBlocks: ['10.90.0.0/16'] });
  for (const id of peered) {
    const sides = [{ networkId: id }, { networkId: 'vpc-shared', cidrBlocks: ['10.90.0.0/16'] }] as const;
    (region.peerings ??= []).push({
      id: `pcx-${id}`,
      sides: [{ ...sides[0] }, { ...sides[1], cidrBlocks: ['10.90.0.0/16'] }],
      state: 'active',
      nativeState: 'active',
      raw: null,
    });
    the('routeTables', id === 'vpc-twin' ? 'rtb-twin' : TABLE[cloud]).routes?.push({
      cidrBlock: '10.90.0.0/16',
      nextHop: { kind: 'peering', id: `pcx-${id}` },
      state: 'active',
      origin: 'static',
    });
  }
}

/** The only backend is a plain address, or an instance of a Cloud Map service at it. */
function calls(world: World, address: string): void {
  if (cloudOf(world) === 'alibaba') {
    const plain = { targetId: undefined, host: address, port: 8080, scheme: 'http' } as const;
    world.the('gateways', 'group-1').uses = [use('api-1', 'ANY /orders', '', plain)];
    return;
  }
  const id = 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-1';
  (world.region.services ??= []).push({
    id,
    name: 'orders',
    healthCheck: 'native',
    instances: [
      { id: 'one', address, port: 8080, healthy: true },
      { id: 'sick', address: '10.1.1.1', port: 8080, healthy: false },
    ],
    raw: null,
  });
  world.region.targets.push({ kind: 'service', id, name: 'orders', raw: null });
  Object.assign(world.the('gateways', 'api-1').routes[0] ?? {}, { targetId: id, tls: undefined });
  Object.assign(world.the('gateways', 'api-1').integrations?.[0] ?? {}, { targetId: id });
}

const MOVES = {
  aws: { world: awsMigrationWorld, move: AWS_MOVE as Migration, assume: {} },
  alibaba: { world: migrationWorld, move: MOVE as Migration, assume: ASSUME },
} as const;

function said(cloud: 'aws' | 'alibaba', change: (world: World) => void) {
  const { world, move, assume } = MOVES[cloud];
  const { findings } = validateMigration(world(change).snapshot, move, { clouds: CLOUDS, assume });
  return findings.filter(({ check }) => check === 'migrate/same-machine');
}

describe.each(['aws', 'alibaba'] as const)('an address and the network of the link that calls it, %s', (cloud) => {
  it('the same address in another network is another resource', async () => {
    const [finding, ...more] = said(cloud, (world) => {
      calls(world, ADDRESS);
      twinNetwork(world);
    });
    expect(finding).toMatchObject({ verdict: 'fail', severity: 'error' });
    expect(more).toEqual([]);
    expect(finding?.message).toContain(`is ${HOME[cloud]} now and vpc-twin after the move`);
    expect(finding?.evidence.map(({ id }) => id)).toEqual(expect.arrayContaining([HOME[cloud], 'vpc-twin']));
    expect(finding?.remedy).toContain(`Move to a link in ${HOME[cloud]}`);
    if (finding !== undefined && cloud === 'alibaba') await expectSample(finding);
  });

  it('it names the resource that has the address there', () => {
    const [finding] = said(cloud, (world) => {
      calls(world, ADDRESS);
      twinNetwork(world);
      const app = cloud === 'aws' ? 'eni-app-a' : 'eni-app';
      const there = { networkId: 'vpc-twin', subnetId: 'subnet-twin-app', addresses: [ADDRESS], attachedTo: 'i-other' };
      world.copy('interfaces', app, { id: 'eni-twin', ...there });
    });
    expect(finding?.message).toContain(`i-other has ${ADDRESS}`);
  });

  it('routes of both lead to one network: the same resource', () => {
    const findings = said(cloud, (world) => {
      calls(world, '10.90.1.7');
      twinNetwork(world, '10.91.0.0/16');
      shared(world, [HOME[cloud], 'vpc-twin']);
    });
    expect(findings).toMatchObject([{ verdict: 'pass' }]);
    expect(findings[0]?.message).toContain('vpc-shared');
  });

  it('a peering to the network of the address is enough', () => {
    const findings = said(cloud, (world) => {
      calls(world, ADDRESS);
      twinNetwork(world, '10.91.0.0/16');
      const home = HOME[cloud];
      world.region.peerings = [
        {
          id: 'pcx-1',
          sides: [{ networkId: 'vpc-twin' }, { networkId: home, cidrBlocks: ['10.0.0.0/16'] }],
          state: 'active',
          nativeState: 'active',
          raw: null,
        },
      ];
      world.the('routeTables', 'rtb-twin').routes?.push({
        cidrBlock: '10.0.0.0/16',
        nextHop: { kind: 'peering', id: 'pcx-1' },
        state: 'active',
        origin: 'static',
      });
    });
    expect(findings).toMatchObject([{ verdict: 'pass' }]);
  });

  it('routes that could not be read leave it undecided', () => {
    const findings = said(cloud, (world) => {
      calls(world, ADDRESS);
      twinNetwork(world);
      world.the('routeTables', 'rtb-twin').routes = undefined;
      world.region.gaps.push({
        what: 'routes of rtb-twin',
        operation: 'DescribeRouteTables',
        code: 'PERMISSION_DENIED',
        permission: 'ec2:DescribeRouteTables',
        of: 'routeTables',
      });
    });
    expect(findings).toMatchObject([{ verdict: 'unknown', severity: 'error' }]);
  });

  it('within one network nothing changes', () => {
    expect(said(cloud, (world) => calls(world, ADDRESS))).toMatchObject([{ verdict: 'pass' }]);
  });

  it('an authorization or a listener is not a plain address', () => {
    expect(said(cloud, () => undefined)).toEqual([]);
  });
});
