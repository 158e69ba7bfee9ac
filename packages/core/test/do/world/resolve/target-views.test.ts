import { describe, expect, it } from 'vitest';
import { prepare } from '../../../../src/do/world/prepare.js';
import type { TargetView } from '../../../../src/do/world/views.js';
import { awsWorld, type World } from '../../../check/checks/world.js';
import { edit } from '../../../check/checks/edits.js';
import { CLOUDS } from '../../../clouds.js';

function targetOf(change: (world: World) => void): TargetView | undefined {
  const { snapshot, spec } = awsWorld(change);
  return prepare(snapshot, spec, { clouds: CLOUDS, now: 0, passes: true }).input.integrations[0]?.targets[0];
}

const http = edit({ 'targets.0.protocol': 'HTTP' });
const withoutTls = edit({ 'targetSpec.tls': undefined });

describe('the protocol of a listener', () => {
  it.each<[string, (world: World) => void, string | undefined]>([
    ['HTTPS, with tls', () => undefined, undefined],
    ['HTTPS, without tls', withoutTls, 'is HTTPS, and the target has no tls'],
    ['HTTP, with tls', http, 'is HTTP, and the target has tls'],
    [
      'HTTP, without tls',
      (world) => {
        http(world);
        withoutTls(world);
      },
      undefined,
    ],
  ])('%s', (_, change, message) => {
    const refused = targetOf(change)?.refused;
    if (message === undefined) expect(refused).toBeUndefined();
    else expect(refused).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining(message) });
  });

  it('is not compared for routes of others: they are as they are', () => {
    const target = targetOf((world) => {
      http(world);
      Object.assign(world.integration, { owner: 'external' });
    });
    expect(target?.refused).toBeUndefined();
  });
});

describe('a target that is not among those that were read', () => {
  const absent = (gap: object | undefined): TargetView['unresolved'] =>
    targetOf(({ region }) => {
      region.targets = [];
      if (gap !== undefined) region.gaps.push({ what: 'targets', operation: 'DescribeListeners', ...gap } as never);
    })?.unresolved;

  it('does not exist', () => {
    expect(absent(undefined)).toMatchObject({ verdict: 'fail', code: 'NOT_FOUND' });
  });

  it('is looked for under the name of its load balancer, which may have been created again', () => {
    const renewed = ({ region, targetSpec }: World): void => {
      const name = region.loadBalancers[0]?.name;
      const place = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333';
      targetSpec.ref = { listener: `${place}:listener/app/${name}/0000000000000000/0000000000000000` };
      region.targets = [];
    };
    expect(targetOf(renewed)?.unresolved).toMatchObject({
      code: 'NOT_FOUND',
      remedy: expect.stringMatching(/^Write a listener that \S+ has now: \S+ \(HTTPS 443\)\.$/),
    });
    const other = (world: World): void => {
      renewed(world);
      for (const one of world.region.loadBalancers) one.name = 'other';
    };
    expect(targetOf(other)?.unresolved).toMatchObject({ remedy: 'Create it first, or correct the reference.' });
  });

  it('may exist where a part of the targets was not read, for any reason', () => {
    expect(absent({ code: 'INCOMPLETE_LIST', of: 'targets' })).toMatchObject({ verdict: 'unknown' });
    expect(absent({ code: 'PERMISSION_DENIED', of: 'targets' })).toMatchObject({ verdict: 'unknown' });
  });

  it.each(['listeners', 'loadBalancers'])('may exist where %s could not be read', (of) => {
    expect(absent({ code: 'PERMISSION_DENIED', of })).toMatchObject({ verdict: 'unknown' });
  });
});
