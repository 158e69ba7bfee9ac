import { describe } from 'vitest';
import { freeAddresses } from '../../../../src/check/checks/link/free-addresses.js';
import { oneNetwork } from '../../../../src/check/checks/link/one-network.js';
import { singleZone } from '../../../../src/check/checks/link/single-zone.js';
import { zoneOnce } from '../../../../src/check/checks/link/zone-once.js';
import { zoneServed } from '../../../../src/check/checks/link/zone-served.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, awsWorld, type World } from '../world.js';

/** The link is declared and does not exist. */
function declared(subnets: readonly string[], securityGroups: readonly string[] | undefined = ['sg-link']) {
  return ({ linkSpec, remove, region }: World) => {
    remove('links', region.links[0]?.id ?? '');
    delete linkSpec.id;
    Object.assign(linkSpec, { subnets, ...(securityGroups.length === 0 ? {} : { securityGroups }) });
  };
}

describe('link/single-zone', () => {
  checkTable(singleZone, [
    { why: 'two zones', world: () => awsWorld(), verdict: 'pass', evidence: ['subnet-a', 'subnet-b'] },
    { why: 'two zones', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'two zones, of a new link whose security group does not exist',
      world: () => awsWorld(declared(['subnet-a', 'subnet-b'], [{ name: 'none' }] as never)),
      verdict: 'pass',
    },
    {
      why: 'one zone: the remedy names a subnet of the network in another',
      world: () => awsWorld(({ the }) => Object.assign(the('subnets', 'subnet-b'), { zone: 'euw1-az1' })),
      verdict: 'fail',
      severity: 'warning',
      subject: 'link eu',
      says: ['euw1-az1'],
      evidence: ['subnet-a', 'subnet-b'],
      remedy: ['subnet-c (euw1-az3)', 'postern apply'],
    },
    {
      why: 'no other zone has a subnet',
      world: () =>
        awsWorld(({ region }) => {
          for (const subnet of region.subnets) subnet.zone = 'euw1-az1';
        }),
      verdict: 'fail',
      remedy: ['Create a subnet of vpc-1'],
    },
    {
      why: 'subnets could not be read',
      world: () => awsWorld(({ withhold }) => withhold('subnets', 'ec2:DescribeSubnets')),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSubnets'],
      remedy: ['ec2:DescribeSubnets'],
    },
    {
      why: 'subnets that the spec names could not be looked up',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-a', 'subnet-b'])(world);
          world.withhold('subnets', 'ec2:DescribeSubnets');
        }),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSubnets'],
    },
    {
      why: 'a conventional instance has no subnets',
      world: () =>
        alibabaWorld(({ the }) =>
          Object.assign(the('links', 'apigateway-hz-1'), { kind: 'dedicated-instance', subnetIds: [] }),
        ),
      verdict: 'nothing',
    },
  ]);
});

describe('link/zone-served', () => {
  const unserved = ({ the }: World) => Object.assign(the('zones', 'euw1-az2'), { servesLinks: false });
  checkTable(zoneServed, [
    { why: 'all zones serve links', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'the creation of a link there would be refused; suitable subnets are named',
      world: () =>
        awsWorld((world) => {
          unserved(world);
          declared(['subnet-a', 'subnet-b'])(world);
        }),
      verdict: 'fail',
      severity: 'error',
      subject: 'link eu, subnet-b',
      evidence: ['subnet-b'],
      remedy: ['subnet-c (euw1-az3)', 'subnet-lb-a (euw1-az1)'],
    },
    {
      why: 'an existing link could not be replaced there',
      world: () => awsWorld(unserved),
      verdict: 'fail',
      severity: 'warning',
      evidence: ['subnet-b'],
    },
    {
      why: 'no zone of the region serves links: none of its subnets is suitable',
      world: () =>
        awsWorld((world) => {
          for (const zone of world.region.zones ?? []) zone.servesLinks = false;
          declared(['subnet-a', 'subnet-b'])(world);
        }),
      verdict: 'fail',
      severity: 'error',
      evidence: ['subnet-a'],
      remedy: ['Use another region', 'no zone of eu-west-1'],
    },
    {
      why: 'the zones of this region are not documented',
      world: () =>
        awsWorld(({ region }) => {
          for (const zone of region.zones ?? []) delete zone.servesLinks;
        }),
      verdict: 'unknown',
      severity: 'warning',
    },
    {
      why: 'zones could not be read',
      world: () => awsWorld(({ withhold }) => withhold('zones', 'ec2:DescribeAvailabilityZones')),
      verdict: 'unknown',
      evidence: ['ec2:DescribeAvailabilityZones'],
    },
  ]);
});

describe('link/zone-once', () => {
  checkTable(zoneOnce, [
    { why: 'one vSwitch per zone', world: () => alibabaWorld(declared(['vsw-j', 'vsw-k'])), verdict: 'pass' },
    {
      why: 'two vSwitches of one zone',
      world: () => alibabaWorld(declared(['vsw-j', 'vsw-k', 'vsw-app'])),
      verdict: 'fail',
      evidence: ['vsw-j', 'vsw-app'],
      remedy: ['links.eu.subnets'],
    },
    {
      why: 'neither one group nor one per vSwitch',
      world: () =>
        alibabaWorld((world) => {
          world.copy('securityGroups', 'sg-link', { id: 'sg-2' });
          world.copy('securityGroups', 'sg-link', { id: 'sg-3' });
          declared(['vsw-j', 'vsw-k'], ['sg-link', 'sg-2', 'sg-3'])(world);
        }),
      verdict: 'fail',
      remedy: ['one for each vSwitch'],
    },
    { why: 'it exists already', world: () => alibabaWorld(), verdict: 'nothing' },
    { why: 'a VPC link accepts several per zone', world: () => awsWorld(declared(['subnet-a'])), verdict: 'nothing' },
  ]);
});

describe('link/free-addresses', () => {
  const free = (count: number | undefined) =>
    awsWorld(({ the }) => Object.assign(the('subnets', 'subnet-b'), { freeAddresses: count }));
  checkTable(freeAddresses, [
    { why: 'many', world: () => awsWorld(), verdict: 'pass' },
    { why: 'eight are enough', world: () => free(8), verdict: 'pass' },
    {
      why: 'few',
      world: () => free(7),
      verdict: 'fail',
      severity: 'warning',
      subject: 'link eu, subnet-b',
      evidence: ['subnet-b'],
      remedy: ['Free addresses in subnet-b', 'subnet-c (euw1-az3)'],
    },
    {
      why: 'none, and the link is ready: calls need no new address',
      world: () => free(0),
      verdict: 'fail',
      severity: 'warning',
      says: ['no free address'],
    },
    {
      why: 'none, and the link is not ready',
      world: () => {
        const world = free(0);
        for (const link of world.region.links) Object.assign(link, { state: 'inactive', nativeState: 'INACTIVE' });
        return world;
      },
      verdict: 'fail',
      severity: 'error',
      says: ['no free address'],
    },
    { why: 'not reported', world: () => free(undefined), verdict: 'unknown', evidence: ['subnet-b'] },
    {
      why: 'subnets could not be read',
      world: () => awsWorld(({ withhold }) => withhold('subnets', 'ec2:DescribeSubnets')),
      verdict: 'unknown',
      remedy: ['ec2:DescribeSubnets'],
    },
  ]);
});

describe('link/one-network', () => {
  checkTable(oneNetwork, [
    { why: 'one network', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'a subnet of another network',
      world: () =>
        awsWorld((world) => {
          world.copy('networks', 'vpc-1', { id: 'vpc-2', cidrBlocks: ['10.2.0.0/16'] });
          world.copy('subnets', 'subnet-c', { id: 'subnet-far', networkId: 'vpc-2', cidrBlock: '10.2.0.0/24' });
          declared(['subnet-a', 'subnet-far'])(world);
        }),
      verdict: 'fail',
      severity: 'error',
      says: ['vpc-1', 'vpc-2'],
      evidence: ['subnet-a', 'subnet-far'],
      remedy: ['links.eu.subnets'],
    },
    {
      why: 'a network that the complete list lacks',
      world: () => awsWorld(({ region }) => (region.networks = [])),
      verdict: 'fail',
      says: ['vpc-1', 'does not contain'],
      remedy: ['is inconsistent'],
    },
    {
      why: 'networks could not be read',
      world: () => awsWorld(({ withhold }) => withhold('networks', 'ec2:DescribeVpcs')),
      verdict: 'pass',
    },
    {
      why: 'one of the two could not be read',
      world: () => awsWorld(({ withhold }) => withhold('subnets', 'ec2:DescribeSubnets', 'subnet-b')),
      verdict: 'unknown',
      evidence: ['subnet-a', 'ec2:DescribeSubnets'],
    },
  ]);
});
