import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { assistant } from '../../packages/cli/test/mcp/assistant.js';
import { atShop } from '../../packages/cli/test/apply/shop-account.js';
import { session } from '../assistant/session.mjs';

it('the recorded session of the official client', async () => {
  const { server, cwd } = await atShop(
    readFileSync(new URL('../assistant/postern.yaml', import.meta.url), 'utf8'),
    'healthy',
  );
  const how = { cwd, era: 'legacy', env: { POSTERN_SIMULATOR: server.url }, options: { allowApply: true } } as const;
  const silent = await assistant(how);
  const asking = await assistant({ ...how, answer: () => ({ action: 'decline' }) });
  const lines: string[] = [];
  await session({ silent: silent.client, asking: asking.client, asked: asking.asked }, (line) => void lines.push(line));
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../assistant/session.txt');
  const writes = server.simulation.journal().filter(({ operation }) => !/^(?:Describe|Get|List)/.test(operation));
  expect(writes).toEqual([]);
});
