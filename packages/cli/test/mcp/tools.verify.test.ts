import { fromJsonSchema } from '@modelcontextprotocol/client';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { instructionsOf } from '../../src/mcp/server.js';
import { atShop, manyRoutes, shop } from '../apply/shop-account.js';
import { folder } from '../run-command.js';
import { copyOfOwnCloud } from '../spec/copy-of-own-cloud.js';
import { assistant, call, ERAS, type Assistant } from './assistant.js';

const READING = ['check', 'explain', 'what_if', 'find_path', 'inspect', 'plan', 'status'];
const SPEC = manyRoutes({ links: 1, routes: 1 });

/** The rule of the targets that allows calls of the load balancer. */
const RULE = { group: 'sg-6c69acb743e1597e1', rule: 'in tcp 8080 from sg-eedf931ef7c53ef4c' };

/** One call of each tool that only reads. */
const CALLS: readonly (readonly [string, Record<string, unknown>])[] = [
  ['check', { only: ['i0', 'path/*'], severity: 'warning' }],
  ['explain', { integration: 'i0' }],
  ['what_if', { changes: [{ change: 'remove_rule', ...RULE }] }],
  ['find_path', { from: 'l0', to: 'orders' }],
  ['find_path', { from: 'i0', to: 'orders-alb:81' }],
  ['inspect', { link: 'l0' }],
  ['plan', {}],
  ['status', {}],
];

/** A server whose snapshot is that of the tutorial: no cloud is called. */
async function atSnapshot(more: Partial<Parameters<typeof assistant>[0]> = {}, spec = SPEC): Promise<Assistant> {
  const cwd = folder({ 'postern.yaml': spec, 'shop.json': JSON.stringify(shop('healthy')) });
  return assistant({ cwd, options: { snapshot: 'shop.json' }, ...more });
}

describe('tools of postern mcp', () => {
  it('are the same in the same order for every server, with few words', async () => {
    const [one, other, old, writing] = await Promise.all([
      atSnapshot(),
      atSnapshot(),
      atSnapshot({ era: 'legacy' }),
      atSnapshot({ options: { allowApply: true } }),
    ]);
    const { tools } = await one.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(READING);
    expect((await other.client.listTools()).tools).toEqual(tools);
    expect((await old.client.listTools()).tools).toEqual(tools);
    const all = (await writing.client.listTools()).tools;
    expect(all.slice(0, -1)).toEqual(tools);
    expect(all.at(-1)).toMatchObject({ name: 'apply', annotations: { readOnlyHint: false, destructiveHint: true } });
    for (const { annotations } of tools) expect(annotations).toMatchObject({ readOnlyHint: true });
    // A token is about four characters; three are counted here.
    const { instructions = '' } = { instructions: one.client.getInstructions() };
    const words = [instructions, ...JSON.stringify(all).matchAll(/"(?:title|description)":"([^"]*)"/g)].map(
      (text) => text[1] ?? text,
    );
    expect(words.join(' ').length / 3).toBeLessThan(1_500);
    expect(instructions).toBe(instructionsOf({ options: { snapshot: 'shop.json' } } as never));
  });

  it.each(ERAS)('%s: read without a writing call, and answer as their schemas say', async (era) => {
    const { server, cwd } = await atShop(SPEC, 'healthy');
    const one = await assistant({ cwd, era, env: { POSTERN_SIMULATOR: server.url } });
    const { tools } = await one.client.listTools();
    for (const [name, given] of CALLS) {
      const { structuredContent, content, isError } = await one.client.callTool({ name, arguments: given });
      expect([name, isError, content[0]]).toEqual([name, undefined, expect.objectContaining({ type: 'text' })]);
      const schema = fromJsonSchema(tools.find((tool) => tool.name === name)?.outputSchema as never);
      expect(await schema['~standard'].validate(structuredContent)).toHaveProperty('value');
    }
    const writes = server.simulation.journal().filter(({ operation }) => !/^(?:Describe|Get|List)/.test(operation));
    expect(writes).toEqual([]);
    expect(server.simulation.journal().length).toBeGreaterThan(50);
  });

  it('judge a change, and a backend that the spec does not name', async () => {
    const one = await atSnapshot();
    const healthy = await call(one, 'check', { only: ['path/*'] });
    expect(healthy).toMatchObject({ verdict: 'pass', counts: { errors: 0 } });
    const broken = await call(one, ...(CALLS[2] ?? ['', {}]));
    expect(broken).toMatchObject({
      before: 'pass',
      after: 'fail',
      integrations: [{ integration: 'i0', before: 'pass', after: 'fail' }],
      breaks: { findings: [expect.objectContaining({ integration: 'i0', verdict: 'fail' })] },
    });
    const { table } = (await call<{ subnets: { table: string }[] }>(one, 'inspect', { link: 'l0' })).subnets[0] ?? {
      table: '',
    };
    const changes = [{ change: 'remove_route', table, cidr: '10.20.0.0/16' }];
    expect(await call(one, 'what_if', { changes })).toMatchObject({ after: 'fail' });
    expect(await call(one, 'find_path', { from: 'l0', to: 'orders-alb:81' })).toMatchObject({
      explanations: [{ target: 'orders-alb:81', verdict: 'fail' }],
    });
  });

  it('find a path of a cloud that a program brings, where it has a form of backends', async () => {
    const cwd = copyOfOwnCloud({
      'bare.ts':
        "import brought from './cloud.ts';\nconst { backend, ...cloud } = brought.cloud;\nexport default { ...brought, cloud };",
    });
    const to = '10.0.2.21:8080';
    const one = await assistant({ cwd, cloud: ['cloud.ts'] });
    expect(await call(one, 'find_path', { from: 'main', to })).toMatchObject({
      explanations: [{ integration: 'orders', target: to }],
    });
    const { text: wrong } = await call(one, 'find_path', { from: 'main', to: 'nowhere' });
    expect(wrong).toContain('Write the name of a target, or ADDRESS:PORT.');
    const bare = await assistant({ cwd, cloud: ['bare.ts'] });
    const { isError, text } = await call(bare, 'find_path', { from: 'main', to });
    expect(isError).toBe(true);
    expect(text).toContain(
      'error UNSUPPORTED: backends of Tunnel Cloud that the spec does not declare cannot be named',
    );
    expect(text).toContain('Write the name of a target of the spec.');
  });

  it('answer with errors that an assistant can act on', async () => {
    const one = await atSnapshot();
    const errorOf = async (name: string, given: Record<string, unknown>): Promise<string> => {
      const { isError, text } = await call(one, name, given);
      return isError === true ? text : '';
    };
    expect(await errorOf('explain', { integration: 'i1' })).toMatch(
      /^error UNKNOWN_REFERENCE: .*"i1"\n {2}Did you mean i0\?/,
    );
    expect(await errorOf('inspect', { link: '../l0' })).toContain('the spec has no link "../l0"');
    expect(await errorOf('what_if', { changes: [{ change: 'remove_rule', ...RULE, rule: 'in' }] })).toContain(
      'remove_rule sg-6c69acb743e1597e1 in: the network does not have',
    );
    expect(await errorOf('what_if', { changes: [] })).toContain('changes');
    for (const cidr of ['999.1.1.1/99', '10.0.0.0/33', '10.0.0.1/16']) {
      const open = { change: 'open_port', group: RULE.group, direction: 'in', port: 443, cidr };
      const route = { change: 'remove_route', table: 'rtb-1', cidr };
      for (const change of [open, route])
        expect(await errorOf('what_if', { changes: [change] })).toMatch(/^error INVALID_PREFIX: .*\n {2}\S/);
    }
    expect(await errorOf('status', { run: 'nothing' })).toContain('NOT_FOUND');
  });

  it('offer the last report, pictures and what checks are about; and two prompts', async () => {
    const one = await atSnapshot();
    const read = async (uri: string): Promise<string> => {
      const [first] = (await one.client.readResource({ uri })).contents;
      return first !== undefined && 'text' in first ? first.text : '';
    };
    await expect(read('postern://report/last')).rejects.toThrow('no check was made yet');
    await call(one, 'check');
    expect(JSON.parse(await read('postern://report/last'))).toMatchObject({ version: 1, findings: expect.any(Array) });
    expect(JSON.parse(await read('postern://spec'))).toMatchObject({ project: 'shop' });
    expect(await read('postern://checks/path/route')).toMatch(/^# path\/route\n/);
    await expect(read('postern://checks/path/..%2froute')).rejects.toThrow('no check has the ID');
    const listed = (await one.client.listResources()).resources.map(({ uri }) => uri);
    expect(listed).toEqual(['postern://spec', 'postern://report/last', 'postern://graph/i0']);
    expect(await read('postern://graph/i0')).toMatch(/^<svg /);
    const { prompts } = await one.client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(['review-change', 'migrate-group']);
    const { messages } = await one.client.getPrompt({ name: 'migrate-group', arguments: { from: 'l0', to: 'l1' } });
    expect(messages[0]?.content).toMatchObject({ text: expect.stringContaining('link "l0"') });
  });

  it('judge a plan of Terraform that the server was started with', async () => {
    const cwd = fileURLToPath(new URL('../../../../examples/terraform', import.meta.url));
    const one = await assistant({ cwd, options: { snapshot: 'base.json', terraform: 'removes-a-rule.json' } });
    const judged = await call(one, 'check');
    expect(judged).toMatchObject({
      verdict: 'fail',
      integrations: [{ address: 'aws_apigatewayv2_route.orders[0]', before: 'pass', after: 'fail' }],
      findings: expect.arrayContaining([
        expect.objectContaining({
          addresses: expect.arrayContaining(['aws_apigatewayv2_route.orders[0]']),
          remedy: expect.stringContaining('which the plan deletes'),
        }),
      ]),
    });
    expect(judged.text).toContain('breaks');
    expect((await one.client.listResources()).resources).toHaveLength(2);
    expect(await call(one, 'check', { only: ['payments'] })).toMatchObject({
      verdict: 'pass',
      integrations: [],
      findings: [],
    });
  });

  it('read the spec as its file is now', async () => {
    const cwd = folder({ 'postern.yaml': SPEC, 'shop.json': JSON.stringify(shop('healthy')) });
    const one = await assistant({ cwd, options: { snapshot: 'shop.json' } });
    writeFileSync(path.join(cwd, 'postern.yaml'), SPEC.replace('port: 80 }', 'port: 81 }'));
    expect(await call(one, 'check')).toMatchObject({ verdict: 'fail' });
    writeFileSync(path.join(cwd, 'postern.yaml'), SPEC.replace('version: 1', 'version: 9'));
    expect(await call(one, 'check')).toMatchObject({ isError: true, text: expect.stringContaining('version') });
  });
});
