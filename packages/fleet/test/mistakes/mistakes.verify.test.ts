import { createContext } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { mutated, type Mistake } from '../../../simulator/test/mutated.js';
import type { ReserveTurns } from '../../src/services/pacer.js';
import type * as parts from './parts.js';

const KEY = { provider: 'aws', account: '1', region: 'eu-west-1', operation: 'GetVpcLinks' };
const LIMIT = { perSecond: 2, burst: 1 };
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

/** What a worker does, in short. */
async function shown({ heldBy, nextTurns, questionsOf, recordedStep, sharedPace, stepPace }: typeof parts) {
  const due = new Map<string, number>();
  const call = (_service: string, place: string, _handler: string, { wanted }: ReserveTurns) => {
    const turns = wanted.map(({ name, ...bucket }) => {
      const id = `${place} ${name}`;
      const next = nextTurns(due.get(id) ?? 0, 0, bucket);
      due.set(id, next.dueMs);
      return next.turns;
    });
    return Promise.resolve(turns);
  };
  const clock = { now: () => 0 };
  const [one, other] = [1, 2].map(() => sharedPace({ call } as never, clock, 1));
  const turns = [await one!.reserve(KEY, LIMIT), await other!.reserve(KEY, LIMIT)];

  const begun = new Set<string>();
  const step = (wish: string, effect: (again: boolean) => Promise<string>) => {
    const setting = { context: createContext(), control: { wish: () => Promise.resolve(wish) }, pace: one, begun };
    const attempt = { run: 'r', step: `u ${wish}`, over: new AbortController().signal };
    const how = { again: true, cleansUp: false, taken: undefined };
    return recordedStep((_ctx, { again }) => effect(again), how as never, attempt, setting as never);
  };
  const again = await step('go', (whether) => Promise.resolve(`again: ${whether}`));
  const canceled = await step('cancel', () => Promise.resolve('changed'));
  const failed = await step('go', () => Promise.reject(new TypeError(`secretAccessKey=${SECRET}`)));

  const over = new AbortController();
  const pace = stepPace(one!, undefined, over.signal);
  pace.begin();
  over.abort();
  let isSent = false;
  void pace.pacer.slot(KEY, []).then(
    () => (isSent = true),
    () => undefined,
  );
  await new Promise((resolve) => setTimeout(resolve, 5));

  const deletion = { account: '1', region: 'eu-west-1', steps: [{ id: 'a', reason: 'b', kind: 'delete' }] };
  return {
    turns: turns.map((ms) => Math.round(ms / 100)),
    again: 'v' in again && again.v,
    begun: [...begun],
    canceled: 'halt' in canceled && canceled.halt,
    failed: 'e' in failed && failed.e.message,
    isSent,
    questions: questionsOf({ approvals: ['deletion'] }, { units: [deletion] } as never).length,
    wave: heldBy([{ name: 'a', states: ['failed', 'failed'] }], { toleratedFailures: 1 })?.state,
  };
}

const WANTED = {
  turns: [0, 5],
  again: 'again: true',
  begun: ['u go'],
  canceled: 'cancel',
  failed: 'secretAccessKey=(not shown)',
  isSent: false,
  questions: 1,
  wave: 'skipped',
};

const at = (name: string): string => `fleet/src/${name}.ts`;

const MISTAKES: readonly (Mistake & { readonly what: string })[] = [
  {
    what: 'each worker has a pace of its own',
    file: at('worker/shared-pace'),
    from: 'keyOf(provider, account,',
    to: 'keyOf(String(Math.random()), account,',
  },
  {
    what: 'a create is tried again as if it was the first time',
    file: at('worker/recorded-step'),
    from: 'again: again || isUnseen }, { again })',
    to: 'again: again || isUnseen }, { again: again && false })',
  },
  { what: 'a step begins without a record', file: at('worker/recorded-step'), from: 'begunSteps.add(step);', to: '' },
  {
    what: 'a secret is in an answer',
    file: 'core/src/do/apply/outcome.ts',
    from: 'withoutSecrets(thrownText(error))',
    to: 'thrownText(error)',
  },
  {
    what: 'an approval is not asked for',
    file: at('services/spec'),
    from: 'deletion: takesAway',
    to: 'deletion: () => false',
  },
  {
    what: 'a canceled run begins a step',
    file: at('worker/recorded-step'),
    from: "if (wish !== 'go') return",
    to: "if (wish === 'pause') return",
  },
  {
    what: 'a wave does not wait for what failed before it',
    file: at('services/run'),
    from: 'if (failed <= toleratedFailures)',
    to: 'if (failed >= toleratedFailures)',
  },
  {
    what: 'an attempt that is over goes on beside the next one',
    file: at('worker/step-pace'),
    from: 'isOver || attempt?.aborted === true',
    to: 'isOver',
  },
];

describe('a mistake of a worker is caught', () => {
  it('without one', async () => {
    const [first] = MISTAKES;
    expect(
      await shown(await mutated<typeof parts>('fleet/test/mistakes/parts.ts', { ...first!, to: first!.from }, 'fleet')),
    ).toEqual(WANTED);
  });
  it.each(MISTAKES.map((mistake, index) => ({ ...mistake, name: `fleet-${index}` })))(
    '$what',
    async ({ name, ...mistake }) => {
      const module = await mutated<typeof parts>('fleet/test/mistakes/parts.ts', mistake, name);
      expect(await shown(module).catch(String)).not.toEqual(WANTED);
    },
  );
});
