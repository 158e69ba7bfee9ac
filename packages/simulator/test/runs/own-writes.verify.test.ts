import { createContext, isPosternError, memoryJournal, PrivateIntegrations } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { expect, it } from 'vitest';
import { seeded } from '../../../core/test/drive.js';
import { seeds } from '../../../core/test/runs.js';
import { machine } from './machine.js';
import { PRODUCTS, shapeOf, SPECS, type ProductScene } from './products.js';

const BLOCKS = ['10.20.0.0/20', '10.30.0.0/20'];

/** One session on a cloud whose reads show the past. Of each subject the last call counts; one that threw leaves it open. */
class Session {
  readonly expected = new Map<string, boolean>();
  readonly told: string[] = [];
  readonly #random: () => number;
  readonly gate: any;

  constructor(
    readonly scene: ProductScene,
    seed: number,
  ) {
    this.#random = seeded(seed * 7 + 1);
    const by = machine(scene.simulation, { random: seeded(seed), journal: memoryJournal() });
    const context = createContext({ clock: by.clock, random: by.random });
    const spec = { project: 'shop', spec: 'shop-1', judge, journal: by.journal };
    this.gate = new PrivateIntegrations(scene.driver(by), { ...context, ...spec });
  }

  under(n: number): number {
    return Math.floor(this.#random() * n);
  }

  /** What a call makes true of each subject. */
  async #calls(subjects: ReadonlyMap<string, boolean>, call: () => Promise<unknown>): Promise<void> {
    try {
      await call();
      for (const [subject, isThere] of subjects) this.expected.set(subject, isThere);
    } catch (error) {
      if (!isPosternError(error)) throw error;
      this.told.push(`${error.code}: ${error.message}`);
      for (const subject of subjects.keys()) this.expected.delete(subject);
    }
  }

  ensure(turn = this.under(SPECS)): Promise<void> {
    const spec = this.scene.specOf(turn);
    const keys = Object.keys(spec.integrations['orders']?.routes ?? {});
    return this.#calls(new Map(keys.map((key) => [key, true])), () => this.gate.ensure(spec));
  }

  deleteRoute(at: number): Promise<void> {
    const { gateway, routes } = this.scene.specOf(0).integrations['orders'] as any;
    const key = Object.keys(routes)[at] as string;
    return this.#calls(new Map([[key, false]]), () => this.gate.deleteRoute(gateway, key));
  }

  block(call: 'allow' | 'revoke', block: string): Promise<void> {
    const how = call === 'allow' ? { ports: [443] } : { force: true };
    const change = () => this.gate[call]({ name: 'main' }, [block], how);
    return this.#calls(new Map([[block, call === 'allow']]), change);
  }

  /** Two calls after each other, of which the second undoes the first. */
  pair(hasBlocks: boolean): readonly (() => Promise<void>)[] {
    const [at, isBack] = [this.under(2), this.under(2) === 1];
    if (hasBlocks && this.under(2) === 0) {
      const block = BLOCKS[at] as string;
      const both = [() => this.block('allow', block), () => this.block('revoke', block)];
      return isBack ? both.toReversed() : both;
    }

    const both = [() => this.ensure(0), () => this.deleteRoute(at)];
    return isBack ? both.toReversed() : both;
  }
}

/** Calls of one session, seconds apart; what is then not as the calls that did not throw say. */
async function trial(sceneOf: (seed: number) => Promise<ProductScene>, seed: number, hasBlocks: boolean) {
  const scene = await sceneOf(1 + (seed % 3));
  const { simulation } = scene;
  const session = new Session(scene, seed);
  await session.ensure();
  await simulation.advance(60_000);
  const lagMs = session.under(30) * 1_000;
  if (lagMs > 0) simulation.faults.add({ kind: 'stale', ms: lagMs, leastMs: 0 });
  for (const call of Array.from({ length: 4 }, () => session.pair(hasBlocks)).flat()) {
    await call();
    await simulation.clock.sleep(session.under(6) * 500);
  }
  simulation.faults.clear();
  await simulation.advance(120_000);
  const shape = await shapeOf(scene);
  const isThere = (subject: string): boolean =>
    shape.some((line) => line.startsWith(`${subject} `) || (line.startsWith('group ') && line.includes(subject)));
  const silent = [...session.expected].filter(([subject, wanted]) => isThere(subject) !== wanted);
  simulation.faults.add({ kind: 'stale', ms: 29_000, leastMs: 0 });
  await session.ensure();
  const told = session.told.length;
  await session.gate.release({ deleteInstances: true }).catch((error: Error) => session.told.push(error.message));
  simulation.faults.clear();
  await simulation.advance(1_200_000);
  const isTold = session.told.length > told;
  const left = isTold ? [] : (await shapeOf(scene)).filter((line) => /^(link|target|group) |shop/.test(line));
  return { lagMs, silent, left, told: session.told };
}

it.each(PRODUCTS)(
  'one session, whose reads are up to 29 s old: %s: no call ends well and leaves what it was to change',
  async (name, sceneOf) => {
    for (const seed of seeds(4, 400)) {
      const { told, ...found } = await trial(sceneOf, seed, name === 'HTTP APIs' || name === 'REST APIs');
      expect({ seed, told, ...found }).toMatchObject({ silent: [], left: [] });
    }
  },
);
