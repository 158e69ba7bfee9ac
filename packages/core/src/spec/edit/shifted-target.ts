import { isMap, isScalar } from 'yaml';
import type { Json } from '../../ground/json.js';
import { contentsOf, entriesOf, mapAt, replaced, type EditedSpec, type Map, type ValueEdit } from './edit-values.js';

/** What a spec is to declare after a shift. */
export interface ShiftedTargetSpec {
  /** The integration: `orders`; of one with several targets `orders/main`. */
  readonly name: string;
  /** The new target in the keys of a spec: `{ address: '10.0.1.20', port: 8080 }`. */
  readonly target: { readonly [key: string]: Json };
}

/**
 * The text of a spec, YAML or JSON, after a shift: the target has the values of the new one. Only these are replaced: comments and
 * layout stay. A target that is declared by other keys is left.
 * @throws {InvalidInputError} `INVALID_YAML`
 */
export function withShiftedTarget(
  source: string,
  { name, target }: ShiftedTargetSpec,
  { file }: { readonly file?: string | undefined } = {},
): EditedSpec {
  const [integration = '', named] = name.split('/');
  const targets = entriesOf(mapAt(mapAt(mapAt(contentsOf(source, file), 'integrations'), integration), 'targets'));
  const found = targets.filter(([key]) => named === undefined || key === named);
  const [only] = found;
  const path = `integrations.${integration}.targets`;
  const byHand = (at: string): EditedSpec => ({
    text: source,
    changes: [],
    left: [`${at} is to declare the new target: ${JSON.stringify(target)}. Write that by hand.`],
  });
  if (only === undefined || found.length > 1) return byHand(path);

  const [key, map] = only;
  const edits = editsOf(map, target, `${path}.${key}`);
  return edits === undefined ? byHand(`${path}.${key}`) : { ...replaced(source, edits), left: [] };
}

/** The values that differ; undefined where the text has no value to replace. */
function editsOf(map: Map, values: ShiftedTargetSpec['target'], path: string): readonly ValueEdit[] | undefined {
  const all = Object.entries(values).map(([key, to]) => editsAt(map.get(key, true), to, `${path}.${key}`));
  return all.every((edits) => edits !== undefined) ? all.flat() : undefined;
}

function editsAt(node: unknown, to: Json, path: string): readonly ValueEdit[] | undefined {
  if (isMap(node)) {
    const isObject = typeof to === 'object' && to !== null && !Array.isArray(to);
    return isObject ? editsOf(node, to as ShiftedTargetSpec['target'], path) : undefined;
  }
  if (!isScalar(node) || (typeof to !== 'string' && typeof to !== 'number')) return undefined;

  return String(node.value) === String(to) ? [] : [{ node, path, to }];
}
