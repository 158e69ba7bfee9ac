import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { aws } from '@postern/aws';
import { simulatorAt } from '@postern/core/internal/library';
import { cloud, network, specOf } from '../run-command.js';
import { exporter } from './exporter-program.js';
import { commentOn, judgePlan } from './plan-program.js';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

it.each([
  ['terraform', 'plan-program'],
  ['watch', 'exporter-program'],
])('the program of docs/%s.md is the one that is run here', (page, program) => {
  expect(read(`docs/${page}.md`)).toContain(`\`\`\`ts\n${read(`packages/cli/test/pages/${program}.ts`)}\`\`\``);
});

it.each([
  ['removes-a-rule', 'fail'],
  ['fixed', 'pass'],
])('it judges %s: %s', async (name, after) => {
  const { integrations } = await judgePlan(
    read(`examples/terraform/${name}.json`),
    read('examples/terraform/base.json'),
  );
  expect(integrations.map((one) => one.after)).toEqual([after]);
});

it('the bot comments a plan as the command does', async () => {
  const [plan, base] = [read('examples/terraform/removes-a-rule.json'), read('examples/terraform/base.json')];
  expect(await commentOn(plan, base)).toEqual({ text: read('examples/terraform/removes-a-rule.md'), fails: true });
});

it('the exporter answers with verdicts, and goes on where nothing can be read', async () => {
  const server = await cloud();
  const spec = specOf(await network(server));
  const driver = aws({ region: 'eu-west-1', simulator: await simulatorAt(server.url) });
  const metrics = exporter(spec, driver);
  expect(await metrics()).toMatch(/^postern_last_success_timestamp_seconds\{spec="shop-7f3k2q"\} \d+/m);
  await server.close();
  expect(await metrics()).toMatch(/^postern_watch_rounds_total\{spec="shop-7f3k2q"\} 2$/m);
});
