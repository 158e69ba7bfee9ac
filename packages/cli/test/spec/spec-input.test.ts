import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloud, folder, network, run, specOf } from '../run-command.js';

const NOWHERE = { POSTERN_SIMULATOR: 'http://127.0.0.1:9' };

/** A spec that no cloud is needed for: of an external link. */
const spec = (name: string, more = ''): string =>
  `version: 1\nproject: shop\nspec: ${name}\nlinks: { main: { provider: aws, region: eu-west-1, id: a1b2c3${more} } }\nintegrations: {}\n`;

describe('--var', () => {
  const text = spec('s').replace('shop', "'${var:size}-${var:stage:-dev}-${env:X:-x}'");
  it.each([
    [['--var', 'size=big', '--var', 'stage=prod'], 'big-prod-x'],
    [['--var', 'size=a.b'], 'a.b-dev-x'],
  ])('%j gives %s', async (options, name) => {
    const cwd = folder({ 'postern.yaml': text });
    const { status, out } = await run(['graph', '--format', 'dot', ...options], { cwd });
    expect([status, out]).toEqual([0, expect.stringContaining(name)]);
  });
  it.each([
    [[], 'MISSING_VARIABLE', 'the variable size is not given'],
    [
      ['--var', 'size=1', '--var', 'sise=2'],
      'INVALID_INPUT',
      '--var sise: the spec does not use ${var:sise}\n  It uses size, stage.',
    ],
    [['--var', 'X=2', '--var', 'size=1'], 'INVALID_INPUT', '--var X: the spec does not use ${var:X}'],
    [['--var', 'size'], 'INVALID_INPUT', '--var: expected name=value'],
    [['--var', 'hunter2hunter2'], 'INVALID_INPUT', '--var: expected name=value'],
    [['--var', 'a b=hunter2'], 'INVALID_INPUT', '--var: expected name=value'],
    [['--var', 'size=hunter2', '--var', 'size=2'], 'INVALID_INPUT', '--var size is given twice'],
    [['--var', 'size='], 'MISSING_VARIABLE', 'the variable size is empty'],
  ])('%j is refused before any call: %s %s', async (options, code, message) => {
    const cwd = folder({ 'postern.yaml': text });
    for (const command of ['plan', 'check', 'links', 'validate', 'explain', 'apply']) {
      const { status, err } = await run([command, ...options], { cwd, env: NOWHERE });
      expect([command, status]).toEqual([command, 64]);
      expect(err).toContain(`error ${code}: `);
      expect(err).toContain(message);
      expect(err).not.toMatch(/hunter2|SIMULATOR/);
    }
  });
  it('without any spec is refused, too', async () => {
    const { status, err } = await run(['links', '--region', 'eu-west-1', '--var', 'a=b'], {
      cwd: folder(),
      env: NOWHERE,
    });
    expect([status, err]).toEqual([64, expect.stringContaining('It uses none: leave --var out.')]);
  });
});

describe('overlays', () => {
  it('change the spec in every command, and errors name their files', async () => {
    const server = await cloud();
    const cwd = folder({ 'base.yaml': specOf(await network(server)) });
    const write = (name: string, content: string): void => writeFileSync(path.join(cwd, name), content);
    const here = { cwd, env: { POSTERN_SIMULATOR: server.url, NAME: 'CANARYhunter2' } };
    write('prod.yaml', 'links: { main: { tags: { stage: "${var:stage}", owner: "${env:NAME}" } } }');
    write('more.json', '{"links": {"main": {"tags": {"stage": "prod2"}}}}');
    const layers = ['-f', 'base.yaml', '--spec', 'prod.yaml', '--var', 'stage=hunter2hunter2'];
    const applied = await run(['apply', ...layers, '-f', 'more.json', '--yes', '--json'], here);
    expect(applied).toMatchObject({ status: 0 });
    const { out } = await run(['links', 'main', ...layers, '--query', 'links[0].tags'], here);
    expect(JSON.parse(out)).toMatchObject({ stage: 'prod2', owner: '${env:NAME}' });
    expect((await run(['plan', ...layers], here)).out).toContain('${var:stage}');
    // No value is in an error or in the journal.
    const log = await run(['log', ...layers, '--run', 'last', '--json'], here);
    expect(log.out).toMatch(/"command": "apply [^"]*--spec --var --yes"/);
    expect(applied.out + applied.err + log.out + log.err).not.toMatch(/hunter2/);
    expect(readFileSync(path.join(cwd, '.postern', 'shop.journal'), 'utf8')).not.toMatch(/hunter2/);

    write('wrong.yaml', 'links:\n  main: [a]');
    expect((await run(['plan', '-f', 'base.yaml', '-f', 'wrong.yaml'], here)).err).toBe(
      'error INVALID_SPEC: links.main: a list here, and a map in base.yaml:5:3\n  wrong.yaml:2:3\n' +
        '  Write it in both in the same form: an overlay changes keys of a map, and replaces lists and values.\n',
    );
    write('postern.config.ts', 'export default {}');
    expect((await run(['plan', '-f', 'base.yaml', '-f', 'postern.config.ts'], here)).err).toContain('a program cannot');
    expect((await run(['plan', 'base.yaml', '-f', 'prod.yaml'], here)).err).toContain('the spec is named twice');
  });
});

describe('several specs in one run', () => {
  const several = (files: Record<string, string>) => {
    const cwd = folder(files);
    return (...argv: readonly string[]) => run(argv, { cwd, env: NOWHERE });
  };
  it('are all read before anything else, and share --var', async () => {
    const postern = several({ 'a.yaml': spec('a', ", name: '${var:x}'"), 'b.yaml': spec('b'), 'c.yaml': 'links: [' });
    for (const command of ['plan', 'check', 'apply', 'destroy']) {
      const broken = await postern(command, 'a.yaml', 'c.yaml', '--var', 'x=1', '--debug');
      expect(broken).toMatchObject({ status: 64, out: '', err: expect.stringContaining('error INVALID_YAML') });
      const unused = await postern(command, 'a.yaml', 'b.yaml', '--var', 'x=1', '--var', 'y=1', '--debug');
      expect(unused).toMatchObject({ status: 64, out: '', err: expect.stringContaining('--var y: ') });
    }
    expect((await postern('validate', 'a.yaml', 'b.yaml', '--var', 'x=1')).status).toBe(0);
    expect(await postern('validate', 'a.yaml', 'b.yaml', '--var', 'x=1', '--var', 'y=1')).toMatchObject({
      status: 64,
      err: expect.stringContaining('--var y: '),
    });
  });
  it('are carried out one by one, with the worst exit status', async () => {
    const server = await cloud();
    const there = await network(server);
    const one = (id: string, port = 80): string =>
      specOf(there, { target: `{ loadBalancer: orders, port: ${port} }` })
        .replace('project: shop', `project: shop\nspec: ${id}`)
        .replaceAll('/orders', `/${id}`)
        .replaceAll('main', id);
    const cwd = folder({ 'a.yaml': one('a'), 'b.yaml': one('b', 81), 'c.yaml': one('c') });
    const here = { cwd, env: { POSTERN_SIMULATOR: server.url } };
    const plans = await run(['plan', 'a.yaml', 'b.yaml', 'c.yaml'], here);
    expect(plans.out.match(/^── .*$/gm)).toEqual(['── a.yaml', '── b.yaml', '── c.yaml']);
    expect(plans.status).not.toBe(0);
    expect(plans.err).toContain('b.yaml:');
    const { specs } = JSON.parse((await run(['plan', 'a.yaml', 'b.yaml', '--json'], here)).out) as {
      specs: { spec: string; status: number; result: { units?: object[] } }[];
    };
    expect(specs.map((part) => part.spec).slice(0, 1)).toEqual(['a.yaml']);
    expect(specs[0]).toMatchObject({ status: 0, result: { goal: 'apply' } });

    const applied = await run(
      ['apply', 'a.yaml', 'b.yaml', 'c.yaml', '--yes', '--json', '--query', '[spec, applied]'],
      here,
    );
    expect(applied.status).not.toBe(0);
    expect(applied.err).toContain('note: apply was not tried for c.yaml\n');
    expect(applied.out).toContain('["a.yaml",2]\n');
    expect(await run(['plan', 'c.yaml', 'a.yaml', '--detailed-exitcode'], here)).toMatchObject({ status: 2 });
  });
  it.each([
    [['plan', '-o', 'p.json'], '--output is not allowed with several specs'],
    [['apply', '--plan', 'p.json'], '--plan is not allowed with several specs'],
    [['check', '--sarif'], '--sarif is not allowed with several specs'],
    [['check', '--report', 'md=a.md'], '--report is not allowed with several specs'],
    [['log'], 'too many arguments'],
  ])('%j is refused: %s', async (argv, text) => {
    const postern = several({ 'a.yaml': spec('a'), 'b.yaml': spec('b') });
    expect(await postern(...argv, 'a.yaml', 'b.yaml')).toMatchObject({
      status: 64,
      err: expect.stringContaining(text),
    });
  });
});
