import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { singleZone } from '../../../../src/check/checks/link/single-zone.js';
import { linkState } from '../../../../src/check/checks/link/state.js';
import { link } from './instance.js';
import { checkTable } from '../run-check.js';
import { type World, alibabaWorld } from '../world.js';

const instanceBlockNetwork = named('cidr/instance-block-network');

/** New instances are no longer sold. */
const overNow = ({ region }: World): void => {
  region.retirement = [{ at: '2026-05-01T00:00:00+08:00', what: 'new instances are no longer sold', ends: 'sale' }];
};

describe('where new instances are no longer sold', () => {
  checkTable(linkState, [
    {
      why: 'the remedy names no new link',
      world: () =>
        alibabaWorld((world) => {
          overNow(world);
          Object.assign(link(world), { state: 'failed' });
        }),
      verdict: 'fail',
      remedy: ['Write the ID of an instance that is ready as links.eu.id', 'Cloud-native API Gateway'],
    },
  ]);
  checkTable(singleZone, [
    {
      why: 'the remedy names no new link',
      world: () =>
        alibabaWorld((world) => {
          overNow(world);
          Object.assign(link(world), { subnetIds: ['vsw-j'] });
        }),
      verdict: 'fail',
      remedy: ['the ID of an instance in two zones as links.eu.id'],
    },
  ]);
  checkTable(instanceBlockNetwork, [
    {
      why: 'the remedy names no new instance with the other block',
      world: () =>
        alibabaWorld((world) => {
          overNow(world);
          world.the('networks', 'vpc-h').cidrBlocks.push('192.168.0.0/24');
        }),
      verdict: 'fail',
      remedy: ['an instance whose CIDR block is 172.16.0.0/12 as links.eu.id (new instances are no longer sold)'],
    },
  ]);
});
