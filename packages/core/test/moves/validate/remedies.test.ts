import { CLOUDS } from '../../clouds.js';
import { expect, it } from 'vitest';
import { validateMigration } from '../../../src/moves/validate/validate.js';
import type { World } from '../../check/checks/world.js';
import { AWS_MOVE, awsMigrationWorld } from './aws-world.js';
import { ASSUME, migrationWorld, MOVE, use } from './world.js';

/** Actions that need a spec. */
const SPEC_WORDS = /`?postern apply|integrations\.|\blinks\.|as the target|serverName\b(?!ToVerify)/;

const alibaba = (change: (world: World) => void) =>
  validateMigration(migrationWorld(change).snapshot, MOVE, { clouds: CLOUDS, assume: ASSUME, passes: false }).findings;
const aws = (change: (world: World) => void) =>
  validateMigration(awsMigrationWorld(change).snapshot, AWS_MOVE, { clouds: CLOUDS, passes: false }).findings;

const LISTENER = 'lb-1/http:80';

it.each<[string, (change: (world: World) => void) => ReturnType<typeof aws>, (world: World) => void, string, RegExp]>([
  [
    'an instance that does not exist',
    alibaba,
    ({ remove, region }) => {
      remove('instances', 'i-1');
      region.whole = [...(region.whole ?? []), 'instances'];
    },
    'target/instance-running',
    /^Point the authorization shop-orders to an existing instance \(ModifyVpcAccessAndUpdateApis\)\.$/,
  ],
  [
    'an instance that is stopped',
    alibaba,
    ({ the }) => void (the('instances', 'i-1').state = 'stopped'),
    'target/instance-running',
    /^Start i-1, or point the authorization shop-orders to another instance/,
  ],
  [
    'a load balancer that is stopped',
    alibaba,
    ({ the }) => void (the('loadBalancers', 'lb-1').active = false),
    'target/balancer-active',
    /^Make lb-1 active again, or point the authorization shop-stock to another load balancer/,
  ],
  [
    'an internet-facing load balancer',
    alibaba,
    ({ the }) => void (the('loadBalancers', 'lb-1').scheme = 'internet-facing'),
    'target/intranet',
    /^Point the authorization shop-stock to an internal CLB instance of vpc-h/,
  ],
  [
    'HTTPS to a listener for HTTP',
    alibaba,
    ({ the }) => {
      the('gateways', 'group-1').uses = [use('api-2', 'ANY /stock', 'shop-stock', { scheme: 'https' })];
    },
    'target/protocol',
    /^Change the scheme of route ANY \/stock \(RELEASE\) to http \(VpcScheme/,
  ],
  [
    'HTTP to a listener for HTTPS',
    alibaba,
    ({ the }) => void (the('listeners', LISTENER).protocol = 'HTTPS'),
    'target/protocol',
    /^Change the scheme of route ANY \/stock \(RELEASE\) to https/,
  ],
  [
    'a listener that does not exist',
    alibaba,
    ({ the }) => void (the('listeners', LISTENER).port = 81),
    'target/listener',
    /^Create a listener on this port of lb-1, or point the authorization shop-stock to a port that it listens on/,
  ],
  [
    'no TLS where the listener requires it',
    aws,
    ({ the }) => {
      for (const route of the('gateways', 'api-1').routes) delete route.tls;
    },
    'target/protocol',
    /^Set ServerNameToVerify in TlsConfig of the integration of route ANY \/orders to the name on the listener's certificate/,
  ],
  [
    'an address outside the accessible blocks',
    alibaba,
    ({ the }) => {
      const [own] = the('gateways', 'group-1').uses ?? [];
      const at = { host: '10.0.3.9', port: 8080, targetId: undefined };
      the('gateways', 'group-1').uses = own === undefined ? [] : [{ ...own, ...at }];
    },
    'migrate/accessible-blocks',
    /^Add 10\.0\.3\.9\/32 to the accessible blocks of apigateway-hz-2 before the move: postern allow apigateway-hz-2 10\.0\.3\.9\/32\. If no spec declares the instance, call ModifyInstanceAttribute with ToConnectVpcIpBlock \{"CidrBlock":"10\.0\.3\.9\/32","Customized":true\}\.$/,
  ],
  [
    'an address in the VPC of the instance that no vSwitch contains',
    alibaba,
    ({ the }) => {
      const [own] = the('gateways', 'group-1').uses ?? [];
      const at = { host: '10.0.99.9', port: 8080, targetId: undefined };
      the('gateways', 'group-1').uses = own === undefined ? [] : [{ ...own, ...at }];
      the('routeTables', 'vtb-1').routes = [
        { cidrBlock: '10.0.1.0/24', nextHop: { kind: 'local' }, state: 'active', origin: 'local' },
      ];
    },
    'path/route',
    /^Declare an address that is in use: 10\.0\.99\.9 is in vpc-h, and none of its subnets contains it\.$/,
  ],
])('remedies of a migration, which has no spec: %s', (_, validate, change, check, remedy) => {
  const findings = validate(change).filter(({ verdict }) => verdict === 'fail');
  expect(findings.find((one) => one.check === check)?.remedy).toMatch(remedy);
  for (const one of findings) expect(one.remedy ?? '', one.check).not.toMatch(SPEC_WORDS);
});
