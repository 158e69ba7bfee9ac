import { expect } from 'vitest';
import type { Fault } from './fault.js';
import type { Stage } from './scene.js';
import { apis, backends, type Answer } from './stages.js';

/**
 * Moves the group despite the fault, and verifies the damage that the fault predicts; returns what happened as a
 * sentence.
 */
export async function damageOf(
  stage: Stage,
  { damage, source }: Pick<Fault, 'damage' | 'source'>,
  from: string,
  to: string,
): Promise<string> {
  const all = (link: string) => ({ ...backends(stage, link, source), ...apis(stage, link) });
  const moved = async (target: string): Promise<void> => {
    expect(await stage.move(target)).toMatchObject({ status: 'Success', on: target });
  };
  switch (damage.kind) {
    case 'not shown':
      return `not shown: ${damage.why}`;
    case 'refused': {
      const told = await stage.move(to).then(
        () => expect.fail('the call is accepted'),
        (error: Error) => error.message,
      );
      expect(told).toMatch(damage.words);
      return `refused: ${told}`;
    }
    case 'fails':
      return failed(stage, to, damage.words);
    case 'changed': {
      const before = damage.read(stage);
      await moved(to);
      const after = damage.read(stage);
      expect(after).not.toEqual(before);
      return `changed: ${String(before)} becomes ${String(after)}`;
    }
    case 'cut off': {
      const before = all(from);
      await moved(to);
      return lost(before, all(to));
    }
    case 'unanswered': {
      const { from: caller, domain } = damage.calls(stage);
      expect(stage.simulation.connects(caller, domain), 'it is answered before').toMatchObject({ connects: true });
      await moved(to);
      await stage.wait();
      const { connects, because } = stage.simulation.connects(caller, domain);
      expect(connects).toBe(false);
      return `not answered: ${because}`;
    }
    case 'no way back': {
      await moved(to);
      const before = all(to);
      if (damage.by === 'fails') return `back: ${await failed(stage, from, /^instance cannot connect the backend /)}`;
      await moved(from);
      return `back: ${lost(before, all(from))}`;
    }
  }
}

async function failed(stage: Stage, to: string, words: RegExp): Promise<string> {
  const { status, error } = await stage.move(to);
  expect([status, error]).toEqual(['Fail', expect.stringMatching(words)]);
  return `fails: ${error}`;
}

/** The first that was reached before and no longer is. */
function lost(before: Readonly<Record<string, Answer>>, after: Readonly<Record<string, Answer>>): string {
  const [first] = Object.entries(after).filter(([name, { connects }]) => !connects && before[name]?.connects === true);
  if (first === undefined) expect.fail(`everything is called as before: ${Object.keys(after).join(', ')}`);
  const [name, { because }] = first;
  return `cut off: ${name}: ${because}`;
}
