import type { InvalidInputError } from '../../ground/errors.js';
import { specError } from '../problems/problem.js';
import { depthOf, sourcePlaceOf, type Layer, type Layers } from '../source/places.js';
import { emptyMap, isPlainMap, type KeyPath, type Plain } from '../source/source-node.js';

/**
 * The value of several texts, each of which changes the one before: maps are merged key by key, and all other values replace what was
 * there. A text cannot remove a key.
 * @throws {InvalidInputError} `INVALID_SPEC` where one text has a map and another one a list or a value, with both places.
 */
export function mergeLayers([first, ...overlays]: Layers): Plain {
  let value = first.read.value;
  const before: Layer[] = [first];
  for (const layer of overlays) {
    value = merged(value, layer.read.value, [], { before, layer });
    before.push(layer);
  }
  return value;
}

interface Place {
  readonly before: readonly Layer[];
  readonly layer: Layer;
}

function merged(base: Plain, overlay: Plain, path: KeyPath, place: Place): Plain {
  const [was, is] = [kindOf(base), kindOf(overlay)];
  if (path.length === 0 && (was === 'nothing' || is === 'nothing')) return is === 'nothing' ? base : overlay;
  if (was !== is) throw contradiction(path, [was, is], place);
  if (!isPlainMap(base) || !isPlainMap(overlay)) return overlay;
  const map = Object.assign(emptyMap(), base);
  for (const [key, member] of Object.entries(overlay))
    map[key] = key in map ? merged(map[key] ?? null, member, [...path, key], place) : member;
  return map;
}

type Kind = 'nothing' | 'a list' | 'a map' | 'a value';

function kindOf(value: Plain): Kind {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return isPlainMap(value) ? 'a map' : 'a value';
}

function contradiction(path: KeyPath, [was, is]: readonly [Kind, Kind], { before, layer }: Place): InvalidInputError {
  const base = before.findLast(({ read }) => depthOf(read.root(), path) === path.length) ?? layer;
  const there = sourcePlaceOf(base.read, base.file, path, 'key');
  const message = `${is} here, and ${was} in ${there.file ?? 'the text before'}:${there.line}:${there.column}`;
  const remedy = 'Write it in both in the same form: an overlay changes keys of a map, and replaces lists and values.';
  return specError([{ code: 'INVALID_SPEC', message, remedy, path, key: true }], ({ path: at }) =>
    sourcePlaceOf(layer.read, layer.file, at, 'key'),
  );
}
