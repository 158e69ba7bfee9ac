import { describe, expect, it } from 'vitest';
import { validateMigration } from '../../src/migrate/validate.js';
import type { World } from '../checks/world.js';
import { AWS_MOVE, awsMigrationWorld } from './aws-world.js';
import { ASSUME, migrationWorld, MOVE, use } from './world.js';

/** What only somebody with a spec can do. */
const SPEC_WORDS = /`?postern apply|integrations\.|\blinks\.|as the target|serverName\b(?!ToVerify)/;

const alibaba = (change: (world: World) => void) =>
  validateMigration(migrationWorld(change).snapshot, MOVE, { assume: ASSUME, passes: false }).findings;
const aws = (change: (world: World) => void) =>
  validateMigration(awsMigrationWorld(change).snapshot, AWS_MOVE, { passes: false }).findings;

const LISTENER = 'lb-1/http:80';

describe('remedies of a migration, which has no spec to write into', () => {
  it.each<[string, (change: (world: World) => void) => ReturnType<typeof aws>, (world: World) => void, string, RegExp]>(
    [
      [
        'a machine that is gone',
        alibaba,
        ({ remove, region }) => {
          remove('instances', 'i-1');
          region.whole = [...(region.whole ?? []), 'instances'];
        },
        'target/instance-running',
        /^Lead the authorisation shop-orders to an instance that exists \(ModifyVpcAccessAndUpdateApis\)\.$/,
      ],
      [
        'a machine that is stopped',
        alibaba,
        ({ the }) => void (the('instances', 'i-1').state = 'stopped'),
        'target/instance-running',
        /^Start i-1, or lead the authorisation shop-orders to another instance/,
      ],
      [
        'a load balancer that is stopped',
        alibaba,
        ({ the }) => void (the('loadBalancers', 'lb-1').active = false),
        'target/balancer-active',
        /^Bring lb-1 back to work, or lead the authorisation shop-stock to another load balancer/,
      ],
      [
        'a load balancer of the internet',
        alibaba,
        ({ the }) => void (the('loadBalancers', 'lb-1').scheme = 'internet-facing'),
        'target/intranet',
        /^Lead the authorisation shop-stock to an internal CLB instance of vpc-h/,
      ],
      [
        'HTTPS to a listener for HTTP',
        alibaba,
        ({ the }) => {
          the('gateways', 'group-1').uses = [use('api-2', 'ANY /stock', 'shop-stock', { scheme: 'https' })];
        },
        'target/protocol',
        /^Let route ANY \/stock \(RELEASE\) call it by http \(VpcScheme/,
      ],
      [
        'HTTP to a listener for HTTPS',
        alibaba,
        ({ the }) => void (the('listeners', LISTENER).protocol = 'HTTPS'),
        'target/protocol',
        /^Let route ANY \/stock \(RELEASE\) call it by https/,
      ],
      [
        'a listener that is not there',
        alibaba,
        ({ the }) => void (the('listeners', LISTENER).port = 81),
        'target/listener',
        /^Give lb-1 a listener on this port, or lead the authorisation shop-stock to a port that it listens on/,
      ],
      [
        'no TLS where the listener wants it',
        aws,
        ({ the }) => {
          for (const route of the('gateways', 'api-1').routes) delete route.tls;
        },
        'target/protocol',
        /^Give the integration of route ANY \/orders the name on the listener's certificate as ServerNameToVerify/,
      ],
      [
        'an address outside of the accessible blocks',
        alibaba,
        ({ the }) => {
          const [own] = the('gateways', 'group-1').uses ?? [];
          const at = { host: '10.0.3.9', port: 8080, targetId: undefined };
          the('gateways', 'group-1').uses = own === undefined ? [] : [{ ...own, ...at }];
        },
        'migrate/accessible-blocks',
        /^Let the instance reach it first: postern allow apigateway-hz-2 10\.0\.3\.9\/32\. Where no spec has the instance, call ModifyInstanceAttribute with ToConnectVpcIpBlock \{"CidrBlock":"10\.0\.3\.9\/32","Customized":true\}\.$/,
      ],
      [
        "an address of the instance's own VPC that no vSwitch holds",
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
        /^Name an address that somebody has: 10\.0\.99\.9 is one of vpc-h, and no subnet of it holds it\.$/,
      ],
    ],
  )('%s', (_, validate, change, check, remedy) => {
    const findings = validate(change).filter(({ verdict }) => verdict === 'fail');
    expect(findings.find((one) => one.check === check)?.remedy).toMatch(remedy);
    for (const one of findings) expect(one.remedy ?? '', one.check).not.toMatch(SPEC_WORDS);
  });
});
