import { isMap, isScalar } from 'yaml';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { LinkRef } from '../../do/model/reference.js';
import {
  contentsOf,
  entriesOf,
  mapAt,
  replaced,
  textOf,
  type EditedSpec,
  type Map,
  type ValueEdit,
} from './edit-values.js';

/** What moved from one link to another, as far as a spec declares it. */
export interface MovedLinks {
  readonly from: LinkRef;
  readonly to: LinkRef;
  readonly moved: readonly {
    /** The gateway's ID. */
    readonly gateway: string;
    /** The keys of the routes that moved. Undefined: all of the gateway, or of the stage. */
    readonly routes?: readonly string[] | undefined;
    readonly stage?: string | undefined;
  }[];
  /** The ID or name of the load balancer behind the new link, where another one is behind it. */
  readonly balancer?: string | undefined;
}

/**
 * The text of a spec, YAML or JSON, after a move: links that it names by the old ID have the new one. Only these values
 * are replaced: comments and layout stay. A link that also carries what did not move is left.
 * @throws {InvalidInputError} `INVALID_YAML`
 */
export function withMovedLinks(
  source: string,
  given: MovedLinks,
  { clouds, file }: { readonly clouds: Clouds; readonly file?: string },
): EditedSpec {
  const contents = contentsOf(source, file);
  const edits: ValueEdit[] = [];
  const left: string[] = [];
  const replace = (map: Map, key: string, path: string, to: string): void => {
    const node = map.get(key, true);
    if (isScalar(node) && String(node.value) !== to) edits.push({ node, path: `${path}.${key}`, to });
  };
  const integrations = entriesOf(mapAt(contents, 'integrations')).map(([name, map]) => ({
    name,
    map,
    state: stateOf(map, given),
  }));
  const relink = (link: Map, path: string, users: typeof integrations): void => {
    if (String(link.get('id')) !== given.from.id) return;

    const staying = users.filter(({ state }) => state !== 'moved').map(({ name }) => name);
    const leaving = users.filter(({ state }) => state === 'moved');
    if (leaving.length === 0) return;
    if (staying.length > 0) {
      const named = leaving.map(({ name }) => name).join(', ');
      left.push(
        `${path} also carries ${staying.join(', ')}, which did not move: declare a link with id: ${given.to.id}, and name it in ${named}.`,
      );
      return;
    }

    replace(link, 'id', path, given.to.id);
    if (given.to.kind !== given.from.kind) replace(link, 'kind', path, given.to.kind);
    for (const { name, map } of leaving) moveTargets(map, `integrations.${name}`);
  };
  const moveTargets = (integration: Map, path: string): void => {
    const { balancer } = given;
    if (balancer === undefined) return;

    for (const [name, target] of entriesOf(mapAt(integration, 'targets'))) {
      for (const key of clouds.targetKeys) {
        const { namesBalancer } = clouds.target(key);
        const value = target.get(key);
        if (namesBalancer === undefined || value === undefined) continue;

        const { member, written, byHand } = namesBalancer;
        const at = `${path}.targets.${name}.${key}`;
        if (isMap(value)) replace(value, member, at, written(balancer));
        else left.push(`${at} ${byHand(written(balancer))}`);
      }
    }
  };
  for (const [name, link] of entriesOf(mapAt(contents, 'links'))) {
    relink(
      link,
      `links.${name}`,
      integrations.filter(({ map }) => map.get('link') === name),
    );
  }
  for (const one of integrations) {
    const inline = one.map.get('link');
    if (isMap(inline)) relink(inline, `integrations.${one.name}.link`, [one]);
  }
  return { ...replaced(source, edits), left };
}

/** Whether an integration moved: all of its routes, some of them, or none. */
function stateOf(map: Map, { moved }: MovedLinks): 'moved' | 'in part' | 'stays' {
  const gateway = map.get('gateway');
  if (!isMap(gateway)) return 'stays';

  const ids = new Set(gateway.items.map(({ value }) => (isScalar(value) ? String(value.value) : '')));
  const found = moved.filter(({ gateway: id, stage }) => ids.has(id) && (stage === undefined || ids.has(stage)));
  if (found.length === 0) return 'stays';
  if (found.some(({ routes }) => routes === undefined)) return 'moved';

  const keys = new Set(found.flatMap(({ routes = [] }) => routes));
  const own = mapAt(map, 'routes')?.items.map(({ key }) => textOf(key)) ?? [];
  if (own.every((key) => keys.has(key))) return 'moved';

  return own.some((key) => keys.has(key)) ? 'in part' : 'stays';
}
