import { describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue/index.js';
import { errorsOf, type Fault } from './fault.js';
import { HARMLESS } from './harmless.js';
import { apis, backends, numbers, open, some, unreached } from './stages.js';
import { PROVE } from '../../../core/test/runs.js';

const seeds = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at + 1);

/** Faults that hide others: nothing is judged behind a gateway that is not read, or a link that carries no calls. */
const HIDING = /^(?:denied-|target-failed|back-|no-way-back)/;

/** Of several families, those that change the instance or the group last; a name of the target needs its blocks as they were. */
function mixed(source: Fault['source'], count: number, random: () => number): readonly Fault[] {
  const fitting = CATALOGUE.filter((one) => one.source === source && !HIDING.test(one.id));
  const families = some([...new Set(fitting.map(({ family }) => family))], count, random);
  const chosen = families.flatMap((family) =>
    some(
      fitting.filter((one) => one.family === family),
      1,
      random,
    ),
  );
  const rank: Readonly<Record<string, number>> = { listeners: -1, settings: 1, blockers: 2 };
  const last = ({ family }: Fault): number => rank[family] ?? 0;
  return chosen.toSorted((a, b) => last(a) - last(b));
}

describe('migrations of random worlds', () => {
  it.each(seeds(PROVE ? 60 : 2))(
    'clean world %i: no error, and every backend connects after the move',
    async (seed) => {
      const random = numbers(seed);
      const source = seed % 2 === 0 ? 'conventional' : 'integration';
      const stage = await open(source);
      for (const change of some(HARMLESS, 2 + Math.floor(random() * 6), random)) await change(stage);
      await stage.wait();
      const lacking = (link: string): readonly string[] => [
        ...unreached(backends(stage, link, source)),
        ...unreached(apis(stage, link)),
      ];
      expect(lacking(stage.parts.old)).toEqual([]);
      expect(errorsOf(await stage.validate())).toEqual([]);
      expect(await stage.move()).toMatchObject({ status: 'Success', on: stage.parts.next });
      expect(lacking(stage.parts.next)).toEqual([]);
    },
  );

  it.each(seeds(PROVE ? 60 : 2))('world %i with several faults: all are found', async (seed) => {
    const random = numbers(seed);
    // More families apply to a conventional instance.
    const source = seed % 4 === 0 ? 'integration' : 'conventional';
    const planted = mixed(source, 2 + Math.floor(random() * 3), random);
    const stage = await open(source);
    for (const { plant } of planted) await plant(stage);
    const ids = planted.map((one) => one.id).join(' ');
    const { findings } = await stage.validate();
    const said = findings
      .filter(({ verdict }) => verdict !== 'pass')
      .map(({ check, verdict }) => `${verdict} ${check}`);
    for (const { id, found, verdict } of planted) {
      expect(said, `${id} of ${ids}`).toEqual(expect.arrayContaining(found.map((check) => `${verdict} ${check}`)));
    }
  });
});
