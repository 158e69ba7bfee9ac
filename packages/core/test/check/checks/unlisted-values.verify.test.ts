import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { check } from '../../../src/check/checks/run.js';
import { checkArgument } from '../../../src/do/forms/check-argument.js';
import { snapshotForm } from '../../../src/do/snapshot/snapshot-form.js';
import type { Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { LISTENER } from './aws-region.js';
import { farTarget } from './far-target.js';
import { restV1World, restWorld, webSocketWorld } from './rest-world.js';
import { rich } from './rich-world.js';
import { useNetworkBalancer, useService } from './target/backends.js';
import { gatewayWorld } from './target/cloud-native.js';
import { alibabaWorld, awsWorld, TAKEN_AT, type World } from './world.js';

const WORLDS: readonly (readonly [string, () => World])[] = [
  ['an ALB', () => awsWorld(rich)],
  ['a network load balancer', () => awsWorld((world) => (useNetworkBalancer(world), rich(world)))],
  ['a Cloud Map service', () => awsWorld((world) => (useService(world), rich(world)))],
  ['targets behind a peering', () => awsWorld((world) => (farTarget(world, 'peering'), rich(world)))],
  ['targets behind a transit gateway', () => awsWorld((world) => (farTarget(world, 'transit'), rich(world)))],
  ['a REST API and a link V2', () => restWorld(rich)],
  ['a REST API and a link V1', () => restV1World(rich)],
  ['a WebSocket API', () => webSocketWorld(rich)],
  ['an integration instance', () => alibabaWorld(rich)],
  ['a gateway of Cloud-native API Gateway', () => gatewayWorld(rich)],
];

type Path = readonly (string | number)[];

/** Every text in a value, with its place. */
function* textsOf(value: unknown, path: Path = []): Generator<readonly [Path, string]> {
  if (typeof value === 'string') yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value))
    yield* textsOf(member, [...path, Array.isArray(value) ? Number(key) : key]);
}

/** A value with another text at a place: a copy of what contains that place. */
function put<T>(value: T, [key = '', ...rest]: Path, text: string): T {
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string | number, unknown>;
  copy[key] = rest.length === 0 ? text : put(copy[key], rest, text);
  return copy as T;
}

/** Whether a snapshot can be read. Members of a closed set are written by adapters, which map what they do not know. */
function fits(snapshot: Snapshot): boolean {
  try {
    checkArgument('check', 'snapshot', snapshotForm, snapshot);
    return true;
  } catch {
    return false;
  }
}

/** What fails, by check and code: a value may also be a part of sentences. */
function failuresOf({ spec }: World, snapshot: Snapshot): ReadonlySet<string> {
  const { failures } = check(snapshot, spec, { clouds: CLOUDS, now: Date.parse(TAKEN_AT) });
  return new Set(failures.map((one) => `${one.check} ${one.code}`));
}

/** `listeners[].protocol` */
function placeOf(path: Path): string {
  return path
    .map((key) => (typeof key === 'number' ? '[]' : `.${key}`))
    .join('')
    .replace(/^\.(?:regions\[\]\.)?/, '');
}

/**
 * The exceptions: texts that users chose, or that name a thing. Another one is another thing, and what names the first one then leads
 * nowhere. Times have a form of their own.
 */
const NAMES =
  /(?:^|\.)(?:owner\.spec|provider|region|account|id|names?|key|\w+Ids?|\w*[aA]ddress(?:es)?|\w+Blocks?|prefixes|endpoints|instanceCidr|serverName|zones?|takenAt|notAfter|certificateEnd|createdAt|expiresAt|project|integration|path|deployed|stages|format|whole)(?:\[\])?$/;

/** The fields that hold words of a cloud. */
const FIELDS: readonly string[] = [
  'certificates[].nativeState',
  'customDomains[].nativeState',
  'customDomains[].tlsPolicy',
  'gateways[].routes[].authorization',
  'gateways[].settings.httpsPolicy',
  'gateways[].settings.migration.state',
  'instances[].nativeState',
  'instances[].state',
  'links[].native.access',
  'links[].native.chargeType',
  'links[].native.spec',
  'links[].nativeState',
  'links[].reason',
  'links[].settings.httpsPolicy',
  'links[].settings.spec',
  'links[].state',
  'listeners[].actions[].kind',
  'listeners[].protocol',
  'listeners[].rules[].actions[].kind',
  'listeners[].rules[].conditions[].kind',
  'listeners[].state',
  'loadBalancers[].state',
  'networkAcls[].entries[].protocol',
  'peerings[].nativeState',
  'peerings[].state',
  'registrars[].stoppedReason',
  'routeTables[].routes[].nextHop.kind',
  'routeTables[].routes[].state',
  'securityGroups[].rules[].protocol',
  'services[].healthCheck',
  'targetGroups[].healthCheck.protocol',
  'targetGroups[].protocol',
  'targetGroups[].protocolVersion',
  'targetGroups[].targets[].health',
  'targetGroups[].targets[].reason',
  'targets[].health.nativeState',
  'targets[].protocol',
  'targets[].resourceType',
  'transitGateways[].attachments[].kind',
  'transitGateways[].attachments[].nativeState',
  'transitGateways[].attachments[].state',
  'transitGateways[].nativeState',
  'transitGateways[].routeTables[].routes[].state',
  'transitGateways[].state',
];

/** What a table, a form or a branch may list. Where a set is closed, it may have a member for the others. */
function made(path: Path, snapshot: Snapshot): readonly Snapshot[] {
  const open = put(snapshot, path, 'NEWLY_MADE');
  return (fits(open) ? [open] : ['other', 'unknown'].map((text) => put(snapshot, path, text))).filter(fits);
}

describe('a value that no table lists', () => {
  const tried = new Set<string>();

  it.each(WORLDS)('fails no check: %s', (_, worldOf) => {
    const world = worldOf();
    const before = failuresOf(world, world.snapshot);
    const seen = new Set<string>();
    const wrong: string[] = [];
    for (const [path, text] of textsOf(world.snapshot)) {
      const place = placeOf(path);
      if (NAMES.test(place) || seen.size === seen.add(`${place} ${text}`).size) continue;
      for (const next of made(path, world.snapshot)) {
        tried.add(place);
        const failures = [...failuresOf(world, next)].filter((failure) => !before.has(failure));
        wrong.push(...failures.map((failure) => `${place}, ${text}: ${failure}`));
      }
    }
    expect(wrong).toEqual([]);
  });

  it('was tried in each field of a cloud', () => {
    expect(FIELDS.filter((field) => !tried.has(field))).toEqual([]);
  });

  it.each<[string, string, () => World]>([
    [
      'the protocol of a listener',
      'target/protocol',
      () => awsWorld(({ the }) => void (the('listeners', LISTENER).protocol = 'MADE')),
    ],
    [
      'its protocol on the path',
      'path/load-balancer',
      () => awsWorld(({ the }) => void (the('listeners', LISTENER).protocol = 'MADE')),
    ],
    [
      'the action of a listener',
      'target/answers',
      () => awsWorld(({ the }) => void (the('listeners', LISTENER).actions = [{ kind: 'other', native: 'made' }])),
    ],
    [
      'its action on the path',
      'path/load-balancer',
      () => awsWorld(({ the }) => void (the('listeners', LISTENER).actions = [{ kind: 'other', native: 'made' }])),
    ],
    [
      'the kind of a load balancer behind a link V1',
      'target/kind',
      () => restV1World(({ the }) => void (the('targets', LISTENER).resourceType = 'made')),
    ],
    [
      'the state of an instance',
      'target/instance-running',
      () =>
        alibabaWorld(({ the }) => void Object.assign(the('instances', 'i-1'), { state: 'other', nativeState: 'Made' })),
    ],
    [
      'the protocol of a rule',
      'path/security-group',
      () =>
        awsWorld(
          ({ the }) => void Object.assign(the('securityGroups', 'sg-link').rules[0] ?? {}, { protocol: 'made' }),
        ),
    ],
    [
      'the protocol of an entry',
      'path/network-acl',
      () =>
        awsWorld(({ the }) => void Object.assign(the('networkAcls', 'acl-1').entries?.[0] ?? {}, { protocol: 'made' })),
    ],
  ])('is unknown: %s', (_, id, worldOf) => {
    const { snapshot, spec } = worldOf();
    const found = check(snapshot, spec, { clouds: CLOUDS }).findings.filter(
      (one) => one.check === id && one.verdict !== 'pass',
    );
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']));
  });

  it.each(WORLDS)('changes no verdict as a region with zones of its own: %s', (_, worldOf) => {
    const world = worldOf();
    const renamed = <T>(value: T): T =>
      JSON.parse(
        JSON.stringify(value)
          .replaceAll('eu-west-1', 'eu-newly-9')
          .replaceAll('euw1-az', 'eun9-az')
          .replaceAll('cn-hangzhou', 'cn-newly'),
      ) as T;
    const elsewhere = { ...world, spec: renamed(world.spec) };
    expect(failuresOf(elsewhere, renamed(world.snapshot))).toEqual(failuresOf(world, world.snapshot));
  });
});
