import { describe } from 'vitest';
import { named } from '../all-checks.js';
import { singleZone } from '../../../../src/check/checks/link/single-zone.js';
import { linkState } from '../../../../src/check/checks/link/state.js';
import { checkTable } from '../run-check.js';
import { alibaba } from '../world.js';
import { edit } from '../edits.js';

const instanceBlockNetwork = named('cidr/instance-block-network');

const overNow = edit({
  retirement: [{ at: '2026-05-01T00:00:00+08:00', what: 'new instances are no longer sold', ends: 'sale' }],
});

describe('where new instances are no longer sold', () => {
  checkTable(linkState, {
    'the remedy names no new link': [
      alibaba(overNow, { 'links.apigateway-hz-1.state': 'failed' }),
      'error NOT_READY',
      { remedy: ['Write the ID of an instance that is ready as links.eu.id', 'Cloud-native API Gateway'] },
    ],
  });
  checkTable(singleZone, {
    'the remedy names no new link': [
      alibaba(overNow, { 'links.apigateway-hz-1.subnetIds': ['vsw-j'] }),
      'warning SINGLE_ZONE',
      { remedy: 'the ID of an instance in two zones as links.eu.id' },
    ],
  });
  checkTable(instanceBlockNetwork, {
    'the remedy names no new instance with the other block': [
      alibaba(overNow, { 'networks.vpc-h.cidrBlocks.+': '192.168.0.0/24' }),
      'warning NETWORK_OVERLAPS',
      { remedy: 'an instance whose CIDR block is 172.16.0.0/12 as links.eu.id (new instances are no longer sold)' },
    ],
  });
});
