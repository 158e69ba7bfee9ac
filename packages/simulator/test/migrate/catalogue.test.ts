import { afterAll, describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { CATALOGUE } from './catalogue/index.js';
import { damageOf } from './damage.js';
import { errorsOf } from './fault.js';
import { apis, backends, open, unreached } from './stages.js';

/** What found each fault, and what happened when the finding was ignored. */
const table: string[] = [];

describe('what goes wrong in a migration', () => {
  afterAll(() => {
    const hidden = CATALOGUE.filter(({ damage }) => damage.kind === 'not shown').length;
    const families = new Set(CATALOGUE.map(({ family }) => family)).size;
    console.log(
      `${CATALOGUE.length} faults of ${families} families; the damage of ${CATALOGUE.length - hidden} shown, of ${hidden} not\n${table.join('\n')}`,
    );
  });

  it('is shown, except for damage that cannot be observed', () => {
    expect(CATALOGUE.filter(({ damage }) => damage.kind === 'not shown').map(({ id }) => id)).toEqual([
      'registry-unknown',
      'marketplace',
      'service-role',
      'end-of-service',
    ]);
  });

  it('has at least eight families and forty kinds', () => {
    expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(CATALOGUE.length);
    expect(CATALOGUE.length).toBeGreaterThanOrEqual(40);
    for (const { found, facts, family } of CATALOGUE) {
      expect([found.length > 0, facts !== '', family !== '']).toEqual([true, true, true]);
    }
    expect(new Set(CATALOGUE.map(({ family }) => family)).size).toBeGreaterThanOrEqual(8);
  });

  it.each(
    sample(
      CATALOGUE.map((fault) => [fault.id, fault] as const),
      4,
    ),
  )('%s: is found, nothing else is, and ignored it causes the damage', async (_, fault) => {
    const stage = await open(fault.source);
    await fault.plant(stage);
    const { old, next } = stage.parts;
    const [to, from] = fault.to === 'old' ? [old, next] : [next, old];
    expect(unreached(backends(stage, from, fault.source)), 'all is called before').toEqual([]);

    const report = await stage.validate({ migration: { to } });
    const said = report.findings.filter(({ verdict, check }) => verdict !== 'pass' && fault.found.includes(check));
    expect(said.map(({ verdict, severity }) => `${verdict} ${severity}`)).toContain(
      `${fault.verdict} ${fault.severity}`,
    );
    for (const { evidence, remedy, verdict } of said) {
      expect(remedy).toMatch(/^[A-Z].*(?:\.|: https:\S+)$/);
      if (verdict === 'fail') expect(evidence.length).toBeGreaterThan(0);
    }
    const foreseen = [...fault.found, ...(fault.also ?? [])];
    const others = errorsOf(report).filter(({ check }) => !foreseen.includes(check));
    expect(others.map(({ check, subject, message }) => `${check} ${subject}: ${message}`)).toEqual([]);

    const happened = await damageOf(stage, fault, from, to);
    const how = fault.verdict === 'unknown' ? `unknown ${fault.severity}` : fault.severity;
    table.push(`${fault.id} | ${fault.found.join(', ')} (${how}) | ${happened}`);
  });

  const mended = CATALOGUE.flatMap((fault) => (fault.mend ? [[fault.id, fault, fault.mend] as const] : []));
  it.each(sample(mended, 4))('%s: the move succeeds after the remedy', async (_, { plant, source, damage }, mend) => {
    const stage = await open(source);
    await plant(stage);
    await mend(stage);
    await stage.wait();
    expect(errorsOf(await stage.validate())).toEqual([]);
    const call = damage.kind === 'unanswered' ? damage.calls(stage) : undefined;
    const { next } = stage.parts;
    expect(await stage.move()).toMatchObject({ status: 'Success', on: next });
    await stage.wait();
    expect([...unreached(backends(stage, next, source)), ...unreached(apis(stage, next))]).toEqual([]);
    if (call) expect(stage.simulation.connects(call.from, call.domain)).toMatchObject({ connects: true });
  });
});
