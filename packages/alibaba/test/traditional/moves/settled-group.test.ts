import { createContext } from '@postern/core/internal/library';
import type { MoveUnit } from '@postern/core/internal/adapter';
import { simulate } from '@postern/simulator';
import { expect, it } from 'vitest';
import { alibaba, type AlibabaApi } from '../../../src/index.js';

const GROUP = { GroupId: 'g-1', GroupName: 'shop', TrafficLimit: 500 };
const BEFORE = { ...GROUP, InstanceId: 'old', HttpsPolicy: 'HTTPS1_1_TLS1_0' };
const MOVED = { ...GROUP, InstanceId: 'new', HttpsPolicy: 'HTTPS1_1_TLS1_0' };
const RETURNED = { ...GROUP, InstanceId: 'old', HttpsPolicy: 'HTTPS2_TLS1_2' };
const UNIT: MoveUnit = {
  id: 'g-1',
  gateway: { kind: 'api-group', id: 'g-1' },
  from: { kind: 'integration-instance', id: 'old' },
  to: { kind: 'integration-instance', id: 'new' },
};

it('a policy is compared with an answer that shows the return, not with an older one', async () => {
  const answers: Record<string, unknown>[] = [BEFORE, MOVED, RETURNED];
  const written: unknown[] = [];
  const body = (action: string, query: object): Readonly<Record<string, unknown>> => {
    if (action === 'GetCallerIdentity') return { AccountId: '1', Arn: 'acs:ram::1:root', IdentityType: 'Account' };
    if (action === 'DescribeApis') return { TotalCount: 0, ApiSummarys: { ApiSummary: [] } };
    if (action === 'DescribeApiGroup') return answers.shift() ?? {};
    written.push([action, query]);
    return {};
  };
  const api: AlibabaApi = {
    call: ({ action }, query) => Promise.resolve({ statusCode: 200, headers: {}, body: body(action, query) }),
  };
  const { clock } = simulate({ seed: 7, clock: 'auto' });
  const ctx = createContext({ clock, random: () => 0.5 });
  const { moves } = alibaba({ region: 'cn-hangzhou', api });
  const captured = await moves.capture(UNIT, ctx);
  expect(await moves.settle(UNIT, { captured }, 'old', ctx)).toEqual([]);
  expect(written).toEqual([
    ['ModifyApiGroupNetworkPolicy', expect.objectContaining({ GroupId: 'g-1', HttpsPolicy: 'HTTPS1_1_TLS1_0' })],
  ]);
});
