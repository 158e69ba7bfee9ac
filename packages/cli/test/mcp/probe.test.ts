import { expect, it } from 'vitest';
import { atShop, manyRoutes } from '../apply/sick-shop.js';
import { assistant, call, ERAS } from './assistant.js';

it.each(ERAS)('%s: everything', async (era) => {
  const { server, cwd } = await atShop(manyRoutes({ links: 1, routes: 2 }), 'healthy');
  const one = await assistant({ cwd, era, env: { POSTERN_SIMULATOR: server.url }, options: { allowApply: true }, answer: () => ({ action: 'accept', content: { confirm: true } }) });
  console.log(era, one.client.getProtocolEra?.(), one.client.getNegotiatedProtocolVersion?.());
  const { tools } = await one.client.listTools();
  console.log(tools.map(({ name }) => name), JSON.stringify(tools).length);
  for (const [name, given] of [['check', {}], ['explain', { integration: 'i0' }], ['find_path', { from: 'l0', to: 'orders' }], ['find_path', { from: 'l0', to: 'nothing-alb:80' }], ['inspect', { link: 'l0' }], ['plan', {}], ['status', {}]] as const) {
    const answer = await call(one, name, given);
    console.log(name, JSON.stringify({ ...answer, text: undefined }).slice(0, 700), '\n', answer.text);
  }
  const plan = await call<{ plan: string; digest: string }>(one, 'plan');
  const applied = await call(one, 'apply', { plan: plan.plan, digest: plan.digest });
  console.log(one.asked, JSON.stringify(applied, undefined, 1));
  console.log((await call(one, 'status', { run: 'last' })).text);
  for (const { uri } of (await one.client.listResources()).resources) console.log(uri, JSON.stringify(await one.client.readResource({ uri })).slice(0, 200));
  console.log(JSON.stringify(await one.client.readResource({ uri: 'postern://checks/path/route' })).slice(0, 300));
  console.log((await one.client.listPrompts()).prompts.length);
  console.log(one.err());
  expect(1).toBe(1);
});
