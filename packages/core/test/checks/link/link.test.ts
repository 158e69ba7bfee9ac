import { describe } from 'vitest';
import { freeAddresses } from '../../../src/checks/link/free-addresses.js';
import { groupNetwork } from '../../../src/checks/link/group-network.js';
import { linkInactive } from '../../../src/checks/link/inactive.js';
import { noGroup } from '../../../src/checks/link/no-group.js';
import { oneNetwork } from '../../../src/checks/link/one-network.js';
import { sharedSubnet } from '../../../src/checks/link/shared-subnet.js';
import { singleZone } from '../../../src/checks/link/single-zone.js';
import { linkState } from '../../../src/checks/link/state.js';
import { zoneOnce } from '../../../src/checks/link/zone-once.js';
import { zoneServed } from '../../../src/checks/link/zone-served.js';
import { linkHash } from '../../../src/plan/link-identity.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, awsWorld, type World } from '../world.js';

/** The link is declared and not there yet. */
function declared(subnets: readonly string[], securityGroups: readonly string[] | undefined = ['sg-link']) {
  return ({ linkSpec, remove, region }: World) => {
    remove('links', region.links[0]?.id ?? '');
    delete linkSpec.id;
    Object.assign(linkSpec, { subnets, ...(securityGroups.length === 0 ? {} : { securityGroups }) });
  };
}

describe('link/state', () => {
  const state = (
    to: 'failed' | 'pending' | 'deleting' | 'unknown' | 'inactive',
    nativeState: string,
    reason?: string,
  ) => awsWorld(({ the }) => Object.assign(the('links', 'vlink-1'), { state: to, nativeState, reason }));
  checkTable(linkState, [
    { why: 'AVAILABLE', world: () => awsWorld(), verdict: 'pass', subject: 'link eu', evidence: ['vlink-1'] },
    { why: 'RUNNING', world: () => alibabaWorld(), verdict: 'pass', evidence: ['apigateway-hz-1'] },
    {
      why: 'a link that failed never recovers; adopted by id it cannot be replaced under that id',
      world: () => state('failed', 'FAILED', 'no ENI'),
      verdict: 'fail',
      severity: 'error',
      says: ['vlink-1', 'no ENI'],
      evidence: ['vlink-1'],
      remedy: ['links.eu.id'],
    },
    {
      why: 'one of our own is replaced by a plan that is asked to',
      world: () =>
        awsWorld(({ the, linkSpec }) => {
          const shape = { subnetIds: ['subnet-a', 'subnet-b'], securityGroupIds: ['sg-link'] };
          const mark = { project: 'shop', integration: 'eu' };
          const owner = { ...mark, specHash: linkHash(mark, shape) };
          Object.assign(the('links', 'vlink-1'), { state: 'failed', nativeState: 'FAILED', owner });
          delete linkSpec.id;
          Object.assign(linkSpec, { subnets: shape.subnetIds, securityGroups: shape.securityGroupIds });
        }),
      verdict: 'fail',
      remedy: ['replaceFailed'],
    },
    {
      why: 'minutes until it is ready',
      world: () => state('pending', 'PENDING'),
      verdict: 'fail',
      severity: 'warning',
      remedy: ['Wait'],
    },
    { why: 'on its way out', world: () => state('deleting', 'DELETING'), verdict: 'fail', severity: 'error' },
    {
      why: 'a word that nobody documented',
      world: () => state('unknown', 'LIMBO'),
      verdict: 'unknown',
      says: ['LIMBO'],
      evidence: ['vlink-1'],
    },
    { why: 'inactive is said elsewhere', world: () => state('inactive', 'INACTIVE'), verdict: 'nothing' },
    {
      why: 'links could not be read',
      world: () => awsWorld(({ withhold }) => withhold('links', 'apigateway:GET')),
      verdict: 'unknown',
      evidence: ['apigateway:GET'],
    },
  ]);
});

describe('link/inactive', () => {
  checkTable(linkInactive, [
    { why: 'ready', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'sixty days without a call',
      world: () =>
        awsWorld(({ the }) => Object.assign(the('links', 'vlink-1'), { state: 'inactive', nativeState: 'INACTIVE' })),
      verdict: 'fail',
      severity: 'error',
      says: ['sixty days'],
      evidence: ['vlink-1'],
      remedy: ['Call one of its routes'],
    },
    { why: 'instances do not fall asleep', world: () => alibabaWorld(), verdict: 'nothing' },
  ]);
});

describe('link/single-zone', () => {
  checkTable(singleZone, [
    { why: 'two zones', world: () => awsWorld(), verdict: 'pass', evidence: ['subnet-a', 'subnet-b'] },
    { why: 'two zones', world: () => alibabaWorld(), verdict: 'pass' },
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
      remedy: ['Make a subnet of vpc-1'],
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
      why: 'making a link there would be refused; the subnets that would do are named',
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
      why: 'a link that is there only cannot be replaced there',
      world: () => awsWorld(unserved),
      verdict: 'fail',
      severity: 'warning',
      evidence: ['subnet-b'],
    },
    {
      why: 'nobody published the zones of this region',
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
    { why: 'one vSwitch a zone', world: () => alibabaWorld(declared(['vsw-j', 'vsw-k'])), verdict: 'pass' },
    {
      why: 'two vSwitches of one zone',
      world: () => alibabaWorld(declared(['vsw-j', 'vsw-k', 'vsw-app'])),
      verdict: 'fail',
      evidence: ['vsw-j', 'vsw-app'],
      remedy: ['links.eu.subnets'],
    },
    {
      why: 'neither one group nor one a vSwitch',
      world: () =>
        alibabaWorld((world) => {
          world.copy('securityGroups', 'sg-link', { id: 'sg-2' });
          world.copy('securityGroups', 'sg-link', { id: 'sg-3' });
          declared(['vsw-j', 'vsw-k'], ['sg-link', 'sg-2', 'sg-3'])(world);
        }),
      verdict: 'fail',
      remedy: ['one for each vSwitch'],
    },
    { why: 'it is there already', world: () => alibabaWorld(), verdict: 'nothing' },
    { why: 'a VPC link takes several of one zone', world: () => awsWorld(declared(['subnet-a'])), verdict: 'nothing' },
  ]);
});

describe('link/free-addresses', () => {
  const free = (count: number | undefined) =>
    awsWorld(({ the }) => Object.assign(the('subnets', 'subnet-b'), { freeAddresses: count }));
  checkTable(freeAddresses, [
    { why: 'plenty', world: () => awsWorld(), verdict: 'pass' },
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
    { why: 'none', world: () => free(0), verdict: 'fail', severity: 'error', says: ['no free address'] },
    { why: 'not said', world: () => free(undefined), verdict: 'unknown', evidence: ['subnet-b'] },
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
      why: 'one of the two could not be read',
      world: () => awsWorld(({ withhold }) => withhold('subnets', 'ec2:DescribeSubnets', 'subnet-b')),
      verdict: 'unknown',
      evidence: ['subnet-a', 'ec2:DescribeSubnets'],
    },
  ]);
});

describe('link/shared-subnet', () => {
  const shared = (world: World) => {
    Object.assign(world.the('subnets', 'subnet-a'), { account: '999988887777' });
  };
  checkTable(sharedSubnet, [
    { why: 'it has a group', world: () => awsWorld(shared), verdict: 'pass' },
    { why: 'no subnet is shared', world: () => awsWorld(declared(['subnet-b'], [])), verdict: 'pass' },
    {
      why: 'refused: a shared subnet needs a group',
      world: () =>
        awsWorld((world) => {
          shared(world);
          declared(['subnet-a', 'subnet-b'], [])(world);
        }),
      verdict: 'fail',
      severity: 'error',
      says: ['999988887777'],
      evidence: ['subnet-a'],
      remedy: ['links.eu.securityGroups'],
    },
    {
      why: 'whose the subnet is was not read',
      world: () =>
        awsWorld((world) => {
          delete world.the('subnets', 'subnet-b').account;
          declared(['subnet-b'], [])(world);
        }),
      verdict: 'unknown',
    },
  ]);
});

describe('link/no-group', () => {
  checkTable(noGroup, [
    { why: 'it has one', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'none at all: which group it gets is not documented',
      world: () => awsWorld(({ the }) => Object.assign(the('links', 'vlink-1'), { securityGroupIds: [] })),
      verdict: 'fail',
      severity: 'warning',
      remedy: ['links.eu.securityGroups', 'postern apply'],
    },
    {
      why: 'an allowlist brings a group of its own',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-a'], [])(world);
          Object.assign(world.linkSpec, { allowlist: ['10.0.0.0/16'] });
        }),
      verdict: 'pass',
    },
    {
      why: 'an instance cannot be made without',
      world: () => alibabaWorld(declared(['vsw-j'], [])),
      verdict: 'fail',
      severity: 'error',
    },
    {
      why: 'the group that is named could not be looked up',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-a'])(world);
          world.withhold('securityGroups', 'ec2:DescribeSecurityGroups');
        }),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSecurityGroups'],
    },
  ]);
});

describe('link/group-network', () => {
  checkTable(groupNetwork, [
    { why: 'of its network', world: () => awsWorld(), verdict: 'pass' },
    {
      why: 'of another network',
      world: () => awsWorld(({ the }) => Object.assign(the('securityGroups', 'sg-link'), { networkId: 'vpc-2' })),
      verdict: 'fail',
      severity: 'error',
      evidence: ['sg-link'],
      remedy: ['groups of vpc-1'],
    },
    {
      why: 'basic and enterprise groups on one interface',
      world: () =>
        alibabaWorld(({ copy, the }) => {
          copy('securityGroups', 'sg-link', { id: 'sg-2', kind: 'enterprise' });
          the('links', 'apigateway-hz-1').securityGroupIds.push('sg-2');
        }),
      verdict: 'fail',
      says: ['basic and enterprise'],
      evidence: ['sg-link', 'sg-2'],
    },
    {
      why: 'groups could not be read',
      world: () => awsWorld(({ withhold }) => withhold('securityGroups', 'ec2:DescribeSecurityGroups')),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSecurityGroups'],
    },
  ]);
});
