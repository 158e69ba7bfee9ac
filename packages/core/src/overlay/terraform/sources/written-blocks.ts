import type { SetsOf } from '../../declared/open.js';
import { isMarked, marksAt, valueAt, type AttributePath, type Value } from '../../declared/values.js';
import type { TerraformInstance } from '../instances.js';
import { evaluate, within, type Names } from './evaluator.js';
import type { SourceBody } from './syntax.js';
import { ABSENT, eitherOf, entriesOf, isKnown, isList, isObject, type Found } from './unknown.js';

/** A block, and what names in it are. */
interface Block {
  readonly body: SourceBody;
  readonly names: Names;
}

/** An attribute in a body, or in one of its blocks. `before`: where the body is in the instance. */
export function writtenIn(
  instance: TerraformInstance,
  body: SourceBody,
  before: AttributePath,
  [first, ...rest]: AttributePath,
  names: Names,
  setsOf: SetsOf,
): Found | undefined {
  if (first === undefined) return undefined;

  const name = String(first);
  const attribute = body.attributes[name];
  if (attribute !== undefined) return within(evaluate(attribute, names), rest);

  const [at, ...inside] = rest;
  if (typeof at !== 'number') return undefined;

  const own = [...before, name];
  const blocks = blocksOf(body, name, names) ?? [];
  const isSet = setsOf(instance.type)?.[own.filter((part) => typeof part === 'string').join('.')] !== undefined;
  const planned = [...own, at];
  // The blocks of a set have no order: it is one of those that have what is known of it.
  const all = isSet ? blocks.filter((one) => fits(one, instance, planned)) : blocks.slice(at, at + 1);
  const [place, count] = isSet ? placeAmongAlike(instance, planned) : [0, 1];
  // Of as many that look alike in the plan it does not matter which is which.
  const fitting = all.length === count ? all.slice(place, place + 1) : all;
  const found = fitting.map((one) => writtenIn(instance, one.body, planned, inside, one.names, setsOf) ?? null);
  return found.length === 1 ? found[0] : found.length === 0 ? undefined : eitherOf(found);
}

/** The blocks of a name in their order, static ones and those that are generated. Undefined: their number is not known. */
function blocksOf(body: SourceBody, name: string, names: Names): readonly Block[] | undefined {
  const written = (body.blocks[name] ?? []).map((one) => ({ body: one, names }));
  const made: Block[] = [];
  for (const { forEach, iterator, content } of body.dynamic[name] ?? []) {
    const all = evaluate(forEach, names);
    if (!isList(all) && !isObject(all)) return undefined;

    for (const [key, value] of isList(all) ? all.entries() : entriesOf(all))
      made.push({ body: content, names: { ...names, own: new Map([...names.own, [iterator, { key, value }]]) } });
  }
  return [...written, ...made];
}

/** How many blocks of a set look like one in the plan, and how many of them are before it. */
function placeAmongAlike({ after, unknown }: TerraformInstance, path: AttributePath): readonly [number, number] {
  const list = path.slice(0, -1);
  const all = valueAt(after, list);
  if (!Array.isArray(all)) return [0, 0];

  const texts = all.map((one: Value, at) => JSON.stringify([one, marksAt(unknown, [...list, at])]));
  const alike = [...texts.keys()].filter((at) => texts[at] === texts[Number(path.at(-1))]);
  return [alike.indexOf(Number(path.at(-1))), alike.length];
}

/** Whether a planned block can be one that is written: what is known of both is the same. */
function fits({ body, names }: Block, { after, unknown }: TerraformInstance, path: AttributePath): boolean {
  return Object.entries(body.attributes).every(([name, syntax]) => {
    const at = [...path, name];
    if (isMarked(marksAt(unknown, at))) return true;

    const planned = valueAt(after, at) ?? null;
    const written: Found = evaluate(syntax, names);
    if (written === ABSENT || !isKnown(written)) return true;

    const text = (one: Value): string =>
      one === null ? '' : typeof one === 'object' ? JSON.stringify(one) : String(one);
    return text(planned) === text(written);
  });
}
