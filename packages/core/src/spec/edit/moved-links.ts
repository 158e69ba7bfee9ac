import { isMap, isScalar, parseDocument, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { InvalidInputError } from '../../ground/errors.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { LinkRef } from '../../do/model/reference.js';

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

/** A spec that was edited. */
export interface EditedSpec {
  readonly text: string;
  /** What was edited, one text each: `links.eu.id: vlink1 → vlink2 (line 4)`. */
  readonly changes: readonly string[];
  /** What must be edited by hand, one sentence each. */
  readonly left: readonly string[];
}

type Map = YAMLMap;

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
  const document = parseDocument(source, { uniqueKeys: false, prettyErrors: false, logLevel: 'error', version: '1.2' });
  const [problem] = document.errors;
  if (problem !== undefined) throw new InvalidInputError('INVALID_YAML', problem.message, { place: { file } });
  const { contents } = document;
  const edits: { readonly node: Scalar; readonly path: string; readonly to: string }[] = [];
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

/** Replaces values in the text, the last first, so that the places before it stay. */
function replaced(
  source: string,
  edits: readonly { readonly node: Scalar; readonly path: string; readonly to: string }[],
): Pick<EditedSpec, 'text' | 'changes'> {
  const placed = edits
    .flatMap(({ node, ...edit }) => (node.range ? [{ ...edit, was: String(node.value), at: node.range }] : []))
    .toSorted((a, b) => a.at[0] - b.at[0]);
  let text = source;
  for (const { at, to } of placed.toReversed()) {
    text = text.slice(0, at[0]) + written(source.charAt(at[0]), to) + text.slice(at[1]);
  }
  const changes = placed.map(({ path, was, to, at }) => {
    const line = source.slice(0, at[0]).split('\n').length;
    return `${path}: ${was} → ${to} (line ${line})`;
  });
  return { text, changes };
}

/** A value as the text had it: in quotes where it had them, or where it would not be read as a text without. */
function written(first: string, value: string): string {
  if (first === "'") return `'${value.replaceAll("'", "''")}'`;
  return first !== '"' && /^(?=\D*\d)[a-z][a-z0-9-]*$/i.test(value) ? value : JSON.stringify(value);
}

function mapAt(node: unknown, key: string): Map | undefined {
  const found = isMap(node) ? node.get(key) : undefined;
  return isMap(found) ? found : undefined;
}

function entriesOf(map: Map | undefined): readonly (readonly [name: string, value: Map])[] {
  const pairs = (map?.items ?? []) as readonly Pair[];
  return pairs.flatMap(({ key, value }) => (isMap(value) ? [[textOf(key), value] as const] : []));
}

function textOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}
