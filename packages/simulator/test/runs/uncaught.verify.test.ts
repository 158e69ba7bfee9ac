import { describe, expect, it } from 'vitest';
import { runs, sample } from '../../../core/test/runs.js';
import { machine, type Around } from './machine.js';
import { repair, runOnce } from './repaired.js';
import { CLOUDS } from './scene.js';

const random = (): number => 0.5;

/** Errors that no code expects. Node reports an exhausted stack as a RangeError. */
const ERRORS: Readonly<Record<string, () => unknown>> = {
  'a TypeError': () => new TypeError("Cannot read properties of undefined (reading 'x')"),
  'an exhausted stack': () => new RangeError('Maximum call stack size exceeded'),
  'a thrown text': () => 'thrown',
};

describe.each(sample(CLOUDS, 2))('an error that nothing expects, on %s', (_, sceneOf) => {
  it.each(Object.entries(ERRORS))(
    '%s in any call, before or after its effect: the run ends, and the next ones end as if nothing had been',
    async (what, error) => {
      const stride = what === 'a TypeError' ? runs(79, 7) : runs(197, 13);
      const plain = await sceneOf(7);
      await repair(plain, () => machine(plain.simulation, { random }));
      const wanted = plain.shape();
      let at = 0;
      for (; ; at += stride) {
        const scene = await sceneOf(7);
        const { simulation } = scene;
        let isHit = false;
        const around: Around = async (call, send) => {
          if (call.at !== at) return send();
          isHit = true;
          if (at % 2 === 0) await send();
          throw error();
        };
        await runOnce(scene, machine(simulation, { random, around }));
        if (!isHit) break;
        await repair(scene, () => machine(simulation, { random }));
        await simulation.advance(600_000);
        expect([at, ...scene.shape()]).toEqual([at, ...wanted]);
      }
      expect(at).toBeGreaterThan(15);
    },
  );
});
