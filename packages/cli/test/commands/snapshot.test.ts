import { expect, it } from 'vitest';
import { run } from '../run-command.js';

it.each<[string, string]>([
  ['aws', '2012-10-17'],
  ['alibaba', '1'],
])('postern snapshot: --policy prints the permissions for %s, without a call', async (provider, version) => {
  const printed = await run(['snapshot', '--policy', '--provider', provider, '--region', 'r-1'], { env: {} });
  expect(printed).toMatchObject({ status: 0, err: '' });
  const policy = JSON.parse(printed.out) as { Statement: { Effect: string; Action: string[]; Resource: string[] }[] };
  expect(policy).toMatchObject({ Version: version });
  for (const { Effect, Action } of policy.Statement) {
    expect(Effect).toBe('Allow');
    for (const action of Action) expect(action).toMatch(/^[a-z0-9-]+:(?:Describe|Get|List|Search|Discover|GET)/);
  }
  expect(printed.out).not.toMatch(/\{region\}|\{account\}/);
  expect(printed.out.replace(/\s/g, '').length).toBeLessThan(6_144); // the limit of a managed policy, on both clouds
});
