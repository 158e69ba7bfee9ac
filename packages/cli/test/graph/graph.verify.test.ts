import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { simulate } from '@postern/simulator';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { beforeEach, describe, expect, it } from 'vitest';
import { cloud, folder, network, run, specOf } from '../run-command.js';

/** The texts of an SVG, in the order of the file. */
function textsOf(svg: string): readonly string[] {
  expect(XMLValidator.validate(svg)).toBe(true);
  const parser = new XMLParser({ preserveOrder: false, trimValues: true, ignoreAttributes: true, htmlEntities: true });
  const texts: string[] = [];
  const walk = (node: unknown, name = ''): void => {
    if (Array.isArray(node)) for (const one of node) walk(one, name);
    else if (typeof node === 'object' && node !== null) for (const [key, one] of Object.entries(node)) walk(one, key);
    else if (name === 'text') texts.push(String(node));
  };
  walk(parser.parse(svg));
  return texts;
}

/** A text without the signs of its layout. */
function wordsOf(text: string): string {
  return text.replaceAll('`', '').replace(/\s+/g, '');
}

/** Where pictures are kept to be looked at, if a folder is named. */
const KEPT = process.env['POSTERN_PICTURES'];

let made: Promise<Readonly<Record<string, string>>> | undefined;

/** A spec, and snapshots before and after it was applied: made by the first test. */
async function files(): Promise<Readonly<Record<string, string>>> {
  const server = await simulate({ seed: 7, clock: 'auto', throttle: false }).listen();
  try {
    const there = await network(server);
    const env = { POSTERN_SIMULATOR: server.url };
    const cwd = folder({ 'postern.yaml': specOf(there) });
    await run(['snapshot', '--spec', 'postern.yaml', '-o', 'before.json'], { cwd, env });
    await run(['apply', '--yes'], { cwd, env });
    await run(['snapshot', '--spec', 'postern.yaml', '-o', 'after.json'], { cwd, env });
    const names = ['postern.yaml', 'before.json', 'after.json'];
    return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(cwd, name), 'utf8')]));
  } finally {
    await server.close();
  }
}

describe('pictures', () => {
  let cwd: string;
  beforeEach(async () => {
    cwd = folder(await (made ??= files()));
  });
  const postern = async (...argv: string[]) => {
    const ran = await run(argv, { cwd });
    if (KEPT !== undefined) {
      mkdirSync(KEPT, { recursive: true });
      writeFileSync(path.join(KEPT, `${argv.join('_').replace(/[^\w-]+/g, '_')}.svg`), ran.out);
    }
    return ran;
  };

  it('graph SPEC draws what it declares, and reads no cloud', async () => {
    const { status, out, err } = await postern('graph', 'postern.yaml');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const texts = textsOf(out);
    for (const text of ['Project shop', 'main', 'ANY /orders', 'orders:80']) expect(texts).toContain(text);
    expect(texts.join('\n')).not.toMatch(/^[✗?+~-] /m);
  });

  it('graph SPEC --snapshot marks what findings block by a sign and a line, and says why', async () => {
    const { out } = await postern('graph', 'postern.yaml', '--snapshot', 'after.json');
    const texts = textsOf(out);
    expect(texts).toEqual(expect.arrayContaining(['✗ blocked', '✗ ANY /orders', '✗ orders']));
    expect(texts.join(' ')).toContain('does not allow 10.0.1.0/24');
    expect(out.match(/class="node target fail"[\s\S]*?stroke-dasharray/)).not.toBeNull();
    expect(out).toContain('prefers-color-scheme: dark');
  });

  it('contact L: has its colors as attributes, too, for programs that know no variables of CSS', async () => {
    const { out } = await postern('graph', 'postern.yaml', '--snapshot', 'after.json');
    expect(out).toMatch(/class="node link"[\s\S]{0,100}<path fill="#f1edfc" stroke="#6e7781"/);
    expect(out).toMatch(/class="node target fail"[\s\S]{0,100}<path fill="#ffefed" stroke="#a40e26"/);
    expect(out).toMatch(/<text [^>]*fill="#1f2328"/);
  });

  it('graph --snapshot draws what exists', async () => {
    const texts = textsOf((await postern('graph', '--snapshot', 'after.json')).out);
    for (const text of ['ANY /orders', 'orders:80', 'application', '10.0.1.0/24, euw1-az2'])
      expect(texts).toContain(text);
  });

  it('graph --changes draws changes with signs', async () => {
    const texts = textsOf((await postern('graph', 'postern.yaml', '--snapshot', 'before.json', '--changes')).out);
    expect(texts).toEqual(expect.arrayContaining(['+ to create', '+ create link main', '+ create route ANY /orders']));
    const none = textsOf((await postern('graph', 'postern.yaml', '--snapshot', 'after.json', '--changes')).out);
    expect(none).toEqual(['No changes']);
  });

  it('explain --format svg draws the paths, and its exit status is the verdict', async () => {
    const { status, out } = await postern('explain', 'orders', '--snapshot', 'after.json', '--format', 'svg');
    expect(status).toBe(3);
    expect(textsOf(out)).toEqual(
      expect.arrayContaining(['✗ security group in', 'security group out', '✗ ANY /orders']),
    );
  });

  it('writes the same graph as DOT, Mermaid, HTML and JSON', async () => {
    expect((await postern('graph', 'postern.yaml', '--format', 'dot')).out).toMatch(/^digraph postern \{\n/);
    expect((await postern('graph', 'postern.yaml', '--format', 'mermaid')).out).toMatch(
      /^%% Project shop\nflowchart LR\n/,
    );
    const html = await postern('graph', 'postern.yaml', '--format', 'html', '-o', 'picture.html');
    expect(html.err).toContain('the picture is in picture.html');
    expect(readFileSync(path.join(cwd, 'picture.html'), 'utf8')).toMatch(
      /^<!doctype html>[\s\S]*<svg [\s\S]*<\/html>\n$/,
    );
    const { nodes } = JSON.parse((await postern('graph', 'postern.yaml', '--json')).out) as { nodes: unknown[] };
    expect(nodes).toHaveLength(6);
  });

  it('an HTML page lists the findings below the picture, in the words of check', async () => {
    const at = ['postern.yaml', '--snapshot', 'after.json'];
    const page = (await postern('graph', ...at, '--format', 'html')).out;
    const [picture = '', findings = ''] = page.split('<section class="findings">');
    expect(picture).toContain('</svg>');
    const shown = wordsOf(
      findings
        .replace(/<[^>]*>/g, ' ')
        .replaceAll('&gt;', '>')
        .replaceAll('&#39;', "'"),
    );
    const entries = (await postern('check', ...at)).out.split(/\n(?=\S|  \S|    →|$)/).slice(1);
    expect(entries.join('\n')).toMatch(/✗ egress[\s\S]*→ [\s\S]*\d passed/);
    for (const entry of entries) expect(shown).toContain(wordsOf(entry));
    for (const others of [['postern.yaml'], ['--snapshot', 'after.json'], [...at, '--changes']])
      expect((await postern('graph', ...others, '--format', 'html')).out).not.toContain('<section');
  });

  it('a gateway that a variable names is shown by its ID', async () => {
    const at = folder({
      'postern.yaml': `version: 1
project: shop
spec: shop-7f3k2q
links: { main: { provider: aws, region: eu-west-1, id: abc123 } }
integrations:
  orders:
    link: main
    gateway: { httpApi: '\${env:ORDERS_API}' }
    targets: { orders: { listener: { loadBalancer: orders-alb, port: 80 } } }
    routes: { 'GET /': orders }
`,
    });
    const drawn = async (ORDERS_API: string) =>
      (await run(['graph', '--format', 'dot'], { cwd: at, env: { ORDERS_API } })).out;
    for (const id of ['a1b2c3d4e5', 'a1b2c3d4e5f6a7b8c9d0'])
      expect(await drawn(id)).toContain(`label="gateway\\n${id}`);
  });

  it.each([
    [['--changes'], '--changes needs a spec and a snapshot, or --live'],
    [['--live', '--snapshot', 'after.json'], '--live is not allowed with --snapshot'],
  ])('refuses %j', async (argv, message) => {
    const { status, err } = await postern('graph', 'postern.yaml', ...argv);
    expect(status).toBe(64);
    expect(err).toContain(message);
  });

  it('graph --live draws what a snapshot of now would show, with its findings and changes', async () => {
    const server = await cloud();
    const env = { POSTERN_SIMULATOR: server.url };
    const live = folder({ 'postern.yaml': specOf(await network(server)) });
    const graph = async (...argv: string[]) =>
      (await run(['graph', '--format', 'dot', ...argv], { cwd: live, env })).out;
    expect(await graph('--live', '--changes')).toMatch(/\+ /);
    await run(['apply', '--yes'], { cwd: live, env });
    await run(['snapshot', '--spec', 'postern.yaml', '-o', 'now.json'], { cwd: live, env });
    const lines = (dot: string): string[] => dot.split('\n').filter((line) => !line.includes(' at 20'));
    const drawn = lines(await graph('--live'));
    expect(drawn).toEqual(lines(await graph('postern.yaml', '--snapshot', 'now.json')));
    expect(drawn).not.toEqual(lines(await graph()));
  });
});
