import { describe, expect, it } from 'vitest';
import type { GatewayKind } from '../../../../src/do/model/gateway-kind.js';
import { paceNotes } from '../../../../src/do/plan/notes/pace-notes.js';
import type { Step, Unit } from '../../../../src/do/plan/plan.js';

function step(kind: Step['kind'], gateway: GatewayKind | undefined, at: number): Step {
  const type = gateway === undefined ? 'target' : kind === 'deploy' ? 'stage' : 'route';
  const resource = { type, name: 'GET /a' } as const;
  const input = gateway === undefined ? {} : { gatewayRef: { kind: gateway, id: 'a1' } };
  return { id: `${kind} ${at}`, kind, resource, reason: 'it differs', input };
}

function unit(kind: Step['kind'], gateway: GatewayKind | undefined, count: number, region = 'eu-west-1'): Unit {
  const steps = Array.from({ length: count }, (_, at) => step(kind, gateway, at));
  const place = { provider: 'aws', region, account: '111122223333' };
  return { id: `${kind} ${gateway}`, kind: 'integration', name: 'orders', ...place, dependsOn: [], steps };
}

const AT = 'the writes to aws eu-west-1 of account 111122223333 take about';

describe('the time that writes take at the pace of the account', () => {
  it.each<[string, readonly Unit[], readonly string[]]>([
    ['eight deployments of REST APIs', [unit('deploy', 'rest-api', 8)], [`${AT} 40 s: 8 deployments at one per 5 s`]],
    ['two of them are not noted', [unit('deploy', 'rest-api', 2)], []],
    ['three of them', [unit('deploy', 'rest-api', 3)], [`${AT} 15 s: 3 deployments at one per 5 s`]],
    [
      '600 of them',
      [unit('deploy', 'rest-api', 600)],
      [`${AT} 52 min: 600 deployments at one per 5 s, 1200 requests at 10 per s`],
    ],
    ['deployments of HTTP APIs have no pace of their own', [unit('deploy', 'http-api', 100)], []],
    ['routes of a REST API', [unit('create', 'rest-api', 100)], [`${AT} 36 s: 400 requests at 10 per s`]],
    ['changes of routes', [unit('retarget', 'http-api', 100)], [`${AT} 16 s: 200 requests at 10 per s`]],
    [
      'both',
      [unit('delete', 'rest-api', 50), unit('deploy', 'rest-api', 2)],
      [`${AT} 17 s: 2 deployments at one per 5 s, 104 requests at 10 per s`],
    ],
    ['a cloud without published rates', [unit('create', 'api-group', 1000)], []],
    ['links', [unit('create', undefined, 1000)], []],
  ])('%s', (_, units, expected) => {
    expect(paceNotes(units)).toEqual(expected);
  });

  it('is that of each region', () => {
    const notes = paceNotes([unit('deploy', 'rest-api', 4), unit('deploy', 'rest-api', 2, 'eu-north-1')]);
    expect(notes).toEqual([`${AT} 20 s: 4 deployments at one per 5 s`]);
  });
});
