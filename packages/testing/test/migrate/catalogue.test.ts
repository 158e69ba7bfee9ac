import { beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue/index.js';
import { errorsOf, type Fault } from './fault.js';
import { openScene, stageOf, type Scene, type Stage } from './scene.js';

const scenes = new Map<Fault['source'], Scene>();
beforeAll(async () => {
  for (const kind of ['conventional', 'integration'] as const) scenes.set(kind, await openScene(kind));
});

function open({ source }: Fault): Stage {
  const scene = scenes.get(source);
  if (scene === undefined) throw new Error(`no scene ${source}`);
  return stageOf(scene);
}

/** Whether each backend of the scene is called from an instance. */
function reached({ simulation, parts }: Stage, link: string, { source }: Fault): readonly boolean[] {
  const far = [[parts.foreignAddress, 8080] as const];
  const backends = [
    [parts.machine, 8080] as const,
    [parts.balancer, 80] as const,
    ...(source === 'integration' ? far : []),
  ];
  return backends.map(([at, port]) => simulation.connects(link, at, port).connects);
}

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
      const stage = open(fault);
      await fault.plant(stage);
      const { old, next } = stage.parts;
      const [to, from] = fault.to === 'old' ? [old, next] : [next, old];
      expect(reached(stage, from, fault), 'all is called before').not.toContain(false);

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
  if (done.kind === 'cut off') expect(reached(stage, to, fault)).toContain(false);
  else expect(done.read(stage)).not.toEqual(before);
}
