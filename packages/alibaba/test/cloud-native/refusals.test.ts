import { createContext } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { alibaba, type AlibabaApi } from '../../src/index.js';
import { REGION } from './apig-account.js';

const request = { linkId: 'gw-1', kind: 'apig-gateway' } as const;

/** A driver whose calls of gateways are answered one after the other; the account is known. */
function answering(...answers: readonly (object | { readonly statusCode: number; readonly code: string })[]) {
  const calls: string[] = [];
  const api: AlibabaApi = {
    call: ({ product, action }) => {
      if (product === 'Sts') return Promise.resolve(answer({ AccountId: '1234567890123456' }));
      calls.push(action);
      const next = answers[Math.min(calls.length, answers.length) - 1] ?? {};
      if (!('statusCode' in next)) return Promise.resolve(answer(next));
      const { code, statusCode } = next as { code: string; statusCode: number };
      return Promise.reject(
        Object.assign(new Error(code), { code, statusCode, data: { requestId: 'r-1', code, message: code } }),
      );
    },
  };
  let now = 0;
  const clock = {
    now: () => now,
    monotonicMs: () => now,
    sleep: (ms: number) => {
      now += ms;
      return Promise.resolve();
    },
  };
  return {
    calls,
    driver: alibaba({ region: REGION, api }),
    ctx: createContext({ clock: clock as never, random: () => 0.5 }),
  };
}

const answer = (body: object) => ({ body: body as Readonly<Record<string, unknown>>, statusCode: 200, headers: {} });
const ok = (data: object) => ({ requestId: 'r-1', code: 'Ok', message: 'success', data });

describe('answers of Cloud-native API Gateway', () => {
  it('with HTTP status 200 and another code than Ok are errors', async () => {
    const refused = answering({ requestId: 'r-9', code: 'NotFound.GatewayNotFound', message: 'gone' });
    await expect(
      refused.driver.links.find({ kind: request.kind, id: request.linkId }, refused.ctx),
    ).resolves.toBeUndefined();
    const odd = answering({ requestId: 'r-9', code: 'Conflict.Something', message: 'odd' });
    await expect(odd.driver.links.find({ kind: request.kind, id: request.linkId }, odd.ctx)).rejects.toMatchObject({
      code: 'CLOUD_REFUSED',
      nativeCode: 'Conflict.Something',
      requestId: 'r-9',
    });
  });

  it.each([
    [409, 'Conflict.LockFailed'],
    [409, 'Conflict.AppClusterIsAlreadyInChanging'],
    [429, 'Throttling.User'],
  ])('%i %s is tried again', async (statusCode, code) => {
    const { driver, ctx, calls } = answering({ statusCode, code }, ok({}));
    await driver.linkChanges.rename({ kind: request.kind, id: request.linkId }, 'edge', ctx);
    expect(calls).toEqual(['UpdateGatewayName', 'UpdateGatewayName']);
  });

  it.each([
    ['Conflict.GatewayIsDeleted', 'NOT_FOUND'],
    ['Error.DatabaseError.RecordNotFound', 'NOT_FOUND'],
    ['Conflict.ApiNameDuplicated', 'ALREADY_EXISTS'],
    ['Conflict.DomainExisted', 'ALREADY_EXISTS'],
    ['Conflict.ApiOperationQuotaExceed', 'QUOTA_EXCEEDED'],
    ['Conflict.ApiPublished', 'STILL_REFERENCED'],
    ['Conflict.ServiceInUse', 'STILL_REFERENCED'],
    ['APIG.ErrorCode.Forbidden', 'PERMISSION_DENIED'],
  ])('%s is %s, by its prefix', async (native, code) => {
    const { driver, ctx } = answering({ statusCode: 409, code: native });
    await expect(
      driver.linkChanges.rename({ kind: request.kind, id: request.linkId }, 'edge', ctx),
    ).rejects.toMatchObject({ code, nativeCode: native, requestId: 'r-1' });
  });
});
