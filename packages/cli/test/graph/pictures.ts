import { CLOUDS } from '../../../core/test/clouds.js';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { instance } from '@viz-js/viz';
import { decodeSnapshot } from '@postern/core/internal/decode';
import { countedCheck } from '@postern/core/internal/check';
import { dotOf, graphHtml, graphOf, graphOfSnapshot, styledSvg, type Graph } from '@postern/core/internal/graph';
import { simulate, type SimulationServer } from '@postern/simulator';
import { encodeSnapshot, type Snapshot } from '@postern/core/internal/snapshot';
import { movingShop } from '../../../simulator/test/moves/scene.js';
import { largeShop } from '../../../core/test/check/graph/large-shop.js';
import { longNames, manyLinks } from './blocked-shop.js';
import { folder, network, run, specOf } from '../run-command.js';

const TOUR = new URL('../../../../examples/tour/postern.yaml', import.meta.url);
const ASSUME =
  'version: 1\nproject: shop\nspec: shop-7f3k2q\nlinks: {}\nintegrations: {}\nassume: { internalBlocks: { cn-hangzhou: [10.250.0.0/16] } }\n';

/** Names that a page would run, load or end with, if it read them. */
export const MARKUP = `"><img src=x onerror="wasRun=1"><script>wasRun=1</script></text></svg>&lt;b&gt;]]>--><style>*{}`;
const CONTROL = '\u001b[31m\u0000\u202e\u2028 line';

/** Pictures by the names of their files: of the quickstart, a blocked path, a plan, and a move. */
export async function makePictures(): Promise<Readonly<Record<string, string>>> {
  return { ...(await quickstart()), ...(await shop()), ...(await move()), ...(await markup()), ...(await large()) };
}

async function quickstart(): Promise<Readonly<Record<string, string>>> {
  const cwd = folder({ 'postern.yaml': readFileSync(TOUR, 'utf8') });
  const env = { ORDERS_API: 'a1b2c3d4e5', ORDERS_GROUP: '0f1e2d3c4b5a', ORDERS_BALANCER: 'lb-bp1orders' };
  return both('quickstart', (...format) => run(['graph', 'postern.yaml', ...format], { cwd, env }));
}

/** A path that is blocked, hop by hop too; what exists; and what a plan changes. */
async function shop(): Promise<Readonly<Record<string, string>>> {
  return served(async (server) => {
    const there = await network(server);
    const env = { POSTERN_SIMULATOR: server.url };
    const cwd = folder({ 'postern.yaml': specOf(there) });
    const postern = (...argv: string[]) => run(argv, { cwd, env });
    await postern('snapshot', '--spec', 'postern.yaml', '-o', 'before.json');
    await postern('apply', '--yes');
    await postern('snapshot', '--spec', 'postern.yaml', '-o', 'after.json');
    const after = ['--snapshot', 'after.json'];
    return {
      ...(await both('snapshot', (...format) => postern('graph', ...after, ...format))),
      ...(await both('blocked', (...format) => postern('graph', 'postern.yaml', ...after, ...format))),
      ...(await both('path', (...format) => postern('explain', 'orders', ...after, ...format))),
      ...(await both('plan', (...format) =>
        postern('graph', 'postern.yaml', '--snapshot', 'before.json', '--changes', ...format),
      )),
    };
  });
}

/** A move that must not start, one that may, and one of a gateway whose names are markup. */
async function move(): Promise<Readonly<Record<string, string>>> {
  return served(async (server) => {
    const { sim, groupId, to, serverGroup } = await movingShop();
    server.simulation.load(sim.world());
    const cwd = folder({ 'assume.yaml': ASSUME });
    const env = { POSTERN_SIMULATOR: server.url };
    const request = ['--region', 'cn-hangzhou', '--group', groupId, '--to', to, '--spec', 'assume.yaml'];
    const migrate = (...argv: string[]) => run(['migrate', ...argv], { cwd, env });
    await migrate('plan', ...request, '--html', 'move-blocked.html');
    await migrate('plan', ...request, '--manage', serverGroup, '--html', 'move.html');
    await run(['snapshot', '--provider', 'alibaba', '--region', 'cn-hangzhou', '--all', '-o', 'now.json'], {
      cwd,
      env,
    });
    const named = renamed(decodeSnapshot(readFileSync(path.join(cwd, 'now.json'), 'utf8')));
    const other = folder({ 'assume.yaml': ASSUME, 'named.json': encodeSnapshot(named) });
    const at = ['--provider', 'alibaba', ...request, '--snapshot', 'named.json', '--html', 'move-markup.html'];
    await run(['migrate', 'validate', ...at], { cwd: other });
    return {
      'move-blocked.html': readFileSync(path.join(cwd, 'move-blocked.html'), 'utf8'),
      'move.html': readFileSync(path.join(cwd, 'move.html'), 'utf8'),
      'move-markup.html': readFileSync(path.join(other, 'move-markup.html'), 'utf8'),
    };
  });
}

function renamed(snapshot: Snapshot): Snapshot {
  const regions = snapshot.regions.map((region) => ({
    ...region,
    gateways: region.gateways.map((one) => ({ ...one, name: MARKUP })),
    links: region.links.map((one) => ({ ...one, name: CONTROL + MARKUP })),
  }));
  return { ...snapshot, regions };
}

async function markup(): Promise<Readonly<Record<string, string>>> {
  const graph: Graph = {
    title: MARKUP,
    nodes: [
      { id: 'a', kind: 'gateway', label: MARKUP, detail: CONTROL },
      { id: 'b', kind: 'target', label: 'W'.repeat(60), detail: MARKUP, mark: 'fail', note: `${MARKUP} ${MARKUP}` },
      { id: 'c', kind: 'hop', label: '', mark: 'unknown', note: '한국어 日本語 العربية' },
    ],
    edges: [
      { from: 'a', to: 'b', label: MARKUP, mark: 'fail' },
      { from: 'b', to: 'c', label: 'then' },
    ],
  };
  return { 'markup.svg': await svgOf(graph, true), 'markup.html': graphHtml(graph, await svgOf(graph, false)) };
}

/** Many routes, services and links, and long names, of a spec in a snapshot; and the snapshot alone. */
async function large(): Promise<Readonly<Record<string, string>>> {
  const made: Record<string, string> = {};
  for (const [name, shop] of [
    ['routes-60', largeShop(6, 10, 6)],
    ['routes-300', largeShop(1, 300, 6)],
    ['services-150', largeShop(150, 2, 6)],
    ['links-12', manyLinks()],
    ['long-names', longNames()],
  ] as const) {
    const page = countedCheck(shop.snapshot, shop.spec, { clouds: CLOUDS });
    const graph = graphOf(shop.snapshot, shop.spec, { clouds: CLOUDS, report: page.report });
    const snapshot = graphOfSnapshot(shop.snapshot, CLOUDS);
    made[`${name}.html`] = graphHtml(graph, await svgOf(graph, false), page);
    made[`${name}-snapshot.html`] = graphHtml(snapshot, await svgOf(snapshot, false));
  }
  return made;
}

/** An SVG as `postern graph` writes it. */
export async function svgOf(graph: Graph, isTitled: boolean): Promise<string> {
  return styledSvg((await instance()).renderString(dotOf(graph, { isTitled }), { format: 'svg' }), graph.title);
}

async function both(
  name: string,
  draw: (...format: string[]) => Promise<{ readonly out: string }>,
): Promise<Readonly<Record<string, string>>> {
  return {
    [`${name}.svg`]: (await draw('--format', 'svg')).out,
    [`${name}.html`]: (await draw('--format', 'html')).out,
  };
}

async function served<T>(use: (server: SimulationServer) => Promise<T>): Promise<T> {
  const server = await simulate({ seed: 7, clock: 'auto', throttle: false, dataPathDelay: 0 }).listen();
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}
