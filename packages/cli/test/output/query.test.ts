import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { queryOf } from '../../src/output/query.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

describe('--query', () => {
  it.each([
    ['links[?', 'Syntax error'],
    ['', 'Syntax error'],
    ['a == `{"b"`', 'Syntax error'],
    ['a[', 'Syntax error'],
    ['nosuch(@)', 'Unknown function: nosuch()'],
    ['a[?length(b, c) > `1`]', 'Invalid arity: length() takes 1 argument but received 2'],
    ['let $a = b in map(&nosuch(@), $a)', 'Unknown function: nosuch()'],
  ])('refuses %s before any call: %s', async (expression, text) => {
    const { status, out, err } = await run(['links', '--query', expression, '--region', 'eu-west-1'], {
      env: { POSTERN_SIMULATOR: 'http://127.0.0.1:9' },
    });
    expect([status, JSON.parse(out)]).toEqual([64, JSON.parse(err)]);
    expect(JSON.parse(err)).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining(`--query: ${text}`) },
    });
  });
  it('accepts every function with the number of arguments that it takes', async () => {
    const query = await queryOf("[length(a), join('-', b), max_by(c, &d).d, $.a, to_array(a)[0]]");
    expect(query({ a: 'xyz', b: ['p', 'q'], c: [{ d: 1 }, { d: 3 }] })).toEqual([3, 'p-q', 3, 'xyz', 'xyz']);
  });

  it('selects of a document and of lines, and implies --json', async () => {
    const server = await cloud();
    const cwd = folder();
    const here = { cwd, env: { POSTERN_SIMULATOR: server.url } };
    writeFileSync(path.join(cwd, 'postern.yaml'), specOf(await network(server)));
    expect(JSON.parse((await run(['plan', '--query', 'units[].kind | sort(@)'], here)).out)).toContain('integration');
    // Of the lines of a run, those of which something is selected.
    expect(await run(['apply', '--yes', '--query', 'applied'], here)).toMatchObject({ status: 0, out: '2\n' });
    expect(await run(['apply', '--yes', '--query', "starts_with(step, 'x')"], here)).toMatchObject({
      status: 64,
      out: expect.stringContaining('--query: Invalid type'),
    });
    // What goes to a file is not selected.
    expect(await run(['check', '-o', 'c.json', '--query', 'findings'], here)).toMatchObject({
      out: '',
      err: expect.stringContaining('note: the command printed nothing, so --query selected nothing'),
    });
    // Strings stay JSON, also where nothing else is selected.
    expect(await run(['links', 'main', '--query', 'links[0].name'], here)).toMatchObject({
      status: 0,
      out: '"main"\n',
    });
    expect(await run(['links', '--query', 'nothing'], here)).toMatchObject({ status: 0, out: 'null\n' });
    // A value of another type is found when it is there.
    expect(await run(['links', '--query', 'length(links[0].createdAt.x)'], here)).toMatchObject({
      status: 64,
      out: expect.stringContaining('--query: Invalid type'),
    });
  });
  it.each([
    [['cidr', 'free', '--pool', '10.0.0.0/8', '--bits', '20', '--query', 'prefixes[0]'], 0, '"10.0.0.0/20"\n'],
    [['advise', '--example', '--query', 'length(services) > `0`'], 0, 'true\n'],
    [['check', '--sarif', '--query', 'x'], 64, expect.stringContaining('several report formats')],
  ])('%j', async (argv, status, out) => {
    const { status: ended, out: printed } = await run(argv, { cwd: folder() });
    expect([ended, printed]).toEqual([status, out]);
  });
});
