import type { PlanJudgement } from '@postern/core/overlay';
import { expect, it } from 'vitest';
import { alibaba } from './literal/alibaba/index.js';
import { aws } from './literal/aws/index.js';
import type { Values } from './literal/area.js';
import type { Configuration, Replaced } from './literal/configuration.js';

/** What remedies of a replacement ask for, and the replacement after it: of other values, the old one deleted first, or none. */
const FOLLOWED: readonly (readonly [remedy: RegExp, follow: (one: Values) => Values | null])[] = [
  [/name_prefix|another (?:name|port|priority|rule number|of them)/i, (one) => ({ ...one, isSame: false })],
  [/blocks? that do(?:es)? not overlap|another address/, (one) => ({ ...one, isSame: false })],
  [/without creating the new one first/, (one) => ({ ...one, isFirst: false })],
  [/Undo what replaces it|before another network load balancer/, () => null],
];

const refusedIn = ({ findings }: PlanJudgement) => findings.filter(({ check }) => check === 'plan/refused');

/** A plan that replaces a resource by the same one, which is created first. */
const replacing = (address: string, { valid }: Configuration): Values => ({
  ...valid(),
  replacement: { address, isFirst: true, isSame: true },
});

async function followed(one: Replaced, configuration: Configuration): Promise<readonly string[]> {
  const values = replacing(one.address, configuration);
  const found = refusedIn(configuration.judged(values));
  expect(found.length > 0, one.address).toBe((await configuration.refusal(values)) !== undefined);
  return Promise.all(
    found.map(async ({ remedy = '', code }) => {
      const way = FOLLOWED.find(([form]) => form.test(remedy));
      if (way === undefined) return `${code} of ${one.address} has a remedy that nobody follows: ${remedy}`;
      const next = { ...values, replacement: way[1](values['replacement']) };
      const after = configuration.judged(next);
      const refused = [await configuration.refusal(next), ...refusedIn(after).map(({ message }) => message)];
      const lost = after.integrations.filter((each) => each.after !== 'pass').map(({ address }) => address);
      const wrong = [...refused.filter((each) => each !== undefined), ...lost];
      return wrong.length === 0 ? '' : `${one.address}, ${remedy}: ${wrong.join('; ')}`;
    }),
  );
}

it.each([
  ['aws', aws],
  ['alibaba', alibaba],
] as const)('a remedy of what is created before the same is gone leads to an apply that works: %s', async (_, of) => {
  const configuration = await of();
  const wrong: string[] = [];
  for (const one of configuration.replaced) wrong.push(...(await followed(one, configuration)));
  expect(wrong.filter((one) => one !== '')).toEqual([]);
  expect(wrong.length).toBeGreaterThan(3);
});
