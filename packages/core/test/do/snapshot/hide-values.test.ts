import { describe, expect, it } from 'vitest';
import { decodeSnapshot } from '../../../src/internal/decode.js';
import type { Gateway } from '../../../src/do/model/gateway.js';
import { diffSnapshots } from '../../../src/do/snapshot-diff/diff.js';
import { encodeSnapshot } from '../../../src/do/snapshot/encode.js';
import { hideValues } from '../../../src/do/snapshot/hide-values.js';
import { redactSnapshot } from '../../../src/do/snapshot/redact.js';
import { FULL_REGION, FULL_SNAPSHOT } from '../../decode/samples.js';

/** A gateway whose route is named by the variable `link`; other values hold canaries. */
const GATEWAY: Gateway = {
  id: 'a1b2c3d4e5',
  name: 'orders',
  kind: 'rest-api',
  stages: [
    {
      name: 'prod',
      autoDeploy: false,
      variables: { link: 'v2link', flavor: 'plain-1', dbPassword: 'canary-1', note: 'password=canary-2', empty: '' },
      canary: { percent: 10, variables: { link: 'v3link', token: 'canary-3', flavor: 'plain-2' } },
    },
    { name: 'test', autoDeploy: false },
  ],
  routes: [
    {
      id: 'r1',
      gatewayId: 'a1b2c3d4e5',
      key: 'GET /orders',
      variables: ['link'],
      settings: {
        parameters: {
          header: {
            authorization: 'header.authorization',
            'x-api-key': "'canary-4'",
            'x-region': "'plain-3'",
            'x-none': "''",
            'x-body': 'method.request.body.canary-5',
          },
          query: { tenant: 'query.tenant' },
        },
      },
      raw: null,
    },
    {
      id: 'r2',
      gatewayId: 'a1b2c3d4e5',
      key: 'GET /plain',
      writtenPath: '/plain/canary-4',
      settings: { parameters: { path: { token: "'canary-4'" } } },
      raw: null,
    },
  ],
  tags: {},
  raw: null,
};
const SNAPSHOT = { ...FULL_SNAPSHOT, regions: [{ ...FULL_REGION, gateways: [GATEWAY] }] };

function gatewayIn(text: string): Gateway | undefined {
  return decodeSnapshot(text).regions[0]?.gateways[0];
}

describe('values that users write', () => {
  it('are not in a file where they look like secrets', () => {
    const text = encodeSnapshot(SNAPSHOT);
    expect(text).not.toMatch(/canary-[1-4]/);
    const found = gatewayIn(text);
    expect(found?.stages[0]).toMatchObject({
      variables: {
        link: 'v2link',
        flavor: 'plain-1',
        dbPassword: '(not shown)',
        note: 'password=(not shown)',
        empty: '',
      },
      canary: { percent: 10, variables: { link: 'v3link', token: '(not shown)', flavor: 'plain-2' } },
    });
    expect(found?.routes[0]?.settings?.parameters).toMatchObject({
      header: { authorization: 'header.authorization', 'x-api-key': "'(not shown)'", 'x-region': "'plain-3'" },
    });
  });

  it('are not in a redacted file, apart from the variables that name links and targets', () => {
    const text = encodeSnapshot(SNAPSHOT, { redact: true });
    expect(text).not.toMatch(/canary-\d|plain-\d/);
    const found = gatewayIn(text);
    expect(found?.stages[0]).toMatchObject({
      variables: { link: 'v2link', flavor: '(not shown)', empty: '' },
      canary: { variables: { link: 'v3link', flavor: '(not shown)' } },
    });
    expect(found?.routes[0]?.settings?.parameters).toEqual({
      header: {
        authorization: 'header.authorization',
        'x-api-key': "'(not shown)'",
        'x-region': "'(not shown)'",
        'x-none': "''",
        'x-body': "'(not shown)'",
      },
      query: { tenant: 'query.tenant' },
    });
  });

  it('are hidden by redactSnapshot as well, and hidden once', () => {
    const redacted = redactSnapshot(SNAPSHOT);
    expect(JSON.stringify(redacted)).not.toMatch(/canary-\d|plain-\d/);
    expect(redactSnapshot(redacted)).toEqual(redacted);
    expect(encodeSnapshot(redacted)).toBe(encodeSnapshot(SNAPSHOT, { redact: true }));
  });

  it('leave a snapshot without any as it is', () => {
    const plain = { ...SNAPSHOT, regions: [{ ...FULL_REGION, gateways: [{ ...GATEWAY, stages: [], routes: [] }] }] };
    expect(hideValues(plain, 'all')).toBe(plain);
  });

  it('are compared, and shown where they do not look like secrets', () => {
    const [stage, ...others] = GATEWAY.stages;
    const [route, ...rest] = GATEWAY.routes;
    const after: Gateway = {
      ...GATEWAY,
      stages: [
        {
          ...stage!,
          variables: { ...stage?.variables, flavor: 'other', dbPassword: 'canary-9', more: '1' },
          createdBy: { project: 'shop' },
        },
        ...others,
      ],
      routes: [
        { ...route!, settings: { timeoutMs: 5000, parameters: { header: { 'x-api-key': "'canary-8'" } } } },
        ...rest,
      ],
    };
    const other = { ...SNAPSHOT, regions: [{ ...FULL_REGION, gateways: [after] }] };
    const details = diffSnapshots(SNAPSHOT, other).changes.flatMap(({ details: own }) => own);
    expect(details.join('\n')).not.toMatch(/canary-[1-489]/);
    expect(details).toEqual(
      expect.arrayContaining([
        'stage prod: variables flavor: plain-1 → other',
        'stage prod: variables more: none → 1',
        'stage prod: created by: none → {"project":"shop"}',
        'route GET /orders: settings timeout ms: none → 5000',
        'route GET /orders: settings parameters query: {"tenant":"query.tenant"} → none',
      ]),
    );
  });
});
