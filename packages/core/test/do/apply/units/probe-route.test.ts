import { outcomeOf, planStep, unitScene } from './scene.js';
import { describe, it, expect } from 'vitest';
import { probeRoute } from '../../../../src/do/apply/units/probe-route.js';

const STEP = planStep('x', 'delete', 'link', {});

const LINK = { kind: 'vpc-link-v2', id: 'l-1' } as const;

describe('a test call of the cloud', () => {
  const tested = {
    gateway: { kind: 'rest-api', id: 'api-1' },
    key: 'ANY /a/{id}',
    link: LINK,
    targetId: 't-1',
  } as const;
  const probe = async (of: typeof tested | object, routes: object = {}) => {
    const scene = unitScene({ routes });
    return { outcome: await outcomeOf(probeRoute(STEP, scene.tools, { ...tested, ...of })), ...scene };
  };
  const connected = { testCall: async () => ({ outcome: 'connected', because: 'yes', status: 200 }) };

  it('keeps what decides, under the ID of the target', async () => {
    const { outcome, steps, told } = await probe({}, connected);
    expect(outcome).toEqual({ ok: true, value: undefined });
    expect(steps).toMatchObject([{ id: 'x', part: 'probe t-1' }]);
    expect(told).toEqual(['progress x: test through link l-1: connected: yes']);
  });

  it('with a method that may change something is made only where the cloud sends no request', async () => {
    const post = await probe({ key: 'POST /a' }, connected);
    expect(post).toMatchObject({
      outcome: { ok: true },
      log: [],
      told: [expect.stringContaining('a POST request may')],
    });
    const group = { gateway: { kind: 'api-group', id: 'g-1' }, key: 'POST /a' };
    expect((await probe(group, connected)).log).toEqual(['routes.testCall']);
    const http = { gateway: { kind: 'http-api', id: 'g-1' }, key: 'POST /a' };
    expect((await probe(http, connected)).log).toEqual(['routes.testCall']);
  });

  it('that the adapter does not have shows nothing', async () => {
    const { outcome, told } = await probe({});
    expect(outcome).toEqual({ ok: true, value: undefined });
    expect(told).toEqual(['progress x: test through link l-1: unknown: the adapter has no test call']);
  });
});
