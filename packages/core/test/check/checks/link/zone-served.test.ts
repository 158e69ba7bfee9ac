import { describe } from 'vitest';
import { zoneServed } from '../../../../src/check/checks/link/zone-served.js';
import { declared } from './subnets.js';
import { checkTable } from '../run-check.js';
import { type World, awsWorld } from '../world.js';

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
