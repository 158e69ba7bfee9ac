import * as watch from '@postern/core/internal/watch';
import { expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { at, finding, lines, SPEC, START, watched, type Seen } from '../../../core/test/watch/round.js';
import { mutated, type Mistake } from '../mutated.js';

type Module = typeof watch;

const works: Omit<Seen, 'at'> = { findings: [] };
const broken: Omit<Seen, 'at'> = { findings: [finding({ integration: 'orders' })] };
const file = (name: string): string => `core/src/watch/${name}.ts`;
const ends = { check: 'link/expiry', code: 'ENDS', severity: 'warning' } as const;

/** What is seen of a situation, what it has to be, and the mistake that shows there. */
const SITUATIONS: readonly (Mistake & {
  readonly title: string;
  readonly run: (module: Module) => unknown;
  readonly wanted: unknown;
})[] = [
  {
    title: 'one observation is enough',
    file: file('step'),
    from: 'export const CONFIRM_MS = 60_000;',
    to: 'export const CONFIRM_MS = 0;',
    run: (module) =>
      lines(
        watched(module, [
          { at: 0, ...works },
          { at: 60, ...broken },
          { at: 120, ...works },
        ]).events,
      ),
    wanted: [],
  },
  {
    title: 'the time of the machine counts, not that of the process',
    file: file('step'),
    from: 'const passed = elapsedMs ?? ',
    to: 'const passed = ',
    run: (module) => {
      const rounds = [
        { at: 0, ...works },
        { at: 60, ...broken, elapsedMs: 60_000 },
      ];
      return lines(watched(module, [...rounds, { at: 86_400, ...broken, elapsedMs: 5_000 }]).events);
    },
    wanted: [],
  },
  {
    title: 'what the spec ignores counts',
    file: file('judged'),
    from: ' || finding.suppressed !== undefined) continue;',
    to: ') continue;',
    run: (module) => {
      const seen = { findings: [finding({ integration: 'orders' }, 'fail', { suppressed: { reason: 'known' } })] };
      return lines(
        watched(module, [
          { at: 0, ...seen },
          { at: 60, ...seen },
        ]).events,
      );
    },
    wanted: [],
  },
  {
    title: 'a broken link breaks no integration',
    file: file('judged'),
    from: '...(ofLink.get(link) ?? []), ...(found.get(key) ?? [])',
    to: '...(found.get(key) ?? [])',
    run: (module) => {
      const seen = { findings: [finding({ link: 'eu' })] };
      return lines(
        watched(module, [
          { at: 0, ...seen },
          { at: 60, ...seen },
        ]).events,
      );
    },
    wanted: ['1: integration orders: new → broken', '1: integration users: new → broken'],
  },
  {
    title: 'a limit that cannot be read is not near any more',
    file: file('limits'),
    from: 'if (!isKnown && ',
    to: 'if (isKnown && false && ',
    run: (module) => {
      const unknown = finding({ link: 'eu' }, 'unknown', { ...ends, code: 'LINK_NOT_READ' });
      const near = finding({ link: 'eu' }, 'fail', ends);
      const { events } = watched(module, [
        { at: 0, findings: [near] },
        { at: 60, findings: [unknown] },
      ]);
      return events.flat().map(({ type }) => type);
    },
    wanted: ['near'],
  },
  {
    title: 'a notifier that fails loses what it had to receive',
    file: file('history'),
    from: 'return { ...one, attempts: one.attempts + 1, ',
    to: 'return { ...one, events: [], attempts: one.attempts + 1, ',
    run: (module) => {
      const { history, events } = watched(module, [
        { at: 0, ...broken },
        { at: 60, ...broken },
      ]);
      const queued = module.enqueue(history, ['hook'], events.flat(), at(60));
      return module.notDelivered(queued, 'hook', 'answered 500', START).undelivered.map((one) => one.events.length);
    },
    wanted: [1],
  },
  {
    title: 'the history of another spec is continued',
    file: file('history'),
    from: 'if (isOf(history, spec)) return history;',
    to: 'return history;',
    run: (module) => {
      const text = module.encodeHistory(module.newHistory(SPEC, at(0)));
      try {
        return module.decodeHistory(text, { ...SPEC, project: 'bank' }).rounds;
      } catch {
        return 'refused';
      }
    },
    wanted: 'refused',
  },
];

it.each(sample(SITUATIONS, 3))('a mistake is caught: $title', async ({ title, run, wanted, ...mistake }) => {
  expect(run(watch)).toEqual(wanted);
  const name = `watch-${title.replaceAll(/\W+/g, '-')}`;
  expect(run(await mutated<Module>('core/src/internal/watch.ts', mistake, name))).not.toEqual(wanted);
});
