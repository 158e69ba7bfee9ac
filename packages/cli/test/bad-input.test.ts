import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sample } from '../../core/test/runs.js';
import { cloud, folder, network, run, specOf, type Network, type Ran } from './run-command.js';

type Server = Awaited<ReturnType<typeof cloud>>;

/** Runs a command on an invalid spec, or on a cloud that fails. */
async function told(
  prepare: (there: Network, server: Server) => string | Promise<string>,
  command = ['plan'],
): Promise<Ran> {
  const server = await cloud();
  const there = await network(server);
  const cwd = folder();
  writeFileSync(path.join(cwd, 'postern.yaml'), await prepare(there, server));
  return run(command, { cwd, env: { POSTERN_SIMULATOR: server.url } });
}

async function otherSubnet({ simulation }: Server): Promise<string> {
  const { ec2 } = simulation.clients('eu-west-1');
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.1.0.0/16' });
  const { Subnet } = await ec2.createSubnet({ VpcId: Vpc?.VpcId, CidrBlock: '10.1.0.0/24' });
  return Subnet?.SubnetId ?? '';
}

async function inZones({ simulation }: Server, zones: readonly string[]): Promise<string> {
  const { ec2 } = simulation.clients('us-east-1');
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.1.0.0/16' });
  const ids: string[] = [];
  for (const [at, AvailabilityZoneId] of zones.entries()) {
    const { Subnet } = await ec2.createSubnet({ VpcId: Vpc?.VpcId, CidrBlock: `10.1.${at}.0/24`, AvailabilityZoneId });
    ids.push(Subnet?.SubnetId ?? '');
  }
  return `version: 1\nproject: shop\nlinks:\n  main:\n    provider: aws\n    region: us-east-1\n    subnets: [${ids.join(', ')}]\n`;
}

/** Code, place, and what the remedy must say. */
function expectTold(
  { status, out, err }: Ran,
  expected: { status: number; code: string; place: string; remedy: RegExp },
): void {
  const lines = err.split('\n').filter((line) => !line.endsWith(' and is tried again'));
  const [banner = '', head = '', place = '', remedy = ''] = lines;
  expect(banner).toMatch(/SIMULATOR/);
  expect(head).toMatch(new RegExp(`^error ${expected.code}: `));
  expect(place.trim()).toBe(expected.place);
  expect(remedy).toMatch(expected.remedy);
  expect({ status, out }).toEqual({ status: expected.status, out: '' });
}

describe('a spec that does not match the cloud is reported with code, place and remedy', () => {
  it.each<[string, Parameters<typeof told>[0], string, string, RegExp, number?]>(
    sample(
      [
        [
          'subnets of two VPCs',
          async (there, server) => specOf({ ...there, subnets: [there.subnets[0] ?? '', await otherSubnet(server)] }),
          'SUBNETS_OF_SEVERAL_NETWORKS',
          '7:5',
          /Keep the subnets of one network: vpc-\w+ or vpc-/,
        ],
        [
          'a target in another VPC',
          async (there, server) => specOf({ ...there, subnets: [await otherSubnet(server)] }),
          'WRONG_NETWORK',
          '14:16',
          /subnets are in vpc-/,
        ],
        [
          'a zone that does not support links',
          (_, server) => inZones(server, ['use1-az1', 'use1-az3']),
          'ZONE_NOT_SERVED',
          '7:41',
          /suitable subnets are subnet-\w+ \(use1-az1\)/,
        ],
        [
          'a subnet that does not exist',
          (there) => specOf({ ...there, subnets: ['subnet-0123456789abcdef0'] }),
          'NOT_FOUND',
          '7:15',
          /exists in eu-west-1/,
          1,
        ],
        [
          'a gateway that does not exist',
          (there) => specOf({ ...there, api: 'abcdefghij' }),
          'NOT_FOUND',
          '13:5',
          /Postern never creates gateways/,
          1,
        ],
        [
          'a port without a listener',
          (there) => specOf(there, { target: '{ loadBalancer: orders, port: 81 }' }),
          'NOT_FOUND',
          '14:16',
          /listens on: 80/,
          1,
        ],
        [
          'a load balancer that does not exist',
          (there) => specOf(there, { target: '{ loadBalancer: nope, port: 80 }' }),
          'NOT_FOUND',
          '14:16',
          /nope/,
          1,
        ],
        [
          'a quota of ten links that is full',
          async (there, { simulation }) => {
            const { apiGatewayV2 } = simulation.clients('eu-west-1');
            for (let at = 0; at < 10; at += 1)
              await apiGatewayV2.createVpcLink({ Name: `link-${at}`, SubnetIds: [there.subnets[0] ?? ''] });
            return specOf(there);
          },
          'QUOTA_EXCEEDED',
          '5:3',
          /higher quota/,
          1,
        ],
      ],
      2,
    ),
  )('%s', async (_, prepare, code, place, remedy, status = 64) => {
    expectTold(await told(prepare), { status, code, place: `postern.yaml:${place}`, remedy });
  });
});

describe('a cloud that returns errors is reported with code, place and remedy', () => {
  it.each(
    sample(
      [
        ['html', 'BAD_RESPONSE', /proxy/],
        ['truncate', 'BAD_RESPONSE', /proxy/],
        ['expired', 'CREDENTIALS_EXPIRED', /new credentials/],
        ['deny', 'PERMISSION_DENIED', /Allow /],
        ['throttle', 'THROTTLED', /run again/],
        ['error', 'CLOUD_FAILED', /run again/],
        ['reset', 'ENDPOINT_UNREACHABLE', /endpoint/],
      ] as const,
      2,
    ),
  )('%s: %s', async (kind, code, remedy) => {
    for (const operation of ['GetCallerIdentity', 'GetVpcLinks']) {
      const ran = await told((there, { simulation }) => {
        simulation.faults.add({ operation, kind });
        return specOf(there);
      });
      expectTold(ran, { status: 1, code, place: 'postern.yaml:5:3', remedy });
    }
  });

  it('credentials that are refused', async () => {
    const server = await cloud({ verifySignatures: { keys: { AKIAOTHER: 'other' } } });
    const cwd = folder({
      'postern.yaml':
        'version: 1\nproject: shop\nlinks:\n  main: { provider: aws, region: eu-west-1, subnets: [subnet-1] }\n',
    });
    const ran = await run(['plan'], { cwd, env: { POSTERN_SIMULATOR: server.url } });
    expectTold(ran, { status: 1, code: 'CREDENTIALS_REFUSED', place: 'postern.yaml:4:3', remedy: /\w/ });
  });

  it('after credentials expire in the middle of a run, the next run continues', async () => {
    const server = await cloud();
    const there = await network(server);
    const cwd = folder({ 'postern.yaml': specOf(there) });
    const env = { POSTERN_SIMULATOR: server.url };
    server.simulation.faults.add({ operation: 'CreateIntegration', kind: 'expired' });
    const { status, err } = await run(['apply', '--yes'], { cwd, env });
    expect(status).toBe(1);
    expect(err).toMatch(
      /error CREDENTIALS_EXPIRED: create route ANY \/orders[^\n]*\n {2}postern\.yaml:11:3\n {2}Get new credentials/,
    );
    server.simulation.faults.clear();
    expect(await run(['apply', '--yes'], { cwd, env })).toMatchObject({
      status: 0,
      out: expect.stringContaining('1 unchanged'),
    });
    expect(await run(['plan', '--detailed-exitcode'], { cwd, env })).toMatchObject({ status: 0 });
  });
});
