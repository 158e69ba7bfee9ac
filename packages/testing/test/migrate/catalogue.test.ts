import { describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue/index.js';
import { errorsOf, type Fault } from './fault.js';
import type { Stage } from './scene.js';
import { open, reached } from './stages.js';

describe('what goes wrong in a migration', () => {
  it('is of at least eight families and forty kinds', () => {
    expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(CATALOGUE.length);
    expect(CATALOGUE.length).toBeGreaterThanOrEqual(40);
    for (const { found, facts, family } of CATALOGUE) {
      expect([found.length > 0, facts !== '', family !== '']).toEqual([true, true, true]);
    }
    expect(new Set(CATALOGUE.map(({ family }) => family)).size).toBeGreaterThanOrEqual(8);
  });

  it.each(CATALOGUE.map((fault) => [fault.id, fault] as const))(
    '%s: is found, nothing else is, and unheeded it does the damage',
    async (_, fault) => {
      const stage = await open(fault.source);
      await fault.plant(stage);
      const { old, next } = stage.parts;
      const [to, from] = fault.to === 'old' ? [old, next] : [next, old];
      expect(reached(stage, from, fault.source), 'all is called before').not.toContain(false);

      const report = await stage.validate({ migration: { to } });
      const said = report.findings.filter(({ verdict, check }) => verdict !== 'pass' && fault.found.includes(check));
      expect(said.map(({ verdict, severity }) => `${verdict} ${severity}`)).toContain(
        `${fault.verdict} ${fault.severity}`,
      );
      for (const { evidence, remedy, verdict } of said) {
        expect(remedy).toMatch(/^[A-Z].*\.$/);
        if (verdict === 'fail') expect(evidence.length).toBeGreaterThan(0);
      }
      const others = errorsOf(report).filter(({ check }) => !fault.found.includes(check));
      expect(others.map(({ check, subject, message }) => `${check} ${subject}: ${message}`)).toEqual([]);

      await damage(stage, fault, to);
    },
  );
});

/** Moves the group although it should not be, and looks at what becomes of it. */
async function damage(stage: Stage, fault: Fault, to: string): Promise<void> {
  const done = fault.damage;
  if (done.kind === 'unknown' || done.kind === 'documented') return;
  if (done.kind === 'refused') {
    await expect(stage.move(to)).rejects.toThrow(done.words);
    return;
  }
  const before = done.kind === 'changed' ? done.read(stage) : undefined;
  const moved = await stage.move(to);
  if (done.kind === 'fails') {
    expect(moved).toMatchObject({ status: 'Fail', error: expect.stringMatching(done.words) });
    return;
  }
  expect(moved).toMatchObject({ status: 'Success', on: to });
  if (done.kind === 'cut off') expect(reached(stage, to, fault.source)).toContain(false);
  else expect(done.read(stage)).not.toEqual(before);
}
