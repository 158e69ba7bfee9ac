import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { validateMigration } from '../../../src/moves/validate/validate.js';
import { type World, withhold } from '../../check/checks/world.js';
import { ASSUME, migrationWorld, MOVE } from './world.js';
import { edit } from '../../check/checks/edits.js';

/** The findings on settings, limits and blockers; passes are left out. */
const said = (change: (world: World) => unknown) =>
  validateMigration(migrationWorld(change).snapshot, MOVE, {
    clouds: CLOUDS,
    assume: ASSUME,
    passes: false,
  })
    .findings.filter(({ check }) => /^migrate\/(?!egress|owner|rollback)/.test(check))
    .map(({ verdict, severity, check }) => `${verdict} ${severity} ${check.slice('migrate/'.length)}`);

const settings = (of: 'gateways' | 'links', id: string, more: object) => (world: World) =>
  Object.assign(world.the(of, id).settings ?? {}, more);
const group = (more: object) => settings('gateways', 'group-1', more);
const old = (more: object) => settings('links', 'apigateway-hz-1', more);
const next = (more: object) => settings('links', 'apigateway-hz-2', more);
const network = { domains: [{ name: 'vpc.example.com', kind: 'network' }] };
const all =
  (...changes: readonly ((world: World) => unknown)[]) =>
  (world: World) =>
    changes.forEach((change) => change(world));

describe('settings that are not known', () => {
  it.each<[string, (world: World) => unknown, readonly string[]]>([
    ['nothing, where all is known', () => undefined, []],
    ["the group's HTTPS policy", group({ httpsPolicy: undefined }), ['unknown warning https-policy']],
    ["the target's HTTPS policy", next({ httpsPolicy: undefined }), ['unknown warning https-policy']],
    ["the group's limit", group({ requestsPerSecond: undefined }), ['unknown warning rate']],
    ["the target's limit", next({ requestsPerSecond: undefined }), ['unknown warning rate']],
    ['IPv6 of a target, where the group does not use it', next({ ipv6: undefined }), []],
    ['IPv6 of a target', all(group({ ipv6: true }), next({ ipv6: undefined })), ['unknown error ipv6']],
    ['the client VPC of both', all(group(network), next({ networkDomain: true })), ['unknown error client-network']],
    [
      'the client VPC of the current instance',
      all(group(network), next({ networkDomain: true, clientNetworkId: 'vpc-c' })),
      ['unknown error client-network'],
    ],
    [
      'no client VPC at the target',
      all(group(network), old({ clientNetworkId: 'vpc-c' }), next({ networkDomain: true })),
      ['fail error client-network'],
    ],
    ['the instance type of the target', next({ spec: 'api.s9.new' }), ['unknown warning spec']],
    ['the instance type of the current instance', old({ spec: 'api.s9.new' }), ['unknown warning spec']],
    ['the instance type of both, which is equal', all(old({ spec: 'api.s9.new' }), next({ spec: 'api.s9.new' })), []],
    ['an instance type that is not reported', next({ spec: undefined }), ['unknown warning spec']],
    [
      'all settings of the group',
      edit({ 'gateways.group-1.settings': undefined }),
      [
        'unknown error domains',
        'unknown error ipv6',
        'unknown error refused',
        'unknown error under-way',
        'unknown warning https-policy',
        'unknown warning rate',
      ],
    ],
  ])('are reported: %s', (_, change, expected) => {
    expect(said(change).toSorted()).toEqual(expected.toSorted());
  });

  it('stop a move where the current instance, and so its client VPC, could not be read', () => {
    const found = said(
      all(
        group(network),
        next({ networkDomain: true }),
        withhold('links', 'apigateway:DescribeInstances', 'apigateway-hz-1'),
      ),
    );
    expect(found).toContain('unknown error client-network');
  });
});

it('instance types: are lower if they allow fewer new connections', () => {
  expect(said(all(old({ spec: 'api.s2.x4' }), next({ spec: 'api.s2.x3' })))).toEqual(['fail warning spec']);
  expect(said(all(old({ spec: 'api.s2.x5' }), next({ spec: 'api.s2.x6' })))).toEqual([]);
});
