import { inspect } from 'node:util';
import { createContext } from '@postern/core/internal/library';
import { simulate } from '@postern/simulator';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { alibaba, type AlibabaOptions } from '../../src/index.js';
import { KEYS, REGION } from '../world/conformance-setup.js';
import { refusalOf } from '../world/simulated.js';

const ACCOUNT = '1111222233334444';
const ROLE = `acs:ram::${ACCOUNT}:role/postern`;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function assuming(assumeRole: AlibabaOptions['assumeRole']) {
  const keys = { [KEYS.accessKeyId]: KEYS.accessKeySecret };
  const simulation = simulate({ clock: 'auto', verifySignatures: { keys } });
  const server = await simulation.listen();
  closing.push(() => server.close());
  const driver = alibaba({ region: REGION, endpoint: server.url, ...KEYS, account: ACCOUNT, assumeRole });
  const asked = (): readonly string[] => simulation.journal().map(({ operation }) => operation);
  return { simulation, driver, ctx: createContext({ clock: simulation.clock, random: () => 0.5 }), asked };
}

describe('assumeRole', () => {
  it('signs all calls with one session of the role', async () => {
    const { driver, ctx, asked } = await assuming({
      roleArn: ROLE,
      sessionName: 'fleet-7',
      externalId: 'postern-7f3k',
    });
    await Promise.all([driver.observe({ all: true }, ctx), driver.observe({ all: true }, ctx)]);
    expect(await driver.identity(ctx)).toEqual({
      account: ACCOUNT,
      arn: `acs:ram::${ACCOUNT}:assumed-role/postern/fleet-7`,
    });
    expect(asked().filter((name) => name === 'AssumeRole')).toEqual(['AssumeRole']);
    expect(asked()).toContain('DescribeApiGroups');
  });

  it('assumes it again before the session ends', async () => {
    const { driver, ctx, asked } = await assuming({ roleArn: ROLE, durationSeconds: 1_800 });
    await driver.observe({ all: true }, ctx);
    const nowMs = Date.now();
    const clock = vi.spyOn(Date, 'now');
    clock.mockReturnValue(nowMs + 24 * 60_000);
    await driver.observe({ all: true }, ctx);
    expect(asked().filter((name) => name === 'AssumeRole')).toHaveLength(1);
    clock.mockReturnValue(nowMs + 26 * 60_000);
    await driver.observe({ all: true }, ctx);
    expect(asked().filter((name) => name === 'AssumeRole')).toHaveLength(2);
  });

  it.each([
    ['of another account', 'acs:ram::9999222233334444:role/postern', 'PERMISSION_DENIED', 'NoPermission'],
    ['that is no ARN', 'postern', 'INVALID_INPUT', 'InvalidParameter.RoleArn'],
  ])('a role %s is refused with the error of STS, without secrets', async (_what, role, code, native) => {
    const { driver, ctx } = await assuming(role);
    const error = await refusalOf(driver.identity(ctx));
    expect(error).toMatchObject({
      code,
      operation: 'AssumeRole',
      nativeCode: native,
      message: expect.stringContaining(role) as string,
      cause: { code: native },
    });
    expect(error.message).not.toMatch(/AssumeRole.*AssumeRole/);
    if (code === 'PERMISSION_DENIED') expect(error.remedy).toContain(`trust policy of ${role}`);
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(KEYS.accessKeySecret);
  });

  it('tries again after a refusal', async () => {
    const { simulation, driver, ctx } = await assuming(ROLE);
    simulation.faults.add({ service: 'sts', operation: 'AssumeRole', kind: 'deny', times: 2 }); // the key ID, and the call
    expect(await refusalOf(driver.identity(ctx))).toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(await driver.identity(ctx)).toMatchObject({ account: ACCOUNT });
  });

  it('does not go with a client that signs itself', () => {
    const api = { call: () => Promise.reject(new Error('not called')) };
    expect(() => alibaba({ region: REGION, api, assumeRole: ROLE })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringContaining('`api`') as string }),
    );
  });
});
