import { CLOUDS } from '../../../clouds.js';
import { expect, it } from 'vitest';
import { validateMigration } from '../../../../src/moves/validate/validate.js';
import { blockersOf } from '../../../../src/moves/validate/accept.js';
import { ASSUME, migrationWorld, MOVE, use } from '../world.js';

it.each([
  ['192.168.0.0/16', ['192.168.5.5']],
  ['172.16.0.0/12', []],
])(
  'a backend inside the CIDR block of the target instance: is unreachable where that block is %s',
  (instanceCidr, blocked) => {
    const { snapshot } = migrationWorld(({ region, the, copy }) => {
      the('networks', 'vpc-h').cidrBlocks.push('192.168.0.0/16');
      copy('subnets', 'vsw-app', { id: 'vsw-own', cidrBlock: '192.168.5.0/24' });
      copy('interfaces', 'eni-app', { id: 'eni-own', subnetId: 'vsw-own', addresses: ['192.168.5.5'] });
      const route = {
        cidrBlock: '192.168.5.0/24',
        nextHop: { kind: 'local' },
        state: 'active',
        origin: 'local',
      } as const;
      for (const table of region.routeTables ?? []) table.routes?.push(route);
      the('links', 'apigateway-hz-2').native = { instanceCidr };
      for (const list of region.allowlists) {
        (list.entries as object[]).push({
          protocol: 'all',
          fromPort: 0,
          toPort: 65_535,
          cidrBlock: '192.168.0.0/16',
        });
      }
      const { targetId: _none, ...plain } = use('api-3', 'ANY /own', '');
      the('gateways', 'group-1').uses = [{ ...plain, host: '192.168.5.5', port: 8080, scheme: 'http' }];
    });
    const report = validateMigration(snapshot, MOVE, { clouds: CLOUDS, assume: ASSUME });
    const named = blockersOf(report).flatMap(({ message, subject }) =>
      /own block/.test(message) ? [/192\.168\.5\.5/.exec(`${subject} ${message}`)?.[0]] : [],
    );
    expect([...new Set(named)]).toEqual(blocked);
  },
);
