import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { declared } from './link.js';
import { checkTable } from '../run-check.js';
import { type World, awsWorld } from '../world.js';

const sharedSubnet = named('link/shared-subnet');

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
