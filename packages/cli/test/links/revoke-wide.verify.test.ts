import { describe, expect, it } from 'vitest';
import { PROVE, sample } from '../../../core/test/runs.js';
import { atShop, manyRoutes } from '../apply/shop-account.js';

const SPEC = manyRoutes({ links: 1, routes: 2 });

/** What the link `l0` may reach. */
async function allowed(postern: Awaited<ReturnType<typeof atShop>>['postern']): Promise<readonly string[]> {
  const { out } = await postern('allow l0 --list --json');
  return (JSON.parse(out) as { entries: { cidrBlock: string }[] }).entries.map(({ cidrBlock }) => cidrBlock).toSorted();
}

describe('a block that is too wide', () => {
  it.each(sample(['0.0.0.0/0', '10.20.0.0/16'], 2))(
    '%s is revoked, and the declared blocks inside of it stay',
    async (wide) => {
      const { postern } = await atShop(SPEC, 'healthy');
      expect((await postern('apply --yes')).status).toBe(0);
      const before = await allowed(postern);
      expect((await postern(`allow l0 ${wide} --yes`)).status).toBe(0);
      expect(await allowed(postern)).toContain(wide);
      const { status, err } = await postern(`revoke l0 ${wide} --yes`);
      expect({ status, err }).toMatchObject({
        status: 0,
        err: expect.stringContaining(`inside of ${wide}, the list still allows 10.20.1.0/24, 10.20.2.0/24`),
      });
      expect(await allowed(postern)).toEqual(before);
      expect((await postern('plan')).out).toContain('No changes');
    },
  );

  it('is not revoked where a wider one keeps it allowed, or where it is not on the list', async () => {
    const { postern } = await atShop(SPEC, 'healthy');
    expect((await postern('apply --yes')).status).toBe(0);
    expect((await postern('revoke l0 10.0.0.0/8 --yes')).err).toContain(
      'CIDR_CONFLICT: 10.0.0.0/8 would stay allowed, partly',
    );
    expect((await postern('allow l0 10.20.0.0/16 --yes')).status).toBe(0);
    expect((await postern('revoke l0 10.20.1.0/24 --yes')).err).toContain('10.20.1.0/24 would stay allowed, fully');
  });

  it.runIf(PROVE)('is not revoked where a backend needs it', async () => {
    const { postern } = await atShop(SPEC.replace(/allowlist: .*/, 'allowlist: [10.20.0.0/16]'), 'healthy');
    expect((await postern('apply --yes')).status).toBe(0);
    expect((await postern('revoke l0 10.20.0.0/16 --yes')).err).toContain('STILL_REFERENCED');
  });

  it.runIf(PROVE)('is closed by apply while the backend is unhealthy, which other changes are not', async () => {
    const { postern, write } = await atShop(SPEC, 'unhealthy');
    expect((await postern('apply --yes --ignore-findings target/healthy')).status).toBe(0);
    expect((await postern('allow l0 0.0.0.0/0 --yes')).status).toBe(0);
    const plan = await postern('plan');
    expect(plan.out).toContain('0.0.0.0/0 tcp 80 → none');
    expect(plan.out).toContain('`postern check` reports');
    expect(await postern('apply --yes')).toMatchObject({ status: 0 });
    expect(await allowed(postern)).toEqual(['10.20.1.0/24', '10.20.2.0/24']);
    write(SPEC.replace('10.20.2.0/24]', '10.20.2.0/24, 10.20.3.0/24]'));
    expect(await postern('apply --yes')).toMatchObject({ status: 3, err: expect.stringContaining('target/healthy') });
  });

  it.runIf(PROVE)('is not closed where that cuts a backend off', async () => {
    const { postern } = await atShop(SPEC.replace(/allowlist: .*/, 'allowlist: [10.20.1.0/24]'), 'healthy');
    expect((await postern('apply --yes --ignore-findings path/security-group')).status).toBe(0);
    expect((await postern('allow l0 10.20.2.0/24 --yes')).status).toBe(0);
    expect(await postern('apply --yes')).toMatchObject({ status: 1, err: expect.stringContaining('STILL_REFERENCED') });
  });
});
