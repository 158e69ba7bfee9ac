import { describe } from 'vitest';
import { linkAdopted } from '../../../../src/check/checks/link/adopted.js';
import { linkExists } from '../../../../src/check/checks/link/exists.js';
import { groupNetwork } from '../../../../src/check/checks/link/group-network.js';
import { linkInactive } from '../../../../src/check/checks/link/inactive.js';
import { noGroup } from '../../../../src/check/checks/link/no-group.js';
import { sharedSubnet } from '../../../../src/check/checks/link/shared-subnet.js';
import { linkState } from '../../../../src/check/checks/link/state.js';
import { linkHash } from '../../../../src/do/world/resolve/link-identity.js';
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

describe('link/adopted', () => {
  const beside =
    (more: object) =>
    ({ linkSpec }: World) =>
      Object.assign(linkSpec, more);
  checkTable(linkAdopted, [
    { why: 'the spec has its ID only', world: () => awsWorld(), verdict: 'pass', evidence: ['vlink-1'] },
    { why: 'the spec has its ID only', world: () => alibabaWorld(), verdict: 'pass' },
    {
      why: 'the spec has the same subnets and groups beside the ID',
      world: () => awsWorld(beside({ subnets: ['subnet-b', 'subnet-a'], securityGroups: ['sg-link'] })),
      verdict: 'pass',
    },
    {
      why: 'other subnets: subnets of a link never change',
      world: () => awsWorld(beside({ subnets: ['subnet-a', 'subnet-c'] })),
      verdict: 'fail',
      severity: 'error',
      subject: 'link eu',
      says: ['subnets of link vlink-1 differ from the spec', 'postern plan'],
      evidence: ['vlink-1'],
      remedy: ['Remove subnets'],
    },
    {
      why: 'other groups',
      world: () => awsWorld(beside({ securityGroups: ['sg-lb'] })),
      verdict: 'fail',
      remedy: ['Remove securityGroups'],
    },
    {
      why: 'also the group of its allowlist, which the spec does not name',
      world: () =>
        awsWorld((world) => {
          world.the('links', 'vlink-1').securityGroupIds = ['sg-link', 'sg-own'];
          world.copy('securityGroups', 'sg-link', { id: 'sg-own' });
          world.region.allowlists = [
            { linkId: 'vlink-1', owned: true, securityGroupId: 'sg-own', entries: [], wider: [] },
          ];
          beside({ securityGroups: ['sg-link'] })(world);
        }),
      verdict: 'pass',
    },
    {
      why: 'which group holds its allowlist could not be read',
      world: () =>
        awsWorld((world) => {
          beside({ securityGroups: ['sg-link'] })(world);
          world.withhold('allowlists', 'ec2:DescribeSecurityGroups', 'vlink-1');
          world.region.allowlists = [];
        }),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSecurityGroups'],
    },
    {
      why: 'a name that could not be looked up',
      world: () =>
        awsWorld((world) => {
          beside({ subnets: [{ name: 'a' }] })(world);
          world.withhold('subnets', 'ec2:DescribeSubnets');
        }),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSubnets'],
    },
    {
      why: 'owned by another project',
      world: () =>
        awsWorld(({ the }) =>
          Object.assign(the('links', 'vlink-1'), { owner: { project: 'other', integration: 'x' } }),
        ),
      verdict: 'fail',
      says: ['belongs to project other'],
      remedy: ['owner: external'],
    },
    {
      why: 'external, and owned by another project',
      world: () =>
        awsWorld((world) => {
          Object.assign(world.the('links', 'vlink-1'), { owner: { project: 'other', integration: 'x' } });
          beside({ owner: 'external' })(world);
        }),
      verdict: 'nothing',
    },
    {
      why: 'two names have the same link',
      world: () =>
        awsWorld((world) => {
          world.spec.links['more'] = { ...world.linkSpec };
        }),
      verdict: 'fail',
      subject: 'link more',
      says: ['links eu and more are the same link, vlink-1'],
    },
  ]);
});

describe('link/exists', () => {
  const both = ({ withhold }: World): void => withhold('subnets', 'ec2:DescribeSubnets', 'subnet-b');
  checkTable(linkExists, [
    {
      why: 'a group of another network exists: link/group-network reports it',
      world: () =>
        awsWorld((world) => {
          world.copy('securityGroups', 'sg-link', { id: 'sg-far', networkId: 'vpc-9' });
          world.remove('links', 'vlink-1');
          delete world.linkSpec.id;
          Object.assign(world.linkSpec, { subnets: ['subnet-a', 'subnet-b'], securityGroups: ['sg-far'] });
        }),
      verdict: 'pass',
    },
    { why: 'the link exists', world: () => awsWorld(), verdict: 'pass', subject: 'link eu', evidence: ['vlink-1'] },
    { why: 'its subnets and groups exist', world: () => awsWorld(declared(['subnet-a', 'subnet-b'])), verdict: 'pass' },
    {
      why: 'each name that does not exist is reported, not only the first',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-nope'], ['sg-nope'])(world);
          world.linkSpec.subnets = ['subnet-nope', { name: 'nobody' }];
        }),
      verdict: 'fail',
      subject: 'link eu',
      says: ['subnet-nope', 'nobody', 'sg-nope'],
      evidence: ['links.eu'],
      remedy: ['ID of a subnet', 'ID of a security group'],
    },
    {
      why: 'a subnet that could not be read does not hide one that does not exist',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-b', 'subnet-nope'])(world);
          both(world);
        }),
      verdict: 'fail',
      says: ['subnet-nope'],
    },
    {
      why: 'an empty list of links that is not complete may not have been read',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-a', 'subnet-b'])(world);
          world.region.whole = world.region.whole!.filter((list) => list !== 'links');
        }),
      verdict: 'unknown',
      says: ['whether link eu exists', 'all links of eu-west-1'],
      remedy: ['Take the snapshot again'],
    },
    {
      why: 'a list of other links that is not complete contains all links with the mark',
      world: () =>
        awsWorld((world) => {
          world.copy('links', 'vlink-1', { id: 'vlink-2', name: 'other' });
          declared(['subnet-a', 'subnet-b'])(world);
          world.region.whole = world.region.whole!.filter((list) => list !== 'links');
        }),
      verdict: 'pass',
    },
    {
      why: 'a subnet that could not be read may exist',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-a', 'subnet-b'])(world);
          both(world);
        }),
      verdict: 'unknown',
      says: ['subnet-b'],
      remedy: ['ec2:DescribeSubnets'],
    },
  ]);
});

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
      why: 'a failed link does not recover; a link adopted by ID cannot be replaced under that ID',
      world: () => state('failed', 'FAILED', 'no ENI'),
      verdict: 'fail',
      severity: 'error',
      says: ['vlink-1', 'no ENI'],
      evidence: ['vlink-1'],
      remedy: ['links.eu.id'],
    },
    {
      why: 'a failed link managed by this project is replaced by a plan with replaceFailed',
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
      why: 'being created',
      world: () => state('pending', 'PENDING'),
      verdict: 'fail',
      severity: 'warning',
      remedy: ['Wait'],
    },
    { why: 'being deleted', world: () => state('deleting', 'DELETING'), verdict: 'fail', severity: 'error' },
    {
      why: 'a state that is not documented',
      world: () => state('unknown', 'LIMBO'),
      verdict: 'unknown',
      says: ['LIMBO'],
      evidence: ['vlink-1'],
    },
    {
      why: 'an inactive link is reported by another check',
      world: () => state('inactive', 'INACTIVE'),
      verdict: 'nothing',
    },
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
    { why: 'instances have no INACTIVE state', world: () => alibabaWorld(), verdict: 'nothing' },
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
      why: 'refused: a shared subnet requires a group',
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
      why: 'the owner of the subnet was not read',
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
      why: 'no group: which group it gets is not documented',
      world: () => awsWorld(({ the }) => Object.assign(the('links', 'vlink-1'), { securityGroupIds: [] })),
      verdict: 'fail',
      severity: 'warning',
      remedy: ['links.eu.securityGroups', 'postern apply'],
    },
    {
      why: 'an allowlist has its own group',
      world: () =>
        awsWorld((world) => {
          declared(['subnet-a'], [])(world);
          Object.assign(world.linkSpec, { allowlist: ['10.0.0.0/16'] });
        }),
      verdict: 'pass',
    },
    {
      why: 'an instance cannot be created without a group',
      world: () => alibabaWorld(declared(['vsw-j'], [])),
      verdict: 'fail',
      severity: 'error',
    },
    {
      why: 'the group of the spec could not be looked up',
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
      why: 'of another network, with which it may be associated',
      world: () => awsWorld(({ the }) => Object.assign(the('securityGroups', 'sg-link'), { networkId: 'vpc-2' })),
      verdict: 'unknown',
      severity: 'error',
      says: ['does not read whether sg-link is associated with vpc-1', 'REST APIs of API Gateway only'],
      evidence: ['sg-link'],
      remedy: ['describe-security-group-vpc-associations', 'groups of vpc-1'],
    },
    {
      why: 'of another network on Alibaba Cloud, where groups belong to one',
      world: () => alibabaWorld(({ the }) => Object.assign(the('securityGroups', 'sg-link'), { networkId: 'vpc-2' })),
      verdict: 'fail',
      severity: 'error',
      evidence: ['sg-link'],
    },
    {
      why: 'a basic group in one zone, and an enterprise group in the other: each has its own interface',
      world: () =>
        alibabaWorld(({ copy, the }) => {
          copy('securityGroups', 'sg-link', { id: 'sg-2', kind: 'enterprise' });
          the('links', 'apigateway-hz-1').securityGroupIds.push('sg-2');
        }),
      verdict: 'pass',
    },
    {
      why: 'groups could not be read',
      world: () => awsWorld(({ withhold }) => withhold('securityGroups', 'ec2:DescribeSecurityGroups')),
      verdict: 'unknown',
      evidence: ['ec2:DescribeSecurityGroups'],
    },
    {
      why: 'a group that the complete list lacks',
      world: () => awsWorld(({ the }) => the('links', 'vlink-1').securityGroupIds.push('sg-nope')),
      verdict: 'fail',
      severity: 'error',
      subject: 'link eu',
      says: ['link eu (vlink-1) has security group sg-nope, which does not exist in eu-west-1'],
      evidence: ['sg-nope'],
      remedy: ['instead of links.eu.id'],
    },
    {
      why: 'a group that an incomplete list lacks',
      world: () =>
        awsWorld(({ the, region }) => {
          the('links', 'vlink-1').securityGroupIds.push('sg-nope');
          region.whole = region.whole!.filter((list) => list !== 'securityGroups');
        }),
      verdict: 'unknown',
    },
    {
      why: 'a link with the mark of this project that was changed: its group does not exist',
      world: () =>
        awsWorld(({ the, linkSpec }) => {
          const link = the('links', 'vlink-1');
          const mark = { project: 'shop', integration: 'eu' };
          const shape = { subnetIds: link.subnetIds, securityGroupIds: ['sg-link'] };
          Object.assign(link, { owner: { ...mark, specHash: linkHash(mark, shape) }, securityGroupIds: ['sg-nope'] });
          delete linkSpec.id;
          Object.assign(linkSpec, { subnets: ['subnet-a', 'subnet-b'], securityGroups: ['sg-link'] });
        }),
      verdict: 'fail',
      subject: 'link eu, vlink-1',
      says: ['vlink-1, which carries the mark of link eu', 'sg-nope'],
      evidence: ['sg-nope'],
      remedy: ['`postern apply`', 'delete vlink-1'],
    },
  ]);
});
